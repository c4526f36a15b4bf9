"""A finished run, read back: its `audit.json` and its tables as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from audit.errors import OutputError
from audit.store import read_audit
from audit.tables import COLUMNS


class Results:
    """The tables of a run directory, each read when it is first asked for.

    Frames have the columns that `audit.tables.COLUMNS` documents. Raises OutputError when the folder holds no run.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.audit: dict[str, Any] = read_audit(directory)

    def frame(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """One table as a frame; missing text is None, missing numbers are NaN."""
        return self.table(name, columns).to_pandas()

    def table(self, name: str, columns: list[str] | None = None, filters: pc.Expression | None = None) -> pa.Table:
        """One table as Arrow holds it, all of it or some columns or rows. Raises OutputError when it cannot be read."""
        path = self._path(name)
        try:
            table = pyarrow.parquet.read_table(path, columns=columns, filters=filters)
        except (OSError, pa.ArrowInvalid) as error:
            raise OutputError(f"{path}: cannot be read ({error}); run the audit again") from error
        wanted = COLUMNS[name] if columns is None else columns
        if missing := [column for column in wanted if column not in table.column_names]:
            raise OutputError(f"{path}: lacks {', '.join(missing)}; run the audit again")
        return table

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in COLUMNS:
            raise AttributeError(name)
        columns = [column for column in COLUMNS[name] if (name, column) != ("articles", "text")]
        frame = self.frame(name, columns)
        self.__dict__[name] = frame
        return frame

    def evidence_of(self, source: str) -> pd.DataFrame:
        """All evidence of one source, by article and place."""
        found = self.table("evidence", filters=pc.field("source") == source)
        return found.sort_by([("article", "ascending"), ("start", "ascending")]).to_pandas()

    def groups(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """A table that grows with the articles, partition by partition, each time in the same order."""
        file = pyarrow.parquet.ParquetFile(self._path(name))
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, columns=columns)

    def group(self, name: str, number: int, columns: list[str] | None = None) -> pa.Table:
        """One of them."""
        return pyarrow.parquet.ParquetFile(self._path(name)).read_row_group(number, columns=columns)

    def partitions(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """Articles with their text, and their evidence, partition by partition."""
        for articles, evidence in zip(self.groups("articles"), self.groups("evidence"), strict=True):
            yield articles.to_pandas(), evidence.to_pandas()

    def _path(self, name: str) -> Path:
        return self.directory / "data" / f"{name}.parquet"

    def _repr_html_(self) -> str:
        """What a notebook shows: what stands out, and the sources side by side."""
        shown: str = import_module("audit.report.notebook").shown(self)  # brings templates, which tables do without
        return shown
