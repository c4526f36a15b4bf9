"""A finished run in, the folder with its pages out. The caller makes it appear whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from audit import compare as comparison
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.report import names, pages, render
from audit.report.data import Results, bind
from audit.report.view import compared
from audit.report.view.article import legend
from audit.report.view.index import index
from audit.report.view.quotes import marks
from audit.report.view.source import source
from audit.report.view.story import story

Map = Callable[..., Iterable[Any]]
"""The built-in `map`, or one that works in other processes."""


def write(
    results: Results,
    out: Path,
    *,
    redact: bool = False,
    map: Map = map,
    quantities: Mapping[str, Quantity] | None = None,
) -> None:
    """Write all pages of a run below `out`. `redact` shows only the surroundings of evidence, not whole articles."""
    book = bind(results, dict(quantities or known()))
    found, signals = compared.compare(book), extractors()
    render.save(out / "index.html", render.page("index.html.jinja", "", kind="index", **index(book, found, signals)))
    for id in book.sources:
        view = source(book, found, signals, id, marks(results.evidence_of(id)))
        path = out / book.source_link(id)
        render.save(path, render.page("source.html.jinja", "../", kind="source", **view))
        render.save(path.with_suffix(".md"), render.text("source.md.jinja", "../", **view))
    for id in book.stories:
        path = out / names.story_page(id)
        render.save(path, render.page("story.html.jinja", "../", kind="story", **story(book, found, id)))
    for _ in map(pages.write, pages.jobs(results, book, legend(signals), out, redact=redact)):
        pass


def known() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *comparison.quantities)}
