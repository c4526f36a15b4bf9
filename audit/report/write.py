"""A finished run in, the folder with its pages out. The caller makes it appear whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import Any

from audit import compare as comparison
from audit.documents import FILE as SCHEMA_FILE
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
    before: pages.Before | None = None,
) -> pages.Made:
    """Write all pages of a run below `out`. `redact` says of covered words that they are not shown.

    Articles' pages that are in `before` and would be the same are taken from there. Gives what each was made from.
    """
    book = bind(results, dict(quantities or known()))
    found, signals = compared.compare(book), extractors()
    first = render.page("index.html.jinja", "", kind="index", **index(book, found, signals))
    render.save(out / "index.html", first, redact=redact)
    render.write(out / "data" / SCHEMA_FILE.name, SCHEMA_FILE.read_bytes())

    def sources() -> Iterator[None]:
        for id in book.sources:
            view = source(book, found, signals, id, marks(results.evidence_of(id)))
            path = out / book.source_link(id)
            render.save(path, render.page("source.html.jinja", "../", kind="source", **view), redact=redact)
            render.save(path.with_suffix(".md"), render.text("source.md.jinja", "../", **view), redact=redact)
            yield

    def stories() -> Iterator[None]:
        for id in book.stories:
            page = render.page("story.html.jinja", "../", kind="story", **story(book, found, id))
            render.save(out / names.story_page(id), page, redact=redact)
            yield

    jobs = pages.jobs(results, book, legend(signals), out, redact=redact)
    steps = ceil((len(book.sources) + len(book.stories)) / max(1, len(book.articles) / pages.TYPICAL))
    made: dict[str, tuple[str, str]] = {}
    for written in map(partial(pages.write, before=before), between(jobs, chain(sources(), stories()), steps)):
        made |= written
    return made


def between(jobs: Iterable[pages.Job], work: Iterator[None], steps: int) -> Iterator[pages.Job]:
    """The jobs; after each, while others are at it, some steps of this process's own work, and the rest at the end."""
    for job in jobs:
        yield job
        for _ in islice(work, steps):
            pass
    for _ in work:
        pass


def known() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *comparison.quantities)}
