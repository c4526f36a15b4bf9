"""Statements within statements: found as relations of their own, counted apart."""

from __future__ import annotations

import pytest

from audit.extract.attribution import extract
from audit.parse import parse
from audit.records import Article, Evidence

CASES = [
    ("Mayor Edda Lorne said that engineer Piet Brand had told her that the bridge was safe.",
     "engineer Piet Brand", "that the bridge was safe"),
    ("Police spokesman Jonas Feld said that the union claimed the gate had been open.", "the union",
     "the gate had been open"),
    ("A spokesman said that the union believes the strike will end by Friday.", "the union",
     "the strike will end by Friday"),
]
PLAIN = [
    "Mayor Edda Lorne said that the bridge was safe.",
    "Mayor Edda Lorne said that she believed the bridge was safe.",
    "The bridge was closed on Monday.",
    "",
]


def statements(text: str) -> list[Evidence]:
    return list(extract(parse([Article("a", "Harbour Wire", text)]))[0].evidence)


def words(text: str, evidence: Evidence, role: str) -> str:
    return " ".join(text[part.start : part.end] for part in evidence.parts if part.role == role)


@pytest.mark.parametrize(("text", "source", "content"), CASES)
def test_the_inner_statement_has_its_own_source_and_words(text: str, source: str, content: str) -> None:
    inner = [one for one in statements(text) if one.feature == "attribution.nested"]
    assert [(words(text, one, "source"), words(text, one, "content")) for one in inner] == [(source, content)]
    assert [one.rule for one in inner] == ["nested"]


@pytest.mark.parametrize("text", PLAIN)
def test_a_speaker_who_tells_her_own_thoughts_is_no_second_hand(text: str) -> None:
    assert [one for one in statements(text) if one.feature == "attribution.nested"] == []


def test_nested_statements_do_not_count_as_statements() -> None:
    finding = extract(parse([Article("a", "Harbour Wire", CASES[0][0])]))[0]
    counts = {measure.feature: (measure.count, measure.base) for measure in finding.measures}
    assert counts["attribution"][0] == 1
    assert counts["attribution.nested"] == (1, 1)
    assert counts["attribution.named"] == (1, 1)


def test_a_partition_gives_what_each_text_gives_alone() -> None:
    texts = [text for text, *_ in CASES] + PLAIN
    together = extract(parse([Article("a", "Harbour Wire", text) for text in texts]))
    assert [list(finding.evidence) for finding in together] == [statements(text) for text in texts]
