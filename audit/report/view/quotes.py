"""Evidence of one source in, a few pieces in their context out, and where the marks of each article begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

import msgspec
import pyarrow as pa

from audit.report import wording
from audit.report.data import Book, Row, numbered, rows
from audit.report.view.headline import signal

SHOWN = 3
LONGEST = 420
"""Characters of a marked passage that a quotation prints; the article has the rest."""

CANDIDATES = 60
"""Pieces of a signal, the weightiest first, among which those to show are chosen."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """What is looked at of every piece of evidence: `row` is its number in its article, `at` its place in the table."""

    at: int
    row: int
    article: str
    feature: str
    rule: str
    text: str
    weight: float
    quoted: bool
    attributes: str | None


class Said(msgspec.Struct):
    """The attributes of a statement, as far as they matter here."""

    speaker: str | None = None


@dataclass(frozen=True)
class Marks:
    """The evidence of a source by signal, by article and place; `table` has all that is known of each piece.

    `first` is the number of the first mark of a signal, or of a rule, in an article.
    """

    evidence: dict[str, list[Mark]]
    table: pa.Table
    first: dict[tuple[str, str], int]

    def link(self, book: Book, article: str, feature: str) -> str:
        """The first mark of a number in an article, or the top of the article where it has none."""
        row = self.first.get((article, feature), self.first.get((article, signal(feature))))
        return book.article_link(article, "" if row is None else f"e{row}")


def marks(evidence: pa.Table) -> Marks:
    """Number the evidence of a source and find the first mark of each signal in each article."""
    found: dict[str, list[Mark]] = {}
    first: dict[tuple[str, str], int] = {}
    table = numbered(evidence)
    columns = (table[name].to_pylist() for name in Mark.__struct_fields__[1:])
    for mark in map(Mark, range(table.num_rows), *columns):
        name = signal(mark.feature)
        found.setdefault(name, []).append(mark)
        first.setdefault((mark.article, name), mark.row)
        first.setdefault((mark.article, f"{name}.{mark.rule.rsplit('.', 1)[-1]}"), mark.row)
    return Marks(found, table, first)


def count(found: Marks, name: str) -> dict[str, int]:
    """Pieces of evidence of one signal by feature; the signal's own come first, then what is marked beside them."""
    return dict(sorted(Counter(mark.feature for mark in found.evidence.get(name, ())).items()))


def quotes(book: Book, found: Marks, name: str) -> list[dict[str, Any]]:
    """The weightiest pieces of a signal, from as many articles as there are.

    The outlet's own words come before a speaker's, and claims that others tell too before those that nobody does.
    """

    def place(mark: Mark) -> tuple[Any, ...]:
        return mark.rule == "alone", mark.quoted, -mark.weight, mark.article, mark.row

    shown = _varied(nsmallest(CANDIDATES, found.evidence.get(name, ()), place))
    return [_quote(book, rows(found.table.slice(mark.at, 1))[0]) for mark in shown]


def _varied(candidates: list[Mark]) -> list[Mark]:
    chosen: list[Mark] = []
    for fresh in (("article", "text", "rule"), ("article", "text"), ("text",), ()):
        for mark in candidates:
            if len(chosen) == SHOWN:
                return chosen
            seen = ({getattr(other, key).lower() for other in chosen} for key in fresh)
            mine = (getattr(mark, key).lower() for key in fresh)
            if mark not in chosen and all(one not in old for one, old in zip(mine, seen, strict=True)):
                chosen.append(mark)
    return chosen


def _quote(book: Book, row: Row) -> dict[str, Any]:
    article = book.articles[row["article"]]
    return {
        "before": tail(row["before"]),
        "text": middle(row["text"]),
        "after": head(row["after"]),
        "href": book.article_link(row["article"], f"e{row['row']}"),
        "title": book.title(row["article"]),
        "date": wording.date(article["published"]),
        "reason": wording.name(row["reason"]),
        "quoted": row["quoted"],
        "rule": wording.name(row["rule"]),
    }


def middle(text: str) -> str:
    """The words on one line, with an ellipsis for what is left out in the middle of a long passage."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - 120].rsplit(' ', 1)[0]} … {words[-110:].split(' ', 1)[-1]}"


def tail(text: str) -> str:
    """The context before: from the last line break on, opened at a whole word."""
    line = text.rsplit("\n", 1)[-1]
    words = " ".join(line.split()) + (" " if line[-1:].isspace() else "")
    return "…" + words.split(" ", 1)[-1] if line == text and " " in words and len(text) >= 80 else words


def head(text: str) -> str:
    """The context after: up to the first line break, closed at a whole word."""
    line = text.split("\n", 1)[0]
    words = (" " if line[:1].isspace() else "") + " ".join(line.split())
    return words.rsplit(" ", 1)[0] + " …" if line == text and " " in words and len(text) >= 80 else words


def by_speaker(book: Book, found: Marks, most: int) -> dict[str, list[str]]:
    """The marks of each speaker's statements, as links, at most `most` of each."""
    links: dict[str, list[str]] = {}
    for mark in found.evidence.get("attribution", ()):
        speaker = msgspec.json.decode(mark.attributes or "{}", type=Said).speaker
        if speaker and len(links.setdefault(speaker, [])) < most:
            links[speaker].append(book.article_link(mark.article, f"e{mark.row}"))
    return links
