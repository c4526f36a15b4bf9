"""Sketches in, stories out: articles on the same event.

Candidates share rare terms within a window of days; a small logistic model turns their cosines and distance in days
into log-odds of telling the same story; average linkage joins them. Nothing is compared with everything, and in memory
lie the articles of a window, with some numbers for each article of the corpus; pairs wait on the disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from audit import models
from audit.compare.calendar import shared
from audit.compare.catalogue import UNDATED, Catalogue, Rows, later
from audit.compare.forest import Forest
from audit.compare.held import Map
from audit.compare.linkage import Linkage
from audit.compare.near import candidates
from audit.compare.prior import asked
from audit.compare.sketch import Sketch
from audit.compare.spill import Spill
from audit.compare.undated import BLOCK, anywhere
from audit.compare.undated import opened as without_date
from audit.compare.vectors import AT_ONCE, Floats, Frequencies, Ints, Rarity, Space, frequencies, weighed
from audit.records import Story

WINDOW = 10
"""Days between articles of one story: beyond it the model's odds never reach the threshold."""

REPRINT = 0.8
"""Cosine from which two articles are one text: a reprint must not make every other report look far away."""

PAIRS = 100_000
"""Pairs whose features are worked out together."""

MET = np.dtype([("left", np.int32), ("right", np.int32), ("cosines", np.float64, 3)])
JUDGED = np.dtype([("left", np.int32), ("right", np.int32), ("odds", np.float64)])
"""Pairs on the disk: articles are counted in order of day and id."""

SMALL, LARGE = 8, 24
"""Up to `SMALL` articles even odds are asked for, from `LARGE` on the model's threshold suffices. A handful of articles
is mostly on one topic, where a shared topic passes for a shared event: on groups of neighbouring stories of
allsides_train even odds are best by .09 of B-cubed F1, on whole corpora they cost .06."""


ENOUGH = 100
"""Articles from which the share of them that have a mate can be estimated; smaller collections were put together by
somebody, mostly story by story."""


TAKEN = 0.3
"""Share of a text taken from another from which both tell one story; less may be a paragraph of background."""


@dataclass(frozen=True, eq=False)
class Model:
    """Weights of the pair model, its threshold, and the background frequencies."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float
    threshold: float
    missing: float
    rarity: Rarity

    def log_odds(self, features: Floats) -> Floats:
        """Log-odds [p] that pairs tell the same story."""
        result: Floats = (features - self.mean) / self.scale @ self.weights + self.bias
        return result

    def lenient(self, size: int) -> float:
        """The lowest threshold for a corpus of so many articles."""
        grown = min(max((np.log(size) - np.log(SMALL)) / (np.log(LARGE) - np.log(SMALL)), 0.0), 1.0)
        return float(self.threshold * grown)


@cache
def model() -> Model:
    """The shipped weights."""
    arrays = models.load("stories").arrays
    bias, threshold, missing, floor = (float(value) for value in arrays["scalars"])
    rarity = Rarity(arrays["keys"], arrays["share"].astype(np.float64), floor)
    return Model(arrays["mean"], arrays["scale"], arrays["weights"], bias, threshold, missing, rarity)


def features(cosines: Floats, distance: Ints, lengths: Floats, best: Floats, times: Floats) -> Floats:
    """Features [p, f] of pairs. `distance` in days, -1 unknown; `lengths`, `best` [p, 2] of either article,
    `times` [p, t] what both say of dates.

    `best` is the highest cosine that the article has with any other: what is close for one article is far for another.
    """
    full, lead, named = cosines.T
    unknown = distance < 0
    nearness = [~unknown & (distance == day) for day in range(4)]
    nearness += [~unknown & (distance > 3) & (distance <= 5), ~unknown & (distance > 5)]
    shortest = np.log(lengths.min(axis=1) + 1)
    high, low = np.maximum(best.max(axis=1), 1e-9), np.maximum(best.min(axis=1), 1e-9)
    return np.column_stack([
        np.sqrt(full), np.sqrt(lead), np.sqrt(named), full, lead * named, np.minimum(full / high, 1),
        np.minimum(full / low, 1), unknown, unknown * np.sqrt(full), *nearness, shortest, shortest * np.sqrt(full),
        np.abs(np.diff(np.log(lengths + 1), axis=1)[:, 0]), times * unknown[:, None],
    ]).astype(np.float64)  # fmt: skip


def scored(sketches: Sequence[Sketch], corpus: Space, window: int = WINDOW) -> tuple[Ints, Ints, Floats]:
    """Candidate pairs with their features. Sketches are sorted by day, the undated last."""
    known = Catalogue.of(sketches)
    left, right, cosines = candidates(corpus, later(known.days), window)
    best = nearest(np.zeros(len(sketches)), left, right, cosines)
    return left, right, described(left, right, cosines, Facts(known.days, known.calendar, corpus.length, best))


@dataclass(frozen=True, eq=False)
class Facts:
    """What the features of a pair ask of either article: int or float [d]."""

    days: Rows
    calendar: Rows
    lengths: Floats
    best: Floats


def nearest(best: Floats, left: Ints, right: Ints, cosines: Floats) -> Floats:
    """`best` raised to the highest cosine that each article has with any other, reprints left out."""
    own = np.clip(cosines[:, 0], 0, 1)
    own = np.where(own < REPRINT, own, 0)
    np.maximum.at(best, left, own)
    np.maximum.at(best, right, own)
    return best


def described(left: Ints, right: Ints, cosines: Floats, facts: Facts) -> Floats:
    """The features of pairs."""
    known = (facts.days[left] > 0) & (facts.days[right] > 0)
    distance = np.where(known, np.abs(facts.days[left] - facts.days[right]), -1)
    lengths = np.column_stack([facts.lengths[left], facts.lengths[right]])
    bests = np.column_stack([facts.best[left], facts.best[right]])
    times = shared(facts.calendar[left].astype(np.int64), facts.calendar[right].astype(np.int64))
    return features(np.clip(cosines, 0, 1), distance, lengths, bests, times)


class Open(NamedTuple):
    """Articles that lie open together, in order: `Sketch.terms` and `Sketch.counts` of each. Their pairs are given (for
    each of the first articles where its own begin, and the other one of each), or found in a window of days."""

    terms: list[tuple[bytes, bytes]]
    corpus: Frequencies
    pairs: tuple[Ints, Ints] | None = None
    days: Rows = np.zeros(0, np.int32)
    window: int = 0
    first: int = 0


class Looked(NamedTuple):
    """Pairs by their places among those that lay open, their cosines [p, 3], and the lengths of the articles."""

    left: Ints
    right: Ints
    cosines: Floats
    lengths: Floats


def looked(given: Open) -> Looked:
    """How close articles are that lie open together: a task of its own."""
    part = weighed(given.terms, model().rarity, given.corpus)
    if given.pairs is None:
        return Looked(*candidates(part, given.days, given.window, given.first), part.length)
    edges, left = given.pairs
    rows = np.arange(len(edges) - 1)
    cosines = part.cosines(rows.tolist(), np.split(left, edges[1:-1]))
    return Looked(left, np.repeat(rows, np.diff(edges)), cosines, part.length)


def judged(
    sketches: Sequence[Sketch], known: Catalogue, window: int = WINDOW, folder: Path | None = None, map: Map = map,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Spill, Floats]:
    """Candidate pairs with their log-odds (`JUDGED`), to be closed by the caller, and the best of each article.

    Cosines wait on the disk until the nearest article of every article is known.
    """
    pairs, best = Spill(JUDGED, folder), np.full(len(sketches), model().missing)
    with Spill(MET, folder) as met:
        meeting = Meeting(sketches, known, window, met)
        for found in map(looked, meeting.jobs(meanwhile)):
            meeting.take(found)
        for some in met.parts():
            left, right = some["left"], some["right"]
            odds = np.round(model().log_odds(described(left, right, some["cosines"], meeting.facts)), 9)
            pairs.add(_rows(JUDGED, left, right, odds))
            np.maximum.at(best, left, odds)
            np.maximum.at(best, right, odds)
    return pairs, best


class Meeting:
    """Writes the candidate pairs and their cosines (`MET`), in order; `facts` is what their features depend on.

    So many articles lie open as half a window has, or `AT_ONCE`, and those of the window before them.
    """

    def __init__(self, sketches: Sequence[Sketch], known: Catalogue, window: int, met: Spill) -> None:
        self.sketches, self.by_day, self.window, self.met = sketches, known.by_day, window, met
        self.days, self.corpus = later(known.days[known.by_day]), frequencies(sketches)
        size = len(sketches)
        self.facts = Facts(known.days[known.by_day], known.calendar[known.by_day], np.zeros(size), np.zeros(size))
        self.waiting: deque[Callable[[Looked], None]] = deque()

    def jobs(self, meanwhile: Callable[[], None] | None = None) -> Iterator[Open]:
        """What has to be looked at. Whoever asks for the next one while others are looked at elsewhere lets other work
        be done `meanwhile` and those without a date be sought."""
        first, dated, size = 0, int(np.searchsorted(self.days, UNDATED)), len(self.days)
        while first < dated:
            low = opened(self.days, first, self.window)
            last = min(first + max(AT_ONCE, (first - low) // 2), dated)
            self.waiting.append(partial(self._dated, low, last))
            yield Open(self._terms(np.arange(low, last)), self.corpus, None, self.days[low:last], self.window,
                       first - low)
            first = last
        if meanwhile:
            meanwhile()
        for start in range(dated, size, BLOCK):
            yield from self._anytime(range(start, min(start + BLOCK, size)))

    def take(self, found: Looked) -> None:
        """What was found for the first job whose result is still to come."""
        self.waiting.popleft()(found)

    def _anytime(self, block: range) -> Iterator[Open]:
        left, right, lengths = anywhere(self.sketches, self.by_day, block, model().rarity, self.corpus)
        self.facts.lengths[block.start : block.stop] = lengths
        cosines, parts = np.zeros((len(left), 3)), list(without_date(left, block))
        for number, (here, places, at) in enumerate(parts, 1):
            done = partial(self._add, left, right, cosines) if number == len(parts) else None
            self.waiting.append(partial(self._undated, cosines, here, done))
            edges = np.searchsorted(right[here], np.arange(block.start, block.stop + 1))
            yield Open(self._terms(places), self.corpus, (edges, at))

    def _terms(self, places: Ints) -> list[tuple[bytes, bytes]]:
        some = (self.sketches[row] for row in self.by_day[places].tolist())
        return [(item.terms, item.counts) for item in some]

    def _dated(self, low: int, last: int, found: Looked) -> None:
        self.facts.lengths[low:last] = found.lengths
        self._add(found.left + low, found.right + low, found.cosines)

    def _undated(self, cosines: Floats, here: Ints, done: Callable[[], None] | None, found: Looked) -> None:
        cosines[here] = found.cosines
        if done:
            done()

    def _add(self, left: Ints, right: Ints, cosines: Floats) -> None:
        nearest(self.facts.best, left, right, cosines)
        for start in range(0, len(left), PAIRS):
            at = slice(start, start + PAIRS)
            self.met.add(_rows(MET, left[at], right[at], cosines[at]))


def opened(days: Rows, row: int, window: int) -> int:
    """The first of the rows, sorted by day, that may be a candidate for a row: one without a date fits any day."""
    return int(np.searchsorted(days, days[row] - window)) if days[row] < UNDATED else 0


def _rows(kind: np.dtype[Any], *columns: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Columns as rows of a kind."""
    rows = np.empty(len(columns[0]), kind)
    for name, column in zip(kind.names or (), columns, strict=True):
        rows[name] = column
    return rows


def grouped(
    sketches: Sequence[Sketch], known: Catalogue, window: int = WINDOW, folder: Path | None = None, map: Map = map,
    meanwhile: Callable[[], None] | None = None,
) -> Rows:
    """The story of each article, in order of day and id: the place of its first article there. `map` is the built-in
    one, or one that runs its task in other processes; `meanwhile` is done once, in this one."""
    size, fitted = len(sketches), model()
    pairs, best = judged(sketches, known, window, folder, map, meanwhile)
    lenient = fitted.lenient(max(size, 1))
    threshold = asked(best, lenient) if size >= ENOUGH else lenient
    linkage, forest = Linkage(size, threshold, fitted.missing), Forest(size)
    days = later(known.days[known.by_day])
    with pairs:
        for some in pairs.parts():
            strong = some[some["odds"] >= threshold]
            forest.join(strong["left"], strong["right"])
        # groups that no chain of pairs above the threshold joins never reach it on average
        tree = forest.roots(np.arange(size, dtype=np.int32))
        anytime = np.isin(tree, tree[days == UNDATED])  # what hangs together with one of any day waits for all pairs
        for waiting in (False, True):
            for some in pairs.parts():
                one, two = some["left"], some["right"]
                near = some[(tree[one] == tree[two]) & (anytime[one] == waiting)]
                linkage.add(zip(near["left"].tolist(), near["right"].tolist(), near["odds"].tolist(), strict=True))
                linkage.settle(0 if waiting else opened(days, int(two[-1]), window))
            linkage.settle(size)
    return linkage.groups


def joined(groups: Rows, known: Catalogue, taken: Sequence[tuple[int, int]]) -> Rows:
    """The groups, those joined of which one article took at least `TAKEN` of its text from another's: pairs of
    sketches by their places."""
    place = np.empty_like(known.by_day)
    place[known.by_day] = np.arange(len(place), dtype=np.int32)
    left, right = place[np.array(taken, np.int32).reshape(-1, 2).T]
    forest = Forest(len(groups))
    forest.parent = groups.copy()
    forest.join(left, right)
    return forest.roots(groups)


def gathered(sketches: Sequence[Sketch], known: Catalogue, groups: Rows) -> Iterator[Story]:
    """The groups of two or more articles on one event, in order of their first one."""
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order], prepend=-1, append=-1))
    for start, end in pairwise(edges.tolist()):
        if end - start > 1:
            yield _story([sketches[row] for row in known.by_day[order[start:end]].tolist()])


def _story(members: Sequence[Sketch]) -> Story:
    """A story in order of publication, named by the earliest title."""
    articles = tuple(item.article for item in members)
    digest = sha256("\n".join(sorted(articles)).encode("utf-8")).hexdigest()[:12]
    dates = sorted(item.published for item in members if item.day)
    title = next((item.title for item in members if item.title), "")
    return Story(digest, articles, title, dates[0] if dates else None, dates[-1] if dates else None)
