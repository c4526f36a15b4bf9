"""Spreadsheets. In: an .xlsx file; out: a Draft for each row of each sheet that has a column of text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.rows import columns_of, read_row
from audit.records import Skipped


def read_sheets(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Rows in order, read one by one; the first row of a sheet names its columns. Formulas give their stored value."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(stream, limits)
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise Unreadable(f"not a readable workbook ({str(error)[:80]}); save it as .xlsx or .csv again") from error
    found = False
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        header = ["" if name is None else str(name) for name in next(rows, ())]
        columns = columns_of(header, limits.columns)
        if "text" not in columns:
            continue
        found = True
        for number, row in enumerate(rows, start=2):
            if any(value is not None for value in row):
                where = f"{entry.name}:{sheet.title}:{number}"
                yield read_row(dict(zip(header, row, strict=False)), columns, where)
    if not found:
        raise Unreadable("no sheet has a column of text; name it with --map text=COLUMN")


def _check_size(stream: BinaryIO, limits: Limits) -> None:
    """A workbook is a zip archive: its members' sizes are added up before anything is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("not a workbook; save it as .xlsx or .csv again") from error
    if size > limits.max_unpacked_bytes:
        raise Unreadable(f"unpacks to more than {limits.max_unpacked_bytes:,} bytes; split it into smaller files")
    stream.seek(0)
