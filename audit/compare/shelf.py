"""Records that need not all lie in memory: one file in, a sequence out that reads a record when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar, overload

import msgspec
import numpy as np
import numpy.typing as npt

from audit.compare.sketch import Sketch

Kind = TypeVar("Kind", bound=msgspec.Struct)

TOGETHER = 1 << 22
"""Bytes of records that are read at once, when all are."""

DIGEST = 16
"""Bytes of the digest of a sketch."""


class Records(Sequence[Kind], Generic[Kind]):
    """The records of one file, which `Records.write` wrote; read from the disk as they are asked for.

    They are read and not mapped, so that what was read does not count as memory of this process.
    """

    def __init__(self, path: Path, kind: type[Kind]) -> None:
        self.folder = path.parent
        self.edges = np.fromfile(path.with_suffix(".edges"), np.int64)
        self.file = path.open("rb", buffering=0)
        self.decoder = msgspec.msgpack.Decoder(kind)

    @staticmethod
    def write(path: Path, records: Iterable[msgspec.Struct | msgspec.Raw]) -> None:
        """Write records one after the other, and beside them where each begins, eight bytes a record."""
        encoder, end = msgspec.msgpack.Encoder(), 0
        with path.open("wb") as file, path.with_suffix(".edges").open("wb") as edges:
            edges.write(end.to_bytes(8, "little"))
            for item in records:
                end += file.write(encoder.encode(item))
                edges.write(end.to_bytes(8, "little"))

    def __len__(self) -> int:
        return len(self.edges) - 1

    def __iter__(self) -> Iterator[Kind]:
        start = 0
        while start < len(self):  # some at a time: half of the time goes into asking for each
            stop = max(start + 1, int(np.searchsorted(self.edges, self.edges[start] + TOGETHER, "right")) - 1)
            self.file.seek(int(self.edges[start]))
            data = memoryview(self.file.read(int(self.edges[stop] - self.edges[start])))
            for low, high in pairwise((self.edges[start : stop + 1] - self.edges[start]).tolist()):
                yield self.decoder.decode(data[low:high])
            start = stop

    @overload
    def __getitem__(self, at: int) -> Kind: ...
    @overload
    def __getitem__(self, at: slice) -> list[Kind]: ...
    def __getitem__(self, at: int | slice) -> Kind | list[Kind]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        self.file.seek(int(self.edges[at]))
        return self.decoder.decode(self.file.read(int(self.edges[at + 1] - self.edges[at])))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()


class Shelf(Records[Sketch]):
    """The sketches of one file, and a digest of each in another one."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Sketch)
        self.digests = path.with_suffix(".digests").read_bytes()

    @staticmethod
    def write(path: Path, records: Iterable[msgspec.Struct | msgspec.Raw]) -> None:
        """Write sketches as `Records` does, decoded or not, and beside them their digests."""
        with path.with_suffix(".digests").open("wb") as file:

            def digested() -> Iterator[msgspec.Raw]:
                for item in records:
                    content = bytes(item) if isinstance(item, msgspec.Raw) else msgspec.msgpack.encode(item)
                    file.write(_digest(content))
                    yield msgspec.Raw(content)

            Records.write(path, digested())


def digest(sketches: Sequence[Sketch], row: int) -> bytes:
    """A digest of all that a sketch has."""
    if isinstance(sketches, Shelf):
        return sketches.digests[row * DIGEST : (row + 1) * DIGEST]
    return _digest(msgspec.msgpack.encode(sketches[row]))


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST).digest()


class Chosen(Sequence[Sketch]):
    """Sketches in another order, without a copy of them: `order` has their places."""

    def __init__(self, sketches: Sequence[Sketch], order: npt.NDArray[np.int32]) -> None:
        self.sketches, self.order = sketches, order

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
