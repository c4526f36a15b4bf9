"""The numbers of one source by signal: each beside its peers, with the words it was counted from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.extract.base import Extractor, Quantity
from audit.report import charts, wording
from audit.report.data import Book, Row
from audit.report.view import method, quotes
from audit.report.view.headline import Scale, anchor, headline, scale, signal
from audit.report.view.method import accuracy
from audit.report.view.say import Sentence, say, strong

TITLES = {"agreement": "Agreement with other sources"}

PEERS = 11
"""Peers up to which each has a line of its own; beyond it they share one."""


def signals(book: Book, source: str, extractors: Mapping[str, Extractor], found: quotes.Marks) -> list[dict[str, Any]]:
    """One block per signal: its headline numbers as plots, its other numbers as a table, three quotations."""
    shown = headline(book)
    blocks = []
    for name in dict.fromkeys(signal(quantity.feature) for quantity in shown):
        plotted = [quantity for quantity in shown if signal(quantity.feature) == name]
        others = [q for q in book.quantities.values() if signal(q.feature) == name and q not in plotted]
        lines = [row for quantity in others if (row := _line(book, source, quantity))]
        extractor = extractors.get(name)
        blocks.append(
            {
                "name": name,
                "title": extractor.title if extractor else TITLES.get(name, wording.capital(name)),
                "plots": [plot(book, source, quantity) for quantity in plotted],
                "others": lines,
                "placed": any(line["percentile"] for line in lines),
                "quotes": quotes.quotes(book, found, name),
                "evidence": quotes.count(found, name),
                "limits": extractor.limits if extractor else "",
                "accuracy": accuracy(name),
            }
        )
    return blocks


def plot(book: Book, source: str, quantity: Quantity) -> dict[str, Any]:
    """One number of the source beside that of its peers."""
    drawn = scale(book, quantity, source)
    scored = list(book.valued.get(quantity.feature, {}).items())
    scored.sort(key=lambda pair: (-pair[1]["value"], book.source_name(pair[0])))
    few = len(scored) <= PEERS + 1
    mine = [pair for pair in scored if few or pair[0] == source]
    rest = [row["value"] for name, row in scored if name != source]
    return {
        "id": anchor(quantity.feature),
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "sentence": sentence(book, source, quantity, drawn),
        "back": charts.backdrop(drawn.back, drawn.axis, drawn.reference, drawn.median),
        "rows": [_peer(book, source, name, row, quantity, drawn) for name, row in mine],
        "strip": None
        if few or not rest
        else {
            "bar": charts.strip(drawn.axis, rest, drawn.back),
            "n": len(rest),
            "span": wording.between(min(rest), max(rest), quantity),
        },
        "ends": (wording.short(drawn.axis.low, quantity), wording.short(drawn.axis.high, quantity)),
        "reference": wording.between(drawn.reference["p25"], drawn.reference["p75"], quantity)
        if drawn.reference
        else "",
    }


def _peer(book: Book, source: str, name: str, row: Row, quantity: Quantity, drawn: Scale) -> dict[str, Any]:
    me = name == source
    return {
        "name": book.source_name(name),
        "href": "" if me else book.source_link(name, anchor(quantity.feature)),
        "me": me,
        "few": row["low"] is None,
        "text": wording.short(row["value"], quantity),
        "bar": charts.bar(drawn.axis, row["value"], row["low"], row["high"], drawn.back, peer=not me),
    }


def sentence(book: Book, source: str, quantity: Quantity, drawn: Scale) -> Sentence:
    """`12 of 80 own sentences (15 %, 95 % interval 9–24 %); the median of the others is 22 %.`"""
    row = book.score(source, quantity.feature)
    if row is None:
        found = book.scores.get((source, quantity.feature))
        return say(f"Not measured: {wording.name(found['absent'] if found else '', 'no article has this number')}.")
    value, counted = wording.value(row["value"], quantity), wording.counted(row["count"], row["base"], quantity)
    if row["low"] is None:
        return say(strong(counted), f" ({value}); {method.no_interval(row)}.")
    interval = f"95{wording.SPACE}% interval {wording.between(row['low'], row['high'], quantity)}"
    parts = [f" ({value}, {interval})"]
    if drawn.median is not None:
        parts.append(f"; the median of the others is {wording.value(drawn.median, quantity)}")
    if row["rank"] is not None:
        parts.append(f"; no other interval overlaps this one, which is number {row['rank']:.0f} from the top")
    if row["percentile"] is not None:
        parts.append(f"; {row['percentile']:.0f}{wording.SPACE}% of reference news lie below")
    return say(strong(counted), "".join(parts), ".")


def _line(book: Book, source: str, quantity: Quantity) -> dict[str, Any] | None:
    row = book.score(source, quantity.feature)
    difference = book.differences.get((source, quantity.feature))
    if row is None:
        return None
    others = difference["others"] if difference else None
    interval = "" if row["low"] is None else wording.between(row["low"], row["high"], quantity)
    return {
        "id": anchor(quantity.feature),
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "text": wording.short(row["value"], quantity),
        "count": wording.tally(row["count"], row["base"], quantity),
        "interval": interval or method.no_interval(row),
        "others": "" if others is None else wording.short(others, quantity),
        "percentile": "" if row["percentile"] is None else f"{row['percentile']:.0f}",
    }
