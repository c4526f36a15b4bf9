"""Who may confirm whom within a story: sources, owners, voices, days; and words that two texts share as one passage."""

from __future__ import annotations

from itertools import count

import msgspec
import numpy as np
import pytest

from audit.compare import telling
from audit.compare.claims import CROWD, Told
from audit.compare.names import lists
from audit.compare.prior import CAUTION, STRICTEST, asked
from audit.compare.sketch import sketch
from audit.parse import parse
from audit.records import Claim, Pair, Passage
from tests.compare.corpus import article


def sheet(name: str, source: str, day: int = 0) -> Told:
    (plain,) = sketch(parse([article(name, "A text.")]), {})
    item = msgspec.structs.replace(plain, article=name, source=source, day=day)
    return Told(item, (), (), np.zeros((0, 1), np.float32), (), (), ())


def names(pairs: list[tuple[Told, Told]]) -> list[str]:
    return [one.item.article + two.item.article for one, two in pairs]


@pytest.mark.parametrize(("sources", "voices", "owners", "expected"), [
    ("ABC", "abc", {}, ["ab", "ac", "bc"]),
    ("AAB", "abc", {}, ["ac", "bc"]),
    ("ABC", "aac", {}, ["ac", "bc"]),
    ("ABC", "abc", {"A": "X", "B": "X"}, ["ac", "bc"]),
    ("ABC", "abc", {"A": "B"}, ["ac", "bc"]),
    ("ABC", "abc", {"B": "A"}, ["ac", "bc"]),
    ("ABC", "abc", {"A": "X", "B": "Y"}, ["ab", "ac", "bc"]),
])  # fmt: skip
def test_independent(sources: str, voices: str, owners: dict[str, str], expected: list[str]) -> None:
    sheets = [sheet(name, source) for name, source in zip("abc", sources, strict=True)]
    voice = dict(zip("abc", voices, strict=True))
    assert names(telling._independent(sheets, voice, owners)) == expected


def test_of_a_crowd_only_neighbours_are_held_against_each_other() -> None:
    plain = sheet("x", "X")
    crowd = [Told(msgspec.structs.replace(plain.item, article=f"{n}", source=f"{n}"), (), (), plain.rows, (), (), ())
             for n in range(CROWD + 3)]
    pairs = telling._independent(crowd, {f"{n}": f"{n}" for n in range(CROWD + 3)}, {})
    assert {int(two.item.article) - int(one.item.article) for one, two in pairs} == set(range(1, CROWD + 1))


@pytest.mark.parametrize(("days", "sources", "expected"), [
    ((5, 6, 6), "AAA", ["ab", "ac"]), ((5, 6, 7), "AAB", ["ab"]), ((0, 6, 6), "AAA", []), ((6, 0, 7), "AAA", ["ac"]),
    ((1, 2, 0), "AAA", ["ab"]),
])  # fmt: skip
def test_later(days: tuple[int, ...], sources: str, expected: list[str]) -> None:
    sheets = [sheet(name, source, day) for name, source, day in zip("abc", sources, days, strict=True)]
    assert names(telling._later(sheets)) == expected


@pytest.mark.parametrize(("a", "b", "expected"), [
    ((10, 20), (110, 120), True), ((0, 11), (110, 120), True), ((0, 10), (110, 120), False),
    ((19, 30), (110, 120), True), ((20, 30), (110, 120), False), ((10, 20), (90, 110), False),
    ((10, 20), (90, 111), True), ((10, 20), (120, 130), False), ((10, 20), (119, 130), True),
])  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_borrowed(a: tuple[int, int], b: tuple[int, int], expected: bool, turned: bool) -> None:
    pair = Pair("a", "b", "derived", 0.5, passages=(Passage("a", "b", 10, 20, 110, 120),))
    number = count()
    one, two = (Claim(f"{next(number)}", name, *span, "statement", "", "") for name, span in (("a", a), ("b", b)))
    found = telling._borrowed([pair])
    assert (found(two, one) if turned else found(one, two)) is expected
    other = Claim("9", "c", 10, 20, "statement", "", "")
    assert found(one, other) is False


@pytest.mark.parametrize(("word", "expected"), [
    ("told", True), ("warned", True), ("warning", True), ("insists", False), ("argues", True), ("eyes", False),
    ("press", False), ("ministers", False), ("insist", False), ("deputies", False), ("hints", True), ("ties", False),
])  # fmt: skip
def test_introduces(word: str, expected: bool) -> None:
    assert lists().introduces(word) is expected


@pytest.mark.parametrize(("word", "expected"), [
    ("said", "say"), ("says", "say"), ("told", "tell"), ("shouts", "shout"), ("muttered", "mutter"),
])  # fmt: skip
def test_reported(word: str, expected: str) -> None:
    assert lists().reported(word) == expected


@pytest.mark.parametrize(("best", "lenient", "expected"), [
    ([8.0] * 50 + [-8.0] * 50, -1.0, CAUTION), ([9.0] * 100, -1.0, -1.0), ([9.0] * 100, -3.0, -3.0),
    ([-9.0] * 100, -1.0, STRICTEST), ([30.0] * 25 + [-30.0] * 75, -1.0, CAUTION + np.log(3)),
    ([30.0] * 75 + [-30.0] * 25, -1.0, CAUTION - np.log(3)),
])  # fmt: skip
def test_the_fewer_articles_have_a_mate_the_more_is_asked_of_a_match(
    best: list[float], lenient: float, expected: float
) -> None:
    assert asked(np.array(best), lenient) == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_the_share_asked_under_is_the_one_that_explains_the_odds(share: float) -> None:
    """At the fixed point of the re-estimation the mean chance of a mate is the share itself."""
    best = np.random.default_rng(7).normal(0, 3, 400) + np.where(np.arange(400) < 400 * share, 4, -4)
    threshold = asked(best, -9.0)
    found = 1 / (1 + np.exp(threshold - CAUTION))
    assert np.mean(1 / (1 + np.exp(-(best + np.log(found / (1 - found)))))) == pytest.approx(found, abs=1e-4)
