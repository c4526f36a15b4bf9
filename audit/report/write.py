"""A finished run in, the folder with its pages out. The caller makes it appear whole or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.compute as pc

from audit import compare as comparison
from audit.documents import FILE as SCHEMA_FILE
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.freed import give_back
from audit.report import names, pages, render
from audit.report.article_pages import Articles
from audit.report.data import Results, book, rows
from audit.report.keyed import stored
from audit.report.slices import Slices, by_source
from audit.report.target import Before, Made, Target, Written
from audit.report.view.headline import headline

Map = Callable[..., Iterable[Any]]
"""The built-in `map`, or one that works in other processes."""

STORIES = 25
"""Stories in one task, at most on average: a page takes some milliseconds, too few to send each to a process alone."""

TOGETHER = 32
"""Sources after which memory that cutting has let go is given back: it takes as long as cutting one."""


def write(
    results: Results,
    out: Path,
    *,
    redact: bool = False,
    map: Map = map,
    quantities: Mapping[str, Quantity] | None = None,
    before: Before | None = None,
) -> Made:
    """Write all pages of a run below `out`. `redact` says of covered words that they are not shown.

    Pages that are in `before` and would be the same are taken from there. Gives what each was made from, but for the
    comparison's own, which shows something of everything.
    """
    target = Target(str(out), redact, before or Before(out))
    render.write(out / "data" / SCHEMA_FILE.name, SCHEMA_FILE.read_bytes())
    made: dict[str, Written] = {}
    with TemporaryDirectory(dir=out) as scratch:
        work = Work(results, dict(quantities or known()), target, Path(scratch))
        for tasks in (work.first(), work.sources()):
            for some in map(pages.make, tasks):
                made |= some
    return made


class Work:
    """The tasks that make the pages of a run, each given as it is asked for; `scratch` is a folder for what lies on
    disk. Those of `sources` need that the ones of `first` were done, at least those of `ordered`."""

    def __init__(self, results: Results, quantities: dict[str, Quantity], target: Target, scratch: Path) -> None:
        self._results, self._quantities, self._target, self._scratch = results, quantities, target, scratch
        scores = results.table("scores")
        valued = book({"scores": scores.filter(pc.equal(scores["level"], "source"))}, quantities=quantities)
        self.shown = tuple(quantity.feature for quantity in headline(valued))

    @cached_property
    def slices(self) -> Slices:
        """Where slices are cut from, opened once the first tasks are under way."""
        slices = Slices(self._results, self._quantities.values(), self.shown)
        give_back()
        return slices

    def first(self) -> Iterator[pages.Task]:
        """All but the reports of sources."""
        yield pages.Index(self._target.of([]), self._results, self._quantities)
        yield from self.ordered()
        yield from self.articles()
        for ids in _batches(row["id"] for row in rows(self._results.table("stories", ["id"]))):
            yield pages.Stories(self._target.of(map(names.story_page, ids)), ids, self.slices.stories(ids))

    def ordered(self) -> Iterator[pages.BySource]:
        """The tables that grow fastest, put in order by source."""
        for name, features in (("evidence", None), ("measures", frozenset(self.shown))):
            yield pages.BySource(self._results, name, str(self._scratch / name), features)

    def articles(self) -> Iterator[Articles]:
        """The articles' pages, partition by partition."""
        for part in self.slices.partitions():
            target = self._target.of(map(names.article_page, part.ids))
            yield Articles(target, self._results, part, self._quantities, self.shown)

    def sources(self, wanted: Sequence[str] | None = None) -> Iterator[pages.Source]:
        """The reports of sources: of all, or of those with these ids."""
        links = self.links(wanted)
        shared = self.slices.of_sources()
        places = {name: stored(self._scratch / name, by_source(name), links) for name in ("measures", "evidence")}
        for number, (id, link) in enumerate(links.items()):
            if number % TOGETHER == 0:
                give_back()
            paths = [link, link.removesuffix(".html") + ".md"]
            own = self.slices.source(id)
            yield pages.Source(self._target.of(paths), id, paths, shared, own, places["measures"][id],
                               places["evidence"][id])  # fmt: skip

    def links(self, wanted: Sequence[str] | None = None) -> dict[str, str]:
        """The path of each source's report, by its id."""
        known = book({"sources": self._results.table("sources", ["id", "name", "slug"])})
        return {id: known.source_link(id) for id in known.sources if wanted is None or id in wanted}


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """Stories that are made together; a new one comes to some, and leaves the others what they were."""
    every = [*ids]
    count = 1 << (len(every) // STORIES).bit_length()
    found: dict[int, list[str]] = {}
    for id in every:
        found.setdefault(zlib.crc32(id.encode("utf-8", "surrogatepass")) % count, []).append(id)
    return iter(found.values())


def known() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *comparison.quantities)}
