"""Tables in, files out: Parquet by row group, and CSV, whose lines are made by whoever has the rows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from audit.records import Record
from audit.tables import COLUMNS, schema, table

# A cell that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises; a plain
# identifier or negative number cannot run anything and stays as it is.
FORMULA = r"^[=+\-@\t\r\n]"
HARMLESS = r"^-?[A-Za-z0-9_.:\-]*$"
PARQUET_ONLY = {"articles": ["text"], "evidence": ["before", "after", "reason", "parts"],
                "framing": ["places", "shown", "before", "after"]}
"""Columns that would make the CSV large; the text and `audit explain` give them again."""


class Encoded(Record, frozen=True):
    """Rows of a table as Arrow IPC, and as lines of CSV; `after` are lines that follow those of the whole partition.

    Views, since a file of many of them is joined to others without a copy.
    """

    rows: memoryview
    csv: memoryview
    after: memoryview


def encoded(name: str, rows: pa.Table) -> Encoded:
    """Rows of a table, ready to be written."""
    after = _csv(name, _earlier(rows)) if name == "articles" else b""
    return Encoded(memoryview(packed(rows)), memoryview(_csv(name, rows)), memoryview(after))


def packed(table: pa.Table) -> bytes:
    """A table as Arrow IPC."""
    sink = pa.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def unpacked(content: bytes | memoryview) -> pa.Table:
    """The table that was packed."""
    return pyarrow.ipc.open_stream(pa.BufferReader(content)).read_all()


def _csv(name: str, rows: pa.Table | None) -> bytes:
    """Lines of a CSV file; its first one where there are no rows to give."""
    sink = pa.BufferOutputStream()
    some = (schema(name).empty_table() if rows is None else rows).drop_columns(PARQUET_ONLY.get(name, []))
    options = pyarrow.csv.WriteOptions(include_header=rows is None)
    with pyarrow.csv.CSVWriter(sink, some.schema, write_options=options) as csv:
        csv.write_table(inert(some))
    content: bytes = sink.getvalue().to_pybytes()
    return content


class Writer:
    """Writes one table into `<folder>/<name>.parquet` and `<name>.csv`, one partition after the other.

    A thread of its own does the writing, since Arrow encodes Parquet beside other Python; it is at most one partition
    behind.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._parquet = pyarrow.parquet.ParquetWriter(folder / f"{name}.parquet", schema(name), compression="zstd")
        self._csv = (folder / f"{name}.csv").open("wb")
        self._csv.write(_csv(name, None))
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None

    def write(self, table: pa.Table) -> None:
        """Append a partition: a row group of its own in Parquet."""
        self.append([encoded(self.name, table)])

    def append(self, pieces: Sequence[Encoded]) -> None:
        """Append the pieces of a partition."""
        self._finish()
        self._under_way = self._thread.submit(self._append, pieces)

    def _append(self, pieces: Sequence[Encoded]) -> None:
        rows = pa.concat_tables(unpacked(piece.rows) for piece in pieces).combine_chunks()
        self._parquet.write_table(rows, row_group_size=max(1, rows.num_rows))
        self._csv.writelines(piece.csv for piece in pieces)
        self._csv.writelines(piece.after for piece in pieces)

    def _finish(self) -> None:
        if self._under_way:
            self._under_way.result()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._thread.shutdown()
            self._parquet.close()
            self._csv.close()


def _earlier(articles: pa.Table) -> pa.Table:
    """A row for each earlier version of the articles, with their id, story and voice."""
    return table("articles", [
        dict.fromkeys(COLUMNS["articles"]) | {
            "id": earlier["id"], "source": row["source"], "title": earlier["title"] or "", "url": earlier["url"],
            "published": earlier["published"], "language": row["language"], "words": earlier["words"],
            "story": row["story"], "voice": row["voice"], "versions": "[]", "version_of": row["id"], "notes": "{}",
        }
        for row in articles.filter(pc.not_equal(articles["versions"], "[]")).to_pylist()
        for earlier in msgspec.json.decode(row["versions"])
    ])  # fmt: skip


def inert(table: pa.Table) -> pa.Table:
    """The table with every cell that could run as a formula made plain text."""
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table.column(index)
            risky = pc.match_substring_regex(column, FORMULA)
            if not pc.any(risky).as_py():  # as of nearly every column: nothing to look at closer, nothing to copy
                continue
            risky = pc.and_(risky, pc.invert(pc.match_substring_regex(column, HARMLESS)))
            safe = pc.if_else(pc.fill_null(risky, False), pc.binary_join_element_wise("'", column, ""), column)
            table = table.set_column(index, field, safe)
    return table
