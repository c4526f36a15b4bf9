"""What a page says first: counts, at most five sentences, no source pressed to the front, nothing that is not there."""

from __future__ import annotations

import pytest

from audit.report.data import bind
from audit.report.view.compared import compare
from audit.report.view.say import plain
from audit.report.view.standout import stands_out
from tests.report.invented import Invented, results

JUDGING = ("worst", "best", "good", "bad", "reliable", "unreliable", "biased", "fake", "poor", "suspicious")


def said(given: Invented, most: int = 5) -> list[str]:
    book = bind(given, given.quantities)
    return [
        plain(finding.sentence).replace("\N{NO-BREAK SPACE}", " ") for finding in stands_out(book, compare(book), most)
    ]


@pytest.fixture
def given() -> Invented:
    return results()


def test_counts_first_and_each_leads_to_its_words(given: Invented) -> None:
    sentences = said(given)
    assert sentences[0] == (
        "Meridian Daily took 61 % of its text from Harbour Wire (5 of 5 articles); it counts as no second voice."
    )
    assert any("people detained: 27 and 33" in sentence for sentence in sentences)
    assert any(
        sentence.startswith("The Plain Observer hedges 8 of 60 own sentences (13 %); no other source is below 19 %")
        for sentence in sentences
    )


@pytest.mark.parametrize("most", [0, 1, 3, 5])
def test_never_more_than_the_setting(given: Invented, most: int) -> None:
    assert len(said(given, most)) == most


def test_no_adjective_and_no_verdict(given: Invented) -> None:
    assert not [word for sentence in said(given) for word in sentence.lower().split() if word.strip(".,;:") in JUDGING]


def test_a_difference_without_an_interval_does_not_stand_out(given: Invented) -> None:
    given.tables["scores"] = given.tables["scores"].assign(low=None, high=None)
    assert not [sentence for sentence in said(given) if "hedges" in sentence]


def test_nothing_stands_out_where_nothing_holds(given: Invented) -> None:
    given.tables["differences"] = given.tables["differences"].assign(holds="")
    for name in ("pairs", "passages", "claim_pairs"):
        given.tables[name] = given.tables[name].iloc[:0]
    assert said(given) == []
