"""The tables of a run in, the same as plain rows looked up by id out. Missing values are None from here on."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit.extract.base import Quantity
from audit.report import names, wording
from audit.tables import schema

Row = dict[str, Any]


class Results(Protocol):
    """What pages are made from: the document audit.json, and the tables of `audit.tables.COLUMNS`.

    `groups` gives a table that grows with the articles partition by partition, each time in the same order, `group`
    the one with a number.
    """

    @property
    def audit(self) -> dict[str, Any]: ...
    def table(self, name: str, columns: list[str] | None = None) -> pa.Table: ...
    def groups(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]: ...
    def group(self, name: str, number: int, columns: list[str] | None = None) -> pa.Table: ...


Tables = Mapping[str, pa.Table]
"""Tables of a run by name, some of them, and of each some rows and columns."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One number of all sources: the values in ascending order, and the ends between which they and intervals lie."""

    values: tuple[float, ...]
    ends: tuple[float, ...]

    def without(self, value: float | None) -> tuple[float, ...]:
        """The values of the others, where one source has this one; of all, where it has none."""
        if value is None:
            return self.values
        at = bisect_left(self.values, value)
        return self.values[:at] + self.values[at + 1 :]


@dataclass(frozen=True)
class Book:
    """Rows of a run by id: of all of it, or those that one page shows.

    `order` gives the article ids of each source by date, then id. `scores` holds those of sources and `probabilities`
    those of articles, both by subject and feature; `valued` the scores that have a value, by feature and source, and
    `spreads` what these are together. Places of framing words and stories of speakers are JSON, `decoded` when shown.
    """

    audit: dict[str, Any]
    quantities: dict[str, Quantity]
    sources: dict[str, Row]
    articles: dict[str, Row]
    order: dict[str, list[str]]
    measures: dict[str, dict[str, tuple[float, float, str | None]]]
    scores: dict[tuple[str, str], Row]
    valued: dict[str, dict[str, Row]]
    spreads: dict[str, Spread]
    probabilities: dict[tuple[str, str], Row]
    differences: dict[tuple[str, str], Row]
    stories: dict[str, Row]
    pairs: list[Row]
    passages: dict[tuple[str, str], list[Row]]
    claims: dict[str, Row]
    claim_pairs: list[Row]
    speakers: dict[str, list[Row]]
    framing: dict[str, list[Row]]
    balance: dict[str, list[Row]]
    quoted: list[Row]

    def reference(self, feature: str) -> dict[str, float] | None:
        """The quartiles p25, p50 and p75 of reference news for a feature, where they were measured."""
        known: dict[str, float] | None = (self.audit.get("reference") or {}).get(feature)
        return known

    def score(self, source: str, feature: str) -> Row | None:
        """The score of a source, or None where it has no value."""
        return self.valued.get(feature, {}).get(source)

    def first(self, pair: Row) -> str | None:
        """The article of a pair that came first: by the pair itself, else by the voice that one of them repeats."""
        a, b = pair["a"], pair["b"]
        if pair["first"] in (a, b):
            return str(pair["first"])
        repeats = [one for one, other in ((a, b), (b, a)) if self.articles[other]["voice"] == one]
        return repeats[0] if len(repeats) == 1 else None

    def when(self, article: str) -> tuple[str, bool, str]:
        """A key that sorts by publication; of articles of one date, those that repeat another come last."""
        row = self.articles[article]
        return row["published"] or "9999", row["voice"] not in (None, "", article), article

    def source_of(self, article: str) -> str:
        """The id of the source that an article stands in."""
        return str(self.articles[article]["source"])

    def source_name(self, source: str) -> str:
        """The name that pages show for a source."""
        row = self.sources.get(source)
        return wording.name(row["name"] if row else source, "unnamed")

    def title(self, article: str) -> str:
        """The title that pages show for an article; its id where it has none."""
        return wording.name(self.articles[article]["title"], f"untitled ({wording.name(article)})")

    def source_link(self, source: str, fragment: str = "") -> str:
        """Path of the source's report, from the root of the report."""
        row = self.sources.get(source)
        return names.source_page(str(row["slug"]) if row else source) + (f"#{fragment}" if fragment else "")

    def article_link(self, article: str, fragment: str = "") -> str:
        """Path of the article's page, from the root of the report."""
        return names.article_page(article) + (f"#{fragment}" if fragment else "")


def rows(table: pa.Table) -> list[Row]:
    """The rows of a table as plain dicts, with None wherever a value is missing."""
    if not table.num_rows:
        return []
    columns = table.column_names  # asked for once: Arrow makes the list anew each time
    return [dict(zip(columns, row, strict=True)) for row in zip(*map(_plain, table.columns), strict=True)]


def _plain(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_floating(column.type):
        return [None if value != value else value for value in values]
    return values


def decoded(text: object) -> Any:
    """A column that holds JSON; an empty list where it holds nothing."""
    return json.loads(text) if isinstance(text, str) and text else text if text is not None else []


def bind(results: Results, quantities: dict[str, Quantity]) -> Book:
    """What is said of the whole run: sources, stories and their numbers; of claims those that others tell too.

    What an article or a source alone has, its measures, statements and words, is left out.
    """
    tables = {name: results.table(name, columns) for name, columns in OVERVIEW.items()}
    pairs = tables["claim_pairs"]
    told = pa.chunked_array([*pairs["claim_a"].chunks, *pairs["claim_b"].chunks], pa.string()).unique()
    none = schema("claims").empty_table().select(CLAIMS)
    claims = (some.filter(pc.is_in(some["id"], told)) for some in results.groups("claims", CLAIMS))
    tables["claims"] = pa.concat_tables([none, *claims])
    tables["scores"] = tables["scores"].filter(pc.equal(tables["scores"]["level"], "source"))
    return book(tables, results.audit, quantities)


CLAIMS = ["id", "article", "source", "story", "value", "start", "text"]
OVERVIEW: dict[str, list[str] | None] = {
    "articles": ["id", "source", "title", "published", "language", "words", "story", "voice"],
    **dict.fromkeys(("sources", "scores", "differences", "stories", "pairs", "claim_pairs", "passages", "quoted")),
}
"""Tables, and their columns where it is not all, that say something of the whole run."""


def book(tables: Tables, audit: dict[str, Any] | None = None, quantities: dict[str, Quantity] | None = None) -> Book:
    """Some tables of a run, ready for looking up; one that is not among them has no rows."""

    def listed(name: str) -> list[Row]:
        return rows(tables[name]) if name in tables else []

    articles = {row["id"]: row for row in listed("articles")}
    order: dict[str, list[str]] = defaultdict(list)
    for row in sorted(articles.values(), key=lambda row: (row["published"] or "9999", row["id"])):
        order[row["source"]].append(row["id"])
    passages: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in listed("passages"):
        passages[row["a"], row["b"]].append(row | {"changes": decoded(row["changes"])})
    speakers: dict[str, list[Row]] = defaultdict(list)
    for row in listed("speakers"):
        speakers[row["source"]].append(row)
    every = listed("scores")
    scores = [row for row in every if row["level"] == "source"]
    valued: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in scores:
        if row["value"] is not None:
            valued[row["feature"]][row["subject"]] = row
    return Book(
        audit=audit or {},
        quantities=quantities or {},
        sources={row["id"]: row for row in listed("sources")},
        articles=articles,
        order=dict(order),
        measures=_measures(tables["measures"]) if "measures" in tables else {},
        scores={(row["subject"], row["feature"]): row for row in scores},
        valued=dict(valued),
        spreads={feature: _spread(found.values()) for feature, found in valued.items()},
        probabilities={(row["subject"], row["feature"]): row for row in every if row["level"] == "article"},
        differences={(row["source"], row["feature"]): row for row in listed("differences")},
        stories={row["id"]: row | {k: decoded(row[k]) for k in ("articles", "sources")} for row in listed("stories")},
        pairs=listed("pairs"),
        passages=dict(passages),
        claims={row["id"]: row for row in listed("claims")},
        claim_pairs=listed("claim_pairs"),
        speakers=dict(speakers),
        framing=_by_story(listed("framing")),
        balance=_by_story(listed("balance")),
        quoted=[row | {"articles": decoded(row["articles"])} for row in listed("quoted")],
    )


def _spread(scores: Collection[Row]) -> Spread:
    ends = [row[end] for row in scores for end in ("value", "low", "high") if row.get(end) is not None]
    finite = [end for end in ends if math.isfinite(end)]
    return Spread(tuple(sorted(row["value"] for row in scores)), (min(finite), max(finite)) if finite else ())


def _by_story(found: list[Row]) -> dict[str, list[Row]]:
    """Rows by story; those of all stories together stand under the empty id."""
    by_story: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_story[row["story"] or ""].append(row)
    return dict(by_story)


def _measures(found: pa.Table) -> dict[str, dict[str, tuple[float, float, str | None]]]:
    measures: dict[str, dict[str, tuple[float, float, str | None]]] = defaultdict(dict)
    columns = (_plain(found[name]) for name in ("article", "feature", "count", "base", "absent"))
    for article, feature, *counted in zip(*columns, strict=True):
        measures[article][feature] = (counted[0], counted[1], counted[2])
    return dict(measures)


Places = npt.NDArray[np.int64]
PLACE = ("article", "start", "end", "feature", "rule")


def numbered(evidence: pa.Table) -> pa.Table:
    """Evidence by article and place, with a column `row`: its number within the article, the same on every page."""
    order, numbers = ordered(evidence)
    return evidence.take(order).append_column("row", pa.array(numbers))


def ordered(evidence: pa.Table) -> tuple[Places, Places]:
    """Evidence by article and place: where each piece stands in the table, and its number within its article."""
    order = pc.sort_indices(evidence, sort_keys=[(column, "ascending") for column in PLACE]).to_numpy().astype(np.int64)
    coded = evidence["article"].combine_chunks().dictionary_encode()
    articles = coded.indices.to_numpy()[order]
    opens = np.ones(len(articles), bool)
    opens[1:] = articles[1:] != articles[:-1]
    places = np.arange(len(articles))
    return order, places - np.maximum.accumulate(np.where(opens, places, 0))
