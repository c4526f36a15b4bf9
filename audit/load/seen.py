"""The ids that a run has given. In: an id with its content and place; out: where the same id was given before, if so.

Kept in a temporary SQLite database that spills to disk: memory stays the same for a thousand articles and a billion.
It holds digests of ids, and places; it is gone with the process.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

# Kibibytes of pages held in memory, some 60,000 ids; what is beyond is looked up in the file.
_CACHE = 4_096
_BYTES = 16


class Seen:
    """Ids with the digest of their content and the place where they were first read."""

    def __init__(self) -> None:
        self._ids = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE}", "temp_store = FILE"):
            self._ids.execute(f"PRAGMA {pragma}")
        self._ids.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, content BLOB, place TEXT) WITHOUT ROWID")
        self._ids.execute("BEGIN")

    def first(self, id: str, content: str, place: str) -> tuple[str, bool] | None:
        """None for a new id, which is remembered; else where it was first read, and whether with the same content."""
        key, digest = _digest(id), _digest(content)
        row = (key, digest, place.encode("utf-8", "replace").decode())
        if self._ids.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", row).rowcount:
            return None
        known, where = self._ids.execute("SELECT content, place FROM seen WHERE id = ?", (key,)).fetchone()
        return where, known == digest


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
