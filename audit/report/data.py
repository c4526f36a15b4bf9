"""The tables of a run in, the same as plain rows looked up by id out. Missing values are None from here on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from audit.extract.base import Quantity
from audit.report import names, wording

Row = dict[str, Any]


class Results(Protocol):
    """What pages are made from: the tables of `audit.tables.COLUMNS`, and the document audit.json."""

    @property
    def audit(self) -> dict[str, Any]: ...
    @property
    def articles(self) -> pd.DataFrame: ...
    @property
    def sources(self) -> pd.DataFrame: ...
    @property
    def measures(self) -> pd.DataFrame: ...
    @property
    def scores(self) -> pd.DataFrame: ...
    @property
    def differences(self) -> pd.DataFrame: ...
    @property
    def stories(self) -> pd.DataFrame: ...
    @property
    def pairs(self) -> pd.DataFrame: ...
    @property
    def passages(self) -> pd.DataFrame: ...
    @property
    def claims(self) -> pd.DataFrame: ...
    @property
    def claim_pairs(self) -> pd.DataFrame: ...
    @property
    def speakers(self) -> pd.DataFrame: ...
    @property
    def framing(self) -> pd.DataFrame: ...
    @property
    def balance(self) -> pd.DataFrame: ...
    @property
    def quoted(self) -> pd.DataFrame: ...
    def evidence_of(self, source_id: str) -> pd.DataFrame: ...
    def partitions(self) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]: ...


@dataclass(frozen=True)
class Book:
    """Rows of a run by id. `order` gives the article ids of each source by date, then id.

    `scores` holds those of sources and `probabilities` those of articles, both by subject and feature; `valued` the
    scores that have a value, by feature and source.
    """

    audit: dict[str, Any]
    quantities: dict[str, Quantity]
    sources: dict[str, Row]
    articles: dict[str, Row]
    order: dict[str, list[str]]
    measures: dict[str, dict[str, tuple[float, float, str | None]]]
    scores: dict[tuple[str, str], Row]
    valued: dict[str, dict[str, Row]]
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


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as plain dicts, with None wherever a value is missing."""
    columns = [str(column) for column in frame.columns]
    values = [
        [None if value is pd.NA or value != value else value for value in frame[column].tolist()]
        for column in frame.columns
    ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def decoded(text: object) -> Any:
    """A column that holds JSON; an empty list where it holds nothing."""
    return json.loads(text) if isinstance(text, str) and text else text if text is not None else []


def bind(results: Results, quantities: dict[str, Quantity]) -> Book:
    """All tables but the evidence, ready for looking up."""
    articles = {row["id"]: row for row in rows(results.articles.drop(columns="text", errors="ignore"))}
    order: dict[str, list[str]] = defaultdict(list)
    for row in sorted(articles.values(), key=lambda row: (row["published"] or "9999", row["id"])):
        order[row["source"]].append(row["id"])
    passages: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(results.passages):
        passages[row["a"], row["b"]].append(row | {"changes": decoded(row["changes"])})
    speakers: dict[str, list[Row]] = defaultdict(list)
    for row in rows(results.speakers):
        speakers[row["source"]].append(row | {"stories": decoded(row["stories"])})
    stories = rows(results.stories)
    all_scores = results.scores
    of_sources = all_scores["level"] == "source"
    scores = rows(all_scores[of_sources])
    valued: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in scores:
        if row["value"] is not None:
            valued[row["feature"]][row["subject"]] = row
    return Book(
        audit=results.audit,
        quantities=quantities,
        sources={row["id"]: row for row in rows(results.sources)},
        articles=articles,
        order=dict(order),
        measures=_measures(results.measures),
        scores={(row["subject"], row["feature"]): row for row in scores},
        valued=dict(valued),
        probabilities={(row["subject"], row["feature"]): row for row in rows(all_scores[~of_sources])},
        differences={(row["source"], row["feature"]): row for row in rows(results.differences)},
        stories={row["id"]: row | {k: decoded(row[k]) for k in ("articles", "sources")} for row in stories},
        pairs=rows(results.pairs),
        passages=dict(passages),
        claims={row["id"]: row for row in rows(results.claims)},
        claim_pairs=rows(results.claim_pairs),
        speakers=dict(speakers),
        framing=_by_story(rows(results.framing), "places"),
        balance=_by_story(rows(results.balance)),
        quoted=[row | {"articles": decoded(row["articles"])} for row in rows(results.quoted)],
    )


def _by_story(found: list[Row], *json_columns: str) -> dict[str, list[Row]]:
    """Rows by story; those of all stories together stand under the empty id."""
    by_story: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_story[row["story"] or ""].append(row | {column: decoded(row[column]) for column in json_columns})
    return dict(by_story)


def _measures(frame: pd.DataFrame) -> dict[str, dict[str, tuple[float, float, str | None]]]:
    found: dict[str, dict[str, tuple[float, float, str | None]]] = defaultdict(dict)
    absent = frame["absent"].astype(object).where(frame["absent"].notna(), None)
    columns = (frame["article"], frame["feature"], frame["count"], frame["base"], absent)
    for article, feature, count, base, reason in zip(*(column.tolist() for column in columns), strict=True):
        found[article][feature] = (count, base, reason)
    return dict(found)


def numbered(evidence: pd.DataFrame) -> pd.DataFrame:
    """Evidence by article and place, with a column `row`: its number within the article, the same on every page."""
    ordered = evidence.sort_values(["article", "start", "end", "feature", "rule"], kind="stable")
    return ordered.assign(row=ordered.groupby("article", sort=False).cumcount())
