"""From document features to probabilities: a softmax over four kinds of text, with an interval.

In: the feature matrix. Out: for each document the probabilities of original, human translation, machine translation
and machine rewriting, which sum to 1. The readings that are shown are sums of these, so they never contradict.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.extract.translation.style import JUDGEMENTS
from audit.parse import Parsed

Doubles = npt.NDArray[np.float64]

ORIGINAL, HUMAN, TRANSLATED, REWRITTEN = range(4)
READINGS = {
    "translation": (TRANSLATED, REWRITTEN),
    "translation.machine_translated": (TRANSLATED,),
    "translation.machine_rewritten": (REWRITTEN,),
    "translation.translated": (HUMAN, TRANSLATED),
}
"""Feature -> the kinds whose probabilities it sums."""
STYLE_COLUMNS = 2 * len(JUDGEMENTS)  # mean and spread of each judgement come first among the features
LEAST_SPREAD = 0.5  # a text of one sentence has no spread of its own; most texts have 0.6 to 0.9
TOWARDS_PEOPLE = np.array([1.0, 1.0, -1.0, -1.0])
MOST_FOR_PEOPLE, MOST_AGAINST = 1.5, 0.8
"""How far typography may move a kind's logit: marks of a careful typist speak for people more than plain ones may
speak against them. Chosen on wmt_dev among 0.5 to 2; without bounds AUC is no higher."""
QUANTILE = 1.645  # 90 per cent of a normal distribution lie within so many standard deviations


@dataclass(frozen=True, eq=False)
class Head:
    """The softmax: features are centred and scaled, then weighed.

    weights   float64 [features, 4]: what is said whatever the house style; typographic features weigh nothing
    lean      float64 [features, 4]: what else is said once typography is read too, to be bounded
    """

    centre: Doubles
    scale: Doubles
    weights: Doubles
    bias: Doubles
    lean: Doubles
    lean_bias: Doubles

    def logits(self, features: Doubles) -> Doubles:
        """float64 [d, 4]."""
        scaled = (features - self.centre) / self.scale
        towards = (scaled @ self.lean + self.lean_bias) * TOWARDS_PEOPLE
        bounded: Doubles = np.clip(towards, -MOST_AGAINST, MOST_FOR_PEOPLE) * TOWARDS_PEOPLE
        return scaled @ self.weights + self.bias + bounded


def softmax(logits: Doubles) -> Doubles:
    """Probabilities by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def reading(probabilities: Doubles, kinds: tuple[int, ...]) -> Doubles:
    """float64 [d]: the probability of any of these kinds, kept off 0 and 1, which no model can promise."""
    summed: Doubles = np.clip(probabilities[:, list(kinds)].sum(axis=1), 0.001, 0.999)
    return summed


def interval(
    head: Head, spread: Doubles, logits: Doubles, kinds: tuple[int, ...]
) -> tuple[Doubles, Doubles]:
    """Low and high end of a reading, by the delta method; `spread`, float64 [d, f], has the features' standard errors.

    The log-odds of a reading move with each feature by the difference of the mean weights of its kinds and of the
    others, each kind counted by its probability within its side.
    """
    probabilities = softmax(logits)
    inside = np.zeros(4, np.bool_)
    inside[list(kinds)] = True
    sides = [probabilities * side / np.maximum(1e-12, (probabilities * side).sum(axis=1, keepdims=True))
             for side in (inside, ~inside)]
    slope = (sides[0] - sides[1]) @ ((head.weights + head.lean) / head.scale[:, None]).T
    error = np.sqrt((slope**2 * spread**2).sum(axis=1))
    value = reading(probabilities, kinds)
    odds = np.log(value / (1 - value))
    return 1 / (1 + np.exp(QUANTILE * error - odds)), 1 / (1 + np.exp(-QUANTILE * error - odds))


def errors(parsed: Parsed, matrix: Doubles) -> Doubles:
    """Standard errors of the features, float64 [d, f]: of the means by the spread over sentences, of the odd words as
    shares; what is counted in many bins at once is left at zero."""
    result = np.zeros_like(matrix)
    sentences = np.maximum(1, np.diff(parsed.document_sentences))
    for mean in range(0, STYLE_COLUMNS, 2):
        result[:, mean] = np.maximum(matrix[:, mean + 1], LEAST_SPREAD) / np.sqrt(sentences)
    share = matrix[:, STYLE_COLUMNS + 1]
    words = np.maximum(1, parsed.document_words)
    result[:, STYLE_COLUMNS + 1] = np.sqrt(share * (1 - share) / words)
    return result
