"""What a reader hands on before it is an Article. In: nothing; out: the small records that all readers share.

A reader yields `Draft` for a text it understood and `Skipped` for what it could not read. Drafts have no id and no
settled source yet: both are decided in one place, `audit.load.finish`, for every format alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, BinaryIO, cast

# A page's markup is a few times longer than its text; a page of more bytes than this many times the longest article is
# no page of one article.
_PAGE_BYTES = 20

STDIN_NAME = "<stdin>"
PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
PLAIN = frozenset({".txt", ".text", ".md", ".markdown"})
ONE_ARTICLE = PLAIN | {".html", ".htm", ".xhtml"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What readers may take in, from the `[load]` table of the settings, and the user's names of columns."""

    max_file_bytes: int
    max_article_chars: int
    max_unpacked_bytes: int
    min_words: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    as_of: str | None = None

    @property
    def max_page_bytes(self) -> int:
        """Largest file that is read whole: a page, a text, a JSON document, a message."""
        return min(self.max_file_bytes, _PAGE_BYTES * self.max_article_chars)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a file system that fsspec opens."""

    system: Any
    place: str

    def open(self) -> BinaryIO:
        """A binary stream that can seek, as archives and parquet files need."""
        return cast(BinaryIO, self.system.open(self.place, "rb"))

    def size(self) -> int:
        """Bytes, or 0 where the storage does not say; limits on what is read hold in any case."""
        return int(self.system.size(self.place) or 0)


@dataclass(slots=True)
class Input:
    """One file to read. `name` is how messages call it; `folder` and `stem` are what its place says of its source;
    `repeated` are lines that its source's other texts have at their edges too; `remote` opens it where `path` is not
    of this machine."""

    path: PurePath
    name: str
    folder: str | None = None
    stem: str | None = None
    repeated: frozenset[str] = frozenset()
    remote: RemoteFile | None = None

    @property
    def packed(self) -> str:
        """The suffix of a packed file (.gz), or nothing. Web archives are packed record by record, inside."""
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        packed = bool(suffixes) and suffixes[-1] in PACKED and suffixes[-2:-1] != [".warc"]
        return suffixes[-1] if packed else ""

    @property
    def kind(self) -> str:
        """The suffix that tells the format, in lower case: .jsonl of a.jsonl.gz."""
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        while suffixes and suffixes[-1] in PACKED:
            suffixes.pop()
        return suffixes[-1] if suffixes else ""


def is_article(name: str) -> bool:
    """Whether a file of a folder may hold articles, by its name alone."""
    lower = name.lower()
    about = lower.startswith((".", "readme", "license", "licence")) or lower.endswith(".toml")
    return not about and not (lower.startswith("gold") and lower.endswith(".jsonl"))


@dataclass(slots=True)
class Draft:
    """A text with what its page, row or record says about it. Dates are ISO 8601; None means not said."""

    text: str
    where: str
    id: str | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    credit: str | None = None
    meta: dict[str, str] = field(default_factory=dict)


class Unreadable(Exception):
    """Raised inside a reader for content that cannot be read; `load` turns it into a Skipped. Carries the reason."""
