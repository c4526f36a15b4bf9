"""Measures of articles in, scores of sources out: intervals, percentiles, differences, ranks.

A source's rate is the sum of its counts over the sum of its bases. Intervals come from resampling its articles
(Efron 1979, percentile method) with a fixed seed; shares of articles take Wilson's interval (Wilson 1927), since
resampling five articles of which none is flagged would claim certainty. What is called a difference holds after
correction for the number of comparisons made (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from audit.extract.base import Quantity
from audit.reference import Reference
from audit.settings import Scoring

Floats = npt.NDArray[np.float64]
DIGITS = 6  # kept of every float that is written, so that machines agree on the bytes
DRAWN = 8_000_000  # articles times resamples that lie open at one time: 128 MB, however large a source is
NO_SPREAD = 1e-12  # rates that differ by less are equal ones, divided in another order


@dataclass(frozen=True)
class Counts:
    """Measures of all articles as matrices: `counts` and `bases` float [articles, features]; absent is NaN in both."""

    articles: Sequence[str]
    sources: Sequence[str]
    stories: Sequence[str]
    features: Sequence[str]
    counts: Floats
    bases: Floats


@dataclass(frozen=True)
class Resampled:
    """One source: its sums, and the sums of each resample, float [features] and [resamples, features]."""

    articles: npt.NDArray[np.int64]
    count: Floats
    base: Floats
    n: npt.NDArray[np.int64]
    counts: Floats
    bases: Floats


Row = dict[str, object]


def score(
    counts: Counts, quantities: Mapping[str, Quantity], settings: Scoring, reference: Reference
) -> tuple[list[Row], list[Row]]:
    """Rows of the tables `scores` (level source) and `differences`, ordered by source, then feature."""
    names = sorted(set(counts.sources))
    scores: list[Row] = []
    total = [np.zeros((settings.resamples, len(counts.features))) for _ in range(2)]
    for source in names:
        sums = _resample(counts, source, settings)
        scores += _scores(source, sums, counts, quantities, settings)
        total[0] += sums.counts
        total[1] += sums.bases
    for row in scores:
        row["percentile"] = reference.percentile(str(row["feature"]), row["value"], "source")
    _rank(scores)
    return scores, _differences(counts, names, total, settings)


def _resample(counts: Counts, source: str, settings: Scoring) -> Resampled:
    mine = np.flatnonzero(np.array(counts.sources, dtype=object) == source)
    have = np.nan_to_num(counts.counts[mine]), np.nan_to_num(counts.bases[mine])
    random = np.random.default_rng([settings.seed, zlib.crc32(source.encode())])
    sums = [np.empty((settings.resamples, len(counts.features))) for _ in have]
    some = max(1, DRAWN // len(mine))
    for first in range(0, settings.resamples, some):
        size = min(some, settings.resamples - first)
        draws = random.multinomial(len(mine), np.full(len(mine), 1 / len(mine)), size).astype(float)
        for kind in range(2):
            sums[kind][first : first + size] = draws @ have[kind]
    present = ~np.isnan(counts.counts[mine])
    return Resampled(mine, have[0].sum(0), have[1].sum(0), present.sum(0), *sums)


def _ends(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Both ends, float [features], of the middle `confidence` of each column; what could not be drawn is left out."""
    ordered = np.sort(values, axis=0)  # NaN comes last
    known = (~np.isnan(ordered)).sum(0)
    columns = np.arange(values.shape[1])
    ends = []
    for edge in ((1 - confidence) / 2, (1 + confidence) / 2):
        place = edge * np.maximum(known - 1, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(known - 1, 0))
        part = place - below
        ends.append(ordered[below, columns] * (1 - part) + ordered[above, columns] * part)
    return ends[0], ends[1]


def _rates(count: Floats, base: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base > 0, count / base, np.nan)


def _scores(
    source: str, sums: Resampled, counts: Counts, quantities: Mapping[str, Quantity], settings: Scoring
) -> list[Row]:
    values = _rates(sums.count, sums.base)
    lows, highs = _ends(_rates(sums.counts, sums.bases), settings.confidence)
    rows: list[Row] = []
    for column, feature in enumerate(counts.features):
        value, n = values[column], int(sums.n[column])
        row: Row = {
            "subject": source, "level": "source", "feature": feature, "value": _round(value), "low": None,
            "high": None, "n": n, "count": _round(sums.count[column]), "base": _round(sums.base[column]),
            "percentile": None, "rank": None, "absent": None,
        }
        if np.isnan(value):
            row["absent"] = "not measured in any article"
        elif n < settings.min_articles:
            row["absent"] = f"fewer than {settings.min_articles} articles: no interval, no rank"
        elif quantities[feature].kind == "probability":
            row["low"], row["high"] = wilson(sums.count[column], sums.base[column], settings.confidence)
        else:
            row["low"], row["high"] = _round(lows[column]), _round(highs[column])
            if lows[column] == highs[column]:
                row.update(_alike(sums.count[column], sums.base[column], quantities[feature], settings))
        rows.append(row)
    return rows


def _alike(count: float, base: float, quantity: Quantity, settings: Scoring) -> Row:
    """The interval where resampling finds none, since all articles are alike: Wilson's, over what was counted in.

    Words do not stand for themselves as sentences and claims roughly do, so a rate per word gets no interval.
    """
    if quantity.kind == "rate" and quantity.unit != "word" and 0 <= count <= base:
        low, high = wilson(count, base, settings.confidence)
        return {"low": low, "high": high}
    return {"low": None, "high": None, "absent": "all articles alike: no interval"}


def wilson(count: float, base: float, confidence: float = 0.95) -> tuple[float | None, float | None]:
    """Wilson's score interval of a share (Wilson 1927), both ends in 0 to 1."""
    z = float(special.ndtri((1 + confidence) / 2))
    share, middle = count / base, z * z / (2 * base)
    half = z * np.sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    scale = 1 + z * z / base
    return _round(max(0.0, (share + middle - half) / scale)), _round(min(1.0, (share + middle + half) / scale))


def _rank(scores: list[Row]) -> None:
    """A rank only for a source whose interval overlaps no other source's interval of the same feature."""
    by_feature: dict[object, list[Row]] = {}
    for row in scores:
        if row["low"] is not None:
            by_feature.setdefault(row["feature"], []).append(row)
    for rows in by_feature.values():
        low = np.array([row["low"] for row in rows], float)
        high = np.array([row["high"] for row in rows], float)
        for i, row in enumerate(rows):
            above, below = int((low > high[i]).sum()), int((high < low[i]).sum())
            if len(rows) > 1 and above + below == len(rows) - 1:
                row["rank"] = above + 1


def _differences(counts: Counts, names: Sequence[str], total: Sequence[Floats], settings: Scoring) -> list[Row]:
    """Each source against the pooled others. Resamples are drawn again from their seeds, so that only one is held."""
    if len(names) < 2:
        return []
    columns = np.array(counts.sources, dtype=object)
    values = {name: _rates(np.nansum(counts.counts[columns == name], 0), np.nansum(counts.bases[columns == name], 0))
              for name in names}
    rates, stories = _rates(counts.counts, counts.bases), _story_sources(counts)
    rows: list[Row] = []
    for source in names:
        sums = _resample(counts, source, settings)
        rest = _rates(total[0] - sums.counts, total[1] - sums.bases)
        gaps = _rates(sums.counts, sums.bases) - rest
        paired = _paired(counts, rates, sums.articles, stories)
        lows, highs = _ends(gaps, settings.confidence)
        peers = _middle(np.array([values[other] for other in names if other != source]))
        for column, feature in enumerate(counts.features):
            rows.append({
                "source": source, "feature": feature, "value": _round(values[source][column]),
                "others": _round(peers[column]),
                **_plain(gaps[:, column], (lows[column], highs[column]), int(sums.n[column]), settings),
                **_within(paired[:, column], settings), "holds": "",
            })
    _correct(rows, settings.false_discovery_rate)
    return rows


def _middle(values: Floats) -> Floats:
    """Median of each column, NaN left out; NaN where a column has nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # columns without any value
        middle: Floats = np.nanmedian(values, axis=0)
    return middle


def _plain(gaps: Floats, ends: tuple[float, float], n: int, settings: Scoring) -> Row:
    known = gaps[~np.isnan(gaps)]
    if n < settings.min_articles or len(known) < 2:
        return {"plain": None, "plain_low": None, "plain_high": None, "plain_p": None}
    mean, spread = float(known.mean()), float(known.std())
    p = 2 * float(special.ndtr(-abs(mean) / spread)) if spread > NO_SPREAD else 1.0
    return {"plain": _round(mean), "plain_low": _round(ends[0]), "plain_high": _round(ends[1]), "plain_p": _round(p)}


def _story_sources(counts: Counts) -> dict[str, list[int]]:
    """Rows of the articles of each story."""
    stories: dict[str, list[int]] = {}
    for row, story in enumerate(counts.stories):
        if story:
            stories.setdefault(story, []).append(row)
    return stories


def _paired(
    counts: Counts, rates: Floats, mine: npt.NDArray[np.int64], stories: Mapping[str, Sequence[int]]
) -> Floats:
    """float [articles of the source, features]: rate minus the pooled rate of the story's articles of other sources."""
    out = np.full((len(mine), rates.shape[1]), np.nan)
    for row, article in enumerate(mine.tolist()):
        source = counts.sources[article]
        peers = [peer for peer in stories.get(counts.stories[article], ()) if counts.sources[peer] != source]
        if peers:
            pooled = _rates(np.nansum(counts.counts[peers], 0), np.nansum(counts.bases[peers], 0))
            out[row] = rates[article] - pooled
    return out


def _within(paired: Floats, settings: Scoring) -> Row:
    known = paired[~np.isnan(paired)]
    n = len(known)
    row: Row = {"within": None, "within_low": None, "within_high": None, "within_p": None, "stories": n}
    if n < settings.min_articles:
        return row
    mean, error = float(known.mean()), float(known.std(ddof=1) / np.sqrt(n))
    reach = float(special.stdtrit(n - 1, (1 + settings.confidence) / 2)) * error
    p = 2 * float(special.stdtr(n - 1, -abs(mean) / error)) if error > NO_SPREAD else 1.0
    return {**row, "within": _round(mean), "within_low": _round(mean - reach), "within_high": _round(mean + reach),
            "within_p": _round(p)}


def _correct(rows: list[Row], rate: float) -> None:
    """Mark the differences that hold when the false discovery rate over all of them is kept at `rate`."""
    tests = [(float(str(row[f"{kind}_p"])), number, kind) for number, row in enumerate(rows)
             for kind in ("within", "plain") if row[f"{kind}_p"] is not None]
    passed = benjamini_hochberg([p for p, _, _ in tests], rate)
    held: dict[int, list[str]] = {}
    for (_, number, kind), holds in zip(tests, passed, strict=True):
        if holds:
            held.setdefault(number, []).append(kind)
    for number, kinds in held.items():
        rows[number]["holds"] = "both" if len(kinds) == 2 else kinds[0]


def benjamini_hochberg(values: Sequence[float], rate: float) -> list[bool]:
    """Which of the p values hold when the share of false discoveries is kept at `rate` (the step-up procedure)."""
    order = sorted(range(len(values)), key=values.__getitem__)
    last = max((i for i, index in enumerate(order, 1) if values[index] <= rate * i / len(values)), default=0)
    passed = set(order[:last])
    return [index in passed for index in range(len(values))]


def _round(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), DIGITS)
