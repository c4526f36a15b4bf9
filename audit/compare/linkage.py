"""Scored pairs in, groups out: average linkage over a sparse graph, which may come a part at a time.

Two groups join while the mean score over all their pairs, those never scored counted as `missing`, is the best there
is and not below a threshold. The mean of a joined group is never above the better of its parts, so two groups that are
each other's best may join as soon as all their pairs are known, whatever else happens: pairs that come in order of
time are linked within a window, and what is finished is let go. Scores are whole numbers of `UNIT`, so that sums are
exact in any order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np

UNIT = 1e-9
"""The finest difference of scores."""

Known = tuple[int, int]
"""The sum of the scores of pairs between two groups, and how many were scored."""


class Linkage:
    """Average linkage of items 0 to `size`; `groups` int32 [size] names the group of each by its smallest member.
    `missing` lies below the threshold, so that no two groups join of which no pair was scored."""

    def __init__(self, size: int, threshold: float, missing: float) -> None:
        self.groups = np.arange(size, dtype=np.int32)
        self.threshold, self.missing = threshold / UNIT, round(missing / UNIT)
        self.near: dict[int, dict[int, Known]] = {}
        self.members: dict[int, list[int]] = {}
        self.heap: list[tuple[float, int, int]] = []

    def add(self, edges: Iterable[tuple[int, int, float]]) -> None:
        """More pairs (i, j, score) with i < j, of items that were not yet settled."""
        for i, j, score in edges:
            exact = round(score / UNIT)
            for one, other in ((i, j), (j, i)):
                self.members.setdefault(one, [one])
                self.near.setdefault(one, {})[other] = (exact, 1)
            if exact >= self.threshold:
                self.heap.append((-float(exact), i, j))

    def settle(self, whole: int) -> None:
        """Join what later pairs cannot change; all pairs of the items before `whole` are known."""
        if not whole:
            return
        heapq.heapify(self.heap)
        waiting: dict[tuple[float, int, int], None] = {}
        blocked: set[int] = set()
        while self.heap:
            pair = heapq.heappop(self.heap)
            _, i, j = pair
            if not self._stands(pair):
                continue  # an older score of two groups that have grown since
            if j >= whole or i in blocked or j in blocked:  # the best of one of them may be still to come
                blocked.update((i, j))
                waiting[pair] = None
            else:
                self._join(i, j)
        self.heap = list(waiting)
        self._let_go(whole, blocked)

    def _stands(self, pair: tuple[float, int, int]) -> bool:
        score, i, j = pair
        return j in self.near.get(i, ()) and self._mean(i, j) == -score

    def _mean(self, i: int, j: int) -> float:
        total, count = self.near[i][j]
        pairs = len(self.members[i]) * len(self.members[j])
        return (total + self.missing * (pairs - count)) / pairs

    def _join(self, i: int, j: int) -> None:
        """Let the group `j` go into `i`, the smaller one."""
        self.groups[self.members[j]] = i
        self.members[i] += self.members.pop(j)
        mine = self.near[i]
        for other, (total, count) in self.near.pop(j).items():
            del self.near[other][j]
            if other != i:
                known = mine.get(other, (0, 0))
                mine[other] = self.near[other][i] = (known[0] + total, known[1] + count)
        for other in mine:
            mean = self._mean(i, other)
            if mean >= self.threshold:
                heapq.heappush(self.heap, (-mean, min(i, other), max(i, other)))

    def _let_go(self, whole: int, blocked: set[int]) -> None:
        """Forget groups whose pairs are all known and that nothing can join: no mean with another rises any more."""
        for group in [group for group in self.members if group < whole and group not in blocked]:
            for other in self.near.pop(group):
                del self.near[other][group]
            del self.members[group]

