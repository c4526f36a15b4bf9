"""Files that a later run takes up: records in, one file out that appears whole or not at all, and is checked when read.

They lie in a folder, or at any address that fsspec knows (`s3://bucket/run/`), which then looks like a folder.

`Memory` keeps the results of many small tasks in one file, each under a digest of all that decided it.
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from audit.compare.held import DIGEST, Job, Parts, Task, key
from audit.engine import Pool, inline
from audit.errors import AuditError, OutputError

Kind = TypeVar("Kind")
HEAD = 8
"""Bytes before the content: its CRC-32 and its length, little-endian, so that a cut or changed file is noticed."""

FRAME = DIGEST + 4 + HEAD
"""Bytes before a part in a memory: the key of its result, its number, the CRC-32 of it all, and the length."""

TOGETHER = 1 << 24
"""Bytes of a memory that are copied at once."""

Place = tuple[int, int, int]
"""Where a part begins, how long it is, and its CRC-32."""


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
    """Results of tasks in one file, each under a digest of all that decided it; in memory lies where each stands.

    New ones are appended at once, so that a killed run loses none; what was not asked for is dropped at the end.
    """

    def __init__(self, path: Path, version: str, pool: Pool) -> None:
        self.path, self.version, self.pool = path, version.encode(), pool
        self.used: set[bytes] = set()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # a run that finds all it needs leaves the file as it is
            path.touch()
        self.places = dict(_records(path))
        self.end = max((_end(place) for place in self.places.values()), default=0)
        if self.end != path.stat().st_size:
            os.truncate(path, self.end)  # a record that was cut off must not hide those after it
        self.file = path.open("r+b")

    def run(self, task: Task, jobs: Iterable[Job], *, here: bool = False) -> Iterator[bytes]:
        """See `audit.compare.held.Keeper`. Only what is not known runs."""
        pool, waiting = inline() if here else self.pool, deque[tuple[bytes, Future[Parts] | None]]()
        for job in jobs:
            found = key(task, job.decided, self.version)
            waiting.append((found, None if _numbered(found, 0) in self.places else pool.submit(task, job.make())))
            while waiting and (waiting[0][1] is None or len(waiting) > pool.ahead()):
                yield self._kept(*waiting.popleft())
        while waiting:
            yield self._kept(*waiting.popleft())

    def part(self, key: bytes, number: int = 0) -> bytes:
        """One part of a result. Raises Damaged where it is not there as it was written."""
        name = _numbered(key, number)
        place = self.places.get(name)
        if place is None:
            raise Damaged(f"{self.path}: lacks a result; delete it and run again")
        start, size, check = place
        content = self._read(start, size)
        if len(content) != size or _check(name, content) != check:
            raise Damaged(f"{self.path}: is damaged; delete it and run again")
        return content

    def map(self, task: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterable[Any]:
        """See `audit.compare.held.Keeper`."""
        return self.pool.map(task, jobs)

    def knows(self, key: bytes, parts: int) -> bool:
        """Whether there are so many parts of a result."""
        return all(_numbered(key, number) in self.places for number in range(parts))

    def _kept(self, key: bytes, future: Future[Parts] | None) -> bytes:
        """Keep a result, its first part last: if that one is there, all are."""
        self.used.add(key)
        if future is not None:
            parts = future.result()
            records = [(_numbered(key, number), parts[number]) for number in reversed(range(len(parts)))]
            self.file.seek(self.end)
            for name, content in records:
                check = _check(name, content)
                self.file.write(name + check.to_bytes(4, "little") + len(content).to_bytes(4, "little") + content)
                self.places[name] = (self.end + FRAME, len(content), check)
                self.end += FRAME + len(content)
            self.file.flush()
        return key

    def forget(self) -> None:
        """Drop what was not asked for."""
        kept = {name: place for name, place in self.places.items() if name[:DIGEST] in self.used}
        if len(kept) == len(self.places) and sum(FRAME + size for _, size, _ in kept.values()) == self.end:
            return
        draft, end, begin, stop = self.path.with_suffix(".draft"), 0, 0, 0
        with draft.open("wb") as file:
            for name, (start, size, check) in kept.items():
                if start - FRAME != stop or stop - begin > TOGETHER:  # what stands together is copied together
                    file.write(self._read(begin, stop - begin))
                    begin = start - FRAME
                stop, kept[name] = start + size, (end + FRAME, size, check)
                end += FRAME + size
            file.write(self._read(begin, stop - begin))
        draft.replace(self.path)
        self.file.close()
        self.file, self.places, self.end = self.path.open("r+b"), kept, end

    def _read(self, start: int, size: int) -> bytes:
        self.file.seek(start)
        return self.file.read(size)


def _numbered(key: bytes, number: int) -> bytes:
    return key + number.to_bytes(4, "big")


def _check(name: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(name))


def _end(place: Place) -> int:
    return place[0] + place[1]


def _records(path: Path) -> Iterator[tuple[bytes, Place]]:
    """Where the undamaged results of a file stand, up to the first one that is not."""
    end, whole = 0, path.stat().st_size
    with path.open("rb", buffering=1 << 20) as file:
        while len(head := file.read(FRAME)) == FRAME:
            name, check, size = head[:-HEAD], *(int.from_bytes(four, "little") for four in (head[-HEAD:-4], head[-4:]))
            content = file.read(min(size, whole))
            if len(content) != size or _check(name, content) != check:
                return
            end += FRAME
            yield name, (end, size, check)
            end += size
