"""Whole sentences through the signal: who said what, as what kind of speaker, in which mode and by which rule."""

from __future__ import annotations

import pytest

from audit.extract.attribution import extract
from audit.parse import parse
from audit.records import Article, Evidence


def found(text: str) -> tuple[Evidence, ...]:
    return extract(parse([Article("a", "s", text)]))[0].evidence


def last(text: str) -> Evidence:
    return found(text)[-1]


def parts(evidence: Evidence, text: str, role: str) -> list[str]:
    return [text[part.start : part.end] for part in evidence.parts if part.role == role]


NAMED = [
    # text, speaker of the last statement
    ("Mayor Edda Lorne said that the bridge would be closed.", "Edda Lorne"),
    ("“The bridge is closed,” said Edda Lorne, the mayor of Brook.", "Edda Lorne"),
    ("The bridge is closed, according to Edda Lorne.", "Edda Lorne"),
    ("Edda Lorne opened the bridge. “It will hold,” she said.", "Edda Lorne"),
    ("Edda Lorne and her deputy met the press. Mrs. Lorne said that the bridge would hold.", "Edda Lorne"),
    ("Police spokesman Jonas Feld arrived late. The spokesman said that nobody was hurt.", "Jonas Feld"),
    ("Jonas Feld, a spokesman for the union, left early. The spokesman said that talks had failed.", "Jonas Feld"),
    ("A spokesman for the union, Jonas Feld, said that talks had failed.", "Jonas Feld"),
    ("Foreign Minister Jonas Feld said that talks had failed.", "Jonas Feld"),
    ("The Ministry of Health said that the water was safe.", "Ministry of Health"),
    ("The Finance Ministry sent a letter. The ministry said that the tax would rise.", "Finance Ministry"),
]


@pytest.mark.parametrize(("text", "speaker"), NAMED)
def test_speakers(text: str, speaker: str) -> None:
    assert last(text).attributes["speaker"] == speaker


KINDS = [
    ("Edda Lorne said that the bridge was closed.", "named"),
    ("The Ministry of Health said that the water was safe.", "organisation"),
    ("The spokesman said that nobody was hurt.", "role"),
    ("A source close to the minister said that she would resign.", "anonymous"),
    ("An official who spoke on condition of anonymity said that she would resign.", "anonymous"),
    ("Some experts believe that the plan will fail.", "vague"),
    ("Critics say that the plan will fail.", "vague"),
    ("The report says that the plan will fail.", "document"),
    ("The minister is widely expected to resign.", "vague"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: str) -> None:
    assert last(text).attributes["speaker_kind"] == kind


MODES = [
    ("“The bridge is closed,” Edda Lorne said.", "direct", "quotation"),
    ("Edda Lorne said that the bridge was closed.", "indirect", "reported-speech"),
    ("Edda Lorne said that the bridge was “closed for years” and would stay so.", "mixed", "reported-speech"),
    ("According to Edda Lorne, the bridge is closed.", "indirect", "according-to"),
    ("The minister is widely expected to resign.", "indirect", "unsourced"),
]


@pytest.mark.parametrize(("text", "mode", "rule"), MODES)
def test_modes_and_rules(text: str, mode: str, rule: str) -> None:
    assert (last(text).attributes["mode"], last(text).rule) == (mode, rule)


def test_a_quotation_cut_by_its_cue_is_one_statement() -> None:
    text = "“The bridge is closed,” said Edda Lorne. “It will open in May.”"
    (statement,) = found(text)
    assert parts(statement, text, "content") == ["“The bridge is closed,”", "“It will open in May.”"]
    assert (statement.start, statement.end) == (0, len(text))


def test_two_cues_of_one_source_are_two_statements() -> None:
    text = "Edda Lorne said that the bridge was closed, adding that it would open in May."
    first, second = found(text)
    assert parts(first, text, "source") == parts(second, text, "source") == ["Edda Lorne"]
    assert parts(second, text, "cue") == ["adding"]


def test_officials_are_marked_where_the_title_says_so() -> None:
    assert last("Finance Minister Jonas Feld said that taxes would fall.").attributes["official"] == "yes"
    assert "official" not in last("The singer Jonas Feld said that taxes would fall.").attributes


def test_measures_of_a_text_without_statements_are_absent() -> None:
    measures = {m.feature: m for m in extract(parse([Article("a", "s", "Rain fell on Brook.")]))[0].measures}
    assert measures["attribution"].rate == 0
    assert measures["attribution.named"].absent
    assert measures["attribution.unattributed"].rate == 1


def test_measures_count_the_statements() -> None:
    text = "Edda Lorne said that the bridge was closed. She said that it was old. Some experts believe it will fall."
    finding = extract(parse([Article("a", "s", text)]))[0]
    counts = {m.feature: (m.count, m.base) for m in finding.measures}
    assert counts["attribution"] == (3, 20)
    assert counts["attribution.named"] == (2, 3)
    assert counts["attribution.unnamed"] == (1, 3)
    assert counts["attribution.speakers"] == (2, 3)
    assert counts["attribution.top_speaker"] == (2, 3)
