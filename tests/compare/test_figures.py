"""What figures are found in a statement, and which of them agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.compare.figures import figures

CASES = [
    ("About 100 homes burned.", [("About 100", 100, "", "hom")]),
    ("Thirty-three dockers were held.", [("Thirty-three", 33, "", "dock")]),
    ("It cost $1.5 billion.", [("$1.5 billion", 1.5e9, "usd", "")]),
    ("It cost 1.5bn dollars.", [("1.5bn dollars", 1.5e9, "usd", "")]),
    ("two hundred and fifty guests", [("two hundred and fifty", 250, "", "guest")]),
    ("up 4.4 percent on May 25", [("4.4 percent", 4.4, "percent", ""), ("25", 25, "day", "")]),
    ("He left in 1998 at 5:30.", [("1998", 1998, "year", ""), ("5:30", 5.5, "clock", "")]),
    ("One of them knew.", []),
    ("nearly a third of voters", [("nearly a third", 100 / 3, "percent", "vot")]),
    ("one in five children", [("one in five", 20, "percent", "child")]),
    ("three out of four hens", [("three out of four", 75, "percent", "hen")]),
    ("3/4 of the crop", [("3/4", 75, "percent", "crop")]),
    ("the third quarter of a match", []),
    ("a third time", []),
    ("a scores and a tens", []),
    ("half a million people", [("half a million", 500_000, "", "person")]),
    ("a billion and a half dollars", [("billion and a half dollars", 1.5e9, "usd", "")]),
    ("2 1/2 miles", [("2 1/2 miles", 2.5, "mile", "")]),
    ("three dozen eggs", [("three dozen", 36, "", "egg")]),
    ("between 20 and 33 cows", [("20 and 33", 33, "", "cow")]),
    ("$3-5 million", [("$3-5 million", 5e6, "usd", "")]),
    ("0 to 0.5 inches", [("0", 0, "", ""), ("0.5 inches", 0.5, "inch", "")]),
    ("won 41 to 36", [("41", 41, "", ""), ("36", 36, "", "")]),
    ("the 1983-84 season", [("1983-84", 1983, "year", "")]),
    ("at 2.30 p.m.", [("2.30 p.m.", 14.5, "clock", "")]),
    ("at six p.m.", [("six p.m.", 18, "clock", "")]),
    ("100 or more cows", [("100 or more", 100, "", "cow")]),
    ("No figure here.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_found(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = figures(text)
    assert [(one.text, one.unit) for one in found] == [(row[0], row[2]) for row in expected]
    assert [one.value for one in found] == pytest.approx([row[1] for row in expected])
    assert all(row[3] in (one.thing, "") for one, row in zip(found, expected, strict=True))
    assert all(text[one.start : one.end] == one.text for one in found)


AGREEING = [
    (one, two, True)
    for one, two in (
        ("$1.5 billion", "1.5bn dollars"), ("US$1.5bn", "1.5 billion US dollars"),
        ("USD 1.5 billion", "$1,500 million"), ("£2m", "two million pounds"), ("€30k", "30,000 euros"),
        ("five percent", "5 per cent"), ("5%", "5 pct"),
        ("half of the voters", "50 percent"), ("two-thirds of them", "67%"), ("nearly a third of them", "32 percent"),
        ("a quarter of voters", "25 percent"), ("one in five cows", "20% of cows"), ("3/4 of it", "75 percent"),
        ("a dozen cows", "12 cows"), ("two dozen cows", "24 cows"), ("dozens of cows", "48 cows"),
        ("hundreds of cows", "250 cows"), ("tens of thousands of cows", "35,000 cows"), ("a hundred cows", "100 cows"),
        ("half a million cows", "500,000 cows"), ("one and a half million cows", "1.5 million cows"),
        ("20 to 33 cows", "27 cows"), ("between 20 and 33 cows", "30 cows"), ("at least 100 cows", "120 cows"),
        ("no fewer than 100 cows", "102 cows"), ("up to 50 cows", "45 cows"), ("as many as 50 cows", "50 cows"),
        ("100 or more cows", "130 cows"), ("100-plus cows", "110 cows"), ("almost 100 cows", "97 cows"),
        ("30 miles", "48 kilometres"), ("two weeks", "14 days"), ("48 hours", "two days"), ("6 feet", "1.8 metres"),
        ("2 1/2 miles", "2.5 miles"), ("10 acres", "4 hectares"), ("2.30 p.m.", "14:30"), ("6 p.m.", "six p.m."),
        ("1983-84", "1983"), ("twelve hundred cows", "1,200 cows"), ("the 25th of May", "May 25"),
    )
]  # fmt: skip
DIFFERING = [
    (one, two, False)
    for one, two in (
        ("$1.5 billion", "$1.5 million"), ("a third of voters", "half of voters"), ("one in five cows", "30 percent"),
        ("nearly a third of them", "40 percent"), ("two dozen cows", "12 cows"), ("dozens of cows", "300 cows"),
        ("hundreds of cows", "2,000 cows"), ("20 to 33 cows", "40 cows"), ("at least 100 cows", "80 cows"),
        ("no more than 50 cows", "60 cows"), ("30 miles", "80 kilometres"), ("two weeks", "10 days"),
        ("6 a.m.", "6 p.m."), ("thousands of cows", "2011"), ("$5 billion", "$5.7 billion"), ("5 percent", "7%"),
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("about 100 cows", "102 cows", True),
        ("more than 100 cows", "102 cows", True),
        ("33 cows", "thirty-three cows", True),
        ("1.2 million cows", "1,234,000 cows", True),
        ("33 cows", "27 cows", False),
        ("more than 80 cows", "more than 100 cows", False),
        ("about 100 cows", "about 110 cows", False),
        ("20,000 cows", "22,000 cows", False),
        ("up to 50 cows", "120 cows", False),
        *AGREEING,
        *DIFFERING,
    ],
)
def test_agreement(one: str, two: str, agree: bool) -> None:
    assert figures(one)[0].agrees(figures(two)[0]) is agree
    assert figures(two)[0].agrees(figures(one)[0]) is agree


@given(st.lists(st.sampled_from(
    "a tens scores of dozens thousands half third thirds one in five 3/4 1/2 0 0.5 1,000 - to and $ % per cent bn p.m. "
    "May more or plus about at least million dozen hundred st : . ½".split()), max_size=9))  # fmt: skip
def test_any_words_come_to_an_end(words: list[str]) -> None:
    for one in figures(" ".join(words)):
        assert one.low <= one.high


@given(st.text(alphabet="0123456789.,$%- /:½aboutmillionone twodzenhfr\n’", max_size=60))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for one in figures(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low <= one.high
