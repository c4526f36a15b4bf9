"""From document features to probabilities: a softmax over four kinds of text, with an interval.

In: the feature matrix. Out: for each document the probabilities of original, human translation, machine translation
and machine rewriting, which sum to 1. The readings that are shown are sums of these, so they never contradict.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

ORIGINAL, HUMAN, TRANSLATED, REWRITTEN = range(4)
READINGS = {
    "translation": (TRANSLATED, REWRITTEN),
    "translation.machine_translated": (TRANSLATED,),
    "translation.machine_rewritten": (REWRITTEN,),
    "translation.translated": (HUMAN, TRANSLATED),
}
"""Feature -> the kinds whose probabilities it sums."""
QUANTILE = 1.645  # 90 per cent of a normal distribution lie within so many standard deviations


@dataclass(frozen=True, eq=False)
class Head:
    """The softmax: features are centred and scaled, then weighed. weights: float64 [features, 4]."""

    centre: Doubles
    scale: Doubles
    weights: Doubles
    bias: Doubles

    def logits(self, features: Doubles) -> Doubles:
        """float64 [d, 4]."""
        linear: Doubles = (features - self.centre) / self.scale @ self.weights + self.bias
        return linear


def softmax(logits: Doubles) -> Doubles:
    """Probabilities by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def reading(probabilities: Doubles, kinds: tuple[int, ...]) -> Doubles:
    """float64 [d]: the probability of any of these kinds, kept off 0 and 1, which no model can promise."""
    return np.clip(probabilities[:, list(kinds)].sum(axis=1), 0.001, 0.999)


def interval(head: Head, features: Doubles, errors: Doubles, logits: Doubles, kinds: tuple[int, ...]) -> tuple[Doubles, Doubles]:
    """Low and high end of a reading, by the delta method: `errors` are standard errors of the features, float64 [d, f].

    The log-odds of a reading move with each feature by the difference of the mean weights of its kinds and of the
    others, each kind counted by its probability within its side.
    """
    probabilities = softmax(logits)
    inside = np.zeros(4, np.bool_)
    inside[list(kinds)] = True
    sides = [probabilities * side / np.maximum(1e-12, (probabilities * side).sum(axis=1, keepdims=True))
             for side in (inside, ~inside)]
    slope = (sides[0] - sides[1]) @ (head.weights / head.scale[:, None]).T
    error = np.sqrt((slope**2 * errors**2).sum(axis=1))
    value = reading(probabilities, kinds)
    odds = np.log(value / (1 - value))
    return 1 / (1 + np.exp(QUANTILE * error - odds)), 1 / (1 + np.exp(-QUANTILE * error - odds))
