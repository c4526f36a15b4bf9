"""A run's scores as a table for the terminal, CSV or JSON, and the changes between two runs."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from typing import Any

import msgspec
import pyarrow as pa
from rich.box import HEAVY_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from audit.errors import InputError
from audit.export import inert
from audit.extract.base import Quantity
from audit.publication import quantities
from audit.report import wording
from audit.report.changes import page as changed_page
from audit.report.data import Book, bind
from audit.report.view.changed import changed
from audit.report.view.headline import Scale, headline, scale
from audit.report.view.index import cell
from audit.results import Results
from audit.tables import schema

WIDTH = 120
"""Characters of the table, unless the terminal is wider."""

NAME, COLUMN, BAR = 20, 20, 16
"""Characters of the column of names, of one for a number, and of the line that draws an interval."""


def comparison(results: Results, sources: Sequence[str], form: str) -> str:
    """The sources of a run side by side. Raises InputError for a source that the run does not have."""
    for source in sources:
        if source not in results.audit["sources"]:
            raise InputError(f"{source}: not in this run; its sources are {', '.join(results.audit['sources'])}")
    wanted = list(sources) or results.audit["sources"]
    if form == "text":
        return _drawn(results, wanted)
    scores = results.scores
    rows = scores[(scores["level"] == "source") & scores["subject"].isin(wanted)]
    columns = ["subject", "feature", "value", "low", "high", "n", "percentile", "rank", "absent"]
    if form == "csv":
        kinds = pa.schema([schema("scores").field(column) for column in columns])
        table = pa.Table.from_pandas(rows[columns], schema=kinds, preserve_index=False)
        return str(inert(table).to_pandas().to_csv(index=False))
    return str(rows[columns].to_json(orient="records", indent=1)) + "\n"


def _drawn(results: Results, sources: Sequence[str]) -> str:
    """The table of the comparison: sources down, numbers across, in as many pieces as the width asks for."""
    book = bind(results, quantities())
    shown = [(quantity, scale(book, quantity)) for quantity in headline(book)]
    width = max(WIDTH, shutil.get_terminal_size((WIDTH, 0)).columns)
    each = max(1, (width - NAME) // COLUMN)
    pieces = [shown[start : start + each] for start in range(0, len(shown), each)]
    text = io.StringIO()
    console = Console(file=text, width=width, legacy_windows=False)
    for piece in pieces:
        console.print(_piece(book, sorted(sources, key=book.source_name), piece))
    note = "value, count, 95 % interval drawn on the range in the head; | the median of the sources"
    return f"{text.getvalue()}{note}\n".replace(wording.SPACE, " ")


def _piece(book: Book, sources: Sequence[str], shown: Sequence[tuple[Quantity, Scale]]) -> Table:
    table = Table(box=HEAVY_HEAD, show_lines=True)
    table.add_column("source", max_width=NAME, overflow="fold")
    for quantity, drawn in shown:
        ends = f"{wording.short(drawn.axis.low, quantity)} to {wording.short(drawn.axis.high, quantity)}"
        median = "" if drawn.median is None else f"\nmedian {wording.short(drawn.median, quantity)}"
        band = drawn.reference
        reference = f"\nnews {wording.between(band['p25'], band['p75'], quantity)}" if band else ""
        head = f"{quantity.title}\n{wording.unit(quantity)}\n{ends}{median}{reference}"
        table.add_column(Text(head), min_width=BAR, max_width=COLUMN - 3)
    for source in sources:
        cells = [_cell(book, source, quantity, drawn) for quantity, drawn in shown]
        table.add_row(Text(f"{book.source_name(source)}\n{book.sources[source]['articles']} articles"), *cells)
    return table


def _cell(book: Book, source: str, quantity: Quantity, drawn: Scale) -> Text:
    """Value and count, and the interval as a line of characters, as the page draws it."""
    found = cell(book, source, quantity, drawn)
    if found["absent"]:
        return Text(str(found["absent"]), style="dim")
    told = Text(f"{found['text']}", style="bold").append(f"\n{found['count']}", style="not bold")
    row = book.score(source, quantity.feature)
    if row is None or row["low"] is None:
        return told.append(f"\n{found['why']}", style="not bold dim")
    return told.append(f"\n{line(drawn, row['value'], row['low'], row['high'])}\n{found['interval']}", style="not bold")


def line(drawn: Scale, value: float, low: float, high: float) -> str:
    """An interval on its axis: `····━━●━━·|··`."""

    def place(at: float) -> int:
        return round(drawn.axis.share(at) * (BAR - 1))

    marks = ["·"] * BAR
    marks[place(low) : place(high) + 1] = "━" * (place(high) - place(low) + 1)
    if drawn.median is not None:
        marks[place(drawn.median)] = "|"
    marks[place(value)] = "●"
    return "".join(marks)


def changes(before: Results, after: Results, form: str) -> str:
    """Which articles came and went, and which values of sources moved; as text, a page or JSON."""
    if form == "html":
        return changed_page(before, after, quantities())
    found = changed(before, after, quantities())
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(_bare(found)), indent=1).decode() + "\n"
    lines = [f"{len(found['added'])} articles added, {len(found['removed'])} removed, {found['kept']} in both"]
    lines += [f"made with another {row['what']}: {row['before']} before, {row['after']} after" for row in found["made"]]
    for row in [*found["apart"], *found["within"]]:
        notes = [note for note in ("intervals part" if row["apart"] else "", row["held"]) if note]
        told = f"{row['source']}: {row['feature']} from {' ('.join(row['before'])}) to {' ('.join(row['after'])})"
        lines.append(", ".join([told, *notes]).replace("\N{NO-BREAK SPACE}", " "))
    if not found["apart"] and not found["within"]:
        lines.append("no value of a source in both runs has changed")
    return "\n".join(lines) + "\n"


def _bare(found: dict[str, Any]) -> dict[str, Any]:
    """The changes without what only a page needs: drawings, headings."""
    values = [
        {key: row[key] for key in ("source", "feature", "values", "intervals", "apart", "held")}
        for row in (*found["apart"], *found["within"])
    ]
    kept = ("made", "added", "removed", "kept", "sources_added", "sources_removed", "disputes", "copies")
    return {key: found[key] for key in kept} | {"values": values}

