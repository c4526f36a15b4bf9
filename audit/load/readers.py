"""Which reader takes which file. In: an Input; out: its Drafts. A new format is a row in the table here.

Readers are imported when a file needs them: trafilatura and pyarrow cost more than all else at start.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.records import Skipped

Reader = Callable[[Input, Limits], Iterator[Draft | Skipped]]
_SNIFF_BYTES = 4_096


def read(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """The drafts of one file; what cannot be read becomes Skipped, and the rest goes on."""
    try:
        if entry.name == "<stdin>":
            yield from _stdin(entry, limits)
            return
        reader = _READERS.get(entry.path.suffix.lower())
        if reader is None:
            yield Skipped(
                entry.name, f"{_suffix(entry)} is not a format that audit reads; convert it to .txt or .jsonl"
            )
            return
        if (size := entry.path.stat().st_size) > limits.max_file_bytes:
            yield Skipped(entry.name, f"the file has {size:,} bytes; split it, or raise max_file_bytes in the settings")
            return
        yield from reader(entry, limits)
    except Unreadable as error:
        yield Skipped(entry.name, str(error))
    except OSError as error:
        yield Skipped(entry.name, f"could not be read ({error.strerror or error}); check its permissions")


def _jsonl(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.lines import read_lines

    with entry.path.open("rb") as stream:
        yield from read_lines(stream, entry.name, limits)


def _json(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.lines import read_document

    yield from read_document(_whole(entry, limits), entry, limits)


def _csv(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.tables import read_csv

    with entry.path.open("rb") as stream:
        yield from read_csv(stream, entry.name, limits, "\t" if entry.path.suffix.lower() == ".tsv" else ",")


def _parquet(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.tables import read_parquet

    yield from read_parquet(entry, limits)


def _text(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.text import read_text

    yield read_text(_whole(entry, limits), entry.name, marked=entry.path.suffix.lower() in (".md", ".markdown"))


def _page(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    from audit.load.web import read_page

    yield read_page(_whole(entry, limits), entry.name)


_READERS: dict[str, Reader] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".json": _json,
    ".csv": _csv,
    ".tsv": _csv,
    ".parquet": _parquet,
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".markdown": _text,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
}


def _stdin(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Standard input: lines of JSON if it opens with a brace, a page if it opens with a tag, else one plain text."""
    from audit.load.lines import read_lines
    from audit.load.text import read_text
    from audit.load.web import read_page

    stream = cast(io.BufferedReader, sys.stdin.buffer)
    start = stream.peek(_SNIFF_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        yield from read_lines(stream, entry.name, limits)
        return
    data = _bounded(stream, limits)
    yield read_page(data, entry.name) if start == b"<" else read_text(data, entry.name)


def _whole(entry: Input, limits: Limits) -> bytes:
    with entry.path.open("rb") as stream:
        return _bounded(stream, limits)


def _bounded(stream: BinaryIO, limits: Limits) -> bytes:
    data = stream.read(limits.max_page_bytes + 1)
    if len(data) > limits.max_page_bytes:
        limit = f"{limits.max_page_bytes:,} bytes"
        raise Unreadable(f"larger than {limit}, more than a page of one article has; split it into articles")
    return data


def _suffix(entry: Input) -> str:
    return f"'{entry.path.suffix.lower()}'" if entry.path.suffix else "a file without a suffix"
