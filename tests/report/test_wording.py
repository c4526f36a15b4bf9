"""Every figure that a page prints: rounding, units, dates, names."""

from __future__ import annotations

import pytest

from audit.extract.base import Quantity
from audit.report import wording
from audit.report.view.say import web

SHARE = Quantity("hedging", "hedged", "hedged sentences", "own sentences", "sentence", 100)
DENSITY = Quantity("attribution", "statements", "statements", "words", "word", 100)
WORDS = Quantity("agreement.copied", "text taken", "words that stand elsewhere", "own words", "word", 100)
GRADE = Quantity("readability", "grade", "grade times words", "words", "word", kind="grade")
PROBABILITY = Quantity("translation", "machine-made", "articles", "articles", "article", 1, "probability")


@pytest.mark.parametrize(
    ("value", "quantity", "shown"),
    [
        (0.1523, SHARE, "15 %"),
        (0.0312, SHARE, "3.1 %"),
        (0, SHARE, "0 %"),
        (1, SHARE, "100 %"),
        (-0.05, SHARE, "−5.0 %"),
        (0.0312, DENSITY, "3.1 per 100 words"),
        (0.56, WORDS, "56 %"),
        (11.24, GRADE, "11.2"),
        (-0.01, GRADE, "0.0"),
        (0.974, PROBABILITY, "0.97"),
    ],
)
def test_values(value: float, quantity: Quantity, shown: str) -> None:
    assert wording.value(value, quantity).replace(wording.SPACE, " ") == shown


@pytest.mark.parametrize(
    ("low", "high", "quantity", "shown"),
    [(0.09, 0.24, SHARE, "9.0–24 %"), (-0.03, 0.05, SHARE, "−3.0 to 5.0 %"), (5.8, 7.1, GRADE, "5.8–7.1")],
)
def test_ranges(low: float, high: float, quantity: Quantity, shown: str) -> None:
    assert wording.between(low, high, quantity).replace(wording.SPACE, " ") == shown


def test_counts_say_in_what_they_were_counted() -> None:
    assert wording.counted(12, 80, SHARE).replace(wording.SPACE, " ") == "12 of 80 own sentences"
    assert wording.counted(43, 1390, DENSITY).replace(wording.SPACE, " ") == "43 in 1,390 words"
    assert wording.plural(1, "article") == f"1{wording.SPACE}article"
    assert wording.plural(1200, "story", "stories") == f"1,200{wording.SPACE}stories"


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0 %"), (0.001, "under 1 %"), (0.61, "61 %"), (0.999, "over 99 %"), (1.0, "100 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(share: float, shown: str) -> None:
    assert wording.percent(share).replace(wording.SPACE, " ") == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2020-09-03", "2020-09-19", "3–19 Sept 2020"),
        ("2020-08-28", "2020-09-03", "28 Aug – 3 Sept 2020"),
        ("2019-12-30", "2020-01-02", "30 Dec 2019 – 2 Jan 2020"),
        ("2020-09-03", "2020-09-03T10:00", "3 Sept 2020"),
        (None, None, "dates unknown"),
        ("2020", "2020-09", "2020 – Sept 2020"),
        ("2020-13-01", None, "2020"),
    ],
)
def test_dates(first: str | None, last: str | None, shown: str) -> None:
    assert wording.dates(first, last).replace(wording.SPACE, " ") == shown


def test_a_moment_keeps_the_hour_that_the_page_gave() -> None:
    assert wording.moment("2020-09-03T08:30:00Z").replace(wording.SPACE, " ") == "3 Sept 2020, 08:30"
    assert wording.moment("2020-09-03").replace(wording.SPACE, " ") == "3 Sept 2020"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  two\n lines ", "two lines"),
        ("abc\u202edef", "abc def"),
        ("\u2066x\u2069", "x"),
        (None, "none"),
        ("\x00", "none"),
        ("\ud800a", "a"),
        ("é" * 500, "é" * 239 + "…"),
    ],
)
def test_names_are_one_line_and_cannot_turn_the_page_around(given: str | None, shown: str) -> None:
    assert wording.name(given, "none") == shown


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://", False),
        ("java\nscript:x", False),
        ("https://exam ple.org", False),
        ("http://[", False),
        (None, False),
        (7, False),
        ("ftp://example.org", False),
    ],
)
def test_only_addresses_that_a_browser_may_follow(url: object, kept: bool) -> None:
    assert web(url) == (url if kept else "")


@pytest.mark.parametrize(("percentile", "said"), [
    (0.0, "under 1\u00a0%"), (0.4, "under 1\u00a0%"), (42.0, "42\u00a0%"), (99.8, "over 99\u00a0%"),
    (100.0, "over 99\u00a0%"),
])  # fmt: skip
def test_a_place_among_reference_news_is_never_all_or_none(percentile: float, said: str) -> None:
    assert wording.place(percentile) == said
