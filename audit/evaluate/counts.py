"""The arithmetic of figures. In: counts and pairs of numbers; out: precision, recall, F1, areas and correlations.

Figures are fractions rounded to four places, in a flat dict: `{"sentence.f1": 0.8123, ...}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

Figures = dict[str, float]
Scored = tuple[float, bool]
"""A value and whether it ought to be high."""


@dataclass(slots=True)
class Counts:
    """Hits, false alarms and misses, added up over articles."""

    hits: int = 0
    alarms: int = 0
    missed: int = 0

    def add(self, hits: int, alarms: int, missed: int) -> None:
        """Add the counts of one article."""
        self.hits += hits
        self.alarms += alarms
        self.missed += missed

    def add_sets(self, wanted: frozenset[int], given: frozenset[int]) -> None:
        """Add what two sets share and what each has alone."""
        self.add(len(wanted & given), len(given - wanted), len(wanted - given))

    def figures(self, name: str = "") -> Figures:
        """Precision, recall and F1 under `name.p`, `name.r`, `name.f1`; zero where nothing was there to count."""
        precision = self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 0.0
        recall = self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0
        values = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(harmonic(precision, recall), 4)}
        return {f"{name}.{key}" if name else key: value for key, value in values.items()}


def harmonic(precision: float, recall: float) -> float:
    """F1 of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pearson(points: Sequence[tuple[float, float]]) -> float:
    """Pearson's correlation; zero where one side does not vary."""
    n = len(points)
    if not n:
        return 0.0
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    across = sum((x - mean_x) * (y - mean_y) for x, y in points)
    along = sum((x - mean_x) ** 2 for x, _ in points) * sum((y - mean_y) ** 2 for _, y in points)
    return float(across / along**0.5) if along else 0.0


def area(points: Iterable[Scored]) -> float | None:
    """Area under the ROC curve: the chance that a high one is above a low one, ties half (Mann and Whitney 1947)."""
    ordered = sorted(points)
    high = sum(wanted for _, wanted in ordered)
    low = len(ordered) - high
    if not high or not low:
        return None
    above, below = 0.0, 0
    for _, tied in groupby(ordered, key=itemgetter(0)):
        group = [wanted for _, wanted in tied]
        positives = sum(group)
        above += positives * (below + (len(group) - positives) / 2)
        below += len(group) - positives
    return above / (high * low)


def recall_at(points: Sequence[Scored], alarms: float) -> float:
    """Share of the high ones above the value that the fraction `alarms` of the low ones exceeds."""
    low = sorted((value for value, wanted in points if not wanted), reverse=True)
    high = [value for value, wanted in points if wanted]
    limit = low[int(alarms * len(low))] if low else 0.0
    return sum(value > limit for value in high) / len(high) if high else 0.0
