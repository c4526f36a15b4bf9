"""A parsed partition in, numbers per sentence out: how loaded its words are, of which kinds, and how it is written.

Every word has scores, one a kind, that say how much it is used like the words of the lexicon; they come from the
model's table and are gathered once per distinct word. Names are left out: a capitalised word inside a sentence has
no score, so that who is written about, and by whom, does not help. Neither do length, digits or quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.lexicon import Hits
from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

WRITER = (("i", "we", "our"), ("you",))
EMPTY = -4.0
"""The score of a sentence without a known word: below nearly every word's."""


@dataclass(frozen=True)
class Words:
    """The model's table: `rows` maps a lower-cased word to its row of `scores`, float32 [v, k]."""

    rows: dict[str, int]
    scores: Floats


@dataclass(frozen=True)
class Scored:
    """Tokens with a score: `row` int32 [n] is each token's row of `scores`, -1 for names, marks and unknown words."""

    row: Ints
    scores: Floats


def score_tokens(parsed: Parsed, words: Words) -> Scored:
    """Look up every token of a partition."""
    rows = parsed.lower_table("loaded:row", lambda word: words.rows.get(word.replace("’", "'"), -1), np.int32,
                              model=words.rows)
    return Scored(np.where(parsed.capital & ~_opens(parsed), -1, rows[parsed.lower]), words.scores)


def _opens(parsed: Parsed) -> Bools:
    """bool [n]: the first word of a sentence, or after a colon; its capital does not make it a name."""
    before = np.zeros(len(parsed.tokens), np.bool_)
    before[parsed.sentences[:-1]] = True
    before[1:] |= _is(parsed, ":")[:-1]
    opens = before & parsed.is_word
    opens[1:] |= (before & ~parsed.is_word)[:-1] & parsed.is_word[1:]  # a quotation mark or bracket comes first
    return opens


def _is(parsed: Parsed, *words: str) -> Bools:
    table = parsed.lower_table(f"loaded:{words}", frozenset(words).__contains__, np.bool_)
    return np.asarray(table[parsed.lower])


def sentence_features(parsed: Parsed, scored: Scored, hits: Hits, rules: int, sentences: Ints) -> Floats:
    """float32 [s, f] for sentences with these edges (int32 [s+1]).

    Lexicon hits by rule, as the log of their number and as their rate; the pooled scores; calls and persons.
    """
    count = len(sentences) - 1
    words = 1 + sums(parsed.table("loaded:alpha", str.isalpha, np.bool_)[parsed.tokens], sentences)
    sentence = np.searchsorted(sentences, hits.starts, side="right") - 1
    found = np.bincount(sentence * rules + hits.rules, minlength=count * rules).reshape(count, rules)
    manner = np.zeros((4, count), np.bool_)
    for row, group in zip(manner, (("!",), ("?",), *WRITER), strict=True):
        row[np.searchsorted(sentences, np.flatnonzero(_is(parsed, *group)), side="right") - 1] = True
    columns = (np.log1p(found), 10 * found / words[:, None], _pooled(scored, sentences), manner.T)
    return np.hstack(columns).astype(np.float32)


def _pooled(scored: Scored, sentences: Ints) -> Floats:
    """float32 [s, 3k]: of each kind of score the greatest, the log of the summed exponentials, and the mean."""
    count, kinds = len(sentences) - 1, scored.scores.shape[1]
    known = np.flatnonzero(scored.row >= 0)
    edges = np.searchsorted(known, sentences)
    filled = np.flatnonzero(np.diff(edges))
    out = np.zeros((3, count, kinds), np.float32)
    out[:2] = EMPTY
    if len(filled):
        at, rows = edges[filled], scored.row[known]
        raw = scored.scores[rows]
        out[0, filled] = np.maximum.reduceat(raw, at)
        out[1, filled] = np.log(np.add.reduceat(np.exp(scored.scores)[rows], at))
        out[2, filled] = np.add.reduceat(raw, at) / np.diff(edges)[filled, None]
    return np.hstack(list(out))


def means(values: Floats, scored: Scored, sentences: Ints) -> npt.NDArray[np.float64]:
    """float64 [s]: the mean over a sentence's known words of one value a word (float32 [v])."""
    known = scored.row >= 0
    return sums(np.where(known, values[scored.row], 0), sentences) / np.maximum(sums(known, sentences), 1)


def sums(values: npt.NDArray[np.generic], edges: Ints) -> npt.NDArray[np.float64]:
    """float64 [s]: sums between edges."""
    running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.diff(running[edges])
