"""A comparison that need not lie in memory: what holds for all articles in one file, the rest among kept results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from audit import kept
from audit.compare.account import FINDINGS, TOLD
from audit.compare.comparison import Accounted
from audit.kept import Memory
from audit.records import Claim, ClaimPair, Comparison, Finding, Record


class Whole(Record, frozen=True):
    """What holds for all articles together; the keys of the results of each story, and of each article without one."""

    comparison: Comparison
    stories: list[bytes]
    alone: dict[str, bytes]


class Told(msgspec.Struct, frozen=True, rename={"claim_pairs": "pairs"}):
    """The claims of a story, and the pairs of them; as `telling.Related` was kept."""

    claims: tuple[Claim, ...]
    claim_pairs: tuple[ClaimPair, ...]


class Chapters:
    """A comparison: a file `<name>.comparison` that is written last and has `whole`, and a memory with the claims and
    findings. Raises kept.Damaged where one of them is, as all that reads does."""

    def __init__(self, path: Path, memory: Memory, found: Accounted | None = None) -> None:
        if found is None:
            read = kept.read(path, Whole)
            found = Accounted(read.comparison, read.stories, read.alone)
        self.path, self.memory, self.found = path, memory, found

    @staticmethod
    def write(path: Path, found: Accounted, memory: Memory) -> Chapters:
        """Keep a comparison whose results lie in the memory."""
        kept.write(path, Whole(*found))
        return Chapters(path, memory, found)

    @property
    def whole(self) -> Comparison:
        """Everything but claims and findings."""
        return self.found.whole

    def undamaged(self) -> bool:
        """Whether the memory has every result."""
        sizes = (FINDINGS + len(story.articles) for story in self.whole.stories)
        return all(map(self.memory.knows, self.found.stories, sizes)) and all(
            self.memory.knows(key, 1) for key in self.found.alone.values()
        )

    def files(self) -> Iterator[str]:
        """Names of all files."""
        return iter((self.path.name, self.memory.path.name))

    def told(self) -> Iterator[Told]:
        """The claims and their pairs, story by story."""
        return (msgspec.msgpack.decode(self.memory.part(key, TOLD), type=Told) for key in self.found.stories)

    def findings(self) -> Findings:
        """What was found of each article."""
        return Findings(self.memory, self.found.findings())


class Findings(Mapping[str, Finding]):
    """What was found of each article, read when it is asked for."""

    def __init__(self, memory: Memory, places: dict[str, tuple[bytes, int]]) -> None:
        self.memory, self.places = memory, places
        self._decoder = msgspec.msgpack.Decoder(Finding)

    def __getitem__(self, article: str) -> Finding:
        return self._decoder.decode(self.raw(article))

    def __contains__(self, article: object) -> bool:
        return article in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def raw(self, article: str) -> bytes:
        """The same as MessagePack."""
        return self.memory.part(*self.places[article])


def earlier(path: Path, memory: Memory) -> Chapters | None:
    """The comparison that an earlier run left there, if all of it is as it was written."""
    try:
        found = Chapters(path, memory)
    except kept.Damaged:
        return None
    return found if found.undamaged() else None
