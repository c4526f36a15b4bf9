"""A parsed partition in, numbers per sentence out: how loaded its words are, of which kinds, and how it is written.

Every word has scores, one a kind, that say how much it is used like the words of the lexicon; they come from the
model's table and are gathered once per distinct word. Names are left out: a capitalised word inside a sentence has
no score, so that who is written about, and by whom, does not help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.lexicon import Hits
from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

MARKS = ("!", "?", '"“”')
WRITER = (frozenset(("i", "we", "our")), frozenset(("you",)))


@dataclass(frozen=True)
class Words:
    """The model's table: `rows` maps a lower-cased word to its row of `scores`, float32 [v, k]."""

    rows: dict[str, int]
    scores: Floats


@dataclass(frozen=True)
class Scored:
    """Scores of the tokens of a partition: `row` is the row of the table, -1 for names, marks and unknown words."""

    row: Ints
    scores: Floats


def score_tokens(parsed: Parsed, words: Words, sentences: Ints) -> Scored:
    """Look up every token. `sentences` are the edges (int32 [s+1]) inside which a capital means a name."""
    rows = parsed.lower_table("loaded:row", lambda word: words.rows.get(word.replace("’", "'"), -1), np.int32)
    capital = parsed.table("loaded:capital", lambda word: word[0].isupper(), np.bool_)[parsed.tokens]
    return Scored(np.where(capital & ~_opens(parsed, sentences), -1, rows[parsed.lower]), words.scores)


def _opens(parsed: Parsed, sentences: Ints) -> Bools:
    """bool [n]: the first word of a sentence, or of a colon's second half; its capital says nothing."""
    is_word = parsed.is_word
    before = np.zeros(len(is_word), np.bool_)
    before[sentences[:-1]] = True
    before[1:] |= _among(parsed, ":")[:-1]
    opens = before & is_word
    after_mark = before & ~is_word  # a quotation mark or bracket comes first
    opens[1:] |= after_mark[:-1] & is_word[1:]
    return opens


def _among(parsed: Parsed, marks: str) -> Bools:
    return parsed.table(f"loaded:{marks}", lambda word: word in marks, np.bool_)[parsed.tokens]


def sentence_features(parsed: Parsed, scored: Scored, hits: Hits, kinds: int, sentences: Ints) -> Floats:
    """float32 [s, f]: lexicon counts by kind (log, and per word), pooled scores, then the manner of writing."""
    count = len(sentences) - 1
    words = 1 + _sums(parsed.table("loaded:alpha", str.isalpha, np.bool_)[parsed.tokens], sentences)
    sentence = np.searchsorted(sentences, hits.starts, side="right") - 1
    found = np.bincount(sentence * kinds + hits.rules, minlength=count * kinds).reshape(count, kinds)
    manner = [np.log(words)]
    manner += [_sums(_among(parsed, marks), sentences) > 0 for marks in MARKS]
    capital = parsed.table("loaded:capital", lambda word: word[0].isupper(), np.bool_)[parsed.tokens]
    manner.append(_sums(capital & (scored.row < 0), sentences) / words)
    for who in WRITER:
        said = parsed.lower_table(f"loaded:{sorted(who)}", who.__contains__, np.bool_)[parsed.lower]
        manner.append(_sums(said, sentences) > 0)
    columns: Sequence[npt.NDArray[np.float64]] = (
        np.log1p(found), 10 * found / words[:, None], pooled(scored, sentences), np.stack(manner, axis=1)
    )  # fmt: skip
    return np.hstack(columns).astype(np.float32)


def pooled(scored: Scored, sentences: Ints) -> npt.NDArray[np.float64]:
    """float64 [s, 4k]: the greatest score, the log of the summed exponentials, log of the positive sum, the mean."""
    count, kinds = len(sentences) - 1, scored.scores.shape[1]
    known = np.flatnonzero(scored.row >= 0)
    edges = np.searchsorted(known, sentences)
    filled = np.flatnonzero(np.diff(edges))
    out = np.zeros((count, 4, kinds))
    out[:, :2] = EMPTY
    if len(filled):
        at, rows, number = edges[filled], scored.row[known], np.diff(edges)[filled]
        raw = scored.scores[rows]
        out[filled, 0] = np.maximum.reduceat(raw, at)
        out[filled, 1] = np.log(np.add.reduceat(np.exp(scored.scores)[rows], at))
        out[filled, 2] = np.log1p(np.add.reduceat(np.maximum(scored.scores, 0)[rows], at))
        out[filled, 3] = np.add.reduceat(raw, at) / number[:, None]
    return out.reshape(count, 4 * kinds)


EMPTY = -4.0
"""The score of a sentence without a known word: below nearly every word's."""


def means(values: Floats, scored: Scored, sentences: Ints) -> npt.NDArray[np.float64]:
    """float64 [s]: the mean over a sentence's known words of one value a word (float32 [v])."""
    known = scored.row >= 0
    value = np.where(known, values[scored.row], 0)
    return _sums(value, sentences) / np.maximum(_sums(known, sentences), 1)


def _sums(values: npt.NDArray[np.generic], edges: Ints) -> npt.NDArray[np.float64]:
    running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.diff(running[edges])
