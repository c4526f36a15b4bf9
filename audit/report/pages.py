"""Slices of a run in, their pages out. A task is plain data and says all that its pages show: it can run anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from audit.extract import extractors
from audit.extract.base import Quantity
from audit.freed import give_back, uncollected
from audit.report import names, render
from audit.report.data import Results, Tables, bind, book
from audit.report.keyed import Keyed, Stored, digest_of, store
from audit.report.slices import BY_SOURCE, by_source, joined, of_stories, opened
from audit.report.target import Made, Target, Written, digest
from audit.report.view import compared
from audit.report.view.index import index
from audit.report.view.quotes import marks
from audit.report.view.source import source
from audit.report.view.story import story

LARGE = 500_000
"""Bytes of a source's slice from which making its report takes tens of megabytes, which are given back after it."""


class Task(Protocol):
    """Pages to make."""

    def made(self) -> Made: ...


def make(task: Task) -> Made:
    """Write the pages of a task; gives what each was made from, and the state of its file."""
    with uncollected():  # looking for cycles among the thousands of rows of a page takes as long as the page
        return task.made()


@dataclass(frozen=True)
class Index:
    """The comparison. It shows something of everything, so it is made anew each time."""

    target: Target
    results: Results
    quantities: dict[str, Quantity]

    def made(self) -> Made:
        found = bind(self.results, self.quantities)
        view = index(found, compared.compare(found), extractors())
        page = render.page("index.html.jinja", "", kind="index", **view)
        render.save(Path(self.target.out) / "index.html", page, redact=self.target.redact)
        del found, view, page
        give_back()
        return {}


@dataclass(frozen=True)
class BySource:
    """No page yet: a table that grows with the articles, some columns and numbers of it, put in order by source."""

    results: Results
    name: str
    path: str
    features: frozenset[str] | None = None

    def made(self) -> Made:
        tables = self.results.groups(self.name, BY_SOURCE[self.name])
        if self.features is not None:
            shown = pa.array(sorted(self.features), pa.string())
            tables = (table.filter(pc.is_in(table["feature"], shown)) for table in tables)
        store(Path(self.path), tables, by_source(self.name), "source")
        give_back()
        return {}


@dataclass(frozen=True)
class Source:
    """The report of a source, for a browser and as Markdown. `shared` is what all of them have in common, `own` the
    slice of this one; the measures and the evidence of its articles lie on disk."""

    target: Target
    id: str
    paths: list[str]
    shared: bytes
    own: bytes
    measures: Stored
    evidence: Stored

    def view(self) -> dict[str, Any]:
        """Everything that it says."""
        found = joined(self.shared, {**opened(self.own), "measures": self.measures.table()})
        return source(found, compared.compare(found), extractors(), self.id, marks(self.evidence.table()))

    def made(self) -> Made:
        def texts() -> Iterator[str]:
            view = self.view()
            yield render.page("source.html.jinja", "../", kind="source", **view)
            yield render.text("source.md.jinja", "../", **view)

        # what lies on disk follows from what is shared: the digests of all articles, of models and word lists, settings
        origin = digest(b"source", self.shared, self.own, bytes([self.target.redact]))
        found = self.target.settle(self.paths, origin, texts)
        if len(self.own) > LARGE:
            give_back()
        return found


@dataclass(frozen=True)
class Stories:
    """Some stories and their slice."""

    target: Target
    ids: list[str]
    slice: bytes

    def made(self) -> Made:
        group = digest(b"stories", self.slice)
        return self.target.together([names.story_page(id) for id in self.ids], group) or self._each(group)

    def _each(self, group: str) -> Made:
        tables = Keyed(opened(self.slice))
        found: dict[str, Written] = {}
        for id in self.ids:
            own = of_stories(tables, [id])

            def texts(id: str = id, own: Tables = own) -> Iterator[str]:
                found = book(own)
                view = story(found, compared.topics(found).get(id, []), id)
                yield render.page("story.html.jinja", "../", kind="story", **view)

            found |= self.target.settle([names.story_page(id)], digest(b"story", digest_of(own)), texts, group)
        return found
