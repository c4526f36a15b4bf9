"""Sources in, each beside the others, rows of the tables `scores` and `differences` out: a task of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import special

from audit.extract.base import Quantity
from audit.resample import Draws, Floats, ends, spread, summed
from audit.settings import Scoring

DIGITS = 6  # kept of every float that is written, so that machines agree on the bytes
NO_SPREAD = 1e-12  # rates that differ by less are equal ones, divided in another order

Row = dict[str, object]
Pair = tuple[Floats, Floats]
"""Counts and bases."""


@dataclass(frozen=True)
class One:
    """A source: what was counted in it, float [articles, features], where absent is 0; of how many articles each is
    known; what was drawn of them; the median of the other sources, float [features]; and its rates minus those of the
    same stories elsewhere, float [articles with such a story, features]."""

    name: str
    measured: Pair
    n: npt.NDArray[np.int64]
    draws: Draws
    others: Floats
    paired: Floats

    def sums(self) -> Pair:
        """Of all articles, float [features]."""
        return self.measured[0].sum(0), self.measured[1].sum(0)

    def resampled(self) -> Pair:
        """Of each resample, float [resamples, features]."""
        return summed(self.draws, self.measured[0]), summed(self.draws, self.measured[1])


@dataclass(frozen=True)
class Some:
    """Some sources, and the sums of the resamples of all there are."""

    ones: Sequence[One]
    total: Pair
    quantities: Sequence[Quantity]
    settings: Scoring


def rates(count: Floats, base: Floats) -> Floats:
    """Count over base, NaN where there is no base."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base > 0, count / base, np.nan)


def rows(some: Some) -> tuple[list[Row], list[Row]]:
    """Rows of both tables, by source, then feature; percentile, rank and what holds are not yet known."""
    scores: list[Row] = []
    differences: list[Row] = []
    for one in some.ones:
        counts, bases = one.resampled()
        mine = _in_rows(rates(counts, bases))
        gaps = mine - _in_rows(rates(some.total[0] - counts, some.total[1] - bases))
        scores += _scores(one, mine, some.quantities, some.settings)
        differences += _differences(one, gaps, some.quantities, some.settings)
    return scores, differences


def _in_rows(values: Floats) -> Floats:
    """A row for each feature."""
    return np.ascontiguousarray(values.T)


def _scores(one: One, resampled: Floats, quantities: Sequence[Quantity], settings: Scoring) -> Iterator[Row]:
    sums = one.sums()
    values, count, base = rounded(rates(*sums)), rounded(sums[0]), rounded(sums[1])
    lows, highs = ends(np.sort(resampled, axis=1), settings.confidence)
    for column, quantity in enumerate(quantities):
        n = int(one.n[column])
        row: Row = {
            "subject": one.name, "level": "source", "feature": quantity.feature, "value": values[column], "low": None,
            "high": None, "n": n, "count": count[column], "base": base[column],
            "percentile": None, "rank": None, "absent": None,
        }
        if values[column] is None:
            row["absent"] = "not measured in any article"
        elif n < settings.min_articles:
            row["absent"] = f"fewer than {settings.min_articles} articles: no interval, no rank"
        elif quantity.kind == "probability":
            row["low"], row["high"] = wilson(sums[0][column], sums[1][column], settings.confidence)
        else:
            row["low"], row["high"] = rounded(np.array([lows[column], highs[column]]))
            if lows[column] == highs[column]:
                row.update(_alike(sums[0][column], sums[1][column], quantity, settings))
        yield row


def _alike(count: float, base: float, quantity: Quantity, settings: Scoring) -> Row:
    """The interval where resampling finds none, since all articles are alike: Wilson's, over what was counted in.

    Words do not stand for themselves as sentences and claims roughly do, so a rate per word gets no interval.
    """
    if quantity.kind == "rate" and quantity.unit != "word" and 0 <= count <= base:
        low, high = wilson(count, base, settings.confidence)
        return {"low": low, "high": high}
    return {"low": None, "high": None, "absent": "all articles alike: no interval"}


def wilson(count: float, base: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927), both ends in 0 to 1."""
    z = float(special.ndtri((1 + confidence) / 2))
    share, middle = count / base, z * z / (2 * base)
    half = z * np.sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    scale = 1 + z * z / base
    ends = max(0.0, (share + middle - half) / scale), min(1.0, (share + middle + half) / scale)
    return round(float(ends[0]), DIGITS), round(float(ends[1]), DIGITS)


def _differences(one: One, gaps: Floats, quantities: Sequence[Quantity], settings: Scoring) -> Iterator[Row]:
    values, others = rounded(rates(*one.sums())), rounded(one.others)
    plain, within = _plain(gaps, one.n, settings), _within(_in_rows(one.paired), settings)
    for column, quantity in enumerate(quantities):
        yield {"source": one.name, "feature": quantity.feature, "value": values[column], "others": others[column],
               **plain[column], **within[column], "holds": ""}


def _plain(gaps: Floats, n: npt.NDArray[np.int64], settings: Scoring) -> list[Row]:
    known = ~np.isnan(gaps)
    tested = (n >= settings.min_articles) & (known.sum(1) >= 2)
    mean, deviation = spread(gaps)
    lows, highs = ends(np.sort(gaps, axis=1), settings.confidence)
    p = _chance(mean, deviation, special.ndtr)
    return _columns(("plain", "plain_low", "plain_high", "plain_p"), (mean, lows, highs, p), tested)


def _within(paired: Floats, settings: Scoring) -> list[Row]:
    n = (~np.isnan(paired)).sum(1)
    tested = n >= settings.min_articles
    mean, deviation = spread(np.where(tested[:, None], paired, np.nan), ddof=1)
    error = deviation / np.sqrt(n)
    reach = np.array([_quantile(int(count) - 1, (1 + settings.confidence) / 2) if some else np.nan
                      for count, some in zip(n, tested, strict=True)]) * error
    p = _chance(mean, error, lambda t: special.stdtr(n - 1, t))
    names = "within", "within_low", "within_high", "within_p"
    rows = _columns(names, (mean, mean - reach, mean + reach, p), tested)
    return [row | {"stories": int(count)} for row, count in zip(rows, n, strict=True)]


def _chance(mean: Floats, error: Floats, below: Callable[[Floats], Floats]) -> Floats:
    """The probability of a mean this far from 0 on either side."""
    spreads = error > NO_SPREAD
    far = -np.abs(mean) / np.where(spreads, error, 1.0)
    return np.where(spreads, 2 * below(far), 1.0)


@cache
def _quantile(freedom: int, share: float) -> float:
    return float(special.stdtrit(freedom, share))


def _columns(names: Sequence[str], columns: Sequence[Floats], tested: npt.NDArray[np.bool_]) -> list[Row]:
    """A row for each feature, with nothing in it where nothing could be tested."""
    values = [rounded(np.where(tested, column, np.nan)) for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def rounded(values: Floats) -> list[float | None]:
    """Numbers as they are written; None where there is none."""
    return [None if value != value else round(value, DIGITS) for value in values.tolist()]
