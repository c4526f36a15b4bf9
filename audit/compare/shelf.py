"""Sketches that need not all lie in memory: files in, a sequence out that reads a sketch when it is asked for."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, overload

import msgspec
import numpy as np
import numpy.typing as npt

from audit.compare.sketch import Sketch


class Shelf(Sequence[Sketch]):
    """The sketches of one file, which `Shelf.write` wrote; read from the disk as they are asked for."""

    def __init__(self, path: Path) -> None:
        self.edges = np.fromfile(path.with_suffix(".edges"), np.int64)
        with path.open("rb") as file:
            self.content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.decoder = msgspec.msgpack.Decoder(Sketch)

    @staticmethod
    def write(path: Path, sketches: Iterable[Sketch]) -> None:
        """Write sketches one after the other, and beside them where each begins."""
        encoder, edges = msgspec.msgpack.Encoder(), [0]
        with path.open("wb") as file:
            for item in sketches:
                edges.append(edges[-1] + file.write(encoder.encode(item)))
        np.array(edges, np.int64).tofile(path.with_suffix(".edges"))

    def __len__(self) -> int:
        return len(self.edges) - 1

    @overload
    def __getitem__(self, at: int) -> Sketch: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sketch]: ...
    def __getitem__(self, at: int | slice) -> Sketch | list[Sketch]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self.decoder.decode(self.content[self.edges[at] : self.edges[at + 1]])


class Chosen(Sequence[Sketch]):
    """Sketches in another order, without a copy of them."""

    def __init__(self, sketches: Sequence[Sketch], order: npt.NDArray[np.int64]) -> None:
        self.sketches, self.order = sketches, order

    @classmethod
    def by(cls, sketches: Sequence[Sketch], key: Callable[[Sketch], Any]) -> Chosen:
        """Sorted by a key."""
        keys = [key(item) for item in sketches]
        return cls(sketches, np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, at: int) -> Sketch: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sketch]: ...
    def __getitem__(self, at: int | slice) -> Sketch | list[Sketch]:
        if isinstance(at, slice):
            return [self.sketches[int(place)] for place in self.order[at]]
        return self.sketches[int(self.order[at])]
