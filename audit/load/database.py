"""Rows of a SQLite or DuckDB database. In: `sqlite:///articles.db?table=articles`; out: a Draft for each row, streamed.

`?query=SELECT ...` takes rows of a query instead. The database is opened read-only, and a query of DuckDB reaches no
other file and no network.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from audit.load.address import Address, address_of
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.rows import read_row, table_columns
from audit.records import Skipped

_HOW = "write {engine}:///FILE?table=NAME or {engine}:///FILE?query=SELECT..."
# Rows that DuckDB hands over at once: some megabytes of articles.
_BATCH_ROWS = 256


def read_database(entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Rows in the database's order, numbered from 1."""
    address = address_of(entry.name)
    if address is None or not (address.table or address.query):
        how = _HOW.format(engine=address.engine if address else "sqlite")
        raise Unreadable(f"the address names neither table nor query; {how}")
    yield from (_sqlite if address.engine == "sqlite" else _duckdb)(address, entry, limits)


def _sqlite(address: Address, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    uri = f"file:{quote(str(Path(address.path).resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = _decode
            cursor = connection.execute(address.statement)
            yield from _rows(_names(cursor.description), cursor, entry, limits)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _unreadable(error, address) from error


def _duckdb(address: Address, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    import duckdb

    apart: dict[str, Any] = {"enable_external_access": "false", "autoinstall_known_extensions": "false", "threads": "1"}
    try:
        with duckdb.connect(address.path, read_only=True, config=apart) as connection:
            cursor = connection.execute(address.statement)
            batches = iter(lambda: cursor.fetchmany(_BATCH_ROWS), [])
            yield from _rows(_names(cursor.description), (row for batch in batches for row in batch), entry, limits)
    except duckdb.Error as error:
        raise _unreadable(error, address) from error


def _rows(names: list[str], rows: Iterable[Any], entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    columns = yield from table_columns(names, limits, entry.name)
    for number, row in enumerate(rows, start=1):
        yield read_row(dict(zip(names, row, strict=True)), columns, f"{entry.name}:{number}")


def _names(description: Any) -> list[str]:
    return [str(column[0]) for column in description or ()]


def _unreadable(error: Exception, address: Address) -> Unreadable:
    cause = " ".join(str(error).split())[:160]
    return Unreadable(f"the database could not be read ({cause}); {_HOW.format(engine=address.engine)}")


def _decode(data: bytes) -> str:
    """A text that is not UTF-8 costs its broken characters, and not the rows behind it."""
    return data.decode("utf-8", "replace")
