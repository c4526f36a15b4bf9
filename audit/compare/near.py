"""Articles of some days in, the pairs worth scoring out: those that share most weight of rare terms in a window.

Nothing is compared with everything: an article looks for others by its heaviest terms, and by no term that is crowded.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from audit.compare.catalogue import UNDATED, Rows
from audit.compare.vectors import Floats, Ints, Space

PROBES = 32
"""Terms by which an article looks for others, its heaviest ones."""

CROWDED = 200
"""A term that more articles of the window share finds nobody: this bounds the work per article."""

NEAREST = 40
"""Candidates kept per article, those that share the most weight."""

TOGETHER = 128
"""Articles that look for others at once: 128 x 32 x 200 finds at most, some 40 MB."""


class Postings:
    """The articles of a space by their terms, in order."""

    def __init__(self, size: int, codes: Ints) -> None:
        """`codes` are column * size + row, sorted, of `size` articles."""
        self.size, self.codes = size, codes
        self.met, self.place = np.zeros(size, np.bool_), np.zeros(size, np.int32)

    @classmethod
    def of(cls, corpus: Space) -> Postings:
        """All articles of a space."""
        size = len(corpus.edges) - 1
        codes = np.repeat(np.arange(size), np.diff(corpus.edges))
        codes += corpus.columns.astype(np.int64) * size
        codes.sort()
        return cls(size, codes)

    def between(self, columns: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """Where the articles from `low` to below `high` that use each column begin and end in `codes`."""
        start, order = columns * self.size, np.argsort(columns, kind="stable")
        found = np.empty((2, len(columns)), np.int64)
        for side, edge in enumerate((low, high)):  # in order of the columns: places that are asked for lie together
            found[side, order] = np.searchsorted(self.codes, (start + edge)[order])
        return found[0], found[1]

    def heaviest(self, rows: Ints, worth: Floats) -> Ints:
        """The `NEAREST` of the rows, in order, on which most weight falls; of equal ones the first."""
        self.met[rows] = True
        near = np.flatnonzero(self.met)
        self.met[near] = False  # left as it was found
        self.place[near] = np.arange(len(near))
        shared = np.bincount(self.place[rows], worth, len(near))
        if len(near) <= NEAREST:
            return np.asarray(near)
        least = np.partition(shared, -NEAREST)[-NEAREST]
        best = shared > least
        best[np.flatnonzero(shared == least)[: NEAREST - int(best.sum())]] = True
        return np.asarray(near[best])


def candidates(corpus: Space, days: Rows, window: int, first: int = 0) -> tuple[Ints, Ints, Floats]:
    """Pairs (i < j) worth scoring, in order of j and i, and their cosines [p, 3].

    `days` of the articles are sorted; those that are not known count as one day. Pairs of the rows before `first` with
    one another are left out.
    """
    rows = np.arange(first, len(days))
    low = np.where(days[rows] < UNDATED, np.searchsorted(days, days[rows] - window), 0)
    lefts = list(found(corpus, Postings.of(corpus), rows, low, rows))
    left = np.concatenate((np.zeros(0, np.int64), *lefts))
    return left, np.repeat(rows, list(map(len, lefts))), corpus.cosines(rows.tolist(), lefts)


def found(corpus: Space, postings: Postings, rows: Ints, low: Ints, high: Ints) -> Iterator[Ints]:
    """For each of `rows` of the space, which follow each other, the articles of the postings from its `low` to below
    its `high` that share the most weight of rare terms with it, in order."""
    for start in range(0, len(rows), TOGETHER):
        some = slice(start, start + TOGETHER)
        yield from _found(corpus, postings, rows[some], low[some], high[some])


def _found(corpus: Space, postings: Postings, rows: Ints, low: Ints, high: Ints) -> Iterator[Ints]:
    columns, worth, owner = _heaviest(corpus, rows)
    begin, end = postings.between(columns, low[owner], high[owner])
    useful = (begin < end) & (end - begin <= CROWDED)
    begin, sizes, worth, owner = begin[useful], (end - begin)[useful], worth[useful], owner[useful]
    probes = rank(owner) < PROBES
    begin, sizes, worth, owner = begin[probes], sizes[probes], worth[probes], owner[probes]
    ends = np.cumsum(sizes)
    places = np.arange(int(sizes.sum())) + np.repeat(begin - (ends - sizes), sizes)
    others, worth = postings.codes[places] % postings.size, np.repeat(worth, sizes)
    edges = np.searchsorted(np.repeat(owner, sizes), np.arange(len(rows) + 1))
    for start, stop in pairwise(edges.tolist()):
        yield postings.heaviest(others[start:stop], worth[start:stop])


def _heaviest(corpus: Space, rows: Ints) -> tuple[Ints, Floats, Ints]:
    """The heaviest terms of each row, the first ones first: columns, weights, and the place of the row in `rows`."""
    edges, weights = corpus.edges[rows[0] : rows[-1] + 2], corpus.weights[:, 0]
    found = [start + np.argsort(-weights[start:end], kind="stable")[: 2 * PROBES]
             for start, end in pairwise(edges.tolist())]
    places, owner = np.concatenate(found), np.repeat(np.arange(len(rows)), list(map(len, found)))
    return corpus.columns[places].astype(np.int64), weights[places], owner


def rank(owner: Ints) -> Ints:
    """The place of each within its run of equal ones."""
    starts = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))[: len(owner)]
    return np.arange(len(owner)) - np.repeat(starts, np.diff(np.append(starts, len(owner))))
