"""A small network over whole sentences: grouped tokens in, one score a sentence out.

Each filter looks at three neighbouring words and keeps its best place in the sentence (Kim 2014, "Convolutional neural
networks for sentence classification"). A word's part in a filter depends on the word alone, so it is computed once
per distinct word and gathered.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.extract.hedging.model import Floats, Trained
from audit.lexicon import Hits
from audit.parse import Parsed

RULES = 5  # of the lexicon, without boosters: the network is told which rule a word's hit belongs to
VECTOR_GAIN = 3.0  # scale of the word vectors as inputs
BLOCK = 1 << 11  # tokens at a time, so that the filters stay in the processor's cache

Ints = npt.NDArray[np.int64]


def token_rules(parsed: Parsed, hits: Hits) -> Ints:
    """int64 [tokens]: 0, or one more than the rule of the hit that covers the token."""
    rules = np.zeros(len(parsed.tokens), np.int64)
    length = (hits.ends - hits.starts).astype(np.int64)
    first = np.repeat(hits.starts - np.cumsum(length) + length, length)
    rules[first + np.arange(int(length.sum()))] = np.repeat(hits.rules + 1, length)
    return np.where(rules <= RULES, rules, 0)


def sentence_scores(parsed: Parsed, places: Ints, opens: Ints, rules: Ints, trained: Trained) -> Floats:
    """float32 [groups]: the score of each group of tokens (logit); `opens` is where each begins in `places`.

    No group is empty. `rules` is `token_rules` of the whole parse. Products are summed in double precision, so that a
    score does not depend on which sentences are measured together.
    """
    arrays, known = trained
    distinct, words = _numbered(known.rows_of(parsed)[parsed.lower[places]], len(known.table))
    rules = rules[places]
    by_word, by_rule = _tables(distinct, trained)
    edges = np.append(opens, len(places))
    out = np.zeros(len(opens), np.float32)
    first = 0
    while first < len(opens):
        last = max(first + 1, int(np.searchsorted(edges, edges[first] + BLOCK, side="right")) - 1)
        here, starts = slice(edges[first], edges[last]), edges[first:last] - edges[first]
        found = _filters(by_word, _neighbours(words[here], starts, len(distinct)))
        near = _neighbours(rules[here], starts, 0)
        told = np.flatnonzero(near.any(axis=0))  # most words have no hit beside them
        found[told] += _filters(by_rule, near[:, told])
        best = np.maximum(np.maximum.reduceat(found, starts, axis=0) + arrays["sentence_bias"], 0)
        out[first:last] = best.astype(np.float64) @ arrays["sentence_out"] + arrays["sentence_out_bias"]
        first = last
    return out


def _numbered(rows: Ints, size: int) -> tuple[Ints, Ints]:
    """The distinct rows in order, and the number of each among them; all are below `size`."""
    seen = np.zeros(size, np.bool_)
    seen[rows] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[rows]


def _tables(distinct: Ints, trained: Trained) -> tuple[Floats, Floats]:
    """What a word and a rule add to the filters from before, from their place and from after.

    `distinct` are rows of the word vectors. Tables are float32 [3, rows + 1, filters]; the last row of the words and
    the first of the rules are the place outside the sentence, the latter also a word without a rule.
    """
    arrays, known = trained
    own = arrays["sentence_words"][distinct].astype(np.float64)
    inputs = np.hstack([VECTOR_GAIN * known.table[distinct].astype(np.float64), own])
    weights = arrays["sentence_window"].astype(np.float64)  # [3, width + RULES, filters]
    width, filters = inputs.shape[1], weights.shape[2]
    by_word = np.zeros((3, len(distinct) + 1, filters), np.float32)
    by_rule = np.zeros((3, RULES + 1, filters), np.float32)
    for side, part in enumerate(weights):
        by_word[side, :-1] = inputs @ part[:width]
        by_rule[side, 1:] = part[width:]
    return by_word, by_rule


def _neighbours(rows: Ints, starts: Ints, outside: int) -> Ints:
    """int64 [3, tokens]: the row of the word before, of the word and of the one after; sentences open at `starts`."""
    near = np.empty((3, len(rows)), np.int64)
    near[0, 1:], near[1], near[2, :-1] = rows[:-1], rows, rows[1:]
    near[0, starts] = near[2, starts[1:] - 1] = near[2, -1] = outside
    return near


def _filters(tables: Floats, near: Ints) -> Floats:
    """float32 [tokens, filters]: the sum over a word, the one before and the one after."""
    found: Floats = tables[1].take(near[1], 0)
    found += tables[0].take(near[0], 0)
    found += tables[2].take(near[2], 0)
    return found
