"""Lines of JSON. In: a binary stream; out: a Draft for each line, Skipped for a broken one, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from audit.load.draft import Draft, Input, Limits
from audit.load.rows import FIELDS, columns_of, read_row
from audit.load.streams import read_whole
from audit.records import Skipped

# JSON may write any code point as one or two \\uXXXX escapes, and a row has other fields than its text.
_ESCAPED = 12
_OTHER_FIELDS = 1_000_000
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def read_lines(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """One article a line. Blank lines are passed over; line numbers count from 1."""
    plain = {field: field for field in FIELDS}
    number = 0
    for number, line in _lines(stream, limits.max_article_chars * _ESCAPED + _OTHER_FIELDS):
        where = f"{entry.name}:{number}"
        if line is None:
            yield Skipped(where, "the line is longer than any article may be; raise max_article_chars in the settings")
            continue
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Skipped(where, f"not a JSON object ({_brief(error)}); mend the line or write one object a line")
            continue
        mapped = limits.columns or "text" not in row or "source" not in row
        yield read_row(row, columns_of(row, limits.columns) if mapped else plain, where)
    if not number:
        yield Skipped(entry.name, "the file is empty; write one JSON object a line")


def read_document(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """A whole JSON document: an object, or a list of objects, which `where` numbers from 1."""
    try:
        document = msgspec.json.decode(read_whole(stream, limits))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Skipped(entry.name, f"not valid JSON ({_brief(error)}); if it holds one object a line, name it .jsonl")
        return
    for number, row in enumerate(document if isinstance(document, list) else [document], start=1):
        where = f"{entry.name}:{number}"
        if isinstance(row, dict):
            yield read_row(row, columns_of(row, limits.columns), where)
        else:
            yield Skipped(where, "not a JSON object; write each article as an object with a field 'text'")


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for one longer than `limit` bytes, which is read past, not kept."""
    number = 0
    while line := stream.readline(limit):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) >= limit and not line.endswith(b"\n"):
            while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif not line.isspace() and line:
            yield number, line


def _brief(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0][:120]
