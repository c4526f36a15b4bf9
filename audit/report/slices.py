"""A run in, what single pages are made from out: of each table no more than the rows that the page shows.

A slice is bytes, so that it can go to another process, and its digest stands for all that decided the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

from audit.extract.base import Quantity
from audit.report.data import CLAIMS, Book, Results, Tables, book, decoded
from audit.report.keyed import Index, Rows, Stored, stored
from audit.tables import schema

EVIDENCE = ["article", "source", "feature", "rule", "start", "end", "text", "before", "after", "reason", "weight",
            "quoted", "attributes"]
"""What a source's report says of its evidence."""

MEASURES = ["article", "source", "feature", "count", "base", "absent"]

CUT: dict[str, tuple[list[str] | None, tuple[str, ...]]] = {
    "articles": (["id", "source", "title", "published", "words", "credit", "story", "voice"], ("id", "source")),
    "scores": (None, ("subject",)),
    "differences": (None, ("source",)),
    "stories": (None, ("id",)),
    "pairs": (None, ("a", "b")),
    "passages": (None, ("a", "b")),
    "claims": (CLAIMS, ("story", "source", "article")),
    "claim_pairs": (None, ("story",)),
    "speakers": (None, ("source",)),
    "framing": (None, ("story", "source")),
    "balance": (None, ("story", "source")),
    "sources": (["id", "name", "slug"], ("id",)),
}
"""Tables that slices are cut from: their columns, where it is not all, and those by which rows are looked up."""


def packed(tables: Tables, audit: Mapping[str, Any] | None = None, quantities: Iterable[Quantity] = ()) -> bytes:
    """Tables and what else a page is made from; the same rows give the same bytes."""
    contents = {}
    for name, table in tables.items():
        rows = table.take(np.arange(table.num_rows))  # a part of a table keeps stray bits of its neighbours
        sink = pa.BufferOutputStream()
        with pyarrow.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows.combine_chunks())
        contents[name] = sink.getvalue().to_pybytes()
    return msgspec.msgpack.encode((contents, audit or {}, list(quantities)))


def opened(content: bytes, more: Tables | None = None) -> tuple[Book, Tables]:
    """Packed tables and `more`, by id and as they are."""
    kind = tuple[dict[str, bytes], dict[str, Any], list[Quantity]]
    contents, audit, quantities = msgspec.msgpack.decode(content, type=kind)
    tables = {name: pyarrow.ipc.open_stream(table).read_all() for name, table in contents.items()}
    tables.update(more or {})
    return book(tables, audit, {quantity.feature: quantity for quantity in quantities}), tables


@lru_cache(maxsize=2)
def _shared(content: bytes) -> Book:
    return opened(content)[0]


def joined(shared: bytes, own: bytes, more: Tables | None = None) -> tuple[Book, Tables]:
    """What a page shares with others and what is its own, `more` tables with it, as one book; and its own tables.

    What is shared is read once in each process: the numbers of all sources stand on the page of each.
    """
    one, (other, tables) = _shared(shared), opened(own, more)
    whole: dict[str, Any] = {}
    for field in fields(Book):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        whole[field.name] = [*mine, *theirs] if isinstance(mine, list) else mine | theirs
    return Book(**whole), tables


@dataclass(frozen=True)
class SourceSlice:
    """The slice of a source: what it needs little of, and on disk the measures and the evidence of its articles."""

    own: bytes
    measures: Stored
    evidence: Stored


@dataclass(frozen=True)
class Partition:
    """The articles of a partition: their ids in order, the places that other pages lead to, and their slice."""

    ids: list[str]
    anchors: dict[str, set[tuple[int, str]]]
    own: bytes


class Slices:
    """Cuts the slices of a run. `features` are the numbers of the comparison, which a source's report shows in full.

    The tables are held as Arrow holds them, some hundred bytes a row, and those that grow fastest not at all.
    """

    def __init__(self, results: Results, quantities: Iterable[Quantity], features: Collection[str]) -> None:
        self._results, self._quantities = results, list(quantities)
        self._features = pa.array(sorted(features), pa.string())
        self._tables = _tables(results)
        claims, related = self._tables["claims"], self._tables["claim_pairs"]
        ends = pa.chunked_array([*related["claim_a"].chunks, *related["claim_b"].chunks], pa.string())
        self._framed = _first_places(self._tables["framing"])
        self._related = pc.is_in(claims["id"], ends.unique()).to_numpy()
        self._index = {(name, column): Index(self._tables[name][column])
                       for name, (_, columns) in CUT.items() for column in columns}

    def of_sources(self) -> bytes:
        """What the reports of all sources share: names, and the numbers of the comparison."""
        scores = self._tables["scores"]
        of_all = pc.and_(pc.equal(scores["level"], "source"), pc.is_in(scores["feature"], self._features))
        audit = self._results.audit
        run = audit["run"] | {"digests": {"articles": audit["run"].get("digests", {}).get("articles", "")}}
        shown = {"run": run, "reference": audit.get("reference"), "skipped": audit["skipped"]}
        tables = {"sources": self._results.table("sources"), "scores": scores.filter(of_all)}
        return packed(tables, shown, self._quantities)

    def sources(self, ids: Collection[str], scratch: Path) -> Iterator[tuple[str, SourceSlice]]:
        """The slice of each source. What lies on disk is in the folder `scratch`, for as long as that is there."""
        measures = (table.filter(pc.is_in(table["feature"], self._features))
                    for table in self._results.groups("measures", MEASURES))
        evidence = self._results.groups("evidence", EVIDENCE)
        measured = stored(scratch / "measures", measures, _columns("measures", MEASURES), "source", ids)
        found = stored(scratch / "evidence", evidence, _columns("evidence", EVIDENCE), "source", ids)
        for id in ids:
            yield id, SourceSlice(packed(self._of_source(id)), measured[id], found[id])

    def _of_source(self, id: str) -> dict[str, pa.Table]:
        mine = self._find("articles", "source", [id])
        own = self._texts("articles", "id", mine)
        told = {*self._texts("articles", "story", mine)} - {""}
        stories, pairs = self._find("stories", "id", told), self._near("pairs", own)
        members = {article for text in self._texts("stories", "articles", stories) for article in decoded(text)}
        around = members | {*self._texts("articles", "voice", mine)} | self._ends(pairs)
        claims = self._find("claims", "story", told)
        overall = {name: np.intersect1d(self._find(name, "source", [id]), self._find(name, "story", [""]))
                   for name in ("framing", "balance")}
        rows = {
            "articles": self._find("articles", "id", around | {*own}), "stories": stories, "pairs": pairs,
            "differences": self._find("differences", "source", [id]), "passages": self._near("passages", own),
            "claims": np.union1d(claims[self._related[claims]], self._find("claims", "source", [id])),
            "claim_pairs": self._find("claim_pairs", "story", told), "balance": overall["balance"],
            "speakers": self._find("speakers", "source", [id]),
            "framing": np.union1d(overall["framing"], self._find("framing", "story", told)),
        }
        tables = {name: self._tables[name].take(found) for name, found in rows.items()}
        return tables | {"scores": self._scores(id, own)}

    def _scores(self, id: str, own: Collection[str]) -> pa.Table:
        """What a source's report shows of scores beside those of the comparison: its others, and its articles'."""
        scores = self._tables["scores"].take(self._find("scores", "subject", {id, *own}))
        compared = pc.is_in(scores["feature"], self._features)
        of_source = pc.and_(pc.equal(scores["level"], "source"), pc.equal(scores["subject"], id))
        mine = pc.is_in(scores["subject"], pa.array(own, pa.string()))
        of_article = pc.and_(pc.equal(scores["level"], "article"), mine)
        return scores.filter(pc.or_(pc.and_(of_source, pc.invert(compared)), pc.and_(of_article, compared)))

    def story(self, id: str) -> bytes:
        """The slice of one story."""
        row = self._find("stories", "id", [id])
        members = {article for text in self._texts("stories", "articles", row) for article in decoded(text)}
        pairs = self._near("pairs", members)
        rows = {
            "articles": self._find("articles", "id", members | self._ends(pairs)), "stories": row, "pairs": pairs,
            "claims": self._find("claims", "story", [id]), "claim_pairs": self._find("claim_pairs", "story", [id]),
            "framing": self._find("framing", "story", [id]), "balance": self._find("balance", "story", [id]),
        }
        named = (self._texts(name, "source", rows[name]) for name in ("articles", "framing", "balance"))
        rows["sources"] = self._find("sources", "id", chain.from_iterable(named))
        return packed({name: self._tables[name].take(found) for name, found in rows.items()})

    def of_articles(self) -> bytes:
        """What the pages of all articles share: the names and values of sources."""
        scores = self._tables["scores"]
        values = scores.filter(pc.equal(scores["level"], "source")).select(["subject", "level", "feature", "value"])
        return packed({"sources": self._tables["sources"], "scores": values}, {}, self._quantities)

    def partitions(self) -> Iterator[Partition]:
        """The slice of each partition, read when it is asked for."""
        groups = (self._results.groups(name) for name in ("articles", "evidence", "measures"))
        for articles, evidence, measures in zip(*groups, strict=True):
            ids = articles["id"].to_pylist()
            repeated = {*articles["voice"].to_pylist()} - {*ids}
            others = self._tables["articles"].take(self._find("articles", "id", repeated))
            scores = self._tables["scores"].take(self._find("scores", "subject", ids))
            yield Partition(ids, self._anchors(ids), packed({
                "articles": pa.concat_tables([articles, others], promote_options="default"),
                "stories": self._tables["stories"].take(self._find("stories", "id", articles["story"].to_pylist())),
                "scores": scores.filter(pc.equal(scores["level"], "article")),
                "evidence": evidence,
                "measures": measures.select(MEASURES),
            }))  # fmt: skip

    def _anchors(self, ids: list[str]) -> dict[str, set[tuple[int, str]]]:
        """The places of claims and of framing words that other pages lead to, by article."""
        claims = self._tables["claims"].take(self._find("claims", "article", ids))
        found = {id: {(start, f"w{start}") for start in self._framed.get(id, ())} for id in ids}
        for article, start in zip(claims["article"].to_pylist(), claims["start"].to_pylist(), strict=True):
            found[article].add((start, f"c{start}"))
        return found

    def _find(self, name: str, column: str, keys: Iterable[str]) -> Rows:
        return self._index[name, column].rows(keys)

    def _near(self, name: str, articles: Iterable[str]) -> Rows:
        """Pairs or passages of which one side is one of these articles."""
        return np.union1d(self._find(name, "a", articles), self._find(name, "b", articles))

    def _ends(self, pairs: Rows) -> set[str]:
        return {*self._texts("pairs", "a", pairs), *self._texts("pairs", "b", pairs)}

    def _texts(self, name: str, column: str, rows: Rows) -> list[str]:
        return [text or "" for text in self._tables[name][column].take(rows).to_pylist()]


def _tables(results: Results) -> dict[str, pa.Table]:
    """The tables of `CUT`, each in one piece, so that rows are quick to take."""
    tables = {name: results.table(name, columns).combine_chunks() for name, (columns, _) in CUT.items()}
    pairs, related = tables["pairs"], tables["claim_pairs"]
    tables["pairs"] = pairs.filter(pc.not_equal(pairs["kind"], "same-story")).combine_chunks()
    home = tables["claims"]["story"].take(pc.index_in(related["claim_a"], tables["claims"]["id"]))
    tables["claim_pairs"] = related.append_column("story", home).combine_chunks()
    return tables


def _columns(name: str, columns: Iterable[str]) -> pa.Schema:
    return pa.schema([schema(name).field(column) for column in columns])


def _first_places(framing: pa.Table) -> dict[str, list[int]]:
    """Where the words for things of a story stand first, by article."""
    found: dict[str, list[int]] = {}
    for story, places in zip(framing["story"].to_pylist(), framing["places"].to_pylist(), strict=True):
        if story:
            article, start, _ = decoded(places)[0]
            found.setdefault(article, []).append(start)
    return found
