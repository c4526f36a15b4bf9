"""The labels of the demonstration corpus: offsets slice the words, and every relation that the demo shows is there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.seeds import place

ROWS = [json.loads(line) for line in place.GOLD.read_text(encoding="utf-8").splitlines()]
KINDS = {"original", "machine_translation", "machine_rewritten"}


@pytest.fixture(scope="module")
def articles() -> dict[str, place.Article]:
    """The corpus as it is loaded."""
    return place.articles()


def test_every_article_has_one_row(articles: dict[str, place.Article]) -> None:
    assert sorted(row["file"] for row in ROWS) == sorted(articles)


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_offsets_are_those_of_the_words(row: place.Row, articles: dict[str, place.Article]) -> None:
    assert place.place(row, articles[row["file"]]) == row
    text = articles[row["file"]].text
    for one in row["evidence"]:
        assert text[one["start"] : one["end"]] == one["words"]
    for one in row.get("attributions", []):
        for role in ("source", "cue", "content"):
            assert [text[start:end] for start, end in one[role]] == one["words"][role]


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_relations_quote_both_articles(row: place.Row, articles: dict[str, place.Article]) -> None:
    for relation in row["relations"]:
        assert relation["a"] in articles[row["file"]].text
        assert relation["b"] in articles[relation["b_file"]].text


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_articles_are_as_long_as_news(row: place.Row, articles: dict[str, place.Article]) -> None:
    article = articles[row["file"]]
    assert 200 <= len(article.text.split()) <= 450
    assert article.title
    assert (article.published or "").startswith("2024-09")
    assert article.source == row["source"]


def test_every_relation_of_the_demo_occurs() -> None:
    why = Counter(relation["why"] for row in ROWS for relation in row["relations"])
    relations = Counter(relation["relation"] for row in ROWS for relation in row["relations"])
    copies = {copy["how"] for row in ROWS for copy in row["copies"]}
    assert copies == {"verbatim", "trimmed", "lightly edited", "spun"}
    assert {row["kind"] for row in ROWS} == KINDS
    assert set(relations) == {"agrees", "disputes", "updated"}
    assert {"number", "negation", "date", "rounded number", "number in words", "amount written otherwise",
            "quotation with another speaker", "quotation with other words", "toll of a later date"} <= set(why)
    kinds = {one["speaker_kind"] for row in ROWS for one in row.get("attributions", [])}
    assert kinds == {"named", "organisation", "role", "anonymous", "vague", "document"}


def test_enough_articles_for_intervals_but_of_one_outlet() -> None:
    sources = Counter(row["source"] for row in ROWS)
    assert sum(count >= 5 for count in sources.values()) >= 4
    assert sum(count < 5 for count in sources.values()) == 1


def overlaps(claim: dict[str, Any], text: str, words: str) -> bool:
    start = text.index(words)
    return bool(claim["start"] < start + len(words) and start < claim["end"])


@pytest.mark.parametrize(
    ("row", "relation"), [(row, relation) for row in ROWS for relation in row["relations"]],
    ids=lambda given: given.get("why", given.get("file")),
)
def test_each_relation_is_found(row: place.Row, relation: dict[str, str], articles: dict[str, place.Article]) -> None:
    """In the committed run: a pair of claims that holds the labelled words of both articles, related as labelled."""
    tables = Path(__file__).parents[2] / "reports" / "data"
    claims = {claim["id"]: claim for claim in pd.read_parquet(tables / "claims.parquet").to_dict("records")}
    one, two = articles[row["file"]], articles[relation["b_file"]]
    found = set()
    for pair in pd.read_parquet(tables / "claim_pairs.parquet").to_dict("records"):
        a, b = claims[pair["claim_a"]], claims[pair["claim_b"]]
        if a["article"] == two.id:
            a, b = b, a
        related = (a["article"], b["article"]) == (one.id, two.id)
        if related and overlaps(a, one.text, relation["a"]) and overlaps(b, two.text, relation["b"]):
            found.add(pair["relation"])
    assert relation["relation"] in found
