"""Rank correlation with bootstrap intervals: two arrays in, rho with low and high out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 20200911
CONFIDENCE = 0.95
DIGITS = 3


@dataclass(frozen=True)
class Correlation:
    """Spearman's rho over `n` outlets with its percentile interval; None where one side never varies."""

    rho: float | None
    low: float | None
    high: float | None
    n: int

    def to_dict(self) -> dict[str, float | int | None]:
        """Rounded, ready for JSON."""
        values = (None if value is None else round(value, DIGITS) for value in (self.rho, self.low, self.high))
        return {**dict(zip(("rho", "low", "high"), values, strict=True)), "n": self.n}


def within(groups: list[tuple[Floats, Floats]]) -> Correlation:
    """Spearman's rho of value and class inside each group, averaged with the groups' sizes as weights.

    One group gives the plain rho. Outlets are resampled inside their group (Efron 1979, percentile method).
    """
    groups = [(x, y) for x, y in groups if len(np.unique(x)) > 1 and len(np.unique(y)) > 1]
    return _resampled(groups, lambda x, y, _: _rho(x, y), [x for x, _ in groups])


def partial(value: Floats, label: Floats, control: Floats) -> Correlation:
    """Rho of value and class with the ranks of `control`, another variable, held constant (Kendall 1942)."""
    if min(len(np.unique(value)), len(np.unique(label)), len(np.unique(control))) < 2 or (value == control).all():
        return Correlation(None, None, None, len(value))
    return _resampled([(value, label)], _partial, [control])


Measured = Callable[[Floats, Floats, Floats], Floats]


def _resampled(groups: list[tuple[Floats, Floats]], measure: Measured, controls: list[Floats]) -> Correlation:
    n = sum(len(x) for x, _ in groups)
    if not groups:
        return Correlation(None, None, None, n)
    random = np.random.default_rng(SEED)
    total = np.zeros(RESAMPLES)
    rho = 0.0
    for (x, y), z in zip(groups, controls, strict=True):
        draws = random.integers(0, len(x), (RESAMPLES, len(x)))
        total += len(x) / n * np.nan_to_num(measure(x[draws], y[draws], z[draws]))
        rho += len(x) / n * float(measure(x[None], y[None], z[None])[0])
    if np.isnan(rho):  # the control orders the outlets just as the value does: nothing is left to correlate
        return Correlation(None, None, None, n)
    low, high = np.quantile(total, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Correlation(rho, float(low), float(high), n)


def _rho(x: Floats, y: Floats) -> Floats:
    """Row by row; NaN where a resample has only one class."""
    a, b = (rankdata(side, axis=1) for side in (x, y))
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (a * b).sum(axis=1) / np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return found


def _partial(x: Floats, y: Floats, z: Floats) -> Floats:
    xy, xz, yz = _rho(x, y), _rho(x, z), _rho(y, z)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2))
    return found
