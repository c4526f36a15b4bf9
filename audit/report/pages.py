"""Slices of a run in, their pages out. A task is plain data and says all that its pages show: it can run anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import msgspec

from audit.extract import extractors
from audit.freed import uncollected
from audit.report import names, render
from audit.report.accuracy import sentences
from audit.report.data import Row, numbered, rows
from audit.report.marked import Signal, Span, body
from audit.report.slices import Partition, SourceSlice, joined, opened
from audit.report.view import compared
from audit.report.view.article import Ways, evidence_spans, frame, legend, with_ways
from audit.report.view.headline import signal
from audit.report.view.quotes import marks
from audit.report.view.source import source
from audit.report.view.story import story

WHOLE = ("reuse", "alone")
"""Marks that cover whole sentences or texts without quoting evidence; a redacted article leaves them out."""

Made = Mapping[str, tuple[str, str]]
"""By the path of a page the digest of all that decided it, and that of the page itself."""


@dataclass(frozen=True)
class Before:
    """An earlier report: its folder, and what its pages were made from; empty when other code made them."""

    folder: Path
    made: Made

    def of(self, paths: Iterable[str]) -> Before:
        """What is known of some pages alone."""
        return Before(self.folder, {path: self.made[path] for path in paths if path in self.made})

    def page(self, path: str, origin: str) -> bytes | None:
        """A page made from the same, if it still is what it was."""
        if self.made.get(path, ("", ""))[0] != origin:
            return None
        try:
            content = (self.folder / path).read_bytes()
        except OSError:
            return None
        return content if digest(content) == self.made[path][1] else None


def digest(*contents: bytes) -> str:
    """One digest of several contents."""
    found = hashlib.sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "little") + content)
    return found.hexdigest()[:24]


@dataclass(frozen=True)
class Target:
    """Where pages go, whether covered words are said to be left out, and the earlier report of the same pages."""

    out: str
    redact: bool
    before: Before

    def of(self, paths: Iterable[str]) -> Target:
        """The same for some pages alone."""
        return replace(self, before=self.before.of(paths))

    def settle(self, paths: Sequence[str], origin: str, make: Callable[[], Iterable[str]]) -> Made:
        """Write pages that are made together: the earlier ones if they were made from the same, else new ones."""
        kept = [self.before.page(path, origin) for path in paths]
        contents = [content for content in kept if content is not None]
        if len(contents) < len(paths):
            contents = [render.encoded(content, redact=self.redact) for content in make()]
        for path, content in zip(paths, contents, strict=True):
            render.write(Path(self.out) / path, content)
        return {path: (origin, digest(content)) for path, content in zip(paths, contents, strict=True)}


class Task(Protocol):
    """Pages to make."""

    def made(self) -> Made: ...


def make(task: Task) -> Made:
    """Write the pages of a task; gives what each was made from, and its own digest."""
    with uncollected():  # looking for cycles among the thousands of rows of a page takes as long as the page
        return task.made()


@dataclass(frozen=True)
class Source:
    """The report of a source, for a browser and as Markdown. `shared` is what all of them have in common."""

    target: Target
    id: str
    paths: list[str]
    shared: bytes
    slice: SourceSlice

    def view(self) -> dict[str, Any]:
        """Everything that it says."""
        book, _ = joined(self.shared, self.slice.own, {"measures": self.slice.measures.table()})
        return source(book, compared.compare(book), extractors(), self.id, marks(self.slice.evidence.table()))

    def made(self) -> Made:
        def texts() -> Iterator[str]:
            view = self.view()
            yield render.page("source.html.jinja", "../", kind="source", **view)
            yield render.text("source.md.jinja", "../", **view)

        on_disk = self.slice.measures.digest(), self.slice.evidence.digest()
        return self.target.settle(self.paths, digest(b"source", self.shared, self.slice.own, *on_disk), texts)


@dataclass(frozen=True)
class Stories:
    """Some stories, each with its slice."""

    target: Target
    slices: list[tuple[str, bytes]]

    def made(self) -> Made:
        found: dict[str, tuple[str, str]] = {}
        for id, own in self.slices:

            def texts(id: str = id, own: bytes = own) -> Iterator[str]:
                book, _ = opened(own)
                view = story(book, compared.topics(book).get(id, []), id)
                yield render.page("story.html.jinja", "../", kind="story", **view)

            found |= self.target.settle([names.story_page(id)], digest(b"story", own), texts)
        return found


@dataclass(frozen=True)
class Articles:
    """The articles of a partition. `passages` and `ways` are those that lead to other articles, by article."""

    target: Target
    partition: Partition
    shared: bytes
    passages: dict[str, list[Span]]
    ways: Ways

    def given(self, wanted: Iterable[str]) -> Iterator[tuple[dict[str, Any], list[Row]]]:
        """What is shown of each article, and its evidence: text, frame, passages, ways on and places of links."""
        book, tables = joined(self.shared, self.partition.own)
        found: dict[str, list[Row]] = {}
        for row in rows(numbered(tables["evidence"])):
            found.setdefault(row["article"], []).append(row)
        for id in wanted:
            yield {
                "id": id,
                "text": book.articles[id]["text"],
                "frame": frame(book, id),
                "passages": self.passages.get(id, []),
                "ways": self.ways.get(id, {}),
                "anchors": sorted(self.partition.anchors.get(id, ())),
            }, found.get(id, [])  # fmt: skip

    def made(self) -> Made:
        drawn = legend(extractors())
        made: dict[str, tuple[str, str]] = {}
        for article, evidence in self.given(self.partition.ids):
            origin = digest(msgspec.msgpack.encode((article, evidence, drawn, self.target.redact), enc_hook=str))

            def texts(article: dict[str, Any] = article, evidence: list[Row] = evidence) -> Iterator[str]:
                yield page(article, evidence, drawn, redact=self.target.redact)

            made |= self.target.settle([names.article_page(article["id"])], origin, texts)
        return made


def marked(
    article: Mapping[str, Any], evidence: Sequence[dict[str, Any]], legend: Mapping[str, Signal], *, redact: bool
) -> tuple[list[Span], list[tuple[int, str]]]:
    """The marks of one article, and the places that links to it lead to."""
    passages = article["passages"]
    marks = [span for span in evidence_spans(evidence, legend) if span.signal != "reuse"]
    spans: list[Span] = [*with_ways(marks, article["ways"]), *passages]
    left_out = [span for span in spans if redact and span.signal in WHOLE]
    spans = [span for span in spans if span not in left_out]
    copied = {(int(row["start"]), f"e{row['row']}") for row in evidence if row["rule"] == "copied"}
    return spans, sorted({*article["anchors"], *copied, *((span.start, span.id) for span in left_out)})


def page(
    article: Mapping[str, Any], evidence: Sequence[dict[str, Any]], legend: Mapping[str, Signal], *, redact: bool
) -> str:
    """The page of one article."""
    spans, anchors = marked(article, evidence, legend, redact=redact)
    said = sentences()
    first: dict[str, str] = {}
    counts: dict[str, int] = {}
    for row in evidence:
        for name in (signal(row["feature"]), f"{signal(row['feature'])}.{row['rule'].rsplit('.', 1)[-1]}"):
            first.setdefault(name, f"e{row['row']}")
    for span in spans:
        counts[span.signal] = counts.get(span.signal, 0) + 1
    return render.page(
        "article.html.jinja",
        "../",
        kind="article",
        **article["frame"],
        redacted=redact,
        first=first,
        legend=[(drawn, counts[name]) for name, drawn in legend.items() if name in counts],
        accuracy=[said[name][0] for name in dict.fromkeys(signal(row["feature"]) for row in evidence) if name in said],
        body=body(article["text"], spans, anchors, legend, redact=redact),
    )
