"""Two statements in, how near the words that they do not share are in meaning out.

Word vectors are the leading singular vectors of positive pointwise mutual information in news (Levy, Goldberg and
Dagan 2015), kept in eight bits: "troops" is near "soldiers", so one may stand for the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import models

Floats = npt.NDArray[np.float32]
Weights = dict[int, float]


@dataclass(frozen=True, eq=False)
class Vectors:
    """Word vectors of unit length, float32 [v, d], and the place of each word's code."""

    places: dict[int, int]
    rows: Floats

    def of(self, codes: list[int]) -> Floats:
        """Vectors [c, d]; zeros for unknown words."""
        found = np.zeros((len(codes), self.rows.shape[1]), np.float32)
        for at, code in enumerate(codes):
            place = self.places.get(code)
            if place is not None:
                found[at] = self.rows[place]
        return found


@cache
def vectors() -> Vectors:
    """The shipped vectors."""
    arrays = models.load("meanings").arrays
    rows = arrays["vectors"].astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return Vectors({int(code): place for place, code in enumerate(arrays["codes"])}, rows)


def meaning_features(left: Weights, right: Weights, known: Vectors | None = None) -> list[float]:
    """Features of two statements by the weights of their words: nearness of the whole, of what is left over, and how
    much of either's left-over weight nothing in the other comes near, as [low, high] three times."""
    known = known or vectors()
    content = [[code for code in side if code & 1] for side in (left, right)]
    whole = [known.of(side) for side in content]
    worth = [
        np.array([side[code] for code in codes], np.float32) for side, codes in zip((left, right), content, strict=True)
    ]
    alone = [
        np.array([code not in other for code in codes], np.bool_)
        for codes, other in zip(content, (right, left), strict=True)
    ]
    sums = [vector.T @ weight for vector, weight in zip(whole, worth, strict=True)]
    rest = [vector[keep].T @ weight[keep] for vector, weight, keep in zip(whole, worth, alone, strict=True)]
    nearness = whole[0] @ whole[1].T
    sides = [
        _missed(nearness[alone[0]], worth[0][alone[0]], sum(right.values())),
        _missed(nearness.T[alone[1]], worth[1][alone[1]], sum(left.values())),
    ]
    paired = [value for low_high in zip(*sides, strict=True) for value in sorted(low_high)]
    return [_cosine(*sums), _cosine(*rest), float(alone[0].any() and alone[1].any()), *paired]


def _cosine(one: Floats, two: Floats) -> float:
    norm = float(np.linalg.norm(one) * np.linalg.norm(two))
    return float(one @ two) / norm if norm else 0.0


def _missed(nearness: Floats, worth: Floats, other: float) -> tuple[float, float, float]:
    """Weight that nothing comes near, per weight of the other; the heaviest such word; the share that is near."""
    if not len(worth):
        return 0.0, 0.0, 1.0
    best = np.clip(nearness.max(axis=1), 0, 1) if nearness.shape[1] else np.zeros(len(worth), np.float32)
    missed = worth * (1 - best)
    total = float(missed.sum())
    return total / max(other, 1e-9), float(missed.max()), 1 - total / max(float(worth.sum()), 1e-9)
