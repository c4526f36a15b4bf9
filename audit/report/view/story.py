"""One story in, its page as a plain dict out: claims down, sources across, disputes on top, who came first beside."""

from __future__ import annotations

from typing import Any

from audit.report import wording
from audit.report.data import Book, Row
from audit.report.view import balance, framing, quotes
from audit.report.view.compared import ALONE, DISPUTED, UPDATED, Topic
from audit.report.view.method import accuracy
from audit.report.view.sides import claim_link, side

SIDES = 6
TOPICS = 200
"""Rows of the matrix, the disputed ones first, then those that most sources tell."""

ALONE_LISTED = 60
VALUE = 40
"""Characters up to which a cell repeats the value; a longer one stands in the sentence that the cell leads to."""


def story(book: Book, topics: list[Topic], id: str) -> dict[str, Any]:
    """Everything that a story's page says; `topics` are its claims."""
    row = book.stories[id]
    articles = sorted((a for a in row["articles"] if a in book.articles), key=book.when)
    shared = [topic for topic in topics if topic.state != ALONE]
    alone = [topic.claims[0] for topic in topics if topic.state == ALONE]
    columns = list(dict.fromkeys(book.source_of(article) for article in articles))
    return {
        "title": wording.name(row["title"], "A story without a title"),
        "facts": [
            wording.plural(len(columns), "source"),
            wording.plural(len(articles), "article"),
            wording.dates(row["first"], row["last"]),
            wording.plural(len(shared), "claim told by several", "claims told by several"),
        ],
        "disputed": [_dispute(book, topic) for topic in shared if topic.state in (DISPUTED, UPDATED)],
        "columns": [{"name": book.source_name(source), "href": book.source_link(source)} for source in columns],
        "rows": [_row(book, topic, articles, columns) for topic in shared[:TOPICS]],
        "more": max(0, len(shared) - TOPICS),
        "alone": [_claim(book, claim) for claim in alone[:ALONE_LISTED]],
        "more_alone": max(0, len(alone) - ALONE_LISTED),
        "timeline": _timeline(book, articles),
        "framing": framing.in_story(book, id),
        "balance": balance.in_story(book, id),
        "accuracy": accuracy("agreement"),
    }


def _claim(book: Book, claim: Row) -> dict[str, str]:
    return {
        "text": quotes.middle(claim["text"]),
        "href": claim_link(book, claim),
        "name": book.source_name(claim["source"]),
    }


def _dispute(book: Book, topic: Topic) -> dict[str, Any]:
    """The sides of a topic, each by its earliest claim, with the other sources that tell the same."""
    reasons = [wording.name(pair["reason"]) for pair in topic.pairs if pair["relation"] != "agrees"]
    groups, sides = topic.sides, []
    for claims in groups[:SIDES]:
        others = [claim for other in groups if other is not claims for claim in other]
        also = dict.fromkeys(claim["source"] for claim in claims if claim["source"] != claims[0]["source"])
        names = [book.source_name(source) for source in also]
        sides.append(side(book, claims[0], others, " ".join(reasons)) | {"also": names})
    more = max(0, len(groups) - SIDES)
    return {"reason": wording.capital(reasons[0]), "state": topic.state, "sides": sides, "more": more}


def _row(book: Book, topic: Topic, articles: list[str], columns: list[str]) -> dict[str, Any]:
    by_source: dict[str, Row] = {}
    for claim in topic.claims:
        by_source.setdefault(claim["source"], claim)
    first = topic.claims[0]
    return {
        "text": quotes.middle(first["text"]),
        "href": claim_link(book, first),
        "state": topic.state,
        "by": book.source_name(first["source"]),
        "cells": [_cell(book, source, by_source.get(source), topic, articles) for source in columns],
    }


def _cell(book: Book, source: str, claim: Row | None, topic: Topic, articles: list[str]) -> dict[str, str]:
    repeated = _repeats(book, source, topic, articles)
    if claim is None:
        if repeated:
            return {
                "kind": "same",
                "text": "same voice",
                "note": f"repeats {repeated[1]}",
                "href": book.article_link(repeated[0]),
            }
        return {"kind": "untold", "text": "not told", "note": "", "href": ""}
    value = wording.name(claim["value"]) if topic.state in (DISPUTED, UPDATED) else ""
    value = value if len(value) <= VALUE else ""
    link = claim_link(book, claim)
    if any(claim in group for group in topic.sides[1:]):
        return {"kind": "differs", "text": "differs", "note": value, "href": link}
    if repeated:
        return {"kind": "same", "text": "same voice", "note": f"repeats {repeated[1]}", "href": link}
    return {"kind": "told", "text": "told", "note": value, "href": link}


def _repeats(book: Book, source: str, topic: Topic, articles: list[str]) -> tuple[str, str] | None:
    """An article of this source that repeats another source's article in which the claim stands, and that source."""
    tellers = {claim["article"] for claim in topic.claims}
    for article in articles:
        voice = book.articles[article]["voice"]
        if (
            book.source_of(article) == source
            and voice in tellers
            and voice != article
            and book.source_of(voice) != source
        ):
            return article, book.source_name(book.source_of(voice))
    return None


def _timeline(book: Book, articles: list[str]) -> list[dict[str, Any]]:
    taken: dict[str, Row] = {}
    for pair in book.pairs:
        later = {pair["a"]: pair["b"], pair["b"]: pair["a"]}.get(book.first(pair) or "")
        if later and pair["kind"] != "same-story" and (later not in taken or pair["share"] > taken[later]["share"]):
            taken[later] = pair
    rows = []
    for article in articles:
        row, copied = book.articles[article], taken.get(article)
        rows.append(
            {
                "date": wording.moment(row["published"]),
                "title": book.title(article),
                "href": book.article_link(article),
                "name": book.source_name(row["source"]),
                "source": book.source_link(row["source"]),
                "credit": wording.name(row["credit"] or ""),
                "copied": _copied(book, copied) if copied else None,
            }
        )
    return rows


def _copied(book: Book, pair: Row) -> dict[str, str]:
    first = book.first(pair) or pair["a"]
    return {
        "name": book.source_name(book.source_of(first)),
        "href": book.article_link(first),
        "kind": pair["kind"],
        "share": wording.percent(pair["share"]),
        "reason": wording.name(pair["reason"]),
    }
