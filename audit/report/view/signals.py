"""The numbers of one source by signal: each beside its peers, with the words it was counted from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.compare.about import ABOUT
from audit.extract.base import Extractor, Quantity
from audit.report import wording
from audit.report.data import Book
from audit.report.view import method, quotes
from audit.report.view.headline import anchor, headline, middle, others, signal
from audit.report.view.method import accuracy
from audit.report.view.plots import plot
from audit.report.view.say import Sentence, say, strong
from audit.report.view.sums import summed

TITLES = {ABOUT["name"]: ABOUT["title"]}


def signals(book: Book, source: str, extractors: Mapping[str, Extractor], found: quotes.Marks) -> list[dict[str, Any]]:
    """One block per signal: its headline numbers as plots, its other numbers as a table, three quotations."""
    shown = {quantity.feature: quantity for quantity in headline(book)}
    rest: dict[str, list[Quantity]] = {}
    for feature, quantity in book.quantities.items():
        if feature not in shown:
            rest.setdefault(signal(feature), []).append(quantity)
    quoted = quotes.quotes(book, found)
    blocks = []
    for name in dict.fromkeys(map(signal, shown)):
        plotted = [quantity for feature, quantity in shown.items() if signal(feature) == name]
        lines = [row for quantity in rest.get(name, ()) if (row := _line(book, source, quantity))]
        extractor, marks = extractors.get(name), quotes.count(found, name)
        blocks.append(
            {
                "name": name,
                "title": extractor.title if extractor else TITLES.get(name, wording.capital(name)),
                "plots": [
                    plot(book, quantity, source)
                    | {
                        "sentence": sentence(book, source, quantity),
                        "sum": summed(book, found, source, quantity),
                    }
                    for quantity in plotted
                ],
                "others": lines,
                "placed": any(line["percentile"] for line in lines),
                "quotes": quoted.get(name, []),
                "evidence": sum(marks.values()),
                "counted": _counted(book, marks),
                "limits": extractor.limits if extractor else "",
                "accuracy": accuracy(name),
            }
        )
    return blocks


def _counted(book: Book, marks: Mapping[str, int]) -> str:
    """`49 for attribution density and 1 for statements at second hand`, where a signal marks more than one thing."""
    if len(marks) < 2:
        return ""
    titles = {feature: book.quantities[feature].title if feature in book.quantities else feature for feature in marks}
    return wording.listed([f"{number:,} for {titles[feature]}" for feature, number in marks.items()])


def sentence(book: Book, source: str, quantity: Quantity) -> Sentence:
    """`12 of 80 own sentences (15 %, 95 % interval 9–24 %); the median of the others is 22 %.`"""
    row = book.score(source, quantity.feature)
    if row is None:
        found = book.scores.get((source, quantity.feature))
        return say(f"Not measured: {wording.name(found['absent'] if found else '', 'no article has this number')}.")
    value, counted = wording.value(row["value"], quantity), wording.counted(row["count"], row["base"], quantity)
    if quantity.kind == "grade":
        value, counted = f"over {counted}", value
    if row["low"] is None:
        return say(strong(counted), f" ({value}); {method.no_interval(row)}.")
    interval = f"95{wording.SPACE}% interval {wording.between(row['low'], row['high'], quantity)}"
    parts = [f" ({value}, {interval})"]
    median = middle(others(book, quantity.feature, source))
    if median is not None:
        parts.append(f"; the median of the others is {wording.value(median, quantity)}")
    if row["rank"] is not None:
        parts.append(_ranked(row["value"], book.spreads[quantity.feature].values))
    if row["percentile"] is not None:
        parts.append(f"; {wording.place(row['percentile'])} of reference news lie below")
    return say(strong(counted), "".join(parts), ".")


def _ranked(value: float, values: tuple[float, ...]) -> str:
    """The place of a source whose interval overlaps no other."""
    above = sum(other > value for other in values)
    ends = {0: "the highest of", len(values) - 1: "the lowest of"}
    place = ends.get(above, f"number {above + 1} from the top, of")
    return f"; {place} {len(values)}, and no other interval overlaps it"


def _line(book: Book, source: str, quantity: Quantity) -> dict[str, Any] | None:
    row = book.score(source, quantity.feature)
    difference = book.differences.get((source, quantity.feature))
    if row is None:
        return None
    median = difference["others"] if difference else None
    interval = "" if row["low"] is None else wording.between(row["low"], row["high"], quantity)
    return {
        "id": anchor(quantity.feature),
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "text": wording.short(row["value"], quantity),
        "count": wording.tally(row["count"], row["base"], quantity),
        "interval": interval or method.no_interval(row),
        "others": "" if median is None else wording.short(median, quantity),
        "percentile": "" if row["percentile"] is None else wording.place(row["percentile"]),
    }
