"""A finished run, read back: its `audit.json` and its tables as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from audit.errors import OutputError
from audit.store import read_audit
from audit.tables import COLUMNS, schema


class Results:
    """The tables of a run directory, each read when it is first asked for; with `keep` False, whenever it is asked for.

    Frames have the columns that `audit.tables.COLUMNS` documents. Raises OutputError when the folder holds no run.
    """

    def __init__(self, directory: Path, *, keep: bool = True) -> None:
        self.directory = directory
        self._keep = keep
        self.audit: dict[str, Any] = read_audit(directory)

    def frame(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """One table as a frame; missing text is None, missing numbers are NaN."""
        return self.table(name, columns).to_pandas()

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """One table as Arrow holds it, all columns or some. Raises OutputError when it cannot be read."""
        path = self.directory / "data" / f"{name}.parquet"
        try:
            return pyarrow.parquet.read_table(path, columns=columns)
        except (OSError, pa.ArrowInvalid) as error:
            raise OutputError(f"{path}: cannot be read ({error}); run the audit again") from error

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in COLUMNS:
            raise AttributeError(name)
        columns = [column for column in COLUMNS[name] if (name, column) != ("articles", "text")]
        frame = self.frame(name, columns)
        if self._keep:
            self.__dict__[name] = frame
        return frame

    @cached_property
    def _evidence_by_source(self) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
        table = self.table("evidence")
        order = pc.sort_indices(table, sort_keys=[("source", "ascending"), ("article", "ascending"),
                                                  ("start", "ascending")])
        table = table.take(order)
        runs = pc.run_end_encode(table["source"].combine_chunks()) if table.num_rows else None
        edges: dict[str, tuple[int, int]] = {}
        begin = 0
        if runs is not None:
            for source, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
                edges[source] = (begin, end)
                begin = end
        return table, edges

    def evidence_of(self, source: str) -> pd.DataFrame:
        """All evidence of one source, by article and place."""
        table, edges = self._evidence_by_source
        begin, end = edges.get(source, (0, 0))
        return table.slice(begin, end - begin).to_pandas()

    def partitions(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """Articles with their text, and their evidence, partition by partition."""
        folder = self.directory / "data"
        articles = pyarrow.parquet.ParquetFile(folder / "articles.parquet")
        evidence = pyarrow.parquet.ParquetFile(folder / "evidence.parquet")
        for group in range(articles.num_row_groups):
            yield articles.read_row_group(group).to_pandas(), self._group(evidence, group)

    def _group(self, file: pyarrow.parquet.ParquetFile, group: int) -> pd.DataFrame:
        if group < file.num_row_groups:
            return file.read_row_group(group).to_pandas()
        return schema("evidence").empty_table().to_pandas()

    def _repr_html_(self) -> str:
        """What a notebook shows: what stands out, and the sources side by side."""
        shown: str = import_module("audit.report.notebook").shown(self)  # brings templates, which tables do without
        return shown
