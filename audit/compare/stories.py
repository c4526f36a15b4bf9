"""Sketches in, stories out: articles on the same event.

Candidates share rare terms within a window of days; a small logistic model turns their cosines and distance in days
into log-odds of telling the same story; average linkage joins them. Nothing is compared with everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from tempfile import TemporaryFile

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from audit import models
from audit.compare.calendar import shared
from audit.compare.linkage import average_linkage
from audit.compare.prior import asked
from audit.compare.shelf import Chosen
from audit.compare.sketch import Sketch
from audit.compare.vectors import AT_ONCE, Floats, Ints, Rarity, Space, frequencies, space
from audit.records import Pair, Story

WINDOW = 10
"""Days between articles of one story: beyond it the model's odds never reach the threshold."""

PROBES = 32
"""Terms by which an article looks for others, its heaviest ones."""

CROWDED = 200
"""A term that more articles of the window share finds nobody: this bounds the work per article."""

REPRINT = 0.8
"""Cosine from which two articles are one text: a reprint must not make every other report look far away."""

NEAREST = 40
"""Candidates kept per article, those that share the most weight."""


PAIRS = 100_000
"""Pairs whose features are worked out together."""

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


def candidates(
    sketches: Sequence[Sketch], corpus: Space, window: int = WINDOW, first: int = 0
) -> tuple[Ints, Ints, Floats]:
    """Pairs (i < j) worth scoring, and their cosines [p, 3]. Sketches are sorted by day, the undated last.

    Pairs of the rows before `first` with one another are left out.
    """
    days = np.array([item.day or 1 << 40 for item in sketches], np.int64)
    order = np.lexsort((np.repeat(np.arange(len(sketches)), np.diff(corpus.edges)), corpus.columns))
    rows = np.repeat(np.arange(len(sketches)), np.diff(corpus.edges))[order]
    postings = np.searchsorted(corpus.columns[order], np.arange(len(corpus.rarity) + 1))
    dated = int(np.searchsorted(days, 1 << 40))
    left, right, found = [], [], []
    for row in range(first, len(sketches)):
        low = int(np.searchsorted(days, days[row] - window)) if row < dated else 0
        others = _near(corpus, row, low, rows, postings)
        left.append(others)
        right.append(np.full(len(others), row))
        found.append(corpus.cosines(row, others))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 3))
    return np.concatenate(left), np.concatenate(right), np.concatenate(found)


def _near(corpus: Space, row: int, low: int, rows: Ints, postings: Ints) -> Ints:
    """Earlier rows from `low` on that share the most weight of rare terms with `row`."""
    mine = slice(int(corpus.edges[row]), int(corpus.edges[row + 1]))
    columns, weights = corpus.columns[mine], corpus.weights[mine, 0]
    heaviest = np.argsort(-weights, kind="stable")[: PROBES * 2]
    lists, worth = [], []
    for column, weight in zip(columns[heaviest].tolist(), weights[heaviest].tolist(), strict=True):
        posting = rows[postings[column] : postings[column + 1]]
        posting = posting[np.searchsorted(posting, low) : np.searchsorted(posting, row)]
        if 0 < len(posting) <= CROWDED:
            lists.append(posting)
            worth.append(np.full(len(posting), weight))
        if len(lists) == PROBES:
            break
    if not lists:
        return np.zeros(0, np.int64)
    near, place = np.unique(np.concatenate(lists), return_inverse=True)
    shared = np.bincount(place, np.concatenate(worth))
    best = np.argsort(-shared, kind="stable")[:NEAREST]
    return np.sort(near[best])


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
    left, right, cosines = candidates(sketches, corpus, window)
    days = np.array([item.day for item in sketches], np.int64)
    calendar = np.array([item.calendar for item in sketches], np.int64)
    facts = Facts(days, calendar, corpus.length, nearest(len(sketches), left, right, cosines))
    return left, right, described(left, right, cosines, facts)


@dataclass(frozen=True, eq=False)
class Facts:
    """What the features of a pair ask of either article: int or float [d]."""

    days: Ints
    calendar: Ints
    lengths: Floats
    best: Floats


def nearest(size: int, left: Ints, right: Ints, cosines: Floats) -> Floats:
    """The highest cosine that each of `size` articles has with any other, reprints left out."""
    best = np.zeros(size)
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
    times = shared(facts.calendar[left], facts.calendar[right])
    return features(np.clip(cosines, 0, 1), distance, lengths, bests, times)


def judged(sketches: Sequence[Sketch], window: int) -> tuple[Ints, Ints, Floats]:
    """Candidate pairs with their log-odds. Sketches are sorted by day, the undated last.

    They are found window by window, so that never more than `AT_ONCE` articles and those of the days before lie open;
    cosines wait on the disk until the nearest one of every article is known.
    """
    fitted, corpus = model(), frequencies(sketches)
    days = np.array([item.day for item in sketches], np.int64)
    calendar = np.array([item.calendar for item in sketches], np.int64)
    later, lengths = np.where(days > 0, days, 1 << 40), np.zeros(len(sketches))
    best, lefts, rights, odds = np.zeros(len(sketches)), [], [], []
    with TemporaryFile() as spool:
        for first in range(0, len(sketches), AT_ONCE):
            last = min(first + AT_ONCE, len(sketches))
            dated = later[last - 1] < 1 << 40  # an undated article may belong to any day
            low = min(first, int(np.searchsorted(later, later[first] - window))) if dated else 0
            some = [sketches[row] for row in range(low, last)]
            part = space(some, fitted.rarity, corpus)
            lengths[low:last] = part.length
            left, right, cosines = candidates(some, part, window, first - low)
            lefts.append(left + low)
            rights.append(right + low)
            spool.write(cosines.tobytes())
            best[low:last] = np.maximum(best[low:last], nearest(last - low, left, right, cosines))
        left, right = np.concatenate(lefts), np.concatenate(rights)
        facts = Facts(days, calendar, lengths, best)
        spool.seek(0)
        for start in range(0, len(left), PAIRS):
            at = slice(start, start + PAIRS)
            cosines = np.frombuffer(spool.read(24 * len(left[at]))).reshape(-1, 3)
            odds.append(fitted.log_odds(described(left[at], right[at], cosines, facts)))
    return left, right, np.round(np.concatenate([*odds, np.zeros(0)]), 9)


def connected(size: int, left: Ints, right: Ints, odds: Floats, threshold: float) -> npt.NDArray[np.bool_]:
    """Which pairs can play a part in linking: both articles are joined by a chain of pairs that reach the threshold.

    Two groups that no such pair joins never reach it on average, so that the others need not be remembered.
    """
    strong = odds >= threshold
    graph = coo_array((np.ones(int(strong.sum())), (left[strong], right[strong])), (size, size))
    _, part = connected_components(graph, directed=False)
    return np.asarray(part[left] == part[right])


def stories(sketches: Sequence[Sketch], window: int = WINDOW) -> tuple[Story, ...]:
    """Groups of two or more articles on one event, the same whatever the order of the input."""
    fitted = model()
    ordered = Chosen.by(sketches, lambda item: (item.day or 1 << 40, item.article))
    if len(ordered) < 2:
        return ()
    left, right, odds = judged(ordered, window)
    best = np.full(len(ordered), fitted.missing)
    np.maximum.at(best, left, odds)
    np.maximum.at(best, right, odds)
    lenient = fitted.lenient(len(ordered))
    threshold = asked(best, lenient) if len(ordered) >= ENOUGH else lenient
    kept = connected(len(ordered), left, right, odds, threshold)
    edges = zip(left[kept].tolist(), right[kept].tolist(), odds[kept].tolist(), strict=True)
    groups: dict[int, list[int]] = {}
    for item, group in enumerate(average_linkage(len(ordered), edges, threshold, fitted.missing)):
        groups.setdefault(group, []).append(item)
    return tuple(_story([ordered[item] for item in members]) for members in groups.values() if len(members) > 1)


def joined(found: Sequence[Story], pairs: Sequence[Pair], items: Mapping[str, Sketch]) -> tuple[Story, ...]:
    """The stories, those joined of which one article took at least `TAKEN` of its text from another's."""
    home = {article: at for at, story in enumerate(found) for article in story.articles}
    parent = {article: found[home[article]].articles[0] if article in home else article for article in items}

    def root(article: str) -> str:
        while parent[article] != article:
            article = parent[article]
        return article

    for pair in pairs:
        if pair.kind != "same-story" and pair.share >= TAKEN:
            left, right = sorted((root(pair.a), root(pair.b)))
            parent[right] = left
    groups: dict[str, list[Sketch]] = {}
    for item in sorted(items.values(), key=lambda item: (item.day or 1 << 40, item.article)):
        groups.setdefault(root(item.article), []).append(item)
    return tuple(_story(members) for members in groups.values() if len(members) > 1)


def _story(members: list[Sketch]) -> Story:
    """A story in order of publication, named by the earliest title."""
    articles = tuple(item.article for item in members)
    digest = sha256("\n".join(sorted(articles)).encode("utf-8")).hexdigest()[:12]
    dates = sorted(item.published for item in members if item.day)
    title = next((item.title for item in members if item.title), "")
    return Story(digest, articles, title, dates[0] if dates else None, dates[-1] if dates else None)
