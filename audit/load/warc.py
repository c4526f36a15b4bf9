"""Web archives. In: a .warc or .warc.gz; out: a Draft for each page in it that is an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.web import read_page
from audit.records import Skipped

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Responses with status 200 that are HTML; `where` is the file and the page's address. Other records are not
    articles and are passed over; `meta` keeps the day of the fetch, which is not the day of publication."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    unpacked = pages = 0
    try:
        for record in ArchiveIterator(stream):
            headers = record.http_headers
            if record.rec_type not in ("response", "resource") or (headers and headers.get_statuscode() != "200"):
                continue
            kind = headers.get_header("Content-Type") if headers else record.content_type
            if not (kind or "").lower().startswith(_PAGES):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            data = record.content_stream().read(limits.max_page_bytes + 1)
            unpacked += len(data)
            pages += 1
            if unpacked > limits.max_unpacked_bytes:
                raise Unreadable(f"unpacks to more than {limits.max_unpacked_bytes:,} bytes; split the archive")
            yield _page(data, f"{entry.name}:{url}", url, record.rec_headers.get_header("WARC-Date"), limits)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise Unreadable(f"the archive is damaged ({str(error)[:80]}); what came before was read") from error
    if not pages:
        raise Unreadable("not a web archive, or one without pages; audit reads the HTML pages of .warc files")


def _page(data: bytes, where: str, url: str, fetched: str | None, limits: Limits) -> Draft | Skipped:
    if len(data) > limits.max_page_bytes:
        return Skipped(where, f"larger than {limits.max_page_bytes:,} bytes, more than a page of one article has")
    draft = read_page(data, where, url or None, fetched)
    if isinstance(draft, Draft) and fetched:
        draft.meta["fetched"] = fetched[:10]
    return draft
