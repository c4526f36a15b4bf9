"""Pairs of numbered things in, what hangs together out: union-find over one array, four bytes a thing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Rows = npt.NDArray[np.int32]


class Forest:
    """Things 0 to `size`, each hanging on an earlier one or on itself."""

    def __init__(self, size: int) -> None:
        self.parent = np.arange(size, dtype=np.int32)

    def roots(self, rows: Rows) -> Rows:
        """The first thing of those that hang together with each."""
        found = self.parent[rows]
        while True:
            above = self.parent[found]
            if np.array_equal(above, found):
                return found
            found = above

    def join(self, left: Rows, right: Rows) -> None:
        """Let the two of each pair hang together."""
        ends = np.concatenate((self.roots(left), self.roots(right)))
        roots, place = np.unique(ends, return_inverse=True)
        one, two = np.split(place, 2)
        graph = coo_array((np.ones(len(one), np.int8), (one, two)), (len(roots), len(roots)))
        count, part = connected_components(graph, directed=False)
        first = np.full(count, len(self.parent), np.int32)
        np.minimum.at(first, part, roots)
        self.parent[roots] = first[part]
