"""Plain and marked-down text as scrapers leave it. In: the bytes of one file; out: a Draft with the story alone.

Only the edges of a page are cut, by rules that hold for any page: `page_head` reads what stands before the story and
`page_tail` what stands after it. Nothing between the story's first and last paragraph is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from audit.load.credit import read_dateline
from audit.load.decode import decode
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.markdown import read_markdown
from audit.load.marks import clean_marks
from audit.load.page_head import Head, read_head
from audit.load.page_tail import Tail, read_tail
from audit.load.relative import read_relative
from audit.load.repeated import without_repeated
from audit.load.streams import read_whole, saved_at
from audit.records import Skipped

_BLANK_LINES = re.compile(r"\n{3,}")
_MARKED = (".md", ".markdown")
_LOOKED_AT = 400


def read_file(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """The one article of a plain or marked-down text."""
    data = read_whole(stream, limits)
    yield read_text(data, entry.name, entry.kind in _MARKED, entry.repeated, saved_at(entry, limits))


def read_text(
    data: bytes, where: str, marked: bool = False, repeated: frozenset[str] = frozenset(), saved: str | None = None
) -> Draft | Skipped:
    """The article of one text file; `marked` means Markdown, whose marks and front matter are read and taken off."""
    try:
        text, encoding = decode(data)
    except Unreadable as error:
        return Skipped(where, str(error))
    text, meta = clean_marks(text)
    if encoding not in ("utf-8", "utf-8-sig"):
        meta["encoding"] = encoding
    given: dict[str, str] = {}
    if marked:
        text, given = read_markdown(text)
    draft = clean_page(text, where, repeated=repeated, saved=saved)
    draft.meta = meta | draft.meta
    for field in ("title", "author", "published", "source", "url", "credit", "language"):
        if given.get(field):
            setattr(draft, field, given[field])
    return draft


def clean_page(
    text: str, where: str, title: str | None = None, repeated: frozenset[str] = frozenset(), saved: str | None = None
) -> Draft:
    """The story of a scraped page with what its edges say: title (if it is not known), author, date, credit.

    `saved` is when the page was saved, for dates that count from then ("yesterday").
    """
    lines = [line.rstrip() for line in text.split("\n")]
    if repeated:
        lines = without_repeated(lines, repeated)
    head = read_head(lines, title)
    tail = read_tail(lines, head.end, head.author)
    story = "\n".join(lines[number] for number in range(tail.start) if number not in head.dropped)
    story = _BLANK_LINES.sub("\n\n", story).strip("\n")
    dateline = read_dateline(story[:_LOOKED_AT])
    meta = _meta(head, tail)
    if dateline:
        meta["dateline"] = dateline[0]
    published = head.published or tail.published
    if published is None and head.relative:
        published, note = counted(head.relative, saved)
        meta |= note
    return Draft(
        story,
        where,
        title=head.title,
        author=head.author or tail.author,
        published=published,
        credit=head.credit or tail.credit or (dateline[1] if dateline else None),
        meta=meta,
    )


def counted(relative: str, saved: str | None) -> tuple[str | None, dict[str, str]]:
    """The date that a relative one means, and a note of how it was found, or that it was not."""
    published = read_relative(relative, saved)
    return published, {"dated": f"“{relative}” on {saved}"} if published else {"date": relative}


def _meta(head: Head, tail: Tail) -> dict[str, str]:
    """What was read beside the fields: the days a bulletin covers, the title of the original, the credit's link."""
    found = {
        "period": head.period,
        "section": head.section,
        "original_title": head.original_title,
        "credit_url": head.credit_url or tail.credit_url,
    }
    return {key: value for key, value in found.items() if value}
