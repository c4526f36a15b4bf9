"""How it was measured and how often the measures are wrong, in sentences; the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.compare.about import ABOUTS
from audit.extract.base import Extractor
from audit.report import wording
from audit.report.accuracy import sentences as accuracies
from audit.report.data import Book, Row
from audit.tables import COLUMNS

LONG = 12
"""Digits of a digest that a page shows; the file audit.json has them all."""


def method(book: Book, extractors: Mapping[str, Extractor]) -> dict[str, Any]:
    """What a reader must know to trust, cite or contest the numbers."""
    run = book.audit["run"]
    settings = run.get("settings", {}).get("score", {})
    digests = run.get("digests", {})
    return {
        "version": run["version"],
        "resamples": settings.get("resamples", 1000),
        "seed": settings.get("seed", 0),
        "few": min_articles(book),
        "digest": str(digests.get("articles", ""))[:LONG],
        "signals": signals(extractors),
        "tables": sorted(COLUMNS),
    }


def signals(extractors: Mapping[str, Extractor]) -> list[dict[str, Any]]:
    """The words on each signal and on comparing, which `audit explain` prints too."""
    return [
        *(_signal(extractor) for extractor in extractors.values()),
        *({**about, "accuracy": accuracy(about["name"])} for about in ABOUTS),
    ]


def min_articles(book: Book) -> int:
    """Articles below which a source is shown with its counts alone."""
    return int(book.audit["run"].get("settings", {}).get("score", {}).get("min_articles", 5))


TOO_FEW = "too few articles for an interval"


def no_interval(row: Row) -> str:
    """Why a score has no interval."""
    reason = wording.name(row["absent"])
    return TOO_FEW if not reason or reason.startswith("fewer than") else reason


def skipped(item: Row) -> dict[str, str]:
    """An input that was not read, with its reason, fit to print."""
    return {"where": wording.name(item["where"]), "reason": wording.name(item["reason"])}


def _signal(extractor: Extractor) -> dict[str, Any]:
    return {
        "name": extractor.name,
        "title": extractor.title,
        "what": extractor.what,
        "why": extractor.why,
        "limits": extractor.limits,
        "accuracy": accuracy(extractor.name),
    }


def accuracy(name: str) -> list[str]:
    """How often a signal was right on labelled sets, in sentences."""
    return accuracies().get(name, [])
