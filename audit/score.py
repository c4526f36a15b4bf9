"""Measures of articles in, scores of sources out: intervals, percentiles, differences, ranks.

A source's rate is the sum of its counts over the sum of its bases. Intervals come from resampling its articles
(Efron 1979, percentile method) with a fixed seed; shares of articles take Wilson's interval (Wilson 1927), since
resampling five articles of which none is flagged would claim certainty. What is called a difference holds after
correction for the number of comparisons made (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from audit import beside
from audit.beside import One, Pair, Row, Some, rates
from audit.extract.base import Quantity
from audit.reference import Reference
from audit.resample import Draws, Floats, draw, summed
from audit.settings import Scoring

TOGETHER = 16
"""Sources of one task."""

Item = TypeVar("Item")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Measures of all articles as matrices: `counts` and `bases` float [articles, features]; absent is NaN in both."""

    articles: Sequence[str]
    sources: Sequence[str]
    stories: Sequence[str]
    features: Sequence[str]
    counts: Floats
    bases: Floats


def score(
    counts: Counts, quantities: Mapping[str, Quantity], settings: Scoring, reference: Reference,
    map: Callable[[Callable[..., Any], Iterable[Any]], Iterable[Any]] = map,
) -> tuple[list[Row], list[Row]]:
    """Rows of the tables `scores` (level source) and `differences`, ordered by source, then feature.

    `map` runs tasks and gives their results in order.
    """
    members = _members(counts.sources)
    measured = np.nan_to_num(counts.counts), np.nan_to_num(counts.bases)
    total = np.zeros((2, settings.resamples, len(counts.features)))
    sizes = _batches((name, len(mine)) for name, mine in members.items())
    draws = dict(zip(members, chain.from_iterable(map(partial(_draws, settings), sizes)), strict=True))
    for name, mine in members.items():
        for kind, values in enumerate(measured):
            total[kind] += summed(draws[name], values[mine])
    listed = [quantities[feature] for feature in counts.features]
    scores: list[Row] = []
    differences: list[Row] = []
    ones = _ones(counts, measured, members, draws)
    for found in map(beside.rows, (Some(some, (total[0], total[1]), listed, settings) for some in _batches(ones))):
        scores += found[0]
        differences += found[1]
    for row in scores:
        row["percentile"] = reference.percentile(str(row["feature"]), row["value"], "source")
    _rank(scores)
    _correct(differences, settings.false_discovery_rate)
    return scores, differences if len({*counts.sources}) > 1 else []


def _draws(settings: Scoring, sources: Sequence[tuple[str, int]]) -> list[Draws]:
    return [draw(name, articles, settings) for name, articles in sources]


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    following = iter(items)
    while some := list(islice(following, TOGETHER)):
        yield some


def _ones(
    counts: Counts, measured: Pair, members: Mapping[str, Ints], draws: Mapping[str, Draws]
) -> Iterator[One]:
    """The sources by name, each when it is asked for."""
    known = ~np.isnan(counts.counts)
    sums = [np.array([values[mine].sum(0) for mine in members.values()]) for values in measured]
    others, (place, paired) = _others(rates(sums[0], sums[1])), _paired(counts, measured)
    for row, (name, mine) in enumerate(members.items()):
        shared = place[mine]
        yield One(name, (measured[0][mine], measured[1][mine]), known[mine].sum(0), draws[name],
                  others[row], paired[shared[shared >= 0]])


def _members(sources: Sequence[str]) -> dict[str, Ints]:
    """Rows of the articles of each source, sources by name."""
    found: dict[str, list[int]] = {}
    for row, source in enumerate(sources):
        found.setdefault(source, []).append(row)
    return {source: np.array(found[source]) for source in sorted(found)}


def _others(values: Floats) -> Floats:
    """Per source and feature the median of the other sources' values, NaN where none has one."""
    sources = np.arange(len(values))
    middle = np.full(values.shape, np.nan)
    for column, mine in enumerate(values.T):
        order = np.argsort(mine, kind="stable")  # NaN comes last
        known = int((~np.isnan(mine)).sum())
        if not known:
            continue
        place = np.empty(len(mine), np.int64)
        place[order] = sources
        left = known - (place < known)
        low, high = (np.maximum(left - 1, 0)) // 2, left // 2
        low, high = low + (place <= low), high + (place <= high)
        ordered = np.append(mine[order], np.nan)
        middle[:, column] = np.where(left > 0, (ordered[low] + ordered[np.minimum(high, known)]) / 2, np.nan)
    return middle


def _paired(counts: Counts, measured: Pair) -> tuple[Ints, Floats]:
    """Of each article that other sources tell too: rates minus the pooled rates of the story's articles of the others.

    Float [such articles, features]; and int [articles], the row of each there, -1 where it has none.
    """
    place = np.full(len(counts.sources), -1)
    articles: list[int] = []
    groups: list[int] = []
    peers: list[list[int]] = []
    for rows in _stories(counts.stories):
        tellers = dict.fromkeys(counts.sources[row] for row in rows)
        for source in tellers if len(tellers) > 1 else ():
            mine = [row for row in rows if counts.sources[row] == source]
            articles += mine
            groups += [len(peers)] * len(mine)
            peers.append([row for row in rows if counts.sources[row] != source])
    place[articles] = np.arange(len(articles))
    pooled = rates(_added(measured[0], peers), _added(measured[1], peers))
    return place, rates(counts.counts[articles], counts.bases[articles]) - pooled[groups]


def _stories(stories: Sequence[str]) -> Iterable[list[int]]:
    """Rows of the articles of each story."""
    found: dict[str, list[int]] = {}
    for row, story in enumerate(stories):
        if story:
            found.setdefault(story, []).append(row)
    return found.values()


def _added(values: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Sums over groups of rows, one row of each after the other: in another order the last digits would differ."""
    sums = np.zeros((len(groups), values.shape[1]))
    for depth in range(max(map(len, groups), default=0)):
        deep = [number for number, group in enumerate(groups) if len(group) > depth]
        sums[deep] += values[[groups[number][depth] for number in deep]]
    return sums


def _rank(scores: list[Row]) -> None:
    """A rank only for a source whose interval overlaps no other source's interval of the same feature."""
    by_feature: dict[object, list[Row]] = {}
    for row in scores:
        if row["low"] is not None:
            by_feature.setdefault(row["feature"], []).append(row)
    for rows in by_feature.values():
        low = np.array([row["low"] for row in rows], float)
        high = np.array([row["high"] for row in rows], float)
        above, below = (low > high[:, None]).sum(1), (high < low[:, None]).sum(1)
        for i in np.flatnonzero(above + below == len(rows) - 1) if len(rows) > 1 else ():
            rows[i]["rank"] = int(above[i]) + 1


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
