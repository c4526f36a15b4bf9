"""One source in, its report as a plain dict out, for the HTML page and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from audit.extract.base import Extractor, Quantity
from audit.report import names, wording
from audit.report.data import Book, Row, decoded
from audit.report.view import bias, method, quotes
from audit.report.view.against import against, taken
from audit.report.view.compared import Compared
from audit.report.view.headline import headline
from audit.report.view.over_time import over_time
from audit.report.view.say import Sentence, say
from audit.report.view.signals import signals
from audit.report.view.standout import copied, difference, ranked

APART, COPIES = 6, 3
SPEAKERS = 15
STATEMENTS = 10
SHOWN = {"disputes": 4, "pairs": 2}
"""How many the page shows at once; it opens the others on demand."""

ARTICLES = 1000
"""Articles that the table on the page lists; a page with more would not open on a phone."""


def source(
    book: Book, compared: Compared, extractors: Mapping[str, Extractor], id: str, found: quotes.Marks
) -> dict[str, Any]:
    """Everything that a source's report says."""
    row = book.sources[id]
    columns = headline(book)
    return {
        "title": book.source_name(id),
        "facts": _facts(book, row),
        "url": row["url"] or "",
        "owner": row["owner"] or "",
        "few": row["articles"] < method.min_articles(book),
        "peers": len(book.sources) - 1,
        "apart": [*_differences(book, id), *_copies(book, compared, id)],
        "alike": _alike(book, id),
        "signals": signals(book, id, extractors, found),
        "bias": bias.of_source(book, id, found),
        "speakers": _speakers(book, id, found),
        "against": against(book, id, compared),
        "taken": taken(book, id),
        "time": over_time(book, id),
        "columns": [{"title": wording.capital(q.title), "unit": wording.unit(q)} for q in columns],
        "articles": [_article(book, article, columns, found) for article in book.order.get(id, [])[:ARTICLES]],
        "more_articles": max(0, len(book.order.get(id, [])) - ARTICLES),
        "unread": _unread(book, id),
        "method": method.method(book, extractors),
        "cite": _cite(book, row),
        "shown": SHOWN,
    }


def _facts(book: Book, row: Row) -> list[str]:
    return [
        wording.plural(row["articles"], "article"),
        wording.dates(row["first"], row["last"]),
        wording.plural(row["words"], "word"),
        wording.plural(row["stories"], "shared story", "shared stories"),
    ]


def _unread(book: Book, id: str) -> dict[str, Any]:
    """Inputs that were skipped under this source's name, and the number of all that were."""
    marks = {id.lower(), str(book.sources[id]["name"]).lower()}
    mine = [item for item in book.audit["skipped"] if any(mark in str(item["where"]).lower() for mark in marks)]
    return {"mine": [method.skipped(item) for item in mine], "all": len(book.audit["skipped"])}


def _differences(book: Book, id: str) -> list[Sentence]:
    return [difference(book, row, subject=False) for row in ranked(book, id)[:APART]]


def _copies(book: Book, compared: Compared, id: str) -> list[Sentence]:
    mine = [item for item in compared.taken if id in (item.origin, item.taker)]
    return [
        tuple(replace(run, href="#taken") if run.kind == "strong" else run for run in copied(book, item))
        for item in mine[:COPIES]
    ]


def _alike(book: Book, id: str) -> Sentence:
    parts = []
    for quantity in headline(book):
        row = book.differences.get((id, quantity.feature))
        if row and not row["holds"] and row["others"] is not None and row["value"] is not None:
            parts.append(
                f"{quantity.title} ({wording.value(row['value'], quantity)}; "
                f"the others {wording.short(row['others'], quantity)})"
            )
    return say("No difference that holds after correction in: " + "; ".join(parts) + ".") if parts else ()


def _speakers(book: Book, id: str, found: quotes.Marks) -> dict[str, Any]:
    rows = sorted(book.speakers.get(id, []), key=lambda row: (-row["statements"], row["speaker"]))
    total = sum(row["statements"] for row in rows)
    shown = rows[:SPEAKERS]
    links = quotes.by_speaker(book, found, [row["speaker"] for row in shown], STATEMENTS)
    listed = [
        {
            "name": wording.name(row["speaker"]),
            "kind": wording.name(row["kind"]),
            "statements": row["statements"],
            "direct": row["direct"],
            "articles": row["articles"],
            "share": row["statements"] / total,
            "links": links[row["speaker"]],
            "stories": [
                {"title": wording.name(book.stories[story]["title"], "story"), "href": names.story_page(story)}
                for story in decoded(row["stories"])
                if story in book.stories
            ],
        }
        for row in shown
    ]
    return {
        "rows": listed,
        "n": len(rows),
        "more": max(0, len(rows) - SPEAKERS),
        "total": total,
        "top": wording.percent(rows[0]["statements"] / total) if total else "",
    }


def _article(book: Book, id: str, columns: list[Quantity], found: quotes.Marks) -> dict[str, Any]:
    row = book.articles[id]
    voice = row["voice"] if row["voice"] not in (None, id) and row["voice"] in book.articles else None
    return {
        "title": book.title(id),
        "href": book.article_link(id),
        "date": wording.date(row["published"], "unknown"),
        "iso": row["published"] or "",
        "words": row["words"],
        "cells": list(_cells(book, id, columns, found)),
        "voice": book.source_name(book.source_of(voice)) if voice else "",
        "story": names.story_page(row["story"]) if row["story"] in book.stories else "",
        "story_title": wording.name(book.stories[row["story"]]["title"], "story")
        if row["story"] in book.stories
        else "",
    }


def _cells(book: Book, id: str, columns: list[Quantity], found: quotes.Marks) -> Iterator[dict[str, str]]:
    """The numbers of one article, each linked to its first mark."""
    measured, page = book.measures.get(id, {}), book.article_link(id)
    for quantity in columns:
        probable = quantity.kind == "probability"
        probability = book.probabilities.get((id, quantity.feature)) if probable else None
        if probability and probability["value"] is not None:
            value, text = probability["value"], f"{probability['value']:.2f}"
        else:
            count, base, absent = measured.get(quantity.feature, (0, 0, "not measured"))
            if absent or not base:
                yield {"text": "", "absent": wording.name(absent, "nothing to count in"), "sort": "", "href": ""}
                continue
            value = count / base
            grade = quantity.kind == "grade"
            text = wording.short(value, quantity) if grade else f"{wording.whole(count)}/{wording.whole(base)}"
        place = found.place(id, quantity.feature)
        yield {"text": text, "absent": "", "sort": f"{value:.6g}", "href": f"{page}#{place}" if place else page}


def _cite(book: Book, row: Row) -> str:
    run = book.audit["run"]
    digest = str(run.get("digests", {}).get("articles", ""))[:12]
    dates = wording.dates(row["first"], row["last"])
    return (
        f"audit {run['version']}: report on {wording.name(row['name'])}, {wording.plural(row['articles'], 'article')}, "
        f"{dates}" + (f", articles with the digest {digest}" if digest else "") + "."
    )
