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
    ("No figure here.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_found(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    found = figures(text)
    assert [(one.text, pytest.approx(one.value), one.unit) for one in found] == [row[:3] for row in expected]
    assert all(row[3] in (one.thing, "") for one, row in zip(found, expected, strict=True))
    assert all(text[one.start : one.end] == one.text for one in found)


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
    ],
)
def test_agreement(one: str, two: str, agree: bool) -> None:
    assert figures(one)[0].agrees(figures(two)[0]) is agree
    assert figures(two)[0].agrees(figures(one)[0]) is agree


@given(st.text(alphabet="0123456789.,$%- aboutmillionone two\n’", max_size=60))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for one in figures(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low <= one.high
