"""Two statements in, the numbers by which the relation model judges whether they say the same out.

The measures are those of the paraphrase literature: n-gram overlap, weighted overlap, common subsequences, edit
distance, what is left over on either side (Das and Smith 2009; Madnani, Tetreault and Chodorow 2012).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from audit.compare.meanings import Weights, meaning_features
from audit.compare.statement import Statement
from audit.compare.stories import model

FIGURE_WEIGHT = 3.0
"""What a figure weighs beside inverse document frequencies: as much as a word of one article in twenty."""

FUNCTION_WEIGHT = 0.5
"""What a function word weighs."""


@lru_cache(maxsize=1 << 16)
def weight(code: int) -> float:
    """The inverse document frequency of a content word's key, by the background."""
    return float(model().rarity.weights(np.array([code], np.uint32))[0])


def weights(one: Statement) -> Weights:
    """What each distinct word of a statement weighs."""
    found = {}
    for at, code in enumerate(one.codes):
        found[code] = FIGURE_WEIGHT if at in one.figure_at else weight(code) if code & 1 else FUNCTION_WEIGHT
    return found


def pair_features(a: Statement, b: Statement) -> npt.NDArray[np.float64]:
    """Features [f] of a pair, the same whichever comes first."""
    both = sorted((a, b), key=lambda one: (len(one.codes), one.text))
    one, two = both
    left, right = weights(one), weights(two)
    values = [
        *_grams(one, two), *_weighted(left, right), *_sequence(one, two), *_letters(one, two), *_figures(one, two),
        *_names(one, two), *meaning_features(left, right),
    ]  # fmt: skip
    return np.array(values, np.float64)


def _overlap(one: Counter[object], two: Counter[object]) -> tuple[float, float]:
    few, many = sorted((one, two), key=len)
    shared = sum(min(times, many[item]) for item, times in few.items() if item in many)
    left, right = shared / max(1, sum(one.values())), shared / max(1, sum(two.values()))
    return min(left, right), max(left, right)


def _ngrams(items: Sequence[object], size: int) -> Counter[object]:
    return Counter(zip(*(items[start:] for start in range(size)), strict=False))


def _harmonic(low: float, high: float) -> float:
    return 2 * low * high / (low + high) if low + high else 0.0


def _grams(one: Statement, two: Statement) -> list[float]:
    values = []
    for size in (1, 2, 3, 4):
        low, high = _overlap(_ngrams(one.codes, size), _ngrams(two.codes, size))
        values += [low, high, _harmonic(low, high)]
    return values


def _weighted(left: Weights, right: Weights) -> list[float]:
    shared = sum(value for code, value in left.items() if code in right)
    low, high = sorted((shared / max(1e-9, sum(left.values())), shared / max(1e-9, sum(right.values()))))
    over = [
        [value for code, value in mine.items() if code not in other] for mine, other in ((left, right), (right, left))
    ]
    sums, tops = sorted(map(sum, over)), sorted(max(side, default=0.0) for side in over)
    sizes = sorted(map(len, over))
    return [low, high, _harmonic(low, high), math.log1p(sums[0]), math.log1p(sums[1]), *tops, *sizes]


def _sequence(one: Statement, two: Statement) -> list[float]:
    first, second = len(one.codes), len(two.codes)
    if not first or not second:
        return [0.0] * 14
    blocks = [op.src_end - op.src_start for op in LCSseq.opcodes(one.codes, two.codes) if op.tag == "equal"]
    common, short, long = sum(blocks), min(first, second), max(first, second)
    distance = Levenshtein.distance(one.codes, two.codes)
    return [
        common / short, common / long, 2 * common / (first + second), distance / long, max(blocks, default=0) / short,
        sum(size * size for size in blocks) / (first * second), len(blocks) / short, long - short, short / long, short,
        long, one.codes[0] == two.codes[0], one.codes[:3] == two.codes[:3], one.codes[-1] == two.codes[-1],
    ]  # fmt: skip


def _letters(one: Statement, two: Statement) -> list[float]:
    low, high = _overlap(_ngrams(one.text.lower(), 4), _ngrams(two.text.lower(), 4))
    return [
        low, high, fuzz.ratio(one.text, two.text) / 100, fuzz.token_set_ratio(one.text, two.text) / 100,
        fuzz.partial_ratio(one.text, two.text) / 100,
    ]  # fmt: skip


def _figures(one: Statement, two: Statement) -> list[float]:
    left, right = one.figures, two.figures
    alone = [
        sum(not any(x.family == y.family and x.agrees(y) for y in other) for x in mine)
        for mine, other in ((left, right), (right, left))
    ]
    return [
        min(alone), max(alone), len(left) + len(right) == 0, min(alone) > 0, len(left) - alone[0], len(right) - alone[1]
    ]  # fmt: skip


def _names(one: Statement, two: Statement) -> list[float]:
    left, right = ({name.lower() for name in side.names} for side in (one, two))
    words = [{word.lower() for word in side.words} for side in (one, two)]
    alone = sorted((len(left - words[1]), len(right - words[0])))
    quoted = bool(one.quotes), bool(two.quotes)
    return [
        *alone, len(left & right), len(one.negated ^ two.negated), bool(one.negated) != bool(two.negated),
        any(quoted), quoted[0] != quoted[1],
    ]  # fmt: skip
