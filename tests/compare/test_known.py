"""Every figure that comparing gives for invented sentences and articles is the one that is known."""

from __future__ import annotations

import json

import pytest

from tests.compare.known import FILE, PARTS, plain


@pytest.mark.parametrize("part", PARTS)
def test_known(part: str) -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))[part]
    found = {name: plain(value) for name, value in PARTS[part]()}
    assert found.keys() == known.keys()
    wrong = {name: (value, known[name]) for name, value in found.items() if not alike(value, known[name])}
    assert wrong == {}, "if this is meant: python -m tests.compare.known"


def alike(one: object, two: object) -> bool:
    """The same, but for the last digit of a float."""
    if isinstance(one, float | int) and isinstance(two, float | int) and not isinstance(one, bool):
        return one == pytest.approx(two, rel=1e-5, abs=2e-6)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(alike, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(alike(one[key], two[key]) for key in one)
    return one == two
