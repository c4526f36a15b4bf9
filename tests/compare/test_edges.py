"""Cases at the edge of a rule: exactly a half, a fifth, the first, the last, one side only."""

from __future__ import annotations

import random
from statistics import fmean

import numpy as np
import pytest

from audit.compare.agreement import tally
from audit.compare.calendar import packed, shared
from audit.compare.checkable import KINDS, checkable
from audit.compare.figures import figures
from audit.compare.sketch import sketch
from audit.parse import parse
from audit.records import Article, Claim, ClaimPair, Story
from tests.compare.corpus import article, compared
from tests.compare.found import linked

MARCH, MAY, MONDAY, FRIDAY, LAST, THIS = 3, 5, 21, 25, 2019, 2020


@pytest.mark.parametrize(("one", "two", "expected"), [
    ([MARCH, MONDAY, THIS], [MARCH, MONDAY, THIS], [1, 0, 1, 0, 0]),
    ([MARCH, MONDAY, THIS], [MAY, FRIDAY, LAST], [0, 1, 0, 1, 1]),
    ([MARCH, MONDAY, LAST, THIS], [MARCH, MAY, FRIDAY, THIS], [1, 0, 0, 1, 0]),
    ([], [MARCH, MONDAY, THIS], [0, 0, 0, 0, 0]),
    ([MARCH, MONDAY, THIS], [], [0, 0, 0, 0, 0]),
    ([12, 27, 1900], [1, 21, 1901], [0, 1, 0, 1, 1]),
    ([0, 20, 30, 1899], [12, 27, 1900], [0, 0, 0, 0, 0]),
])  # fmt: skip
def test_what_two_texts_say_of_time(one: list[int], two: list[int], expected: list[int]) -> None:
    sides = [np.array([packed(np.array(codes, np.int64))]) for codes in (one, two)]
    assert shared(*sides).tolist() == [expected]
    assert shared(*reversed(sides)).tolist() == [expected]


@pytest.mark.parametrize(("text", "kind"), [
    ("“Bakers opened old gates,” said Ilva Dorn slowly.", "statement"),  # half of it quoted: not more
    ("“Bakers opened old tall gates,” said Ilva Dorn slowly.", "quotation"),
    ("Mayor Ilva Dorn opened the gate slowly.", "role"),
    ("The mayor opened Tarn slowly in summer.", "statement"),  # no name beside the office
    ("Ilva Dorn, mayor, opened gates slowly.", "statement"),
    ("The gates were opened slowly in summer.", "statement"),
    ("The gates opened slowly in a summer.", ""),
    ("Police opened gates slowly in summer.", "statement"),
    ("She opened nine gates slowly in 1998.", "date"),
    ("She opened nine gates and two doors slowly in 1998.", "figure"),
    ("One gate opened slowly in a summer.", ""),
    ("Gates opened in May 1998.", ""),  # too few words
    ("Did Ilva Dorn open old gates slowly?", ""),
    ("The old “gates of the long and narrow way” opened in summer slowly again.", "quotation"),
    ("The old “gates of the long way” opened in summer slowly again.", ""),
])  # fmt: skip
def test_kinds_of_claims(text: str, kind: str) -> None:
    assert [KINDS[number] for number in checkable(parse([article("a", text)]))] == [kind]


@pytest.mark.parametrize(("undated", "told"), [(1, False), (2, True)])
def test_a_fifth_without_a_date_is_not_told(undated: int, told: bool) -> None:
    days = [None] * undated + ["2023-03-06"] * (5 - undated)
    articles = [article(f"a{number}", f"Ferry number {number} sails.", day=day) for number, day in enumerate(days)]
    assert bool(compared(articles).notes) is told
    assert compared([Article(id="alone", source="s", text="A ferry sails.")]).notes == ()


OWNED = {"b": "Trust", "c": "Trust"}


@pytest.mark.parametrize(("owners", "voices", "expected"), [
    ({}, {}, {"a": (1, 0), "b": (1, 0), "c": (1, 0), "d": (1, 1)}),
    (OWNED, {}, {"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (1, 1)}),  # b and c count once
    (OWNED | {"d": "Trust"}, {}, {"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (0, 0)}),
    ({"a": "Trust", "d": "Trust"}, {}, {"a": (1, 0), "b": (1, 0), "c": (1, 0), "d": (1, 1)}),
    ({}, {"c": "b"}, {"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (1, 1)}),
])  # fmt: skip
def test_what_is_left_out(
    owners: dict[str, str], voices: dict[str, str], expected: dict[str, tuple[int, int]]
) -> None:
    """a, b and c tell one claim, d does not: how often each could have told what two others tell, and left it out."""
    items = {item.article: item for item in sketch(parse([article(name, "A ferry sails.") for name in "abcd"]), {})}
    claims = [Claim(name, name, 0, 5, "statement", "", "") for name in "abc"]
    pairs = [ClaimPair("a", "b", "agrees", 1.0, ""), ClaimPair("b", "c", "disputes", 1.0, "")]
    story = Story("s", tuple("abcd"), "", None, None)
    found = tally([story], claims, pairs, items, lambda one: voices.get(one, one), owners)
    assert {name: (found[name].told_by_others, found[name].omitted) for name in "abcd"} == expected


@pytest.mark.parametrize(("text", "unit"), [
    ("It opened in 1499.", ""), ("It opened in 1500.", "year"), ("It opened in 2100.", "year"),
    ("It opened in 2101.", ""), ("It opened in 2000.", "year"), ("It opened on May 99.", "day"),
    ("It opened on May 100.", ""), ("It opened on May 0.", ""), ("It opened on 1 May.", "day"),
    ("It opened at 12 p.m.", "clock"), ("It held 1,999 cows.", ""),
])  # fmt: skip
def test_years_days_and_hours(text: str, unit: str) -> None:
    assert [figure.unit for figure in figures(text)] == [unit]


@pytest.mark.parametrize(("text", "low", "high"), [
    ("about 200 cows", 180, 220), ("nearly 200 cows", 180, 200), ("more than 200 cows", 200, 300),
    ("at most 300 cows", 200, 300), ("200 cows", 200, 200), ("200 or more cows", 200, 300),
    ("20 to 200 cows", 20, 200), ("20 to 201 cows", 201, 201), ("2 to 5 million cows", 2e6, 5e6),
])  # fmt: skip
def test_what_a_figure_leaves_open(text: str, low: float, high: float) -> None:
    found = figures(text)[-1]
    assert (found.low, found.high) == pytest.approx((low, high))


def slowly(size: int, edges: list[tuple[int, int, float]], threshold: float, missing: float) -> list[int]:
    """Average linkage as its definition has it: the two groups with the best mean join while it is good enough."""
    known = {frozenset((i, j)): score for i, j, score in edges}
    groups = [[item] for item in range(size)]
    while True:
        best = max((
            (fmean(known.get(frozenset((i, j)), missing) for i in one for j in two), at, to)
            for at, one in enumerate(groups) for to, two in enumerate(groups[:at])
        ), default=(threshold - 1, 0, 0))  # fmt: skip
        if best[0] < threshold:
            return [min(next(group for group in groups if item in group)) for item in range(size)]
        groups[best[2]] += groups.pop(best[1])


@pytest.mark.parametrize("seed", range(12))
def test_average_linkage_is_its_definition(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(2, 14)
    edges = [(i, j, chance.uniform(-3, 5)) for j in range(size) for i in range(j) if chance.random() < 0.7]
    assert linked(size, edges, 0.5, -2.0) == slowly(size, edges, 0.5, -2.0)
