"""News feeds. In: an RSS or Atom file; out: a Draft for each entry, with the longest text that the feed gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from audit.load.dates import read_date
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.marks import clean_marks
from audit.load.streams import read_whole
from audit.load.web import plain_text
from audit.records import Skipped


def read_feed(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Entries in order; `where` numbers them from 1. A feed's own name is the source; its entries are often stubs."""
    import feedparser

    data = read_whole(stream, limits)
    if b"<!ENTITY" in data[:65_536]:
        raise Unreadable("the feed defines its own entities, which no feed needs; remove its DOCTYPE")
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise Unreadable("not a feed, or a feed without entries; audit reads RSS and Atom")
    name = feed.feed.get("title")
    for number, item in enumerate(feed.entries, start=1):
        yield _entry(item, f"{entry.name}:{number}", name, feed.feed.get("language"))


def _entry(item: Any, where: str, name: str | None, language: str | None) -> Draft | Skipped:
    texts = [part.get("value") or "" for part in item.get("content", ())] + [item.get("summary") or ""]
    text, removed = clean_marks(plain_text(max(texts, key=len)))
    if not text:
        return Skipped(where, "the entry has a headline only; load the page that it links to")
    stamp = item.get("published") or item.get("updated")
    origin = item.get("source", {}).get("title") if item.get("source") else None
    return Draft(
        text,
        where,
        source=name,
        url=item.get("link"),
        title=plain_text(item.get("title") or "") or None,
        author=", ".join(person["name"] for person in item.get("authors", ()) if person.get("name")) or None,
        published=read_date(stamp) if stamp else None,
        language=(language or "")[:2].lower() or None,
        credit=origin,
        meta=removed,
    )
