"""Words for one and the same thing in, side by side for a story and as a list with their context for a source, out."""

from __future__ import annotations

from typing import Any

from audit.report import wording
from audit.report.data import Book, Row, decoded
from audit.report.view import quotes

WAYS = {
    "described": "described with",
    "said": "whose words are introduced with",
    "counted": "people, counted as",
    "kind": "called",
}
"""How a way of naming continues what is named: "Ada Brand, described with"."""

OVERALL = {
    "described": "to describe persons and bodies",
    "said": "to introduce their words",
    "counted": "to count people",
    "kind": "for kinds of things",
}
"""What a way of naming is for, where no single thing is meant."""

THINGS, ALONE = 20, 15
"""Things and words that a story's page shows; the table `framing` has them all."""

WORDS = 10
"""Words of a source in their context."""

THEIRS = 6
"""Words of the other sources beside one of this source."""

PARTED = 8
"""Words whose interval leaves out zero."""

Key = tuple[str, str, str]


def in_story(book: Book, id: str) -> dict[str, Any]:
    """The words of each source for the same things; those with a word that one source alone uses come first."""
    rows = book.framing.get(id, [])
    columns = sorted({row["source"] for row in rows}, key=book.source_name)
    things: dict[Key, list[Row]] = {}
    for row in rows:
        things.setdefault((row["way"], row["key"], row["name"]), []).append(row)
    parted = {thing: _most([row for row in words if _alone(row)]) for thing, words in things.items()}
    order = sorted((thing for thing in things if parted[thing]), key=lambda thing: (-parted[thing], thing))
    alone = sorted(filter(_alone, rows), key=lambda row: (-row["log_odds"], row["source"], row["key"], row["word"]))
    return {
        "columns": [{"name": book.source_name(source), "href": book.source_link(source)} for source in columns],
        "things": [_thing(book, thing, things[thing], columns) for thing in order[:THINGS]],
        "more": max(0, len(order) - THINGS),
        "alike": len(things) - len(order),
        "alone": [_word(book, row) for row in alone[:ALONE]],
        "more_alone": max(0, len(alone) - ALONE),
    }


def _alone(row: Row) -> bool:
    return bool(row["others"] == 0)


def _most(rows: list[Row]) -> float:
    return max((row["log_odds"] for row in rows), default=0.0)


def _thing(book: Book, thing: Key, rows: list[Row], columns: list[str]) -> dict[str, Any]:
    way, _, name = thing
    cells: dict[str, list[dict[str, Any]]] = {source: [] for source in columns}
    for row in sorted(rows, key=lambda row: (-row["count"], row["word"])):
        cells[row["source"]].append(
            {"text": wording.name(row["word"]), "times": row["count"], "alone": _alone(row), "href": place(book, row)}
        )
    return {"name": wording.name(name), "way": WAYS[way], "cells": list(cells.values())}


def place(book: Book, row: Row) -> str:
    """The first place of a word, as a link."""
    article, start = _first(row)
    return book.article_link(article, f"w{start}")


def _first(row: Row) -> tuple[str, int]:
    article, start, _ = decoded(row["places"])[0]
    return article, start


def _word(book: Book, row: Row) -> dict[str, Any]:
    return {
        "text": wording.name(row["word"]),
        "href": place(book, row),
        "source": book.source_name(row["source"]),
        "name": wording.name(row["name"]),
        "way": WAYS[row["way"]],
        "count": row["count"],
        "base": row["base"],
        "others_base": row["others_base"],
        "quoted": row["quoted"],
        "odds": odds(row),
    }


def odds(row: Row) -> str:
    """A log-odds ratio with its interval: `+1.1 (−2.1 to +4.3)`."""
    return f"{_signed(row['log_odds'])} ({_signed(row['low'])} to {_signed(row['high'])})"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", wording.MINUS) if abs(value) >= 0.05 else "0.0"


def of_source(book: Book, id: str) -> dict[str, Any]:
    """Words of a source that the others do not use for the same thing, in context, and those with a clear ratio."""
    rows = [row for found in book.framing.values() for row in found if row["source"] == id and row["story"]]
    alone = sorted(filter(_alone, rows), key=lambda row: (-row["log_odds"], row["story"], row["key"], row["word"]))
    overall = [row for row in book.framing.get("", []) if row["source"] == id]
    parted = [row for row in overall if row["low"] > 0 or row["high"] < 0]
    parted.sort(key=lambda row: (-abs(row["log_odds"]), row["way"], row["word"]))
    things = {(row["story"], row["way"], row["key"]) for row in rows}
    return {
        "n": len(alone),
        "things": len(things),
        "stories": len({row["story"] for row in rows}),
        "words": [_word(book, row) | _context(book, row) for row in alone[:WORDS]],
        "parted": [_overall(row) for row in parted[:PARTED]],
        "more_parted": max(0, len(parted) - PARTED),
        "tested": len(overall),
    }


def _context(book: Book, row: Row) -> dict[str, Any]:
    """The words around, and what the other sources say of the same thing."""
    theirs: dict[str, int] = {}
    for other in book.framing[row["story"]]:
        if (other["way"], other["key"]) == (row["way"], row["key"]) and other["source"] != row["source"]:
            theirs[other["word"]] = theirs.get(other["word"], 0) + other["count"]
    ordered = sorted(theirs, key=lambda word: (-theirs[word], word))
    article, _ = _first(row)
    return {
        "before": quotes.tail(row["before"] or ""),
        "after": quotes.head(row["after"] or ""),
        "shown": row["shown"] or row["word"],
        "title": book.title(article),
        "theirs": ", ".join(f"{wording.name(word)}{_times(theirs[word])}" for word in ordered[:THEIRS]),
    }


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def _overall(row: Row) -> dict[str, Any]:
    return {
        "text": wording.name(row["word"]),
        "way": OVERALL[row["way"]],
        "count": row["count"],
        "base": row["base"],
        "others": row["others"],
        "others_base": row["others_base"],
        "odds": odds(row),
    }
