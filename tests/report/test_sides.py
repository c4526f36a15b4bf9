"""Claims told differently: who stands on which side, and which of the words differ."""

from __future__ import annotations

from typing import Any

import pytest

from audit.report.view.compared import DISPUTED, Topic
from audit.report.view.sides import marked


def claim(id: str, value: str) -> dict[str, Any]:
    return {"id": id, "value": value, "source": id}


def pair(a: str, b: str, relation: str) -> dict[str, Any]:
    return {"claim_a": a, "claim_b": b, "relation": relation}


@pytest.mark.parametrize(
    ("pairs", "sides"),
    [
        ([("a", "b", "disputes")], [["a"], ["b"]]),
        ([("a", "b", "disputes"), ("b", "c", "agrees"), ("a", "c", "disputes")], [["a"], ["b", "c"]]),
        ([("a", "b", "disputes"), ("a", "c", "agrees")], [["a"], ["b"]]),
        ([("a", "b", "agrees")], []),
        ([("a", "b", "updated"), ("c", "d", "disputes")], [["a"], ["b"], ["c"], ["d"]]),
    ],
)
def test_sides(pairs: list[tuple[str, str, str]], sides: list[list[str]]) -> None:
    claims = tuple(claim(id, f"value {id}") for id in "abcd")
    topic = Topic(DISPUTED, claims, tuple(pair(*one) for one in pairs))
    assert [[claim["id"] for claim in side] for side in topic.sides] == sides


def test_the_same_value_is_the_same_side() -> None:
    claims = (claim("a", "33"), claim("b", "27"), claim("c", "33"))
    topic = Topic(DISPUTED, claims, (pair("a", "b", "disputes"), pair("b", "c", "disputes")))
    assert [[claim["id"] for claim in side] for side in topic.sides] == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("text", "other", "reason", "words"),
    [
        ("Police held 33 people.", "Police held 27 people.", "33 and 27 for people", ["33"]),
        ("It begins on March 1.", "It begins on January 1.", "March and January", ["March"]),
        ("Nobody was hurt.", "One man was hurt.", "only one of them says “nobody”", ["Nobody"]),
        ("Held 33.", "Held 33.", "33 and 27", []),
        ("", "x", "x", []),
    ],
)
def test_the_words_that_differ(text: str, other: str, reason: str, words: list[str]) -> None:
    pieces = marked(text, [other], reason)
    assert [piece for piece, differs in pieces if differs] == words
    assert "".join(piece for piece, _ in pieces) == text
