"""A run in, one workbook out: the comparison, every table on a sheet of its own, and what each column holds.

Needs openpyxl, of the extra `formats`. No cell can run as a formula, and the same run gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from audit.errors import InputError
from audit.export import PARQUET_ONLY, inert
from audit.publication import quantities
from audit.results import Results
from audit.tables import COLUMNS

ROWS, CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell hold: Excel's specifications and limits."""

WIDTHS = (10, 48)
"""Characters of the narrowest and of the widest column."""

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold."""

STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file within the workbook: the earliest that the format has."""


def write(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """Write `audit.xlsx`. Raises InputError when openpyxl is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise InputError("--format xlsx: needs openpyxl; `pip install audit-news[formats]` brings it") from error
    book = Workbook(write_only=True)
    cut = [name for name in COLUMNS if results.table(name, []).num_rows >= ROWS]
    _sheet(book, "about", ["what", "value"], _about(results, cut))
    _sheet(book, "comparison", *_comparison(results))
    for name in COLUMNS:
        columns = [column for column in COLUMNS[name] if column not in PARQUET_ONLY.get(name, ())]
        _sheet(book, name, columns, _rows(results, name, columns))
    meanings = ((table, column, what) for table, columns in COLUMNS.items() for column, what in columns.items())
    _sheet(book, "columns", ["table", "column", "what it holds"], meanings)
    path = out / "audit.xlsx"
    draft = out / "audit.draft"
    book.save(draft)
    _settle(draft, path)
    draft.unlink()
    yield path


def _about(results: Results, cut: Sequence[str]) -> Iterator[tuple[str, Any]]:
    audit = results.audit
    yield "made by", f"audit {audit['run']['version']}"
    yield "digest of the articles", audit["run"]["digests"]["articles"]
    for name in ("articles", "words", "stories", "first", "last"):
        yield name, audit[name]
    yield "sources", len(audit["sources"])
    for item in audit["skipped"]:
        yield "not audited", _plain(f"{item['where']}: {item['reason']}")
    for name in cut:
        yield "cut", f"{name}: more rows than a sheet holds; data/{name}.parquet has them all"


def _comparison(results: Results) -> tuple[list[str], Iterator[list[Any]]]:
    """Sources down, measures across: value, interval and articles of each."""
    scores = results.scores[results.scores["level"] == "source"]
    known = quantities()
    shown = [feature for feature in known if (scores["feature"] == feature).any()]
    head = ["source", *(f"{known[f].title} ({f}), {what}" for f in shown for what in ("value", "low", "high"))]
    cells = scores.set_index(["subject", "feature"])[["value", "low", "high"]]

    def rows() -> Iterator[list[Any]]:
        for source in results.audit["sources"]:
            row: list[Any] = [_plain(source)]
            for feature in shown:
                found = cells.loc[(source, feature)].tolist() if (source, feature) in cells.index else [None] * 3
                row += [None if value != value else value for value in found]
            yield row

    return head, rows()


def _rows(results: Results, name: str, columns: list[str]) -> Iterator[list[Any]]:
    for batch in inert(results.table(name, columns)).to_batches(5000):
        for row in batch.to_pylist():
            yield [row[column] for column in columns]


def _plain(text: str) -> str:
    """A text of our own making, kept from running as a formula as the tables are."""
    return f"'{text}" if text[:1] in "=+-@\t\r\n" and text else text


def _sheet(book: Any, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDTHS[1], max(WIDTHS[0], len(name) + 4))
    top = [WriteOnlyCell(sheet, value=name) for name in head]
    for cell in top:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append(top)
    for row, _ in zip(rows, range(ROWS - 1), strict=False):
        sheet.append([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    shown = UNSEEN.sub("\N{REPLACEMENT CHARACTER}", value)
    return shown if len(shown) <= CHARACTERS else shown[: CHARACTERS - 1] + "…"


def _settle(draft: Path, path: Path) -> None:
    """The workbook without the moment at which it was made."""
    with zipfile.ZipFile(draft) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(b"1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
