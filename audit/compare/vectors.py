"""Sketches in, one weighted term space out: what a shared word is worth, and cosines of candidate pairs.

The weight of a term is its inverse document frequency over the corpus at hand together with a background of news, so
that five articles are weighed as sensibly as five million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from audit.compare.sketch import Sketch

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BACKGROUND = 30.0
"""The background counts as this many articles: enough to weigh words in a handful of texts; a corpus of some hundred
weighs them itself. Among 5, 30, 100, 300 and 1,000 the best on allsides_dev and basil without dates."""

WRITTEN = 1_500_000
"""Numbers of rows that are written out side by side, 12 MB: some ten articles of a usual window."""

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
    def _parts(self) -> csr_array:
        """The rows [3 d, 3 v], each in three: in all, in the lead, capitalised, of which only few have a term."""
        rows = np.repeat(np.arange(len(self.edges) - 1), np.diff(self.edges))
        kept = [np.arange(len(rows)), *(np.flatnonzero(self.weights[:, part]) for part in (1, 2))]
        sizes = [np.bincount(rows[some], minlength=len(self.edges) - 1) for some in kept]
        starts = np.concatenate(([0], np.cumsum(np.column_stack(sizes))))
        columns, weights = np.empty(starts[-1], np.int32), np.empty(starts[-1])
        for part, (some, size) in enumerate(zip(kept, sizes, strict=True)):
            before = starts[part:-1:3] - (np.cumsum(size) - size)
            places = before[rows[some]] + np.arange(len(some))
            columns[places] = self.columns[some] + part * len(self.rarity)
            weights[places] = self.weights[some, part]
        return csr_array((weights, columns, starts), shape=(len(starts) - 1, 3 * len(self.rarity)))

    def cosines(self, rows: Sequence[int], others: Sequence[Ints]) -> Floats:
        """Cosines [p, 3] of each row with each of its `others`, one after the other."""
        width = 3 * len(self.rarity)
        together = max(1, WRITTEN // max(width, 1))
        dense, found = np.zeros(together * width), [np.zeros((0, 3))]
        for start in range(0, len(rows), together):
            some = slice(start, start + together)
            found.append(self._cosines(rows[some], others[some], dense, width))
        return np.concatenate(found)

    def _cosines(self, rows: Sequence[int], others: Sequence[Ints], dense: Floats, width: int) -> Floats:
        """The same of some rows, which are written out in `dense` side by side; it is left as it was found, all zeros:
        making it anew would cost the whole vocabulary."""
        parts = self._parts
        mine = [slice(parts.indptr[3 * row], parts.indptr[3 * row + 3]) for row in rows]
        written = np.concatenate([parts.indices[one] + at * width for at, one in enumerate(mine)])
        dense[written] = np.concatenate([parts.data[one] for one in mine])
        theirs = parts[(3 * np.concatenate(others)[:, None] + np.arange(3)).ravel()]
        places = np.repeat(np.arange(len(rows), dtype=np.int32) * width, list(map(len, others)))
        columns = theirs.indices + np.repeat(places, np.diff(theirs.indptr[::3]))
        shifted = csr_array((theirs.data, columns, theirs.indptr), shape=(theirs.shape[0], len(dense)))
        found: Floats = shifted @ dense
        dense[written] = 0
        return found.reshape(-1, 3)


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
    every = iter(sketches)
    while some := [np.frombuffer(item.terms, np.uint32) for item in islice(every, AT_ONCE)]:
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
    return weighed([(item.terms, item.counts) for item in sketches], rarity, corpus)


def weighed(terms: list[tuple[bytes, bytes]], rarity: Rarity, corpus: Frequencies) -> Space:
    """The same of articles of which only `Sketch.terms` and `Sketch.counts` are given."""
    edges = np.concatenate(([0], np.cumsum([len(keys) // 4 for keys, _ in terms], dtype=np.int64)))
    vocabulary, columns = np.unique(
        np.frombuffer(b"".join(keys for keys, _ in terms), np.uint32), return_inverse=True
    )
    times = np.frombuffer(b"".join(counts for _, counts in terms), np.uint8).reshape(-1, 3)
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
