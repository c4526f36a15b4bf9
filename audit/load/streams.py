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
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from audit.load.draft import STDIN_NAME, Input, Limits, Unreadable


def open_stream(entry: Input, limits: Limits) -> BinaryIO:
    """The file's bytes, unpacked if its name says that it is packed. The caller closes it."""
    raw = raw_stream(entry)
    unpack = _UNPACKERS.get(entry.packed)
    if unpack is None:
        return raw
    bounded = _Bounded(unpack(raw), raw, limits.max_unpacked_bytes)
    return cast(BinaryIO, io.BufferedReader(bounded, 1 << 16))


def raw_stream(entry: Input) -> BinaryIO:
    """The file's bytes as they are stored."""
    return entry.remote.open() if entry.remote else Path(entry.path).open("rb")


def stored_bytes(entry: Input) -> int:
    """How large the file is as it is stored."""
    return entry.remote.size() if entry.remote else Path(entry.path).stat().st_size


def saved_at(entry: Input, limits: Limits) -> str | None:
    """When the user says that an input was saved: the day of the setting `as_of`, or the file's own date for "file"."""
    if limits.as_of == "file" and entry.remote is None and entry.name != STDIN_NAME:
        return datetime.fromtimestamp(Path(entry.path).stat().st_mtime, UTC).isoformat(timespec="seconds")
    return limits.as_of if limits.as_of != "file" else None


def read_whole(stream: BinaryIO, limits: Limits) -> bytes:
    """All bytes of a file that holds one page, or Unreadable if it is larger than any page of one article."""
    data = stream.read(limits.max_page_bytes + 1)
    if len(data) > limits.max_page_bytes:
        size = f"{limits.max_page_bytes:,} bytes"
        raise Unreadable(f"larger than {size}, more than a page of one article has; split it into articles")
    return data


class _Bounded(io.RawIOBase):
    """A stream that raises Unreadable past a limit, and for data that cannot be unpacked."""

    def __init__(self, stream: BinaryIO, packed: BinaryIO, limit: int) -> None:
        self._stream, self._packed, self._limit, self._left = stream, packed, limit, limit

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
        self._packed.close()
        super().close()


def _zstandard(packed: BinaryIO) -> BinaryIO:
    import pyarrow

    return cast(BinaryIO, pyarrow.CompressedInputStream(pyarrow.PythonFile(packed, mode="r"), "zstd"))


_UNPACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda packed: cast(BinaryIO, gzip.GzipFile(fileobj=packed)),
    ".bz2": lambda packed: cast(BinaryIO, bz2.BZ2File(packed)),
    ".xz": lambda packed: cast(BinaryIO, lzma.LZMAFile(packed)),  # noqa: SIM115 - the caller of open_stream closes it
    ".zst": _zstandard,
}
