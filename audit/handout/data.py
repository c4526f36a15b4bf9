"""A run in, its tables out: one JSON document, or the CSV and Parquet files that every run keeps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from audit.documents import unpacked
from audit.records import SCHEMA
from audit.results import Results
from audit.tables import COLUMNS

ROWS = 5000
"""Rows encoded at once, so that a large table does not stand in memory as Python objects."""


def as_json(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """`audit.json` and every table in one document, by `data/schema.json`; columns that hold JSON are unpacked."""
    path = out / "run.json"
    encode = msgspec.json.encode
    with path.open("wb") as file:
        file.write(b'{"schema":%d,"audit":%b,"tables":{' % (SCHEMA, encode(results.audit)))
        for number, name in enumerate(COLUMNS):
            file.write(b"%b\n%b:[" % (b"," if number else b"", encode(name)))
            first, kinds = True, unpacked(name)
            for batch in results.table(name).to_batches(ROWS):
                for row in batch.to_pylist():
                    file.write((b"\n" if first else b",\n") + encode(_unpacked(kinds, row)))
                    first = False
            file.write(b"]")
        file.write(b"}}\n")
    yield path


def _unpacked(kinds: Mapping[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """The row with its columns of JSON unpacked; where one is empty, so is the list or object."""
    for column, kind in kinds.items():
        row[column] = msgspec.json.decode(row[column], type=kind) if row[column] else kind()
    return row


def as_csv(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """The tables as CSV, as they stand in the run's data folder."""
    return _copied(results, "csv", out)


def as_parquet(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """The tables as Parquet, as they stand in the run's data folder."""
    return _copied(results, "parquet", out)


def _copied(results: Results, ending: str, out: Path) -> Iterator[Path]:
    for name in COLUMNS:
        yield Path(shutil.copyfile(results.directory / "data" / f"{name}.{ending}", out / f"{name}.{ending}"))
