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
        return parsed.lower_table("hedging:vector", lambda word: self.rows.get(word, unknown), np.int64, lasting=False)

    def places(self, window: Window) -> npt.NDArray[np.int64]:
        """int64 [candidates, 2 * REACH + 1]: the row of each word around a candidate."""
        rows = self.rows_of(window.parsed)
        return np.stack([window.at(rows, k, outside=len(self.rows) + 1) for k in range(-REACH, REACH + 1)], axis=1)


Trained = tuple[Arrays, Vectors]


@cache
def shipped() -> Trained:
    """The arrays of the shipped model, and its word vectors."""
    arrays = models.load("hedging").arrays
    return arrays, vectors(arrays)


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
        scores += weights[column]
    rows, near = bags(window)
    for kind in range(scores.shape[1]):
        scores[:, kind] += BAG_WEIGHT * np.bincount(rows, weights[near, kind], len(found))
    return scores + bias


def network(window: Window, rules: npt.NDArray[np.int32], known: Vectors, arrays: Arrays) -> Floats:
    """float32 [candidates, kinds]: mean probability of the networks, which differ in their seed alone.

    It is summed in double precision, so that the last digits do not depend on which articles are measured together.
    """
    width = known.table.shape[1]
    weights = arrays["window"].astype(np.float64).reshape(2 * REACH + 1, width, -1)
    hidden = arrays["hidden_bias"] + arrays["own"].astype(np.float64)[phrase_rows(arrays["phrases"], window)]
    for place, rows in enumerate(known.places(window).T):
        hidden += known.table[rows].astype(np.float64) @ weights[place]
    hidden += arrays["rules"].astype(np.float64)[rules]
    np.maximum(hidden, 0, out=hidden)
    out = arrays["out"].astype(np.float64)  # [networks, hidden, kinds]
    parts = np.split(hidden, len(out), axis=1)
    scores = [softmax(part @ out[i] + arrays["out_bias"][i]) for i, part in enumerate(parts)]
    result: Floats = np.mean(scores, axis=0, dtype=np.float32)
    return result


def probabilities(
    window: Window, entries: Hashes, rule_hashes: Hashes, rules: npt.NDArray[np.int32], trained: Trained
) -> Floats:
    """float32 [candidates, kinds]: how likely each candidate is no hedge, or a hedge of each kind."""
    arrays, known = trained
    by_words = softmax(linear(window, entries, rule_hashes, arrays["linear"], arrays["linear_bias"]))
    return LINEAR_SHARE * by_words + (1 - LINEAR_SHARE) * network(window, rules, known, arrays)
