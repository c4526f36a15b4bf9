"""Tables in, files out: Parquet by row group and CSV, both appended partition by partition."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from audit.tables import COLUMNS, schema, table

# A cell that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises; a plain
# identifier or negative number cannot run anything and stays as it is.
FORMULA = r"^[=+\-@\t\r\n]"
HARMLESS = r"^-?[A-Za-z0-9_.:\-]*$"
PARQUET_ONLY = {"articles": ["text"], "evidence": ["before", "after", "reason", "parts"],
                "framing": ["places", "shown", "before", "after"]}
"""Columns that would make the CSV large; the text and `audit explain` give them again."""


class Writer:
    """Writes one table into `<folder>/<name>.parquet` and `<name>.csv`, one partition after the other."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.parquet = pyarrow.parquet.ParquetWriter(folder / f"{name}.parquet", schema(name), compression="zstd")
        kept = [field for field in schema(name) if field.name not in PARQUET_ONLY.get(name, ())]
        self.csv = pyarrow.csv.CSVWriter(folder / f"{name}.csv", pa.schema(kept))

    def write(self, table: pa.Table) -> None:
        """Append a partition: a row group of its own in Parquet."""
        self.parquet.write_table(table, row_group_size=max(1, table.num_rows))
        rows = _with_earlier(table) if self.name == "articles" else table
        self.csv.write_table(inert(rows.drop_columns(PARQUET_ONLY.get(self.name, []))))

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.parquet.close()
        self.csv.close()


def _with_earlier(articles: pa.Table) -> pa.Table:
    """The table of articles with a row for each earlier version too, which keeps its id, story and voice."""
    rows = [
        dict.fromkeys(COLUMNS["articles"]) | {
            "id": earlier["id"], "source": row["source"], "title": earlier["title"] or "", "url": earlier["url"],
            "published": earlier["published"], "language": row["language"], "words": earlier["words"],
            "story": row["story"], "voice": row["voice"], "versions": "[]", "version_of": row["id"], "notes": "{}",
        }
        for row in articles.filter(pc.not_equal(articles["versions"], "[]")).to_pylist()
        for earlier in msgspec.json.decode(row["versions"])
    ]
    return pa.concat_tables([articles, table("articles", rows)]) if rows else articles


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
