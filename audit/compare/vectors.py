"""Sketches in, one weighted term space out: what a shared word is worth, and cosines of candidate pairs.

The weight of a term is its inverse document frequency over the corpus at hand together with a background of news, so
that five articles are weighed as sensibly as five million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from audit.compare.sketch import Sketch

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BACKGROUND = 30.0
"""The background counts as this many articles: enough to weigh words in a handful of texts; a corpus of some hundred
weighs them itself. Among 5, 30, 100, 300 and 1,000 the best on allsides_dev and basil without dates."""


AT_ONCE = 20_000
"""Articles whose terms are counted together."""


@dataclass(frozen=True, eq=False)
class Rarity:
    """Share of background articles that use a term: `keys` uint32 sorted, `share` float [k]; others `floor`."""

    keys: npt.NDArray[np.uint32]
    share: Floats
    floor: float

    def shares(self, keys: npt.NDArray[np.uint32]) -> Floats:
        """The background share of each key."""
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.share[place], self.floor)

    def weights(self, keys: npt.NDArray[np.uint32]) -> Floats:
        """Inverse document frequencies by the background alone."""
        return -np.log(self.shares(keys))


@dataclass(frozen=True, eq=False)
class Space:
    """The articles of a corpus as sparse rows.

    edges int [d+1]; columns int [n]; weights float [n, 3]: in all, in the lead, capitalised, each row of unit length;
    rarity float [v]: inverse document frequency of each column; length float [d]: content words of each article
    """

    edges: Ints
    columns: Ints
    weights: Floats
    rarity: Floats
    length: Floats

    @cached_property
    def _dense(self) -> Floats:
        """One row written out, all zeros between uses."""
        return np.zeros((len(self.rarity), 3))

    def cosines(self, row: int, others: Ints) -> Floats:
        """Cosines [o, 3] of one row with each of `others`."""
        if not len(others):
            return np.zeros((0, 3))
        dense = self._dense
        mine = slice(self.edges[row], self.edges[row + 1])
        dense[self.columns[mine]] = self.weights[mine]
        sizes = self.edges[others + 1] - self.edges[others]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1]) + np.repeat(self.edges[others] - (ends - sizes), sizes)
        products = dense[self.columns[places]] * self.weights[places]
        dense[self.columns[mine]] = 0  # left as it was found: making it anew would cost the whole vocabulary
        running = np.vstack((np.zeros(3), np.cumsum(products, axis=0)))
        result: Floats = running[ends] - running[ends - sizes]
        return result


@dataclass(frozen=True, eq=False)
class Frequencies:
    """The terms of a corpus, uint32 [v] sorted, and in how many of its `articles` each stands, int [v]."""

    articles: int
    vocabulary: npt.NDArray[np.uint32]
    counts: Ints


def frequencies(sketches: Sequence[Sketch]) -> Frequencies:
    """Count the articles of each term, some articles at a time."""
    vocabulary, counts = np.zeros(0, np.uint32), np.zeros(0, np.int64)
    for start in range(0, len(sketches), AT_ONCE):
        some = [np.frombuffer(sketches[i].terms, np.uint32) for i in range(start, min(start + AT_ONCE, len(sketches)))]
        found, times = np.unique(np.concatenate(some), return_counts=True)
        vocabulary, place = np.unique(np.concatenate((vocabulary, found)), return_inverse=True)
        counts = np.bincount(place, np.concatenate((counts, times)), len(vocabulary)).astype(np.int64)
    return Frequencies(len(sketches), vocabulary, counts)


def space(sketches: Sequence[Sketch], rarity: Rarity, corpus: Frequencies | None = None) -> Space:
    """Weigh the terms of all sketches, by their frequencies in the corpus that these are a part of."""
    corpus = corpus or frequencies(sketches)
    keys = [np.frombuffer(item.terms, np.uint32) for item in sketches]
    counts = [np.frombuffer(item.counts, np.uint8).reshape(-1, 3) for item in sketches]
    sizes = np.array([len(item) for item in keys], np.int64)
    every = np.concatenate(keys) if keys else np.zeros(0, np.uint32)
    columns = np.searchsorted(corpus.vocabulary, every)
    n = len(sketches)
    shares = rarity.shares(corpus.vocabulary)
    idf = np.log((corpus.articles + BACKGROUND) / (corpus.counts + BACKGROUND * shares + 0.5))
    times = np.concatenate(counts).astype(np.float64) if counts else np.zeros((0, 3))
    damped = np.where(times > 0, 1 + np.log(np.maximum(times, 1)), 0) * idf[columns, None]
    rows = np.repeat(np.arange(n), sizes)
    squares = np.stack([np.bincount(rows, damped[:, part] ** 2, minlength=n) for part in range(3)], axis=1)
    norms = np.sqrt(np.where(squares > 0, squares, 1))
    length = np.bincount(rows, times[:, 0], minlength=n).astype(np.float64)
    edges = np.concatenate(([0], np.cumsum(sizes)))
    return Space(edges, columns.astype(np.int64), damped / norms[rows], idf, length)
