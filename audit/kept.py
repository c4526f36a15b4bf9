"""Files that a later run takes up: records in, one file out that appears whole or not at all, and is checked when read.

They lie in a folder, or at any address that fsspec knows (`s3://bucket/run/`), which then looks like a folder.

`Memory` keeps the results of many small tasks in one file, each under a digest of all that decided it.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast, get_type_hints

import msgspec

from audit.engine import Pool
from audit.errors import AuditError, OutputError

Kind = TypeVar("Kind")
HEAD = 8
"""Bytes before the content: its CRC-32 and its length, little-endian, so that a cut or changed file is noticed."""


class Damaged(AuditError):
    """A file that is not what was written."""


def place(address: str | Path) -> Path:
    """The folder or file at an address; what is no local path has the methods of one. Raises OutputError when the
    address cannot be understood."""
    if "://" not in str(address):
        return Path(address)
    try:
        from upath import UPath

        return cast("Path", UPath(address, use_listings_cache=False))  # other machines write there too
    except ImportError as error:
        raise OutputError(f"{address}: the address needs a package ({error}); install audit-news[remote] and the "
                          "package of that storage") from error
    except ValueError as error:
        raise OutputError(f"{address}: the address cannot be opened ({error})") from error


def tried(address: str) -> str:
    """The address, once a file could be written there and read again. Raises OutputError when that fails."""
    probe = place(address) / "audit.probe"
    try:
        write(probe, address)
        known = read(probe, str) == address
        probe.unlink()
    except Exception as error:  # each storage raises errors of its own
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise OutputError(f"{address}: cannot be written ({told}); check the address and the access to it") from error
    if not known:
        raise OutputError(f"{address}: gives back other bytes than were written")
    return str(address) if "://" in address else str(Path(address).resolve())


def _framed(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little") + content


def write(path: Path, value: object) -> None:
    """Write a record. Two writers of one file do no harm: each has a draft of its own, and the last one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    draft.write_bytes(_framed(msgspec.msgpack.encode(value)))
    draft.rename(path)


def _content(path: Path) -> memoryview:
    try:
        data = memoryview(path.read_bytes())
    except OSError as error:
        raise Damaged(f"{path}: cannot be read ({error})") from error
    content = data[HEAD:]
    if bytes(data[:HEAD]) != zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little"):
        raise Damaged(f"{path}: is damaged; delete it and run again")
    return content


def whole(path: Path) -> bool:
    """Whether the file is there, undamaged."""
    try:
        return bool(_content(path) or True)
    except Damaged:
        return False


def read(path: Path, kind: type[Kind]) -> Kind:
    """The record in a file. Raises Damaged."""
    try:
        return msgspec.msgpack.decode(_content(path), type=kind)
    except msgspec.MsgspecError as error:
        raise Damaged(f"{path}: is damaged ({error}); delete it and run again") from error


class Memory:
    """Results of tasks by digest. New ones are appended at once, so that a killed run loses none; what was not asked
    for is dropped at the end."""

    def __init__(self, path: Path, version: str) -> None:
        self.path, self.version = path, version.encode()
        self.known = dict(_records(path))
        self.used: dict[bytes, None] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or sum(map(len, self.known.values())) + 24 * len(self.known) != path.stat().st_size:
            self._rewrite(self.known)  # a record that was cut off must not hide those after it
        self.file = path.open("ab")

    def map(self, pool: Pool, task: Callable[[Any], Kind], jobs: Iterable[Any]) -> Iterator[Kind]:
        """Results of `task(job)` in order of the jobs; only what is not known runs. Jobs and results are records."""
        kind = get_type_hints(task)["return"]
        waiting: deque[tuple[bytes, Future[Kind] | None]] = deque()
        for job in jobs:
            key = self._key(task, job)
            waiting.append((key, None if key in self.known else pool.submit(task, job)))
            while waiting and (waiting[0][1] is None or len(waiting) > pool.ahead()):
                yield self._result(*waiting.popleft(), kind)
        while waiting:
            yield self._result(*waiting.popleft(), kind)

    def _key(self, task: Callable[..., Any], job: object) -> bytes:
        name = f"{task.__module__}.{task.__qualname__}".encode()
        return hashlib.sha256(b"\0".join((self.version, name, msgspec.msgpack.encode(job)))).digest()[:16]

    def _result(self, key: bytes, future: Future[Kind] | None, kind: Any) -> Kind:
        self.used[key] = None
        if future is not None and key not in self.known:
            self.known[key] = msgspec.msgpack.encode(future.result())
            self.file.write(_record(key, self.known[key]))
            self.file.flush()
        result: Kind = msgspec.msgpack.decode(self.known[key], type=kind)
        return result

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()
        if kind is None and len(self.used) < len(self.known):
            self._rewrite({key: self.known[key] for key in self.used})

    def _rewrite(self, results: dict[bytes, bytes]) -> None:
        draft = self.path.with_suffix(".draft")
        with draft.open("wb") as file:
            file.writelines(_record(key, content) for key, content in results.items())
        draft.replace(self.path)


def _record(key: bytes, content: bytes) -> bytes:
    return key + _framed(content)


def _records(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """The undamaged results of a file, up to the first one that is not."""
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return
    place = 0
    while place + 16 + HEAD <= len(data):
        key, check = bytes(data[place : place + 16]), bytes(data[place + 16 : place + 20])
        place += 16 + HEAD
        end = place + int.from_bytes(data[place - 4 : place], "little")
        content = bytes(data[place:end])
        if end > len(data) or zlib.crc32(content).to_bytes(4, "little") != check:
            return
        yield key, content
        place = end
