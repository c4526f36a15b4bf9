"""Tables with one article a row. In: a csv, tsv, parquet or xlsx file; out: Drafts, a batch at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from audit.load.decode import decode
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.rows import read_row, table_columns
from audit.records import Skipped

# Enough to tell the encoding and the delimiter of a table; the file itself is streamed.
_SAMPLE_BYTES = 65_536
# Rows of a parquet batch: small enough that a batch of long articles stays in tens of megabytes.
_BATCH_ROWS = 512


def read_csv(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """A csv or tsv with a header row. `where` gives the file's line on which a row ends."""
    name = entry.name
    sample = stream.read(_SAMPLE_BYTES)
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(sample, stream)), encoding=_encoding(sample), errors="replace", newline=""
    )
    csv.field_size_limit(max(limits.max_article_chars, 1_000_000) * 2)
    reader = csv.reader(text, delimiter=_delimiter(sample, "\t" if entry.kind == ".tsv" else ","))
    header = next(reader, None)
    if header is None:
        yield Skipped(name, "the table is empty; its first line must name the columns")
        return
    columns = yield from table_columns(header, limits, f"{name}:1")
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Skipped(f"{name}:{reader.line_num}", f"the row could not be read ({error}); mend its quotation marks")
            continue
        if row is None:
            return
        where = f"{name}:{reader.line_num}"
        if len(row) > len(header):
            yield Skipped(
                where, f"the row has {len(row)} values for {len(header)} columns; quote values that hold commas"
            )
        elif row:
            yield read_row(dict(zip(header, row, strict=False)), columns, where)


def read_parquet(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """A parquet file, only the columns that are used. `where` numbers rows from 1."""
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(stream) as file:
            columns = yield from table_columns(file.schema_arrow.names, limits, entry.name)
            number = 0
            for batch in file.iter_batches(_BATCH_ROWS, columns=list(columns.values()), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield read_row(row, columns, f"{entry.name}:{number}")
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"not a readable parquet file ({str(error).splitlines()[0][:120]}); write it again") from error


def _encoding(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return decode(sample)[1].split(" ", 1)[0]
    return "utf-8-sig"


def _delimiter(sample: bytes, usual: str) -> str:
    """The usual delimiter, unless the header has none of it and another that tables are written with."""
    header = sample.split(b"\n", 1)[0].decode("utf-8", "replace")
    others = sorted((usual, ",", ";", "\t", "|"), key=header.count, reverse=True)
    return usual if usual in header else others[0]


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were already read: gives them again, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
