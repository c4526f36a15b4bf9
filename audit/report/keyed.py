"""Tables of a run in, the rows that belong to a few keys out, without going through the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

Rows = npt.NDArray[np.int64]

AT_ONCE = 50_000
"""Rows that are put in order at one time: of evidence some 25 MB."""


class Index:
    """Where the rows of each key of a column stand in its table. What is missing has the empty key."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        keys, self._order, self._edges = _ordered(column)
        self._codes = {key: code for code, key in enumerate(keys)}

    def rows(self, keys: Iterable[str]) -> Rows:
        """The numbers of the rows of these keys, in the order of the table."""
        codes = {self._codes[key] for key in keys if key in self._codes}
        found = [self._order[self._edges[code] : self._edges[code + 1]] for code in codes]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)


class Keyed:
    """Tables by name, each in one piece; a column by which rows are looked up is put in order when first asked for."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self.tables = {name: table.combine_chunks() for name, table in tables.items()}
        self._indexes: dict[tuple[str, str], Index] = {}

    def find(self, name: str, column: str, keys: Iterable[str]) -> Rows:
        """The numbers of the rows of a table whose column has one of the keys."""
        index = self._indexes.get((name, column))
        if index is None:
            index = self._indexes[name, column] = Index(self.tables[name][column])
        return index.rows(keys)

    def near(self, name: str, columns: Iterable[str], keys: Iterable[str]) -> Rows:
        """The same for rows of which any of the columns has one of the keys."""
        wanted = [*keys]
        return np.unique(np.concatenate([self.find(name, column, wanted) for column in columns]))

    def texts(self, name: str, column: str, rows: Rows) -> list[str]:
        """What a column says in these rows, empty where it says nothing."""
        return [text or "" for text in self.tables[name][column].take(rows).to_pylist()]

    def take(self, rows: Mapping[str, Rows]) -> dict[str, pa.Table]:
        """Some rows of some tables."""
        return {name: self.tables[name].take(found) for name, found in rows.items()}


def digest_of(tables: Mapping[str, pa.Table]) -> bytes:
    """SHA-256 of the rows of tables, of which none may be part of a longer one: that keeps stray bits of its
    neighbours."""
    found = hashlib.sha256()
    for name, table in tables.items():
        found.update(f"{name} {table.num_rows} ".encode())
        for batch in table.combine_chunks().to_batches():
            found.update(batch.serialize())
    return found.digest()


def digests(table: pa.Table, column: str) -> dict[str, bytes]:
    """SHA-256 of the rows of each key of a column, in the order of the table: quicker than `digest_of` one by one."""
    keys, order, edges = _ordered(table[column])
    rows = table.take(order).combine_chunks()
    columns = [_Plain.of(rows[name].combine_chunks()) for name in rows.column_names]
    found = {}
    for key, start, end in zip(keys, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        digest = hashlib.sha256()
        for plain in columns:
            for piece in plain.pieces(start, end):
                digest.update(piece.data)
        found[key] = digest.digest()
    return found


@dataclass(frozen=True)
class _Plain:
    """A column as plain memory: `known` says of each row whether it has a value, uint8 [rows]; `values` are numbers, or
    the bytes of all texts, and `places` where each text begins, int32 [rows + 1]."""

    known: npt.NDArray[np.uint8]
    values: npt.NDArray[Any]
    places: npt.NDArray[np.int32] | None

    @staticmethod
    def of(column: pa.Array) -> _Plain:
        known = column.is_valid().cast(pa.uint8()).to_numpy()
        if pa.types.is_string(column.type):
            _, places, texts = column.fill_null("").buffers()
            return _Plain(known, np.frombuffer(texts or b"", np.uint8), np.frombuffer(places, np.int32))
        numbers = column.cast(pa.uint8()) if pa.types.is_boolean(column.type) else column
        return _Plain(known, numbers.fill_null(0).to_numpy(), None)

    def pieces(self, start: int, end: int) -> Iterator[npt.NDArray[Any]]:
        """All that the rows from `start` to `end` hold."""
        yield self.known[start:end]
        if self.places is None:
            yield self.values[start:end]
        else:
            yield np.diff(self.places[start : end + 1])
            yield self.values[self.places[start] : self.places[end]]


@dataclass(frozen=True)
class Stored:
    """The rows of one key in a file of tables: read where they are needed, so that few of all lie in memory."""

    path: str
    schema: pa.Schema
    batches: tuple[int, ...]

    def table(self) -> pa.Table:
        """The rows, in the order in which they were given."""
        return pa.Table.from_batches(self._read(), self.schema)

    def _read(self) -> Iterator[pa.RecordBatch]:
        with pa.OSFile(self.path) as file:
            reader = pyarrow.ipc.open_file(file)
            yield from map(reader.get_batch, self.batches)


def store(path: Path, tables: Iterable[pa.Table], schema: pa.Schema, column: str) -> None:
    """Write tables of any length to a file, from which `stored` reads them by the keys of a column."""
    places: dict[str, list[int]] = {}
    options = pyarrow.ipc.IpcWriteOptions(compression="lz4")
    with pyarrow.ipc.new_file(str(path), schema, options=options) as writer:
        batches = (pair for table in _together(tables) for pair in _parted(table, column))
        for number, (key, rows) in enumerate(batches):
            writer.write_batch(rows)
            places.setdefault(key, []).append(number)
    _places(path).write_bytes(msgspec.msgpack.encode(places))


def stored(path: Path, schema: pa.Schema, keys: Iterable[str]) -> dict[str, Stored]:
    """What `store` has written there, by key; a key may have no rows."""
    places = msgspec.msgpack.decode(_places(path).read_bytes(), type=dict[str, tuple[int, ...]])
    return {key: Stored(str(path), schema, places.get(key, ())) for key in keys}


def _places(path: Path) -> Path:
    return path.with_name(f"{path.name}.places")


def _ordered(column: pa.ChunkedArray) -> tuple[list[str], Rows, Rows]:
    """The keys, the numbers of the rows key by key, and where those of each key begin."""
    coded = pc.fill_null(column, "").combine_chunks().dictionary_encode()
    codes = coded.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    keys = coded.dictionary.to_pylist()
    return keys, order, np.searchsorted(codes[order], np.arange(len(keys) + 1))


def _together(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Small tables joined to fewer, so that a key is in few places."""
    waiting: list[pa.Table] = []
    for table in tables:
        if waiting and sum(part.num_rows for part in waiting) + table.num_rows > AT_ONCE:
            yield pa.concat_tables(waiting)
            waiting = []
        waiting.append(table)
    if waiting:
        yield pa.concat_tables(waiting)


def _parted(table: pa.Table, column: str) -> Iterator[tuple[str, pa.RecordBatch]]:
    keys, order, edges = _ordered(table[column])
    whole = table.combine_chunks()
    for code, key in enumerate(keys):
        for batch in whole.take(order[edges[code] : edges[code + 1]]).combine_chunks().to_batches():
            yield key, batch
