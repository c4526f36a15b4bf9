"""Tables of a SQLite database. In: `sqlite:///articles.db?table=articles`; out: a Draft for each row, streamed.

`?query=SELECT ...` takes rows of a query instead. The database is opened read-only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.rows import columns_of, read_row
from audit.records import Skipped

_HOW = "write sqlite:///FILE?table=NAME or sqlite:///FILE?query=SELECT..."


def read_database(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Rows in the database's order, numbered from 1."""
    wanted = parse_qs(urlsplit(entry.name).query)
    table, query = wanted.get("table", [""])[0], wanted.get("query", [""])[0]
    if bool(table) == bool(query):
        raise Unreadable(f"the address names neither table nor query; {_HOW}")
    quoted = table.replace('"', '""')
    statement = query or f'SELECT * FROM "{quoted}"'  # noqa: S608 - an identifier, quoted; the file is opened read-only
    uri = f"file:{quote(str(entry.path.resolve()))}?mode=ro"
    try:
        connection = sqlite3.connect(uri, uri=True)
        connection.text_factory = _decode
        try:
            yield from _rows(connection.execute(statement), entry, limits)
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise Unreadable(f"the database could not be read ({error}); {_HOW}") from error


def _rows(cursor: sqlite3.Cursor, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    names = [column[0] for column in cursor.description or ()]
    columns = columns_of(names, limits.columns)
    if "text" not in columns:
        raise Unreadable(f"no column holds the text; name it with --map text=COLUMN (columns: {', '.join(names)})")
    for number, row in enumerate(cursor, start=1):
        yield read_row(dict(zip(names, row, strict=True)), columns, f"{entry.name}:{number}")


def _decode(data: bytes) -> str:
    """A text that is not UTF-8 costs its broken characters, and not the rows behind it."""
    return data.decode("utf-8", "replace")
