"""Where evidence stands in the file that an article was read from. In: what load says of the place; out: file and line.

Loading cuts the edges of a page and takes marks off, so an offset of the text is not one of the file. Lines that stand
in the file as they are give exact places; in others ("**so**") words are looked for one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from audit.load.decode import decode
from audit.load.draft import PLAIN, Unreadable
from audit.records import Article

ROW = re.compile(r"(.+):(\d+)")
WORD = re.compile(r"\w+")
REACH = 2
"""Lengths of a line within which its words are looked for in the file: marks, addresses of links and blank lines."""

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a place in it, from 1; `line` is None where only the file is known, `column` where only the line."""

    file: str
    line: int | None = None
    column: int | None = None


class Ruler:
    """The places of one article's offsets."""

    def __init__(self, article: Article, where: str | None) -> None:
        row = ROW.fullmatch(where or "")
        self.file = row[1] if row and not Path(where or "").exists() else where
        self.row = int(row[2]) if row and self.file != where else None
        self.stored = _stored(self.file) if self.file and self.row is None else None
        self.pairs = _aligned(article.text, self.stored) if self.stored else []

    def place(self, offset: int) -> Place | None:
        """Where a code point of the text stands; None where the article came from no file."""
        if self.file is None:
            return None
        if self.row is not None:
            return Place(self.file, self.row)
        before = bisect_right(self.pairs, (offset, len(self.stored or ""))) - 1
        if self.stored is None or before < 0:
            return Place(self.file)
        start, found = self.pairs[before]
        return Place(self.file, *line_column(self.stored, found + offset - start))


def ruler(article: Article, where: MutableMapping[str, str]) -> Ruler:
    """The ruler of an article; its entry in `where` (by id, as load says it) is used up, so memory does not grow."""
    return Ruler(article, where.pop(article.id, None))


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a code point, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _stored(file: str) -> str | None:
    """The text of a plain file of this machine as it is stored, with line feeds alone."""
    path = Path(file)
    if path.suffix.lower() not in PLAIN or not path.is_file():
        return None
    try:
        return decode(path.read_bytes())[0].replace("\r\n", "\n")
    except (OSError, Unreadable):
        return None


def _aligned(text: str, stored: str) -> Pairs:
    """Offsets of the text beside those of the file, in order: of each line found whole, of each word of other lines."""
    pairs: Pairs = []
    start = reached = 0
    for line in text.split("\n"):
        found = stored.find(line, reached) if line.strip() else -1
        if found >= 0:
            pairs.append((start, found))
            reached = found + len(line)
        else:
            words = list(_words(line, start, stored, reached))
            pairs += words
            reached = words[-1][1] if words else reached
        start += len(line) + 1
    return pairs


def _words(line: str, start: int, stored: str, reached: int) -> Iterator[tuple[int, int]]:
    """Each word of a line that stands in the file soon after the word before it, with both places."""
    there: dict[str, list[int]] = {}
    for word in WORD.finditer(stored, reached, reached + REACH * len(line)):
        there.setdefault(word[0], []).append(word.start())
    for word in WORD.finditer(line):
        found = there.get(word[0], [])
        next_ = bisect_left(found, reached)
        if next_ < len(found):
            reached = found[next_] + len(word[0])
            yield start + word.start(), found[next_]
