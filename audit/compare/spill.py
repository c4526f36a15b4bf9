"""Rows of numbers in, the same rows by bucket out: what does not fit in memory waits on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

SHORT = 0xFFFF
"""The last bucket of those that two bytes can tell."""


class Spill:
    """A file without a name, in `folder` or where the system keeps such files, that holds rows of one kind in buckets.
    It is gone once it is closed."""

    def __init__(self, kind: npt.DTypeLike, folder: Path | None = None) -> None:
        self.kind = np.dtype(kind)
        self.file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with this
        self.pieces: dict[int, list[tuple[int, int]]] = {}
        self.end = 0

    def add(self, rows: npt.NDArray[Any], bucket: int = 0) -> None:
        """More rows of a bucket."""
        if len(rows):
            content = np.ascontiguousarray(rows, self.kind).data
            self.file.write(content)
            self.pieces.setdefault(bucket, []).append((self.end, content.nbytes))
            self.end += content.nbytes

    def spread(self, rows: npt.NDArray[Any], buckets: npt.NDArray[np.int64]) -> None:
        """More rows, each with the bucket that it belongs to. Within a bucket their order stays."""
        if len(rows) and buckets.min() == buckets.max():
            self.add(rows, int(buckets[0]))
            return
        short = buckets.astype(np.uint16) if len(rows) and buckets.max() <= SHORT else buckets  # sorted in one pass
        rows = rows[np.argsort(short, kind="stable")]
        found, sizes = np.unique(buckets, return_counts=True)
        for bucket, size, end in zip(found.tolist(), sizes, np.cumsum(sizes), strict=True):
            self.add(rows[end - size : end], bucket)

    def read(self, bucket: int = 0) -> npt.NDArray[Any]:
        """All rows of a bucket, in the order in which they came."""
        return np.concatenate([np.zeros(0, self.kind), *self.parts(bucket)])

    def parts(self, bucket: int = 0) -> Iterator[npt.NDArray[Any]]:
        """The rows of a bucket as they came, so many at a time."""
        for start, size in self.pieces.get(bucket, ()):
            self.file.seek(start)
            rows = np.frombuffer(self.file.read(size), self.kind)
            self.file.seek(self.end)
            yield rows

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()
