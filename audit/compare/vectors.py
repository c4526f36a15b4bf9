"""Sketches in, one weighted term space out: what a shared word is worth, and cosines of candidate pairs.

The weight of a term is its inverse document frequency over the corpus at hand together with a background of news, so
that five articles are weighed as sensibly as five million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

AT_ONCE = 5_000
"""Articles whose terms are counted together."""

DAMPED = np.where(np.arange(256) > 0, 1 + np.log(np.maximum(np.arange(256.0), 1)), 0)
"""What a term weighs that stands so many times in an article."""


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

    edges int64 [d+1]; keys uint32 [v]: the term of each column, sorted; columns int32 [n]; weights float [n, 3]: in
    all, in the lead, capitalised, each row of unit length; rarity float [v]: inverse document frequency of each column;
    length float [d]: content words of each article
    """

    edges: Ints
    keys: npt.NDArray[np.uint32]
    columns: npt.NDArray[np.int32]
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
        products = dense.take(self.columns.take(places), axis=0)
        products *= self.weights.take(places, axis=0)
        dense[self.columns[mine]] = 0  # left as it was found: making it anew would cost the whole vocabulary
        running = np.zeros((len(products) + 1, 3))
        np.cumsum(products, axis=0, out=running[1:])
        result: Floats = running[ends] - running[ends - sizes]
        return result


@dataclass(frozen=True, eq=False)
class Frequencies:
    """The terms of a corpus, uint32 [v] sorted, and in how many of its `articles` each stands, int [v]."""

    articles: int
    vocabulary: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.int32]

    def of(self, keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
        """In how many articles each of these terms stands."""
        return self.counts[np.searchsorted(self.vocabulary, keys)]


def frequencies(sketches: Sequence[Sketch]) -> Frequencies:
    """Count the articles of each term, some articles at a time."""
    vocabulary, counts = np.zeros(0, np.uint32), np.zeros(0, np.int32)
    for start in range(0, len(sketches), AT_ONCE):
        some = [np.frombuffer(sketches[i].terms, np.uint32) for i in range(start, min(start + AT_ONCE, len(sketches)))]
        found, times = np.unique(np.concatenate(some), return_counts=True)
        joined = np.union1d(vocabulary, found)
        added = np.zeros(len(joined), np.int32)
        added[np.searchsorted(joined, vocabulary)] = counts
        added[np.searchsorted(joined, found)] += times.astype(np.int32)
        vocabulary, counts = joined, added
    return Frequencies(len(sketches), vocabulary, counts)


def space(sketches: Iterable[Sketch], rarity: Rarity, corpus: Frequencies | None = None) -> Space:
    """Weigh the terms of some articles by their frequencies in the corpus that these are a part of, or are."""
    if corpus is None:
        sketches = list(sketches)
        corpus = frequencies(sketches)
    terms = [(item.terms, item.counts) for item in sketches]
    edges = np.concatenate(([0], np.cumsum([len(keys) // 4 for keys, _ in terms], dtype=np.int64)))
    vocabulary, columns = np.unique(
        np.frombuffer(b"".join(keys for keys, _ in terms), np.uint32), return_inverse=True
    )
    times = np.frombuffer(b"".join(counts for _, counts in terms), np.uint8).reshape(-1, 3)
    del terms
    shares, known = rarity.shares(vocabulary), corpus.of(vocabulary)
    idf = np.log((corpus.articles + BACKGROUND) / (known + BACKGROUND * shares + 0.5))
    rows = np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(edges))
    weights = DAMPED[times]
    weights *= idf[columns, None]
    for part in range(3):
        squares = np.bincount(rows, weights[:, part] ** 2, minlength=len(edges) - 1)
        weights[:, part] /= np.sqrt(np.where(squares > 0, squares, 1))[rows]
    length = np.bincount(rows, times[:, 0], minlength=len(edges) - 1).astype(np.float64)
    return Space(edges, vocabulary, columns.astype(np.int32), weights, idf, length)
