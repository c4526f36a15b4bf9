"""Claims that are told differently in, each in its whole sentence out, with the words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from audit.report import wording
from audit.report.data import Book, Row

WORD = re.compile(r"\w+(?:[.,:'’]\w+)*")
FRAME = frozenset(
    "a and are as at been by different else for from given has have in is it of on one only or quoted reported said "
    "says that the them times to was were with".split()
)
"""Words with which a reason joins what differs; they are not what differs."""


def claim_link(book: Book, claim: Row) -> str:
    """Where a claim stands in its article."""
    return book.article_link(claim["article"], f"c{claim['start']}")


def side(book: Book, claim: Row, others: Iterable[Row], reason: str) -> dict[str, Any]:
    """One claim in full, with its source and its date."""
    return {
        "name": book.source_name(claim["source"]),
        "href": claim_link(book, claim),
        "title": book.title(claim["article"]),
        "date": wording.date(book.articles[claim["article"]]["published"]),
        "also": [],
        "pieces": marked(" ".join(str(claim["text"]).split()), [str(other["text"]) for other in others], reason),
    }


def marked(text: str, others: Iterable[str], reason: str) -> list[tuple[str, bool]]:
    """The words in pieces of (words, whether they differ): those that the reason names and the others do not have.

    >>> marked("Police held 33 people.", ["Police held 27 people."], "33 and 27 for people")
    [('Police held ', False), ('33', True), (' people.', False)]
    """
    elsewhere = {word.lower() for other in others for word in WORD.findall(other)}
    differs = {word.lower() for word in WORD.findall(reason)} - FRAME - elsewhere
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in WORD.finditer(text):
        if found[0].lower() in differs:
            pieces += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
