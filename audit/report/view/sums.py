"""One number of a source in, the sum that it came about by out: what each article adds, with a link to its words."""

from __future__ import annotations

from typing import Any

from audit.extract.base import Quantity
from audit.report import wording
from audit.report.data import Book
from audit.report.view import method
from audit.report.view.quotes import Marks

TERMS = 12
"""Articles that stand in the sum one by one, those that add most; the others share a term."""


def summed(book: Book, found: Marks, source: str, quantity: Quantity) -> dict[str, Any] | None:
    """The articles of a source behind one of its scores; None where there is no score."""
    score = book.score(source, quantity.feature)
    if score is None:
        return None
    terms = _flags(book, source, quantity) if quantity.kind == "probability" else _counts(book, source, quantity)
    terms.sort(key=lambda term: (-term[0], -term[1], term[2]))
    count, of = (wording.whole(score[key] or 0) for key in ("count", "base"))
    return {
        "terms": [
            {
                "text": _told(value, base, quantity),
                "title": book.title(article),
                "href": book.article_link(article, found.place(article, quantity.feature)),
            }
            for value, base, article in terms[:TERMS]
        ],
        "rest": max(0, len(terms) - TERMS),
        "result": count if quantity.kind == "grade" else f"{count}/{of}",
        "how": _how(quantity),
        "value": wording.value(score["value"], quantity),
        "interval": "" if score["low"] is None else wording.between(score["low"], score["high"], quantity),
        "few": "" if score["low"] is not None else method.no_interval(score),
        "n": score["n"],
        "percentile": "" if score["percentile"] is None else wording.place(score["percentile"]),
    }


def _how(quantity: Quantity) -> str:
    """What the terms are, in words."""
    if quantity.kind == "probability":
        return "probability of each article; one half or more counts"
    if quantity.kind == "grade":
        return f"{quantity.title} of each article, in brackets its {quantity.per}; the mean goes by {quantity.per}"
    return f"{quantity.counted} of {quantity.per.removeprefix('100 ')}, article by article"


Term = tuple[float, float, str]
"""What an article adds, in how many, and its id."""


def _told(value: float, base: float, quantity: Quantity) -> str:
    """How a term reads."""
    if quantity.kind == "probability":
        return f"{value:.2f}"
    if quantity.kind == "grade":
        return f"{wording.digits(value / base, quantity)} ({wording.whole(base)})"
    return f"{wording.whole(value)}/{wording.whole(base)}"


def _counts(book: Book, source: str, quantity: Quantity) -> list[Term]:
    terms = []
    for article in book.order.get(source, []):
        count, base, absent = book.measures.get(article, {}).get(quantity.feature, (0, 0, "absent"))
        if absent is None and base:
            terms.append((count, base, article))
    return terms


def _flags(book: Book, source: str, quantity: Quantity) -> list[Term]:
    rows = ((article, book.probabilities.get((article, quantity.feature))) for article in book.order.get(source, []))
    return [(row["value"], 1.0, article) for article, row in rows if row and row["value"] is not None]
