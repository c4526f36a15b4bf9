"""Articles of a source in, sums over resamples of them out (Efron 1979): how often each article is drawn into each.

What is drawn depends on the seed, the source's name and the number of its articles, on nothing that was measured.
"""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

from audit.settings import Scoring

Floats = npt.NDArray[np.float64]
Draws = npt.NDArray[np.uint8]
DRAWN = 8_000_000  # articles times resamples that lie open at one time: 128 MB, however large a source is


def draw(source: str, articles: int, settings: Scoring) -> Draws:
    """How often each article stands in each resample, [resamples, articles]. Of 255 articles or fewer none can stand
    there more than 255 times, and of more none ever will: the odds are below 1 in 10^500."""
    random = np.random.default_rng([settings.seed, zlib.crc32(source.encode())])
    drawn = np.empty((settings.resamples, articles), np.uint8)
    some = max(1, DRAWN // articles)
    for first in range(0, settings.resamples, some):
        size = min(some, settings.resamples - first)
        drawn[first:first + size] = random.multinomial(articles, np.full(articles, 1 / articles), size)
    return drawn


def summed(draws: Draws, values: Floats) -> Floats:
    """Sums of [articles, features] over each resample, [resamples, features]."""
    some = max(1, DRAWN // draws.shape[1])
    sums = np.empty((len(draws), values.shape[1]))
    for first in range(0, len(draws), some):
        sums[first:first + some] = draws[first:first + some].astype(float) @ values
    return sums


def ends(ordered: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Both ends of the middle `confidence` of each row, which is in order; NaN, which stands last, is left out."""
    known = (~np.isnan(ordered)).sum(1)
    rows = np.arange(len(ordered))
    found = []
    for edge in ((1 - confidence) / 2, (1 + confidence) / 2):
        place = edge * np.maximum(known - 1, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(known - 1, 0))
        part = place - below
        found.append(ordered[rows, below] * (1 - part) + ordered[rows, above] * part)
    return found[0], found[1]


def spread(values: Floats, ddof: int = 0) -> tuple[Floats, Floats]:
    """Mean and standard deviation of what is known in each row; NaN where nothing is, or too little."""
    known = ~np.isnan(values)
    count = known.sum(1)
    mean, deviation = np.full((2, len(values)), np.nan)
    alike = (count == values.shape[1]) & (count > ddof)
    if alike.any():
        mean[alike], deviation[alike] = values[alike].mean(1), values[alike].std(1, ddof=ddof)
    for row in np.flatnonzero(~alike & (count > 0)):  # not as one: sums in another order differ in their last digits
        some = values[row, known[row]]
        mean[row] = some.mean()
        if len(some) > ddof:
            deviation[row] = some.std(ddof=ddof)
    return mean, deviation
