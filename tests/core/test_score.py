"""Sums, intervals, differences, corrections and ranks, on counts small enough to check by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.beside import Row, wilson
from audit.extract.base import Quantity
from audit.reference import Reference
from audit.score import Counts, benjamini_hochberg, score
from audit.settings import load

SETTINGS = load().score
RATE = {"x": Quantity("x", "x", "counted", "per", "unit"),
        "p": Quantity("p", "p", "counted", "per", "article", kind="probability")}


def scored(rows: list[tuple[str, str, float, float]], feature: str = "x") -> tuple[list[Row], list[Row]]:
    """`rows`: source, story, count, base."""
    sources, stories, counts, bases = (list(column) for column in zip(*rows, strict=True))
    matrix = [np.array(column, float).reshape(-1, 1) for column in (counts, bases)]
    table = Counts([str(i) for i in range(len(rows))], sources, stories, [feature], matrix[0], matrix[1])
    return score(table, RATE, SETTINGS, Reference({}))


def test_a_rate_is_the_sum_of_counts_over_the_sum_of_bases() -> None:
    scores, _ = scored([("a", "", 1, 2), ("a", "", 1, 98)])
    assert scores[0]["value"] == 0.02
    assert (scores[0]["count"], scores[0]["base"], scores[0]["n"]) == (2.0, 100.0, 2)


def test_too_few_articles_have_counts_but_no_interval() -> None:
    scores, differences = scored([("a", "", 1, 10)] * 4 + [("b", "", 1, 10)] * 5)
    by_source = {row["subject"]: row for row in scores}
    assert by_source["a"]["low"] is None
    assert "fewer than 5 articles" in str(by_source["a"]["absent"])
    assert by_source["b"]["low"] is not None
    assert [row["plain"] is None for row in differences] == [True, False]


def test_absent_is_not_zero() -> None:
    nan = math.nan
    scores, _ = scored([("a", "", nan, nan), ("a", "", 2, 4)])
    assert (scores[0]["value"], scores[0]["n"]) == (0.5, 1)
    scores, _ = scored([("a", "", nan, nan)])
    assert scores[0]["value"] is None
    assert scores[0]["absent"] == "not measured in any article"


def test_an_interval_holds_its_value_and_narrows_with_articles() -> None:
    few, _ = scored([("a", "", i % 3, 10) for i in range(6)])
    many, _ = scored([("a", "", i % 3, 10) for i in range(600)])
    for row in (few[0], many[0]):
        assert float(str(row["low"])) <= float(str(row["value"])) <= float(str(row["high"]))
    assert float(str(many[0]["high"])) - float(str(many[0]["low"])) < float(str(few[0]["high"])) / 3


def test_a_difference_within_stories_takes_the_topic_out() -> None:
    rows = []
    for number in range(12):  # even stories are hedged by all, odd ones by none; a only tells the hedged ones twice
        level = 5.0 if number % 2 else 1.0
        rows += [("a", f"s{number}", level, 10.0), ("b", f"s{number}", level, 10.0)]
    rows += [("a", "", 9.0, 10.0)] * 12
    _, differences = scored(rows)
    a = differences[0]
    assert a["within"] == 0.0
    assert float(str(a["plain"])) > 0.2
    assert a["holds"] == "plain"


def test_equal_sources_have_no_difference_that_holds() -> None:
    _, differences = scored([(source, f"s{i}", float(i % 2), 10.0) for i in range(10) for source in "ab"])
    assert [row["holds"] for row in differences] == ["", ""]


def test_ranks_are_given_only_where_intervals_part() -> None:
    rows = [("low", "", i % 2, 100.0) for i in range(20)]
    rows += [("high", "", 50.0 + i % 2, 100.0) for i in range(20)]
    scores, _ = scored(rows)
    assert {row["subject"]: row["rank"] for row in scores} == {"high": 1, "low": 2}
    scores, _ = scored([(source, "", i % 2, 100.0) for i in range(20) for source in "ab"])
    assert [row["rank"] for row in scores] == [None, None]


def test_no_flagged_article_is_not_certainty() -> None:
    scores, _ = scored([("a", "", 0.0, 1.0)] * 5, "p")
    assert scores[0]["low"] == 0.0
    assert scores[0]["high"] == pytest.approx(0.4345, abs=1e-3)  # Wilson's interval of 0 in 5


def test_wilson_against_a_published_value() -> None:
    low, high = wilson(81, 263)  # Newcombe 1998, table I, method 3
    assert (round(low or 0, 4), round(high or 0, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(("values", "wanted"), [
    ([0.01, 0.04, 0.03, 0.005], [True, True, True, True]),
    ([0.04, 0.06, 0.9], [False, False, False]),
    ([0.001, 0.06, 0.9], [True, False, False]),
    ([], []),
])
def test_benjamini_hochberg(values: list[float], wanted: list[bool]) -> None:
    assert benjamini_hochberg(values, 0.05) == wanted


ROW = st.tuples(st.sampled_from("abc"), st.sampled_from(["", "s", "t"]), st.integers(0, 9), st.integers(1, 9))


@given(st.lists(ROW, min_size=1, max_size=12))
def test_the_order_of_sources_does_not_matter(rows: list[tuple[str, str, int, int]]) -> None:
    rows = sorted(rows)
    apart = sorted(rows, key=lambda row: -ord(row[0]))  # the sources in another order, each one's articles alike
    assert scored([(s, t, float(c), float(b)) for s, t, c, b in rows])[0] == \
        scored([(s, t, float(c), float(b)) for s, t, c, b in apart])[0]
