"""The trained half of the signal: candidates of the lexicon in, the probability of each kind out.

Two models of one candidate in its context, averaged: a linear one over hashed features (`features`), which knows the
training sets' words well, and a small network over word vectors, which also knows words that they never showed.
Both were trained by `audit.train.hedging`; their arrays are those of `models/hedging.npz`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import models
from audit.extract.hedging.features import BAG_WEIGHT, Hashes, Window, bags, columns
from audit.parse import Parsed

KINDS = ("none", "epistemic", "doxastic", "investigation", "condition")
REACH = 5  # words on each side that the network sees
BLOCK = 256  # candidates at a time, so that what is known of them stays in the processor's cache
LINEAR_SHARE = 0.8  # of the average; cross-validation is flat between .7 and 1, the networks help on unknown words

Floats = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Vectors:
    """Word vectors; the last two rows are an unknown word and the place outside a sentence."""

    rows: dict[str, int]
    table: Floats  # [words + 2, width]

    def rows_of(self, parsed: Parsed) -> npt.NDArray[np.int64]:
        """int64 [lower vocabulary]: the row of each word."""
        unknown = len(self.rows)
        rows = self.rows
        return parsed.lower_table("hedging:vector", lambda word: rows.get(word, unknown), np.int64, model=rows)

    def places(self, window: Window) -> npt.NDArray[np.int64]:
        """int64 [candidates, 2 * REACH + 1]: the row of each word around a candidate."""
        rows = self.rows_of(window.parsed)
        return np.stack([window.at(rows, k, outside=len(self.rows) + 1) for k in range(-REACH, REACH + 1)], axis=1)


Trained = tuple[Arrays, Vectors]


@cache
def shipped() -> Trained:
    """The arrays of the shipped model, and its word vectors."""
    arrays = models.load("hedging").arrays
    linear = arrays["linear"].astype(np.float32)  # half precision is slow to add up
    return {**arrays, "linear": linear}, vectors(arrays)


def vectors(arrays: Arrays) -> Vectors:
    """The word vectors as they were stored: one byte a number, one scale a word."""
    words = arrays["words"].tobytes().decode("utf-8").split("\n")
    table = arrays["vectors"].astype(np.float32) * arrays["vector_scales"].astype(np.float32)[:, None]
    return Vectors({word: row for row, word in enumerate(words)}, table)


def phrase_rows(phrases: Hashes, window: Window) -> npt.NDArray[np.int64]:
    """int64 [candidates]: the row of a candidate among the sorted hashes `phrases`, their number for any other."""
    own = window.phrase()
    rows = np.minimum(np.searchsorted(phrases, own), len(phrases) - 1)
    return np.where(phrases[rows] == own, rows, len(phrases))


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def linear(window: Window, entries: Hashes, rules: Hashes, weights: Floats, bias: Floats) -> Floats:
    """float32 [candidates, kinds]: scores of the linear model; `weights` [SIZE, kinds]."""
    found = columns(window, entries, rules)
    scores = np.zeros((len(found), weights.shape[1]), np.float32)
    for column in found.T:
        scores += weights.take(column, 0)
    rows, near = bags(window)
    for kind, added in enumerate(weights.take(near, 0).T):
        scores[:, kind] += BAG_WEIGHT * np.bincount(rows, added, len(found))
    return scores + bias


def network(window: Window, rules: npt.NDArray[np.int32], known: Vectors, arrays: Arrays) -> Floats:
    """float32 [candidates, kinds]: mean probability of the networks, which differ in their seed alone.

    It is summed in double precision, so that the last digits do not depend on which articles are measured together.
    """
    own, weights, of_rule, out = (arrays[key].astype(np.float64) for key in ("own", "window", "rules", "out"))
    phrases, places = phrase_rows(arrays["phrases"], window), known.places(window)
    result = np.empty((len(places), out.shape[2]), np.float32)  # out: [networks, hidden, kinds]
    for start in range(0, len(places), BLOCK):
        some = slice(start, start + BLOCK)
        words = known.table.take(places[some], 0).reshape(-1, len(weights))
        hidden = words.astype(np.float64) @ weights
        hidden += arrays["hidden_bias"] + own[phrases[some]] + of_rule[rules[some]]
        np.maximum(hidden, 0, out=hidden)
        parts = np.split(hidden, len(out), axis=1)
        scores = [softmax(part @ out[i] + arrays["out_bias"][i]) for i, part in enumerate(parts)]
        result[some] = np.mean(scores, axis=0, dtype=np.float32)
    return result


def probabilities(
    window: Window, entries: Hashes, rule_hashes: Hashes, rules: npt.NDArray[np.int32], trained: Trained
) -> Floats:
    """float32 [candidates, kinds]: how likely each candidate is no hedge, or a hedge of each kind."""
    arrays, known = trained
    by_words = softmax(linear(window, entries, rule_hashes, arrays["linear"], arrays["linear_bias"]))
    return LINEAR_SHARE * by_words + (1 - LINEAR_SHARE) * network(window, rules, known, arrays)
