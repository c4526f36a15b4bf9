"""`audit`: what a news source's own words show about its reliability and bias. The public names, loaded when used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.api import read, scan
    from audit.compare.relate import relate
    from audit.errors import AuditError
    from audit.pipeline import run
    from audit.records import Article, Evidence, Finding, Measure, Relation, Score, Skipped
    from audit.results import Results
    from audit.version import VERSION as __version__

_PLACES = {
    "Article": "records", "Evidence": "records", "Finding": "records", "Measure": "records", "Relation": "records",
    "Score": "records", "Skipped": "records", "Results": "results", "AuditError": "errors", "read": "api",
    "relate": "compare.relate", "run": "pipeline", "scan": "api",
}

__all__ = [
    "Article", "AuditError", "Evidence", "Finding", "Measure", "Relation", "Results", "Score", "Skipped",
    "__version__", "read", "relate", "run", "scan",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("audit.version").VERSION
    if name in _PLACES:
        return getattr(import_module(f"audit.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'audit' has no attribute {name!r}")
