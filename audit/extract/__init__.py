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

from audit.extract.base import Extractor, Quantity
from audit.parse import Parsed
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
    return {name: _in_its_languages(known[name], parsed) for name in (known if names is None else names)}


def _in_its_languages(extractor: Extractor, parsed: Parsed) -> list[Finding]:
    findings = extractor.extract(parsed)
    if extractor.languages is None:
        return findings
    for i, article in enumerate(parsed.articles):
        if article.language and article.language.split("-")[0] not in extractor.languages:
            findings[i] = _absent(extractor, article.id, f"no lexicon for {article.language}")
    return findings


def _absent(extractor: Extractor, article: str, reason: str) -> Finding:
    measures = tuple(Measure(article, q.feature, 0, 0, q.unit, reason) for q in extractor.quantities)
    return Finding((), measures)
