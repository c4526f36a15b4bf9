"""A run in, what single pages are made from out: of each table no more than the rows that the page shows.

A slice is bytes, so that it can go to another process, and its digest stands for all that decided the page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc

from audit.extract.base import Quantity
from audit.report.data import CLAIMS, Book, Results, Tables, book, decoded
from audit.report.keyed import Keyed, Rows
from audit.tables import schema

MEASURES = ["article", "source", "feature", "count", "base", "absent"]
BY_SOURCE = {
    "measures": MEASURES,
    "evidence": ["article", "source", "feature", "rule", "start", "end", "text", "before", "after", "reason", "weight",
                 "quoted", "attributes"],
}  # fmt: skip
"""Tables that grow fastest, and what of them a source's report shows."""

CUT: dict[str, list[str] | None] = {
    "articles": ["id", "source", "title", "published", "words", "credit", "story", "voice"],
    "claims": CLAIMS,
    "sources": ["id", "name", "slug"],
    **dict.fromkeys(("scores", "differences", "stories", "pairs", "passages", "claim_pairs", "speakers", "framing",
                     "balance")),
}
"""Tables that slices are cut from, and their columns where it is not all."""

ENDS = ("a", "b")
"""Columns with the two articles of a pair."""


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


def opened(content: bytes) -> Tables:
    """Packed tables."""
    return _opened(content)[0]


def _opened(content: bytes) -> tuple[Tables, dict[str, Any], dict[str, Quantity]]:
    """The same, and what else was packed with them."""
    kind = tuple[dict[str, bytes], dict[str, Any], list[Quantity]]
    contents, audit, quantities = msgspec.msgpack.decode(content, type=kind)
    tables = {name: pyarrow.ipc.open_stream(table).read_all() for name, table in contents.items()}
    return tables, audit, {quantity.feature: quantity for quantity in quantities}


@lru_cache(maxsize=2)
def _shared(content: bytes) -> Book:
    return book(*_opened(content))


def joined(shared: bytes, own: Tables) -> Book:
    """What a page shares with others and what is its own, as one book.

    What is shared is read once in each process: the numbers of all sources stand on the page of each.
    """
    one, other = _shared(shared), book(own)
    whole: dict[str, Any] = {}
    for field in fields(Book):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        whole[field.name] = [*mine, *theirs] if isinstance(mine, list) else mine | theirs
    return Book(**whole)


def by_source(name: str) -> pa.Schema:
    """The columns of a table that lies in order by source."""
    return pa.schema([schema(name).field(column) for column in BY_SOURCE[name]])


@dataclass(frozen=True)
class Partition:
    """The articles of a partition: its number, their ids in order, the places that other pages lead to, and what their
    pages show of other articles."""

    number: int
    ids: list[str]
    anchors: dict[str, set[tuple[int, str]]]
    around: bytes


class Slices:
    """Cuts the slices of a run. `features` are the numbers of the comparison, which a source's report shows in full.

    The tables are held as Arrow holds them, some hundred bytes a row, and those that grow fastest not at all.
    """

    def __init__(self, results: Results, quantities: Iterable[Quantity], features: Collection[str]) -> None:
        self._results, self._quantities = results, list(quantities)
        self._features = pa.array(sorted(features), pa.string())
        self._tables = Keyed(_tables(results))
        claims, related = self._tables.tables["claims"], self._tables.tables["claim_pairs"]
        ends = pa.chunked_array([*related["claim_a"].chunks, *related["claim_b"].chunks], pa.string())
        self._framed = _first_places(self._tables.tables["framing"])
        told_too = pc.is_in(claims["id"], ends.unique())
        self._related = told_too.to_numpy()
        self._told = Keyed({"claims": claims.filter(told_too).drop_columns(["text"])})

    def of_sources(self) -> bytes:
        """What the reports of all sources share: names, the numbers of the comparison, and what decided this run."""
        scores = self._tables.tables["scores"]
        of_all = pc.and_(pc.equal(scores["level"], "source"), pc.is_in(scores["feature"], self._features))
        audit = self._results.audit
        shown = {"run": audit["run"], "reference": audit.get("reference"), "skipped": audit["skipped"]}
        tables = {"sources": self._results.table("sources"), "scores": scores.filter(of_all)}
        return packed(tables, shown, self._quantities)

    def source(self, id: str) -> bytes:
        """The slice of one source, without what grows with the words of its articles."""
        find, texts = self._tables.find, self._tables.texts
        mine = find("articles", "source", [id])
        own = texts("articles", "id", mine)
        told = {*texts("articles", "story", mine)} - {""}
        stories, pairs = find("stories", "id", told), self._tables.near("pairs", ENDS, own)
        members = {article for text in texts("stories", "articles", stories) for article in decoded(text)}
        around = members | {*texts("articles", "voice", mine)} | _ends(self._tables, pairs)
        claims = find("claims", "story", told)
        overall = {name: np.intersect1d(find(name, "source", [id]), find(name, "story", [""]))
                   for name in ("framing", "balance")}
        tables = self._tables.take({
            "articles": find("articles", "id", around | {*own}), "stories": stories, "pairs": pairs,
            "differences": find("differences", "source", [id]),
            "passages": self._tables.near("passages", ENDS, own),
            "claims": np.union1d(claims[self._related[claims]], find("claims", "source", [id])),
            "claim_pairs": find("claim_pairs", "story", told), "balance": overall["balance"],
            "speakers": find("speakers", "source", [id]),
            "framing": np.union1d(overall["framing"], find("framing", "story", told)),
        })  # fmt: skip
        return packed(tables | {"scores": self._scores(id, own)})

    def _scores(self, id: str, own: Collection[str]) -> pa.Table:
        """What a source's report shows of scores beside those of the comparison: its others, and its articles'."""
        scores = self._tables.tables["scores"].take(self._tables.find("scores", "subject", {id, *own}))
        compared = pc.is_in(scores["feature"], self._features)
        of_source = pc.and_(pc.equal(scores["level"], "source"), pc.equal(scores["subject"], id))
        mine = pc.is_in(scores["subject"], pa.array(own, pa.string()))
        of_article = pc.and_(pc.equal(scores["level"], "article"), mine)
        return scores.filter(pc.or_(pc.and_(of_source, pc.invert(compared)), pc.and_(of_article, compared)))

    def stories(self, ids: Collection[str]) -> bytes:
        """The slice of some stories together."""
        return packed(of_stories(self._tables, ids))

    def partitions(self) -> Iterator[Partition]:
        """The slice of each partition, read when it is asked for."""
        for number, articles in enumerate(self._results.groups("articles", ["id", "voice", "story"])):
            ids = articles["id"].to_pylist()
            yield Partition(number, ids, self._anchors(ids), packed(self._around(articles)))

    def _around(self, articles: pa.Table) -> dict[str, pa.Table]:
        """What the pages of some articles show of others, and what the tables of the partition do not have."""
        find, texts, ids = self._tables.find, self._tables.texts, articles["id"].to_pylist()
        own = self._told.texts("claims", "id", self._told.find("claims", "article", ids))
        related = self._tables.near("claim_pairs", ["claim_a", "claim_b"], own)
        told = {*texts("claim_pairs", "claim_a", related), *texts("claim_pairs", "claim_b", related)}
        claims, passages = self._told.find("claims", "id", told), self._tables.near("passages", ENDS, ids)
        others = {*articles["voice"].to_pylist(), *texts("passages", "a", passages), *texts("passages", "b", passages),
                  *self._told.texts("claims", "article", claims)}
        scores = self._tables.tables["scores"].take(find("scores", "subject", ids))
        tables = self._tables.take({
            "articles": find("articles", "id", others - {None, *ids}), "claim_pairs": related, "passages": passages,
            "stories": find("stories", "id", articles["story"].to_pylist()),
            "sources": find("sources", "id", self._sources(others | {*ids})),
        })  # fmt: skip
        alone = {"scores": scores.filter(pc.equal(scores["level"], "article"))}
        return tables | self._told.take({"claims": claims}) | alone

    def _sources(self, articles: Iterable[str]) -> set[str]:
        return {*self._tables.texts("articles", "source", self._tables.find("articles", "id", articles))}

    def _anchors(self, ids: list[str]) -> dict[str, set[tuple[int, str]]]:
        """The places of claims and of framing words that other pages lead to, by article."""
        claims = self._tables.tables["claims"].take(self._tables.find("claims", "article", ids))
        found = {id: {(start, f"w{start}") for start in self._framed.get(id, ())} for id in ids}
        for article, start in zip(claims["article"].to_pylist(), claims["start"].to_pylist(), strict=True):
            found[article].add((start, f"c{start}"))
        return found


def of_stories(tables: Keyed, ids: Collection[str]) -> dict[str, pa.Table]:
    """The rows that the pages of some stories show."""
    row = tables.find("stories", "id", ids)
    members = {article for text in tables.texts("stories", "articles", row) for article in decoded(text)}
    pairs = tables.near("pairs", ENDS, members)
    rows = {
        "articles": tables.find("articles", "id", members | _ends(tables, pairs)), "stories": row, "pairs": pairs,
        **{name: tables.find(name, "story", ids) for name in ("claims", "claim_pairs", "framing", "balance")},
    }  # fmt: skip
    named = (tables.texts(name, "source", rows[name]) for name in ("articles", "framing", "balance"))
    return tables.take(rows | {"sources": tables.find("sources", "id", chain.from_iterable(named))})


def _ends(tables: Keyed, pairs: Rows) -> set[str]:
    """The articles of some pairs."""
    return {*tables.texts("pairs", "a", pairs), *tables.texts("pairs", "b", pairs)}


def _tables(results: Results) -> dict[str, pa.Table]:
    """The tables of `CUT`, each in one piece before the next is read, so that no two of them lie there twice."""
    tables = {name: results.table(name, columns).combine_chunks() for name, columns in CUT.items()}
    pairs, related = tables["pairs"], tables["claim_pairs"]
    tables["pairs"] = pairs.filter(pc.not_equal(pairs["kind"], "same-story"))
    home = tables["claims"]["story"].take(pc.index_in(related["claim_a"], tables["claims"]["id"]))
    tables["claim_pairs"] = related.append_column("story", home)
    return tables


def _first_places(framing: pa.Table) -> dict[str, list[int]]:
    """Where the words for things of a story stand first, by article."""
    found: dict[str, list[int]] = {}
    for story, places in zip(framing["story"].to_pylist(), framing["places"].to_pylist(), strict=True):
        if story:
            article, start, _ = decoded(places)[0]
            found.setdefault(article, []).append(start)
    return found
