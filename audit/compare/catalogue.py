"""Sketches in, what comparing keeps of every article at hand out: some numbers each, in arrays."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from audit.compare.sketch import Sketch
from audit.compare.spill import Spill

Rows = npt.NDArray[np.int32]

UNDATED = 1 << 30
"""The day of an article without one: after all others."""

TOGETHER = 100_000
"""Ids that are sorted at once, some 10 MB; more are sorted in parts, which are merged from the disk."""

AT_HAND = 1000
"""Ids of each part that are read at once."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Arrays [d] in the order of the sketches, and two other orders of them, as rows.

    days        day of publication, 0 when unknown
    calendar    `Sketch.calendar`
    shingles    how many sampled shingles
    by_id       rows in order of id
    by_day      rows in order of day and id, those without a date last
    """

    days: Rows
    calendar: Rows
    shingles: Rows
    by_id: Rows
    by_day: Rows

    @classmethod
    def of(cls, sketches: Sequence[Sketch], folder: Path | None = None) -> Catalogue:
        """Look at each sketch once; what does not fit in memory waits in `folder`."""
        size = len(sketches)
        numbers = np.zeros((3, size), np.int32)

        def ids() -> Iterator[str]:
            for row, item in enumerate(sketches):
                numbers[:, row] = item.day, item.calendar, len(item.shingles) // 4
                yield item.article

        by_id = order(ids(), size, folder)
        rank = np.empty(size, np.int32)
        rank[by_id] = np.arange(size, dtype=np.int32)
        by_day = np.lexsort((rank, later(numbers[0]))).astype(np.int32)
        return cls(numbers[0], numbers[1], numbers[2], by_id, by_day)


def later(days: Rows) -> Rows:
    """The days, those that are unknown after all others."""
    return np.where(days > 0, days, np.int32(UNDATED))


def order(names: Iterable[str], size: int, folder: Path | None = None) -> Rows:
    """The places of `size` names in alphabetical order; equal ones stay in theirs."""
    rest, result = enumerate(names), np.zeros(size, np.int32)
    with Spill(np.uint8, folder) as spill:
        runs = 0
        while some := sorted((name, row) for row, name in islice(rest, TOGETHER)):
            for start in range(0, len(some), AT_HAND):
                piece = msgspec.msgpack.encode(some[start : start + AT_HAND])
                spill.add(np.frombuffer(piece, np.uint8), runs)
            runs += 1
        for place, (_, row) in enumerate(heapq.merge(*(_named(spill, run) for run in range(runs)))):
            result[place] = row
    return result


def _named(spill: Spill, run: int) -> Iterator[tuple[str, int]]:
    """The names of one sorted part, read some at a time."""
    for piece in spill.parts(run):
        yield from msgspec.msgpack.decode(piece.tobytes(), type=list[tuple[str, int]])
