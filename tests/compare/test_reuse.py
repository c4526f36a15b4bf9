"""Who took from whom, how much, and how we know."""

from __future__ import annotations

import pytest

from audit.records import Pair
from tests.compare.corpus import ORCHARD, SPUN, STRIKE, STRIKE_ELSEWHERE, article, compared

SHUFFLED = " ".join(reversed(STRIKE.replace("\n", " ").split(". ")))
QUOTE = (
    "“I have driven these trams for thirty years and I have never seen an empty depot on a Monday morning before, and "
    "I hope that I never will again,” said the driver Alva Nyberg"
)


def reused(articles: list) -> list[Pair]:  # type: ignore[type-arg]
    return [pair for pair in compared(articles).pairs if pair.kind != "same-story"]


@pytest.mark.parametrize(
    ("name", "text", "kind", "least"),
    [
        ("verbatim", STRIKE, "copy", 0.95),
        ("trimmed", STRIKE[: STRIKE.index("Schools")], "copy", 0.9),
        ("own comment added", "I disagree with all of this. " + STRIKE, "copy", 0.9),
        ("other order", SHUFFLED, "derived", 0.6),
        ("synonyms", SPUN, "derived", 0.6),
        ("one passage", ORCHARD + " " + STRIKE[: STRIKE.index("Mayor")], "derived", 0.2),
    ],
)
def test_made_from_an_earlier_text(name: str, text: str, kind: str, least: float) -> None:
    (pair,) = reused([article("wire", STRIKE), article("later", text, day="2023-03-08")])
    assert (pair.a, pair.b, pair.first) == ("wire", "later", "wire")
    assert pair.kind == kind or name == "other order"
    assert pair.share >= least
    for passage in pair.passages:
        assert 0 <= passage.a_start < passage.a_end <= len(STRIKE)
        assert 0 <= passage.b_start < passage.b_end <= len(text)
        assert all(0 <= change[2] <= change[3] <= len(text) for change in passage.changes)


def test_a_mosaic_took_from_each_of_its_sources() -> None:
    halves = STRIKE.split(". ")[:3], ORCHARD.split(". ")[:3]
    mosaic = ". ".join(sentence for both in zip(*halves, strict=True) for sentence in both) + "."
    pairs = reused([article("wire", STRIKE), article("farm", ORCHARD), article("later", mosaic, day="2023-03-08")])
    assert {(pair.a, pair.b) for pair in pairs} == {("wire", "later"), ("farm", "later")}
    assert all(0.3 <= pair.share <= 0.7 for pair in pairs)


def test_independent_reports_of_one_event_are_no_reuse() -> None:
    assert reused([article("a", STRIKE), article("b", STRIKE_ELSEWHERE)]) == []


def test_a_shared_quotation_is_no_reuse() -> None:
    assert reused([article("a", f"{ORCHARD} {QUOTE}."), article("b", f"{STRIKE_ELSEWHERE} {QUOTE}.")]) == []


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        (article("b", STRIKE, day=None), article("a", STRIKE, day=None), None),
        (article("b", STRIKE), article("a", STRIKE), None),
        (article("b", STRIKE, day="2023-03-07"), article("a", STRIKE), "a"),
        (article("b", STRIKE, "Hill Wire"), article("a", STRIKE, day="2023-03-05", credit="The Hill Wire"), "b"),
        (article("b", STRIKE, day="2023-03-06T07:00"), article("a", STRIKE, day="2023-03-06T09:00"), "b"),
    ],
)
def test_direction_and_how_it_is_known(one: object, two: object, first: str | None) -> None:
    (pair,) = reused([one, two])
    assert pair.first == first
    assert pair.reason.startswith("unknown") is (first is None)


def test_a_fixture_of_many_months_is_no_reuse() -> None:
    line = "Readers who want to support the work of our small newsroom can leave a gift at the counter of any bookshop."
    texts = [f"{text} {line}" for text in (STRIKE, ORCHARD, STRIKE_ELSEWHERE)]
    days = ("2023-03-06", "2023-06-20", "2023-09-01")
    articles = [article(day, text, day=day) for day, text in zip(days, texts, strict=True)]
    assert reused(articles) == []
