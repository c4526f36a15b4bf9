"""One number of every source in, a dot plot as a plain dict out: a line per source, its interval, its value as a label.

The macro `dots` in `parts.html.jinja` draws it; the backdrop stands once on the page, in the macro `backdrops`.
"""

from __future__ import annotations

from typing import Any

from audit.extract.base import Quantity
from audit.report import charts, wording
from audit.report.data import Book, Row
from audit.report.view.headline import Scale, anchor, others, scale

PEERS = 11
"""Peers up to which each has a line of its own; beyond it they share one, or the plot of all sources is cut."""


def plot(book: Book, quantity: Quantity, source: str | None = None, most: int = PEERS + 1) -> dict[str, Any]:
    """One number of the sources, the highest first; `source` is drawn large, and where it is None all are.

    With more than `most` sources, those around the one given share a line.
    """
    drawn = scale(book, quantity, source)
    scored = book.valued.get(quantity.feature, {})
    own = book.score(source, quantity.feature) if source is not None else None
    few = source is None or len(scored) <= most
    lines = list(scored.items()) if few else [(source, own)] if source is not None and own else []
    lines.sort(key=lambda pair: (-pair[1]["value"], book.source_name(pair[0])))
    return {
        "id": anchor(quantity.feature),
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "higher": quantity.higher,
        "back": charts.backdrop(drawn.back, drawn.axis, drawn.reference, drawn.median),
        "rows": [_row(book, source, name, row, quantity, drawn) for name, row in lines],
        "strip": None if few else _strip(book, quantity, source, own, drawn),
        "ends": (wording.short(drawn.axis.low, quantity), wording.short(drawn.axis.high, quantity)),
        "reference": wording.between(drawn.reference["p25"], drawn.reference["p75"], quantity)
        if drawn.reference
        else "",
    }


def _strip(
    book: Book, quantity: Quantity, source: str | None, own: Row | None, drawn: Scale
) -> dict[str, Any] | None:
    """The other sources on one line."""
    rest = others(book, quantity.feature, source)
    if not rest:
        return None
    every = book.spreads[quantity.feature].values
    return {
        "bar": charts.strip(drawn.axis, every, own["value"] if own else None, drawn.back),
        "n": len(rest),
        "span": wording.between(rest[0], rest[-1], quantity),
    }


def _row(book: Book, source: str | None, name: str, row: Row, quantity: Quantity, drawn: Scale) -> dict[str, Any]:
    me = name == source
    return {
        "name": book.source_name(name),
        "href": "" if me else book.source_link(name, anchor(quantity.feature)),
        "me": me,
        "few": row["low"] is None,
        "text": wording.short(row["value"], quantity),
        "bar": charts.bar(
            drawn.axis, row["value"], row["low"], row["high"], drawn.back, peer=source is not None and not me
        ),
    }
