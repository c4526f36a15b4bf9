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
    distinct, words = np.unique(known.rows_of(parsed)[parsed.lower[places]], return_inverse=True)
    rules = rules[places]
    by_word, by_rule = _tables(distinct, trained)
    edges = np.append(opens, len(places))
    out = np.zeros(len(opens), np.float32)
    first = 0
    while first < len(opens):
        last = max(first + 1, int(np.searchsorted(edges, edges[first] + BLOCK, side="right")) - 1)
        here, starts = slice(edges[first], edges[last]), edges[first:last] - edges[first]
        found = _filters(by_word, words[here], starts) + _filters(by_rule, rules[here], starts)
        best = np.maximum(np.maximum.reduceat(found, starts, axis=0) + arrays["sentence_bias"], 0)
        out[first:last] = best.astype(np.float64) @ arrays["sentence_out"] + arrays["sentence_out_bias"]
        first = last
    return out


def _tables(distinct: Ints, trained: Trained) -> tuple[list[Floats], list[Floats]]:
    """What a word and a rule add to the filters from before, from their place and from after.

    `distinct` are rows of the word vectors. Tables are float32 [rows + 1, filters]; the last row is the place outside
    the sentence.
    """
    arrays, known = trained
    own = arrays["sentence_words"][distinct].astype(np.float64)
    inputs = np.hstack([VECTOR_GAIN * known.table[distinct].astype(np.float64), own])
    weights = arrays["sentence_window"].astype(np.float64)  # [3, width + RULES, filters]
    none = np.zeros((1, weights.shape[2]), np.float32)
    width = inputs.shape[1]
    by_word = [np.vstack([(inputs @ part[:width]).astype(np.float32), none]) for part in weights]
    by_rule = [np.vstack([none, part[width:].astype(np.float32), none]) for part in weights]
    return by_word, by_rule


def _filters(tables: list[Floats], rows: Ints, starts: Ints) -> Floats:
    """float32 [tokens, filters]: the sum over a word, the one before and the one after; sentences open at `starts`."""
    outside = len(tables[0]) - 1
    before, after = np.empty_like(rows), np.empty_like(rows)
    before[1:], after[:-1] = rows[:-1], rows[1:]
    before[starts] = after[starts[1:] - 1] = after[-1] = outside
    found: Floats = tables[1][rows]
    found += tables[0][before]
    found += tables[2][after]
    return found
