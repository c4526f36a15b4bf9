"""A finished run in, the folder with its pages out. The caller makes it appear whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audit import compare as comparison
from audit.documents import FILE as SCHEMA_FILE
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.freed import give_back
from audit.report import names, pages, render
from audit.report.data import Book, Results, bind
from audit.report.slices import Partition, Slices
from audit.report.view import compared
from audit.report.view.article import claim_ways, passage_spans
from audit.report.view.headline import headline
from audit.report.view.index import index

Map = Callable[..., Iterable[Any]]
"""The built-in `map`, or one that works in other processes."""

STORIES = 25
"""Stories in one task: a page takes some milliseconds, too few to send each to a process of its own."""


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

    Pages that are in `before` and would be the same are taken from there. Gives what each was made from, but for the
    comparison's own, which shows something of everything.
    """
    target = pages.Target(str(out), redact, before or pages.Before(out, {}))
    render.write(out / "data" / SCHEMA_FILE.name, SCHEMA_FILE.read_bytes())
    made: dict[str, tuple[str, str]] = {}
    with TemporaryDirectory(dir=out) as scratch:
        for some in map(pages.make, _tasks(results, dict(quantities or known()), target, Path(scratch))):
            made |= some
    return made


def _tasks(
    results: Results, quantities: dict[str, Quantity], target: pages.Target, scratch: Path
) -> Iterator[pages.Task]:
    """Write the comparison, then give all other pages, each task as it is asked for."""
    book = bind(results, quantities)
    _index(book, target)
    slices = Slices(results, quantities.values(), [quantity.feature for quantity in headline(book)])
    sources = {id: book.source_link(id) for id in book.sources}
    stories, articles = list(book.stories), of_articles(slices, book, target)
    del book  # from here on the tables alone are in memory
    give_back()
    yield from of_sources(slices, sources, target, scratch)
    yield from articles
    for start in range(0, len(stories), STORIES):
        some = stories[start : start + STORIES]
        yield pages.Stories(target.of(map(names.story_page, some)), [(id, slices.story(id)) for id in some])


def _index(book: Book, target: pages.Target) -> None:
    view = index(book, compared.compare(book), extractors())
    page = render.page("index.html.jinja", "", kind="index", **view)
    render.save(Path(target.out) / "index.html", page, redact=target.redact)


def of_sources(
    slices: Slices, links: Mapping[str, str], target: pages.Target, scratch: Path
) -> Iterator[pages.Source]:
    """The reports of sources, given by the paths of their pages; `scratch` is a folder for what lies on disk."""
    shared = slices.of_sources()
    for id, slice in slices.sources(links, scratch):
        paths = [links[id], links[id].removesuffix(".html") + ".md"]
        yield pages.Source(target.of(paths), id, paths, shared, slice)


def of_articles(slices: Slices, book: Book, target: pages.Target) -> Iterator[pages.Articles]:
    """The articles' pages, partition by partition; the book of the whole run is needed no longer than the call."""
    shared, passages, ways = slices.of_articles(), passage_spans(book), claim_ways(book)

    def mine(part: Partition) -> pages.Articles:
        spans = {id: passages[id] for id in part.ids if id in passages}
        links = {id: ways[id] for id in part.ids if id in ways}
        return pages.Articles(target.of(map(names.article_page, part.ids)), part, shared, spans, links)

    return (mine(part) for part in slices.partitions())


def known() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *comparison.quantities)}
