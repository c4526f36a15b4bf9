"""Saved web pages. In: the bytes of one HTML file; out: a Draft with the article's text and the page's own statements.

trafilatura finds the text; the page's own statements (JSON-LD, OpenGraph, meta tags, microdata) beat what it guesses,
and the same rules as for plain text take off what is left at the edges.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from audit.load.dates import date_in_path, read_date
from audit.load.decode import decode
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.language import detect
from audit.load.marks import clean_marks
from audit.load.page_meta import PageMeta, read_meta
from audit.load.relative import saved_on
from audit.load.streams import read_whole, saved_at
from audit.load.text import clean_page, counted
from audit.records import Skipped

_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,40})", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s{0,3}saved from url=\(\d{1,6}\)(\S{1,2000})\s", re.IGNORECASE)
_HEAD_BYTES = 4_096
# No clock: the newest date that a page may carry is not "today", so that a page reads the same in every year.
_LATEST = "2199-12-31"
# libxml2 itself stops at 255 nested tags. Ordinary pages have some thousand tags, long live blogs ten thousand.
_MAX_TAGS = 200_000

_BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article")


for _name in ("trafilatura", "htmldate", "courlan"):
    # They warn on stderr about pages without a text; here each such page has its own line.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def read_file(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """The one article of a saved page."""
    yield read_page(read_whole(stream, limits), entry.name, saved=saved_at(entry, limits))


def read_page(data: bytes, where: str, url: str | None = None, saved: str | None = None) -> Draft | Skipped:
    """The article of one page, saved from `url` at `saved` where that is known; the page's own words come first.

    A page without a text that holds together is Skipped, with the reason.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    try:
        markup, encoding = decode(data, declared[1].decode("ascii") if declared else None)
    except Unreadable as error:
        return Skipped(where, str(error))
    if not markup.strip():
        return Skipped(where, "the page is empty; save it again")
    if (tags := markup.count("<")) > _MAX_TAGS:
        return Skipped(where, f"the page has {tags:,} tags, more than any article; save its text as .txt")
    origin = _SAVED_FROM.search(markup[:_HEAD_BYTES])
    url = url or (origin[1] if origin else None)
    draft = _extract(markup.replace("\x00", ""), where, url, saved_on(markup) or saved)
    if isinstance(draft, Draft) and encoding not in ("utf-8", "utf-8-sig"):
        draft.meta["encoding"] = encoding
    return draft


def _extract(markup: str, where: str, url: str | None, saved: str | None) -> Draft | Skipped:
    from lxml import etree, html
    from trafilatura import bare_extraction

    from audit.load.page_tree import prepare

    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        return Skipped(where, f"not a page ({str(error)[:80]}); save it as HTML again")
    meta = read_meta(tree, url)
    prepare(tree)
    found = bare_extraction(
        tree,
        url=meta.url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LATEST},
    )
    text = getattr(found, "text", None) or ""
    draft = _draft(text, meta, found, where, saved)
    return draft if draft.text.strip() else Skipped(where, "no article was found on the page; save its text as .txt")


def _draft(text: str, meta: PageMeta, found: object, where: str, saved: str | None) -> Draft:
    text, removed = clean_marks(text)
    title = meta.title or getattr(found, "title", None)
    draft = clean_page(text, where, title, saved=saved)
    draft.author = meta.author or draft.author or getattr(found, "author", None)
    guessed = getattr(found, "date", None)
    known = meta.published or draft.published or date_in_path(meta.url)
    if known is None and meta.relative:
        known, note = counted(meta.relative, saved)
        draft.meta |= note
    draft.published = known or (read_date(guessed) if guessed else None)
    draft.source = meta.site
    draft.url = meta.url
    draft.language = detect(draft.text) or meta.language  # templates often state a language that the text is not in
    draft.credit = meta.credit or draft.credit
    draft.meta |= removed
    return draft


def plain_text(markup: str) -> str:
    """The text of a piece of HTML that is all article, such as an entry of a feed: blocks as paragraphs."""
    from lxml import etree, html

    if "<" not in markup and "&" not in markup:
        return markup.strip()
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for node in tree.xpath("//script | //style | //head | //template"):
        node.drop_tree()
    text: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        block = "\n" if node.tag == "br" else "\n\n" if node.tag in _BLOCKS else ""
        opens = event == "start"
        text += (block, node.text or "") if opens else (block if block != "\n" else "", node.tail or "")
    lines = (" ".join(line.split()) for line in "".join(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
