"""A measured partition and what comparing found of its articles in, rows of tables out: a task of its own.

Tables travel as Arrow IPC bytes, so that a file of them is read without touching a single value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa

from audit import compare, kept, score, tables
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.freed import give_back
from audit.partition import Part
from audit.records import Article, Evidence, Finding, Record, Score

FLAGGED = 0.5
"""A probability from here on counts as a finding; the models are calibrated so that it means more likely than not."""

STATEMENT = pa.schema([(name, pa.string()) for name in ("source", "speaker", "kind", "mode", "article", "story")])
"""One attributed statement, of which the speakers of a source are counted."""

SCORE = pa.schema([("subject", pa.string()), ("feature", pa.string()), ("value", pa.float64()), ("low", pa.float64()),
                   ("high", pa.float64()), ("n", pa.int64())])
"""One score of an article."""

Found = Sequence[tuple[Article, list[Finding]]]
"""Per article the findings of all signals and of the comparison."""


class Compared(Record, frozen=True):
    """What comparing found of the articles of one partition, each by article."""

    stories: dict[str, str]
    voices: dict[str, str]
    findings: dict[str, Finding]


class Tabulated(Record, frozen=True):
    """The rows of a partition, as Arrow IPC; and its measures as float64 [articles, features], in bytes."""

    articles: bytes
    evidence: bytes
    measures: bytes
    statements: bytes
    counts: bytes
    bases: bytes
    scores: bytes

    def table(self, name: str) -> pa.Table:
        """One of the five tables."""
        return pa.ipc.open_stream(pa.BufferReader(getattr(self, name))).read_all()

    def matrix(self, name: str) -> score.Floats:
        """`counts` or `bases`; absent is NaN."""
        return np.frombuffer(getattr(self, name), np.float64).reshape(-1, len(quantities()))


@cache
def quantities() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *compare.quantities)}


def compared(
    articles: Sequence[Article], stories: Mapping[str, str], voices: Mapping[str, str], findings: Mapping[str, Finding]
) -> Compared:
    """The part of a comparison that concerns these articles; `stories` has those that others tell too."""
    ids = [article.id for article in articles]
    return Compared({id: stories[id] for id in ids if id in stories}, {id: voices[id] for id in ids if id in voices},
                    {id: findings[id] for id in ids if id in findings})


def target(part: Part, found: Compared) -> Path:
    """Where the rows of a partition stand: the name tells all that decided them."""
    digest = hashlib.sha256(msgspec.msgpack.encode(found)).hexdigest()[:16]
    return part.path(f"{digest}.rows")


def tabulate_to(part: Part, found: Compared) -> str:
    """Write the rows of a partition, unless they stand there already; gives the path of the file."""
    path = target(part, found)
    if not kept.whole(path):
        kept.write(path, tabulate(part, found))
        give_back()
    return str(path)


def tabulate(part: Part, compared: Compared) -> Tabulated:
    """The rows of a partition."""
    articles, measured = part.articles(), part.measured()
    found: Found = [(article, [findings[index] for findings in measured.findings.values()])
                    for index, article in enumerate(articles)]
    for article, findings in found:
        if article.id in compared.findings:
            told = compared.findings[article.id]
            findings[:] = [*(compare.weighed(finding, told) for finding in findings), told]
    rows = tables.article_rows(articles, measured.words, measured.sentences, compared.stories, compared.voices)
    counts, bases = _matrix(found)
    return Tabulated(
        _packed(tables.table("articles", rows)),
        _packed(tables.table("evidence", (tables.evidence_row(article, item) for article, findings in found
                                          for finding in findings for item in _in_order(finding)))),
        _packed(tables.table("measures", (tables.measure_row(article.source, measure) for article, findings in found
                                          for finding in findings for measure in finding.measures))),
        _packed(pa.Table.from_pylist(list(_statements(found, compared.stories)), STATEMENT)),
        counts.tobytes(), bases.tobytes(),
        _packed(pa.Table.from_pylist([_score(item) for _, findings in found for finding in findings
                                      for item in finding.scores], SCORE)),
    )  # fmt: skip


def _score(item: Score) -> dict[str, object]:
    return {name: getattr(item, name) for name in SCORE.names}


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _in_order(finding: Finding) -> list[Evidence]:
    return sorted(finding.evidence, key=lambda item: (item.start, item.end, item.rule))


def _matrix(found: Found) -> tuple[score.Floats, score.Floats]:
    """Counts and bases, float [articles, features]. A probability counts as one article, flagged or not."""
    known = quantities()
    column = {feature: index for index, feature in enumerate(sorted(known))}
    counts = np.full((len(found), len(column)), np.nan)
    bases = counts.copy()
    for row, (_, findings) in enumerate(found):
        for finding in findings:
            for measure in finding.measures:
                place = column.get(measure.feature)
                if place is not None and measure.absent is None and known[measure.feature].kind != "probability":
                    counts[row, place], bases[row, place] = measure.count, measure.base
            for item in finding.scores:
                place = column.get(item.feature)
                if place is not None and known[item.feature].kind == "probability":
                    counts[row, place], bases[row, place] = float(item.value >= FLAGGED), 1.0
    return counts, bases


def _statements(found: Found, stories: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for article, findings in found:
        for finding in findings:
            for item in finding.evidence:
                if item.feature == "attribution" and item.attributes.get("speaker"):
                    yield {
                        "source": article.source, "speaker": item.attributes["speaker"],
                        "kind": item.attributes.get("speaker_kind", ""),
                        "mode": item.attributes.get("mode", "indirect"), "article": article.id,
                        "story": stories.get(article.id, ""),
                    }
