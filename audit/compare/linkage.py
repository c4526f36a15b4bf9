"""Scored pairs in, groups out: average linkage over a sparse graph.

Two groups join while the mean score over all their pairs, those never scored counted as `missing`, is the best there
is and not below a threshold. The heap keeps it near linear in the number of scored pairs.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable


def average_linkage(size: int, edges: Iterable[tuple[int, int, float]], threshold: float, missing: float) -> list[int]:
    """The group of each of `size` items, named by its smallest member. `edges` are (i, j, score) with i < j."""
    near: list[dict[int, tuple[float, int]]] = [{} for _ in range(size)]
    heap: list[tuple[float, int, int]] = []
    for i, j, score in edges:
        near[i][j] = near[j][i] = (score, 1)
        if score >= threshold:
            heap.append((-score, i, j))
    heapq.heapify(heap)
    members = [[item] for item in range(size)]
    while heap:
        score, i, j = heapq.heappop(heap)
        if not members[i] or not members[j] or j not in near[i]:
            continue
        if _mean(near[i][j], len(members[i]) * len(members[j]), missing) != -score:
            continue  # an older score of two groups that have grown since
        members[i] += members[j]
        members[j] = []
        for other, (total, count) in near[j].items():
            del near[other][j]
            if other != i:
                known = near[i].get(other, (0.0, 0))
                near[i][other] = near[other][i] = (known[0] + total, known[1] + count)
        near[j] = {}
        for other, known in near[i].items():
            mean = _mean(known, len(members[i]) * len(members[other]), missing)
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(i, other), max(i, other)))
    group = list(range(size))
    for found in members:
        for item in found:
            group[item] = min(found)
    return group


def _mean(known: tuple[float, int], pairs: int, missing: float) -> float:
    total, count = known
    return (total + missing * (pairs - count)) / pairs
