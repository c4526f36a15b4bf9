"""A partition of a run in, the pages of its articles out. A page shows nothing of what other articles of its source
measure: it stays as it is, and can be cited, however many of them come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
import pyarrow as pa

from audit.extract import extractors
from audit.extract.base import Quantity
from audit.report import names, render
from audit.report.accuracy import sentences
from audit.report.data import Book, Results, Row, Tables, book, numbered, rows
from audit.report.keyed import Keyed, digests
from audit.report.marked import Signal, Span, body
from audit.report.slices import CUT, MEASURES, Partition, opened
from audit.report.target import Made, Target, Written, digest
from audit.report.view.article import (
    Ways,
    claim_ways,
    evidence_spans,
    frame,
    legend,
    passage_spans,
    places,
    with_ways,
)
from audit.report.view.headline import signal

WHOLE = ("reuse", "alone")
"""Marks that cover whole sentences or texts without quoting evidence; a redacted article leaves them out."""

EVIDENCE = ["article", "feature", "rule", "start", "end", "reason", "weight", "quoted", "parts"]
"""What an article's page says of its evidence: the words themselves stand in its text."""

OWN = {"articles": "id", "evidence": "article", "measures": "article", "scores": "subject"}
"""Tables with what is known of one article, and the column that names it."""


@dataclass(frozen=True)
class Articles:
    """The articles of a partition, whose tables are read where the pages are made. `shown` are the numbers of the
    comparison, which every page has."""

    target: Target
    results: Results
    partition: Partition
    quantities: dict[str, Quantity]
    shown: tuple[str, ...]

    def made(self) -> Made:
        drawn = legend(extractors())
        same = msgspec.msgpack.encode((list(self.quantities.values()), self.shown, drawn, self.target.redact))
        origins = {
            id: digest(b"article", same, *(rows.get(id, b"") for rows in self._rows), self._elsewhere(id))
            for id in self.partition.ids
        }
        made: dict[str, Written] = {}
        fresh = []
        for id, origin in origins.items():
            known = self.target.earlier([names.article_page(id)], origin)
            made |= known or {}
            fresh += [] if known else [id]
        for article, evidence in self.given(fresh):
            content = page(article, evidence, drawn, redact=self.target.redact)
            path = names.article_page(article["id"])
            made |= self.target.written([path], origins[article["id"]], [content])
        return made

    def given(self, ids: Sequence[str]) -> Iterator[tuple[dict[str, Any], list[Row]]]:
        """Of each of these articles what is shown (text, frame, passages, ways on, places of links), and its marks."""
        own = self._own.take({name: self._own.find(name, column, ids) for name, column in OWN.items()})
        evidence: dict[str, list[Row]] = {}
        for row in rows(numbered(own.pop("evidence"))):
            evidence.setdefault(row["article"], []).append(row)
        found = book({**self._around, **own, "articles": self._with_others(own["articles"])}, {}, self.quantities)
        shown = [self.quantities[feature] for feature in self.shown]
        for id in ids:
            yield {
                "id": id,
                "text": found.articles[id]["text"],
                "frame": frame(found, id, shown),
                "passages": self._passages.get(id, []),
                "ways": self._ways.get(id, {}),
                "anchors": self._anchors(id),
            }, evidence.get(id, [])  # fmt: skip

    @cached_property
    def _around(self) -> Tables:
        return opened(self.partition.around)

    @cached_property
    def _own(self) -> Keyed:
        columns = {"articles": None, "evidence": EVIDENCE, "measures": MEASURES}
        groups = {name: self.results.group(name, self.partition.number, some) for name, some in columns.items()}
        return Keyed({**groups, "scores": self._around["scores"]})

    def _with_others(self, articles: pa.Table) -> pa.Table:
        return pa.concat_tables([articles, self._around["articles"]], promote_options="default")

    @cached_property
    def _named(self) -> Book:
        """The articles and others, without what is known of one alone."""
        articles = self._with_others(self._own.tables["articles"].select(CUT["articles"]))
        return book({**self._around, "articles": articles, "scores": self._around["scores"].slice(0, 0)}, {}, {})

    @cached_property
    def _passages(self) -> dict[str, list[Span]]:
        return passage_spans(self._named)

    @cached_property
    def _ways(self) -> Ways:
        return claim_ways(self._named)

    def _anchors(self, id: str) -> list[tuple[int, str]]:
        return sorted(self.partition.anchors.get(id, ()))

    @cached_property
    def _rows(self) -> list[dict[str, bytes]]:
        """All that is known of one article alone, as digests by article, for each of the tables."""
        return [digests(self._own.tables[name], column) for name, column in OWN.items()]

    def _elsewhere(self, id: str) -> bytes:
        """All that its page shows of others, and the places that they lead to."""
        around = places(self._named, id), self._passages.get(id), self._ways.get(id), self._anchors(id)
        return msgspec.msgpack.encode(around)


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
