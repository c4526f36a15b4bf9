"""What can be shown of bias, for one source and across sources: loaded words, framing, balance of voices, tone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from audit.extract.loaded import KINDS
from audit.report import wording
from audit.report.data import Book
from audit.report.view import balance, framing, quotes
from audit.report.view.headline import headline, signal
from audit.report.view.plots import plot

MEASURED = ("loaded", "balance", "style", "readability")
"""Signals whose every number the comparison draws as a dot plot, in this order."""

TITLES = {
    "loaded": "Loaded language in the outlet's own voice",
    "balance": "Whose voices: share of the statements that have a speaker",
    "style": "Tone: how it is written",
    "readability": "Tone: how hard it is to read",
}

WORDS = 8
"""Loaded words of each kind that a source's report lists."""


def of_source(book: Book, id: str, found: quotes.Marks) -> dict[str, Any]:
    """The bias section of a source's report."""
    return {
        "loaded": _loaded(book, found),
        "framing": framing.of_source(book, id),
        "balance": balance.of_source(book, id),
    }


def _loaded(book: Book, found: quotes.Marks) -> list[dict[str, Any]]:
    """The loaded words of the outlet's own voice by kind, the most frequent first, each linked to its first mark."""
    marked = list(found.of("loaded", "rule", "text", quoted=False))
    places = list(found.of("loaded", "article", "row", quoted=False))
    first = dict(zip(reversed(marked), reversed(places), strict=True))
    kinds: dict[str, dict[str, tuple[int, tuple[str, int]]]] = {}
    for (rule, text), times in Counter(marked).items():
        words, word = kinds.setdefault(rule, {}), wording.name(text).lower()
        before, place = words.get(word) or (0, first[rule, text])
        words[word] = before + times, place
    listed = []
    for kind in (kind for kind in KINDS if kind in kinds):
        ordered = sorted(kinds[kind].items(), key=lambda pair: (-pair[1][0], pair[0]))
        listed.append({
            "title": wording.capital(KINDS[kind]),
            "n": sum(times for times, _ in kinds[kind].values()),
            "words": [
                {"text": word, "times": times, "href": book.article_link(article, f"e{row}")}
                for word, (times, (article, row)) in ordered[:WORDS]
            ],
            "more": max(0, len(ordered) - WORDS),
        })
    return listed


def across(book: Book) -> dict[str, Any]:
    """The bias sections of the comparison: a dot plot for each measure, and who quotes whom."""
    drawn = {quantity.feature for quantity in headline(book)}
    blocks = []
    for name in MEASURED:
        every = [q for q in book.quantities.values() if signal(q.feature) == name and _drawn(q.feature)]
        features = [q for q in every if _some(book, q.feature)]
        plots = [plot(book, quantity) for quantity in features]
        fresh = [one for one, quantity in zip(plots, features, strict=True) if quantity.feature not in drawn]
        nowhere = [q.title for q in every if q not in features]
        if plots:
            blocks.append({"title": TITLES[name], "plots": plots, "fresh": fresh, "nowhere": nowhere})
    return {"blocks": blocks, "quoting": balance.quoting(book)}


def _drawn(feature: str) -> bool:
    """Of the formulas of readability, which differ little, only the first; the table of scores has them all."""
    return feature == "readability" or not feature.startswith("readability.")


def _some(book: Book, feature: str) -> bool:
    """Whether any source has more than nothing of it."""
    return any(row["value"] for row in book.valued.get(feature, {}).values())
