"""Tasks and what decides their results in, results out: made when they are needed first, and kept by whoever can.

A result is a list of parts, MessagePack each, so that one who needs a part need not read the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

Parts = list[bytes]
Task = Callable[[Any], Parts]
Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]

DIGEST = 12
"""Bytes of a key: of a million results no two meet but once in 10^17 runs."""


class Job(NamedTuple):
    """One result: `decided` says all that decides it, and `make` gives what the task takes, asked for only if the
    result is not known."""

    decided: bytes
    make: Callable[[], Any]


class Keeper(Protocol):
    """Who runs tasks and keeps what they gave."""

    def run(self, task: Task, jobs: Iterable[Job], *, here: bool = False) -> Iterator[bytes]:
        """The key of each result, in order of the jobs, once it is kept; `here` runs the tasks in this process."""

    def part(self, key: bytes, number: int = 0) -> bytes:
        """One part of a result."""

    def map(self, task: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterable[Any]:
        """What a task gives for each job, in order, kept by nobody."""


def key(task: Task, decided: bytes, version: bytes = b"") -> bytes:
    """The key of a result."""
    name = f"{task.__module__}.{task.__qualname__}".encode()
    return blake2b(b"\0".join((version, name, decided)), digest_size=DIGEST).digest()


class Held:
    """Keeps results in memory; `map` is the built-in one, or one that runs its task in other processes."""

    def __init__(self, map: Map = map) -> None:
        self.spread = map
        self.known: dict[bytes, Parts] = {}

    def run(self, task: Task, jobs: Iterable[Job], *, here: bool = False) -> Iterator[bytes]:
        """See `Keeper`."""
        keys: list[bytes] = []

        def made() -> Iterator[Any]:
            for job in jobs:
                keys.append(key(task, job.decided))
                yield job.make()

        for at, parts in enumerate((map if here else self.spread)(task, made())):
            self.known[keys[at]] = parts
            yield keys[at]

    def part(self, key: bytes, number: int = 0) -> bytes:
        """See `Keeper`."""
        return self.known[key][number]

    def map(self, task: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterable[Any]:
        """See `Keeper`."""
        return self.spread(task, jobs)
