"""Addresses of databases. In: `sqlite:///news.db?table=articles` or `duckdb:///news.duckdb?query=SELECT ...`; out: its
parts, or nothing for any other argument.

Three strokes open a path relative to here, four an absolute one. What is written with spaces is taken as it is, since
SQL is full of characters that a URL would escape ("LIKE '%flood%'"); without a space, %20 and + are read as in a URL.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, unquote_plus

ENGINES = ("sqlite", "duckdb")


@dataclass(frozen=True, slots=True)
class Address:
    """A database file, and the one table or query whose rows are articles; both are empty if neither was named."""

    engine: str
    path: str
    table: str = ""
    query: str = ""

    @property
    def statement(self) -> str:
        """The query, or one that takes the whole table; its name is quoted as SQL quotes identifiers."""
        quoted = self.table.replace('"', '""')
        return self.query or f'SELECT * FROM "{quoted}"'  # noqa: S608 - quoted, and the file is opened read-only


def address_of(argument: str) -> Address | None:
    """The parts of a database's address, or None."""
    engine, found, rest = argument.partition(":///")
    if not found or engine.lower() not in ENGINES:
        return None
    path, _, wanted = rest.partition("?")
    if " " not in argument:
        path, wanted = unquote(path), unquote_plus(wanted)
    key, _, value = wanted.partition("=")
    return Address(engine.lower(), path, *(value.strip() if key == name else "" for name in ("table", "query")))
