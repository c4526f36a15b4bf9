"""How it was measured and how often the measures are wrong, in sentences; the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit import models
from audit.extract.base import Extractor
from audit.report.data import Book
from audit.tables import COLUMNS

LONG = 12
"""Digits of a digest that a page shows; the file audit.json has them all."""


def method(book: Book, extractors: Mapping[str, Extractor]) -> dict[str, Any]:
    """What a reader must know to trust, cite or contest the numbers."""
    run = book.audit["run"]
    settings = run.get("settings", {}).get("score", {})
    digests = run.get("digests", {})
    return {
        "version": run["version"], "resamples": settings.get("resamples", 1000), "seed": settings.get("seed", 0),
        "few": min_articles(book), "digest": str(digests.get("articles", ""))[:LONG],
        "signals": [_signal(extractor) for extractor in extractors.values()],
        "tables": sorted(COLUMNS),
    }


def min_articles(book: Book) -> int:
    """Articles below which a source is shown with its counts alone."""
    return int(book.audit["run"].get("settings", {}).get("score", {}).get("min_articles", 5))


def _signal(extractor: Extractor) -> dict[str, Any]:
    return {
        "name": extractor.name, "title": extractor.title, "what": extractor.what, "why": extractor.why,
        "limits": extractor.limits, "accuracy": accuracy(extractor.name),
    }


def accuracy(name: str) -> list[str]:
    """The sentences on a model's card that say how often it is right."""
    card = models.cards().get(name, {})
    return [str(sentence) for sentence in card.get("says", [])]
