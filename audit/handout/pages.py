"""A run in, reports out that can be mailed or pasted: one HTML file per source, or its Markdown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.publication import quantities
from audit.report import render
from audit.report.mailed import mailed
from audit.results import Results


def html(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """One self-contained page per source: its report, and its articles with their evidence."""
    redact = bool(results.audit.get("redacted"))
    for name, page in mailed(results, quantities(), sources, redact=redact):
        render.save(out / f"{name}.html", page, redact=redact)
        yield out / f"{name}.html"


def markdown(results: Results, sources: Sequence[str], out: Path) -> Iterator[Path]:
    """The report of each source as Markdown, as the run wrote it."""
    for id, slug in zip(results.sources["id"], results.sources["slug"], strict=True):
        if id in sources or not sources:
            yield Path(shutil.copyfile(results.directory / "sources" / f"{slug}.md", out / f"{slug}.md"))
