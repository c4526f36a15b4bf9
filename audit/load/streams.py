"""Opens files, packed or not. In: an Input; out: a binary stream that never gives more than the limit allows.

.gz, .bz2 and .xz are unpacked by Python, .zst by pyarrow, all while reading: a decompression bomb costs no memory and
ends at `max_unpacked_bytes` with a line.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from audit.load.draft import Input, Limits, Unreadable


def open_stream(entry: Input, limits: Limits) -> BinaryIO:
    """The file's bytes, unpacked if its name says that it is packed. The caller closes it."""
    unpack = _UNPACKERS.get(entry.packed)
    if unpack is None:
        return entry.path.open("rb")
    bounded = _Bounded(unpack(entry.path), limits.max_unpacked_bytes)
    return cast(BinaryIO, io.BufferedReader(bounded, 1 << 16))


def read_whole(stream: BinaryIO, limits: Limits) -> bytes:
    """All bytes of a file that holds one page, or Unreadable if it is larger than any page of one article."""
    data = stream.read(limits.max_page_bytes + 1)
    if len(data) > limits.max_page_bytes:
        size = f"{limits.max_page_bytes:,} bytes"
        raise Unreadable(f"larger than {size}, more than a page of one article has; split it into articles")
    return data


class _Bounded(io.RawIOBase):
    """A stream that raises Unreadable past a limit, and for data that cannot be unpacked."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit, self._left = stream, limit, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise Unreadable(f"the packed file is damaged ({str(error)[:80]}); pack it again") from error
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(f"unpacks to more than {self._limit:,} bytes; raise max_unpacked_bytes in the settings")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _zstandard(path: Path) -> BinaryIO:
    import pyarrow

    return cast(BinaryIO, pyarrow.input_stream(str(path), compression="zstd"))


_UNPACKERS: dict[str, Callable[[Path], BinaryIO]] = {
    ".gz": lambda path: cast(BinaryIO, gzip.GzipFile(path)),
    ".bz2": lambda path: cast(BinaryIO, bz2.BZ2File(path)),
    ".xz": lambda path: cast(BinaryIO, lzma.LZMAFile(path)),  # noqa: SIM115 - the caller of open_stream closes it
    ".zst": _zstandard,
}
