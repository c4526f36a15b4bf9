"""Evidence of one source in, a few pieces in their context out, and where the marks of each article begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from audit.report import wording
from audit.report.data import Book, Row, decoded, numbered, rows
from audit.report.view.headline import signal

SHOWN = 3
LONGEST = 420
"""Characters of a marked passage that a quotation prints; the article has the rest."""

CANDIDATES = 60
"""Pieces of a signal, the weightiest first, among which those to show are chosen."""


@dataclass(frozen=True)
class Marks:
    """The evidence of a source: `first` is the number of the first mark of a signal, or of a rule, in an article."""

    evidence: pd.DataFrame
    first: dict[tuple[str, str], int]

    def link(self, book: Book, article: str, feature: str) -> str:
        """The first mark of a number in an article, or the top of the article where it has none."""
        row = self.first.get((article, feature), self.first.get((article, signal(feature))))
        return book.article_link(article, "" if row is None else f"e{row}")


def marks(evidence: pd.DataFrame) -> Marks:
    """Number the evidence of a source and find the first mark of each signal in each article."""
    found = numbered(evidence)
    signals = {feature: signal(feature) for feature in found["feature"].unique()}
    found = found.assign(signal=found["feature"].map(signals).astype(object))  # text, even where there is none
    rule = found["signal"] + "." + found["rule"].str.rsplit(".", n=1).str[-1]
    first: dict[tuple[str, str], int] = {}
    for key in (found["signal"], rule):
        lowest = found.groupby(["article", key], sort=False)["row"].min()
        first |= {(str(article), str(name)): int(row) for (article, name), row in lowest.items()}
    return Marks(found, first)


def count(found: Marks, name: str) -> dict[str, int]:
    """Pieces of evidence of one signal by feature; the signal's own come first, then what is marked beside them."""
    counts = found.evidence.loc[found.evidence["signal"] == name, "feature"].value_counts()
    return {str(feature): int(counts[feature]) for feature in sorted(counts.index)}


def quotes(book: Book, found: Marks, name: str) -> list[dict[str, Any]]:
    """The weightiest pieces of a signal, from as many articles as there are.

    The outlet's own words come before a speaker's, and claims that others tell too before those that nobody does.
    """
    mine = found.evidence[found.evidence["signal"] == name]
    mine = mine.assign(last=mine["rule"] == "alone")
    ordered = mine.sort_values(
        ["last", "quoted", "weight", "article", "row"], ascending=[True, True, False, True, True], kind="stable"
    )
    return [_quote(book, row) for row in _varied(rows(ordered.head(CANDIDATES)))]


def _varied(candidates: list[Row]) -> Iterable[Row]:
    chosen: list[Row] = []
    for fresh in (("article", "text", "rule"), ("article", "text"), ("text",), ()):
        for row in candidates:
            if (
                len(chosen) < SHOWN
                and row not in chosen
                and all(str(row[key]).lower() not in {str(other[key]).lower() for other in chosen} for key in fresh)
            ):
                chosen.append(row)
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
    mine = found.evidence[found.evidence["signal"] == "attribution"]
    links: dict[str, list[str]] = {}
    for article, row, attributes in zip(mine["article"], mine["row"], mine["attributes"], strict=True):
        speaker = (decoded(attributes) or {}).get("speaker")
        if speaker and len(links.setdefault(speaker, [])) < most:
            links[speaker].append(book.article_link(article, f"e{row}"))
    return links
