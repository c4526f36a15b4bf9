"""From tokens to documents: what the two models say about each token, and what that comes to in each document.

In: a partition and the weights. Out: `Signs` (per token) and a matrix of document features. Every feature is a mean
over sentences or words, so that a long text is not told from a short one by its length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.extract.translation import style, typesetting
from audit.extract.translation.collocation import COMMON, STATES, Company, News, company, crossed
from audit.extract.translation.words import Words, words
from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ODDNESS = (-3.0, -2.0, -1.0)
"""Log-odds above which a word is counted as odd in its place; three counts, from mild to strong."""


@dataclass(frozen=True, eq=False)
class Weights:
    """What was learned. odd: float32 [CROSSES]; odd_base: its intercept."""

    function_words: frozenset[str]
    style: style.Table
    news: News
    odd: Floats
    odd_base: float


@dataclass(frozen=True, eq=False)
class Signs:
    """What the models say about each token.

    votes   float32 [n, judgements]: shares in the log-odds of the token's sentence
    odd     float32 [n]: log-odds that the word was put in place of another; -inf where the word is not judged
    """

    words: Words
    votes: Floats
    company: Company
    odd: Floats


def signs(parsed: Parsed, weights: Weights) -> Signs:
    """Score every token of a partition."""
    found = words(parsed)
    kept = company(found, weights.news)
    odd = np.full(len(found.forms), np.float32(weights.odd_base), np.float32)
    for column in crossed(kept).T:
        odd += weights.odd[column]
    odd[~found.lower] = -np.inf
    return Signs(found, style.votes(parsed, found, weights.function_words, weights.style), kept, odd)


def matrix(parsed: Parsed, found: Signs) -> Doubles:
    """float64 [d, FEATURES]: the document features, in the order of `names`."""
    documents, sentences = len(parsed.articles), len(parsed.sentences) - 1
    count = np.maximum(1, np.bincount(parsed.sentence_document, minlength=documents))
    columns: list[Doubles] = []
    for number in range(found.votes.shape[1]):
        logit = np.bincount(parsed.token_sentence, found.votes[:, number], sentences)
        mean = np.bincount(parsed.sentence_document, logit, documents) / count
        square = np.bincount(parsed.sentence_document, logit * logit, documents) / count
        columns += [mean, np.sqrt(np.maximum(0, square - mean * mean))]
    columns += _odd(parsed, found, documents) + _company(parsed, found, documents)
    return np.concatenate([np.stack(columns, axis=1), typesetting.matrix(parsed)], axis=1)


def _odd(parsed: Parsed, found: Signs, documents: int) -> list[Doubles]:
    judged = found.words.lower
    where, odd = parsed.token_document[judged], found.odd[judged].astype(np.float64)
    count = np.maximum(1, np.bincount(where, minlength=documents))
    values = [odd, 1 / (1 + np.exp(-odd)), *(odd > edge for edge in ODDNESS)]
    return [np.bincount(where, value, documents) / count for value in values]


def _company(parsed: Parsed, found: Signs, documents: int) -> list[Doubles]:
    """How often words keep each kind of company, as shares of the judged words."""
    judged = found.words.lower
    where = parsed.token_document[judged].astype(np.int64)
    count = np.maximum(1, np.bincount(where, minlength=documents))
    columns: list[Doubles] = []
    for codes, size in ((found.company.common, COMMON), *((side, STATES) for side in found.company.sides)):
        table = np.bincount(where * size + codes[judged], minlength=documents * size).reshape(documents, size)
        columns += list((table / count[:, None]).T)
    return columns


def typographic() -> Bools:
    """bool [FEATURES]: whether a feature changes with the house style."""
    return np.array([name.startswith("typed.") or name in typesetting.names() for name in names()])


def names() -> list[str]:
    """Names of the document features."""
    of_style = [f"{judgement}.{kind}" for judgement in style.JUDGEMENTS for kind in ("mean", "spread")]
    of_odd = ["odd.mean", "odd.probability", *(f"odd.above{edge:g}" for edge in ODDNESS)]
    sides = [f"{side}.{state}" for side in ("left", "right", "left2", "right2") for state in range(STATES)]
    return [*of_style, *of_odd, *(f"common.{level}" for level in range(COMMON)), *sides, *typesetting.names()]
