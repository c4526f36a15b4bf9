"""A comparison that need not lie in memory: pieces in as they are found, one file each; read again by whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from audit import kept
from audit.records import Claim, ClaimPair, Comparison, Finding, Record
from audit.spool import Spool


class Whole(Record, frozen=True):
    """What holds for all articles together, and how many chapters with claims and findings there are."""

    comparison: Comparison
    chapters: int


class Told(msgspec.Struct, frozen=True):
    """The claims of a chapter, and the pairs of them."""

    claims: tuple[Claim, ...]
    claim_pairs: tuple[ClaimPair, ...]


class Found(msgspec.Struct, frozen=True):
    """The findings of a chapter, by article, not yet decoded."""

    findings: dict[str, msgspec.Raw]


class Chapters:
    """A comparison in files: `<name>.comparison` is written last and has `whole`, `<name>-0000.chapter` and so on the
    claims and findings. Raises kept.Damaged where one of them is, as all that reads does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        read = kept.read(path, Whole)
        self.whole = read.comparison
        self.chapters = [_chapter(path, number) for number in range(read.chapters)]

    @staticmethod
    def write(path: Path, pieces: Iterable[Comparison]) -> Chapters:
        """Keep the pieces of a comparison, of which the first has what holds for all."""
        following = iter(pieces)
        whole, count = next(following), 0
        for count, piece in enumerate(following, 1):
            kept.write(_chapter(path, count - 1), piece)
        kept.write(path, Whole(whole, count))
        return Chapters(path)

    def undamaged(self) -> bool:
        """Whether every chapter is there as it was written."""
        return all(map(kept.whole, self.chapters))

    def files(self) -> Iterator[str]:
        """Names of all files."""
        return (path.name for path in (self.path, *self.chapters))

    def told(self) -> Iterator[Told]:
        """The claims and their pairs, chapter by chapter."""
        return (kept.read(path, Told) for path in self.chapters)

    def findings(self) -> Mapping[str, Finding]:
        """What was found of each article."""
        found = Spool(self.path.parent, Finding)
        for path in self.chapters:
            for article, finding in kept.read(path, Found).findings.items():
                found.put(article, bytes(finding))
        return found


def earlier(path: Path) -> Chapters | None:
    """The comparison that an earlier run left there, if all of it is as it was written."""
    try:
        found = Chapters(path)
    except kept.Damaged:
        return None
    return found if found.undamaged() else None


def _chapter(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}-{number:04}.chapter")
