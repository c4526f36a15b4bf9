"""Which reader takes which file. In: an Input; out: its Drafts. A new format is a row in the table here.

Readers are imported when a file needs them: trafilatura and pyarrow cost more than all else at start, and some
formats need a package that only the extra `formats` installs.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO, cast

from audit.load.address import address_of
from audit.load.draft import STDIN_NAME, Draft, Input, Limits, Unreadable
from audit.load.streams import open_stream, stored_bytes
from audit.records import Skipped

Reader = Callable[[BinaryIO, Input, Limits], Iterator[Draft | Skipped]]
_SNIFF_BYTES = 4_096
# Suffix -> the module of audit.load and its function, of the type Reader.
_READERS = {
    ".txt": "text:read_file",
    ".text": "text:read_file",
    ".md": "text:read_file",
    ".markdown": "text:read_file",
    ".html": "web:read_file",
    ".htm": "web:read_file",
    ".xhtml": "web:read_file",
    ".jsonl": "lines:read_lines",
    ".ndjson": "lines:read_lines",
    ".json": "lines:read_document",
    ".csv": "tables:read_csv",
    ".tsv": "tables:read_csv",
    ".parquet": "tables:read_parquet",
    ".xlsx": "sheets:read_sheets",
    ".warc": "warc:read_warc",
    ".rss": "feeds:read_feed",
    ".atom": "feeds:read_feed",
    ".xml": "feeds:read_feed",
    ".eml": "mail:read_message",
    ".mbox": "mail:read_mailbox",
}
_DATABASES = {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb", ".ddb": "duckdb"}


def read(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """The drafts of one file; what cannot be read becomes Skipped, and the rest goes on."""
    try:
        if entry.name == STDIN_NAME:
            yield from _stdin(entry, limits)
        elif address_of(entry.name) is not None:
            from audit.load.database import read_database

            yield from read_database(entry, limits)
        else:
            yield from _file(entry, limits)
    except Unreadable as error:
        yield Skipped(entry.name, str(error))
    except OSError as error:
        yield Skipped(entry.name, f"could not be read ({error.strerror or error}); check its permissions")
    except ImportError as error:
        package = (error.name or "a package").partition(".")[0]
        extra = "duckdb" if package == "duckdb" else "formats"
        yield Skipped(entry.name, f"'{entry.kind}' files need {package}; install it with audit-news[{extra}]")
    except Exception as error:
        # The last net: parsers of other people's formats raise anything, and one bad file must not end a run.
        cause = f"{type(error).__name__}: {str(error)[:120]}"
        yield Skipped(entry.name, f"the rest of the file could not be understood ({cause}); convert it to .jsonl")


def _file(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    if entry.kind in _DATABASES:
        raise Unreadable(f"a database: name a table of it, as {_DATABASES[entry.kind]}:///{entry.name}?table=articles")
    if not entry.kind and entry.packed:
        raise Unreadable(f"the name does not say what is packed; name it like articles.jsonl{entry.packed}")
    if entry.kind not in _READERS:
        kind = f"'{entry.kind}'" if entry.kind else "a file without a suffix"
        raise Unreadable(f"{kind} is not a format that audit reads; convert it to .txt or .jsonl")
    if (size := stored_bytes(entry)) > limits.max_file_bytes:
        raise Unreadable(f"the file has {size:,} bytes; split it, or raise max_file_bytes in the settings")
    with open_stream(entry, limits) as stream:
        yield from _reader(entry.kind)(stream, entry, limits)


def _stdin(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Standard input: lines of JSON if it opens with a brace, a page if it opens with a tag, else one plain text."""
    stream = cast(io.BufferedReader, sys.stdin.buffer)
    start = stream.peek(_SNIFF_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    kind = ".jsonl" if start == b"{" else ".html" if start == b"<" else ".txt"
    yield from _reader(kind)(stream, entry, limits)


def _reader(kind: str) -> Reader:
    module, _, function = _READERS[kind].partition(":")
    return cast(Reader, getattr(import_module(f"audit.load.{module}"), function))
