"""A measured partition and what comparing found of its articles in, rows of tables out: a task of its own.

A partition has pieces of some dozen articles. The rows of each are a file, as the bytes that they are in the tables;
a later run takes up those of which nothing has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

import msgspec
import numpy as np
import pyarrow as pa

from audit import compare, kept, tables
from audit.chapters import Findings
from audit.export import Encoded, encoded, packed, unpacked
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.freed import give_back
from audit.partition import SPACE, Measured, Part, Sealed, bucket
from audit.records import Article, Evidence, Finding, Record, Score
from audit.resample import Floats

Kind = TypeVar("Kind")

FLAGGED = 0.5
"""A probability from here on counts as a finding; the models are calibrated so that it means more likely than not."""

STATEMENT = pa.schema([(name, pa.string()) for name in ("source", "speaker", "kind", "mode", "article", "story")])
"""One attributed statement, of which the speakers of a source are counted."""

SCORE = pa.schema([("subject", pa.string()), ("feature", pa.string()), ("value", pa.float64()), ("low", pa.float64()),
                   ("high", pa.float64()), ("n", pa.int64())])
"""One score of an article."""

ABOUT = ["id", "source", "story", "language", "published", "words"]
"""Columns of the articles that scores and sources are made from."""

PIECE = 8
"""Neighbours on each side that have a say in where pieces begin: a piece has twice as many articles."""

SMALL = 64
"""A partition of so many articles is one piece: its rows are made in a tenth of a second."""

Found = Sequence[tuple[Article, list[Finding]]]
"""Per article the findings of all signals and of the comparison."""


class Compared(Record, frozen=True):
    """What comparing found of the articles of one partition, each by article."""

    stories: dict[str, str]
    voices: dict[str, str]
    findings: dict[str, msgspec.Raw]

    def of(self, articles: Iterable[Article]) -> Compared:
        """The part that concerns some of them."""
        ids = [article.id for article in articles]
        return Compared(_known(self.stories, ids), _known(self.voices, ids), _known(self.findings, ids))


class Piece(Record, frozen=True):
    """The rows of a piece: of three tables as they are written, what is counted of them as Arrow IPC, and its measures
    as float64 [articles, features], in bytes."""

    articles: Encoded
    evidence: Encoded
    measures: Encoded
    about: bytes
    absences: bytes
    statements: bytes
    scores: bytes
    counts: bytes
    bases: bytes

    def table(self, name: str) -> pa.Table:
        """`about`, `absences`, `statements` or `scores`."""
        return unpacked(getattr(self, name))

    def matrix(self, name: str) -> Floats:
        """`counts` or `bases`; absent is NaN."""
        return np.frombuffer(getattr(self, name), np.float64).reshape(-1, len(quantities()))


@cache
def quantities() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *compare.quantities)}


def compared(
    articles: Iterable[Article], stories: Mapping[str, str], voices: Mapping[str, str], findings: Findings
) -> Compared:
    """The part of a comparison that concerns these articles; `stories` has those that others tell too."""
    ids = [article.id for article in articles]
    found = {id: msgspec.Raw(findings.raw(id)) for id in ids if id in findings}
    return Compared(_known(stories, ids), _known(voices, ids), found)


def _known(found: Mapping[str, Kind], ids: Iterable[str]) -> dict[str, Kind]:
    return {id: found[id] for id in ids if id in found}


def tabulate_to(part: Part, found: bytes) -> list[str]:
    """Write the rows of a partition piece by piece, but for those that stand there already; gives the paths of the
    files. `found` is what was `compared`, encoded."""
    articles, whole = part.articles(), msgspec.msgpack.decode(found, type=Compared)
    measured: Sealed | None = None
    paths = []
    for piece in pieces(articles):
        mine = whole.of(articles[piece])
        path = part.piece(_digest(articles[piece], mine))
        if not path.exists():  # whoever reads it finds out whether it is damaged
            measured = measured or part.sealed()
            kept.write(path, tabulate(articles[piece], measured.opened(piece), mine))
        paths.append(str(path))
    if measured:
        del measured
        give_back()
    return paths


def pieces(articles: Sequence[Article]) -> list[slice]:
    """The pieces of a partition, each some of its articles in a row.

    One begins where the digest of an article's id is below those of its neighbours, so that one article more or less
    changes few pieces, and none is much larger than others. A small partition is not cut.
    """
    if len(articles) <= SMALL:
        return [slice(0, len(articles))]
    buckets = np.array([SPACE] * PIECE + [bucket(article.id) for article in articles] + [SPACE] * PIECE)
    lowest = np.lib.stride_tricks.sliding_window_view(buckets, 2 * PIECE + 1)
    edges = np.flatnonzero(lowest.argmin(1) == PIECE).tolist()
    return [slice(*edge) for edge in pairwise(sorted({0, *edges, len(articles)}))]


def _digest(articles: Sequence[Article], found: Compared) -> str:
    """What decides the rows of a piece, beside the version in the names of all files of a partition."""
    return hashlib.sha256(msgspec.msgpack.encode((pa.__version__, articles, found))).hexdigest()[:16]


def tabulate(articles: Sequence[Article], measured: Measured, compared: Compared) -> Piece:
    """The rows of some articles."""
    found: Found = [(article, [findings[index] for findings in measured.findings.values()])
                    for index, article in enumerate(articles)]
    for article, findings in found:
        if article.id in compared.findings:
            told = msgspec.msgpack.decode(compared.findings[article.id], type=Finding)
            findings[:] = [*(compare.weighed(finding, told) for finding in findings), told]
    counts, bases = _matrix(found)
    rows = tables.table("articles", tables.article_rows(
        articles, measured.words, measured.sentences, compared.stories, compared.voices))
    items = [(article, item) for article, findings in found for finding in findings for item in _in_order(finding)]
    evidence = tables.evidence([article for article, _ in items], [item for _, item in items])
    counted = [(article.source, measure) for article, findings in found
               for finding in findings for measure in finding.measures]
    measures = tables.measures([source for source, _ in counted], [measure for _, measure in counted])
    return Piece(
        encoded("articles", rows), encoded("evidence", evidence), encoded("measures", measures),
        packed(rows.select(ABOUT)), packed(tables.absences(measures)),
        packed(pa.Table.from_pylist(list(_statements(found, compared.stories)), STATEMENT)),
        packed(pa.Table.from_pylist([_score(item) for _, findings in found for finding in findings
                                      for item in finding.scores], SCORE)),
        counts.tobytes(), bases.tobytes(),
    )  # fmt: skip


def encode(name: str, rows: bytes) -> bytes:
    """Rows of a table, as Arrow IPC, as `Encoded`; that in turn encoded, which leaves a process faster."""
    return msgspec.msgpack.encode(encoded(name, unpacked(rows)))


def encode_speakers(statements: bytes) -> bytes:
    """The table of speakers, of statements as Arrow IPC, as a list of `Encoded`; that in turn encoded."""
    rows = tables.cut(tables.speakers(unpacked(statements)))
    return msgspec.msgpack.encode([encoded("speakers", some) for some in rows])


def _score(item: Score) -> dict[str, object]:
    return {name: getattr(item, name) for name in SCORE.names}


def _in_order(finding: Finding) -> list[Evidence]:
    return sorted(finding.evidence, key=attrgetter("start", "end", "rule"))


def _matrix(found: Found) -> tuple[Floats, Floats]:
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
