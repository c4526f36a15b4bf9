"""Style: who does what to whom stays out; forms and lengths are counted in the outlet's own voice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract import extractors
from audit.parse import parse
from audit.records import Article, Finding

extractor = extractors()["style"]


def style(text: str, title: str | None = None) -> Finding:
    (finding,) = extractor.extract(parse([Article(id="a", source="s", text=text, title=title)]))
    return finding


def rate(finding: Finding, feature: str) -> float | None:
    return next(measure.rate for measure in finding.measures if measure.feature == feature)


def found(text: str, rule: str, title: str | None = None) -> list[str]:
    return [text[e.start : e.end] for e in style(text, title).evidence if e.rule == rule]


@pytest.mark.parametrize(
    ("text", "passives"),
    [
        ("The old pier was never completely repaired.", ["was never completely repaired"]),
        ("The pier is being rebuilt by a firm from the coast.", ["is being rebuilt"]),
        ("It has been said that ferries got cancelled.", ["been said", "got cancelled"]),
        ("The ferrymen were tired and supposed a storm was near.", []),
        ("The firm repaired the pier and has written a report.", []),
        ("“The pier was wrecked by the storm last night,” Okafor said.", []),
        ("The pier isn’t closed, and the boats aren't needed.", ["isn’t closed", "aren't needed"]),
    ],
)
def test_passive_voice(text: str, passives: list[str]) -> None:
    assert found(text, "passive") == passives


@pytest.mark.parametrize(
    ("title", "feature"),
    [
        ("You won’t believe what the ferryman found", "style.clickbait"),
        ("Nine reasons to take the ferry", "style.clickbait"),
        ("This woman rowed across the bay", "style.clickbait"),
        ("Is the ferry too slow?", "style.headline_question"),
        ("The ferry is back!", "style.headline_exclamation"),
    ],
)
def test_forms_of_headlines(title: str, feature: str) -> None:
    finding = style("The ferry came back on Monday. It carried nine people.", title)
    shares = {m.feature: m.rate for m in finding.measures if m.unit == "headline"}
    assert shares == {name: float(name == feature) for name in shares}


def test_a_headline_that_is_not_in_the_text_has_no_span() -> None:
    text = "The ferry came back on Monday."
    assert style(text, "Nine reasons to wait").evidence == ()
    assert found("Nine reasons to wait\n\n" + text, "clickbait-list", "Nine reasons to wait") == ["Nine reasons"]


def test_without_a_title_a_short_first_line_is_the_headline() -> None:
    assert rate(style("Is the ferry late?\n\nThe ferry came back on Monday."), "style.headline_question") == 1
    finding = style("The ferry came back on Monday.")
    (reason,) = {measure.absent for measure in finding.measures if measure.unit == "headline"}
    assert reason == "the article has no headline"


def test_words_per_sentence_leave_quotations_out() -> None:
    finding = style("The ferry came back today. “It was a long and dreadful crossing, and we all were sick of it.”")
    assert rate(finding, "style") == 5


def test_an_empty_text_is_absent_not_zero() -> None:
    assert all(measure.absent for measure in style("").measures)


def test_closing_marks_count_once_a_sentence() -> None:
    finding = style("Really?! The ferry sank! Nobody was hurt.")
    assert rate(finding, "style.exclamation") == pytest.approx(2 / 3)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aw aswere doneited!?.“”\"'\n ", max_size=80))
def test_spans_slice_and_counts_stay_below_bases(text: str) -> None:
    finding = style(text)
    assert all(0 <= e.start < e.end <= len(text) for e in finding.evidence)
    assert all(0 <= m.count <= m.base for m in finding.measures if m.feature != "style")
