"""Article pages, partition by partition: a task takes plain values, so that it can run in another process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from audit.report import names, render
from audit.report.accuracy import sentences
from audit.report.data import Book, Results, numbered, rows
from audit.report.marked import Signal, Span, body
from audit.report.view.article import claim_ways, evidence_spans, frame, passage_spans, with_ways
from audit.report.view.headline import signal

WHOLE = ("reuse", "alone")
"""Marks that cover whole sentences or texts without quoting evidence; a redacted article leaves them out."""

Job = tuple[str, list[dict[str, Any]], pd.DataFrame, dict[str, Signal], bool]
"""Folder of the report; per article its text, frame, passages, ways on and anchors; the evidence; the legend; whether
to redact."""


Made = Mapping[str, tuple[str, str]]
"""By the path of a page the digest of all that decided it, and that of the page itself."""

TYPICAL = 400
"""Articles of a partition, roughly: after so many, this process writes some of the other pages."""


@dataclass(frozen=True)
class Before:
    """An earlier report: its folder, and its articles' pages; empty when pages were made otherwise then."""

    folder: Path
    made: Made

    def page(self, name: str, origin: str) -> bytes | None:
        """A page made from the same, if it still is what it was."""
        if self.made.get(name, ("", ""))[0] != origin:
            return None
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        return content if _digest(content) == self.made[name][1] else None


def jobs(results: Results, book: Book, legend: Mapping[str, Signal], out: Path, *, redact: bool) -> Iterator[Job]:
    """One job per partition, made as it is asked for."""
    ways, passages = claim_ways(book), passage_spans(book)
    anchors: dict[str, list[tuple[int, str]]] = {}
    for claim in book.claims.values():
        anchors.setdefault(claim["article"], []).append((claim["start"], f"c{claim['start']}"))
    for row in (row for story, found in book.framing.items() if story for row in found):
        anchors.setdefault(row["places"][0][0], []).append((row["places"][0][1], f"w{row['places'][0][1]}"))
    for articles, evidence in results.partitions():
        given = [
            {
                "id": id,
                "text": text,
                "frame": frame(book, id),
                "passages": passages.get(id, []),
                "ways": ways.get(id, {}),
                "anchors": sorted(set(anchors.get(id, []))),
            }
            for id, text in zip(articles["id"], articles["text"], strict=True)
        ]
        yield str(out), given, evidence, dict(legend), redact


def write(job: Job, before: Before | None = None) -> Made:
    """Write the pages of one partition; gives what each was made from, and its own digest."""
    out, given, evidence, legend, redact = job
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(numbered(evidence)):
        found.setdefault(row["article"], []).append(row)
    made: dict[str, tuple[str, str]] = {}
    for article in given:
        name, mine = names.article_page(article["id"]), found.get(article["id"], [])
        origin = _digest(msgspec.msgpack.encode((article, mine, legend, redact), enc_hook=str)) if before else ""
        if before and (content := before.page(name, origin)) is not None:
            render.write(Path(out) / name, content)
        else:
            content = render.save(Path(out) / name, page(article, mine, legend, redact=redact), redact=redact)
        made[name] = origin, _digest(content)
    return made


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


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
