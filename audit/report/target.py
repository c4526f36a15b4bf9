"""Pages in, files below the folder of a report out: those that an earlier report made from the same are taken up."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from audit.report import render


class Written(msgspec.Struct, frozen=True):
    """What a page was made from, alone and together with others, as digests; and the state of its file."""

    origin: str
    group: str
    state: str


UNKNOWN = Written("", "?", "")

Made = Mapping[str, Written]
"""Pages by path."""


@dataclass(frozen=True)
class Before:
    """An earlier report: its folder, and its pages; none when other code made them."""

    folder: Path
    made: Made = field(default_factory=dict)

    def of(self, paths: Iterable[str]) -> Before:
        """What is known of some pages alone."""
        return Before(self.folder, {path: self.made[path] for path in paths if path in self.made})

    def stands(self, path: str) -> bool:
        """Whether a page still is what was written there."""
        try:
            return state(self.folder / path) == self.made[path].state
        except (OSError, KeyError):
            return False


@dataclass(frozen=True)
class Target:
    """Where pages go, whether covered words are said to be left out, and the earlier report of the same pages."""

    out: str
    redact: bool
    before: Before

    def of(self, paths: Iterable[str]) -> Target:
        """The same for some pages alone."""
        return replace(self, before=self.before.of(paths))

    def settle(self, paths: Sequence[str], origin: str, make: Callable[[], Iterable[str]], group: str = "") -> Made:
        """Pages that are made together: the earlier ones if they were made from the same, else new ones."""
        return self.earlier(paths, origin, group) or self.written(paths, origin, make(), group)

    def earlier(self, paths: Sequence[str], origin: str, group: str = "") -> Made | None:
        """The earlier pages, put in their place, if all of them were made from the same and stand as they were."""
        return self._taken_up(paths, group) if all(self._known(path).origin == origin for path in paths) else None

    def together(self, paths: Sequence[str], group: str) -> Made | None:
        """The same if what made all of them together is the same, so that none need be looked at alone."""
        return self._taken_up(paths, group) if all(self._known(path).group == group for path in paths) else None

    def written(self, paths: Sequence[str], origin: str, contents: Iterable[str], group: str = "") -> Made:
        """New pages."""
        found = {}
        for path, content in zip(paths, contents, strict=True):
            place = Path(self.out) / path
            render.save(place, content, redact=self.redact)
            found[path] = Written(origin, group, state(place))
        return found

    def _known(self, path: str) -> Written:
        return self.before.made.get(path, UNKNOWN)

    def _taken_up(self, paths: Sequence[str], group: str) -> Made | None:
        if not all(map(self.before.stands, paths)):
            return None
        found = {}
        for path in paths:
            place = Path(self.out) / path
            put(self.before.folder / path, place)
            found[path] = Written(self._known(path).origin, group, state(place))
        return found


def put(earlier: Path, place: Path) -> None:
    """A second name for a file, which costs neither time nor room; a copy where the file system knows no such names."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(earlier, place)
    except OSError:
        shutil.copy2(earlier, place)


def state(path: Path) -> str:
    """Size and time of a file: both stay as they are until somebody writes to it."""
    known = path.stat()
    return f"{known.st_size} {known.st_mtime_ns}"


def digest(*contents: bytes) -> str:
    """One digest of several contents."""
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "little") + content)
    return found.hexdigest()[:24]
