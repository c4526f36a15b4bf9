"""The signals: a parsed partition in, findings per signal out.

A module or sub-package here that holds an `extractor` is a signal; so is any entry point of the group
`audit.extractors`. Nothing else has to be told.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from audit.extract.base import Extractor, Quantity, no_lexicon
from audit.freed import uncollected
from audit.parse import Parsed, parse
from audit.records import Finding, Measure

__all__ = ["Extractor", "Quantity", "extract", "extractors"]

GROUP = "audit.extractors"


@cache
def extractors() -> dict[str, Extractor]:
    """Every signal by name, the built-in ones first, each group in alphabetical order."""
    found: dict[str, Extractor] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        extractor = getattr(import_module(f"{__name__}.{module}"), "extractor", None)
        if extractor is not None:
            found[extractor.name] = extractor
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        extractor = entry.load()
        found.setdefault(extractor.name, extractor)
    return found


def extract(parsed: Parsed, names: Iterable[str] | None = None) -> dict[str, list[Finding]]:
    """Findings per signal, one per document in order. Languages that a signal does not know give an absent measure."""
    known = extractors()
    foreign = _foreign(parsed)
    with uncollected():
        return {name: _measured(known[name], parsed, foreign) for name in (known if names is None else names)}


Foreign = dict[str, tuple[list[int], Parsed]]
"""Documents that are not in English by language: their places, and the parse of them alone."""


def _foreign(parsed: Parsed) -> Foreign:
    """A language that is not known counts as English: headlines and notes are too short to tell."""
    places: dict[str, list[int]] = {}
    for place, article in enumerate(parsed.articles):
        language = (article.language or "en").partition("-")[0].lower()
        if language != "en":
            places.setdefault(language, []).append(place)
    return {language: (rows, parse([parsed.articles[row] for row in rows])) for language, rows in places.items()}


def _measured(extractor: Extractor, parsed: Parsed, foreign: Foreign) -> list[Finding]:
    findings = extractor.extract(parsed)
    for language, (places, part) in foreign.items():
        if extractor.languages is None or language in extractor.languages:
            continue
        found = extractor.elsewhere(part, language) if extractor.elsewhere else no_lexicon(language)
        if isinstance(found, str):
            found = [_absent(extractor, article.id, found) for article in part.articles]
        for place, finding in zip(places, found, strict=True):
            findings[place] = finding
    return findings


def _absent(extractor: Extractor, article: str, reason: str) -> Finding:
    measures = tuple(Measure(article, q.feature, 0, 0, q.unit, reason) for q in extractor.quantities)
    return Finding((), measures)
