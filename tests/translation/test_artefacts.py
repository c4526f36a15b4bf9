"""Artefact rules: what they find, at which offsets, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract.translation import artefacts, names
from audit.extract.translation.names import sound
from audit.parse import parse
from audit.records import Article

CASES = [
    ("He feared a”sudden storm” at sea.", "glued-quotes", ["a”sudden"]),
    ("He feared a ”sudden storm” at sea.", "glued-quotes", []),
    ("It was dark. The young sailor She called for help.", "stray-capital", ["sailor She called"]),
    ("The young sailor She called for help.", "stray-capital", []),
    ("The ferry left on Friday , as planned.", "spaced-punctuation", ["Friday ,"]),
    ("The ferry left . . . and never came back.", "spaced-punctuation", []),
    ("The ferry left. . It was late.", "doubled-stop", [". ."]),
    ("The ferry left... It was late.", "doubled-stop", []),
    ("They called it „old“ again.", "foreign-quotes", ["„"]),
    ("The fisherman og his crew wurde saved by the kystvakten på søndagen.", "untranslated", ["wurde", "søndagen"]),
    ("The fiancée of the naïve sailor wept.", "untranslated", []),
    ("It cost 2,5 million to repair.", "foreign-number", ["2,5 million"]),
    ("It cost 2,500 dollars to repair.", "foreign-number", []),
    ("The rate rose to 2.125 percent.", "foreign-number", []),
]


def parsed(text: str):
    return parse([Article("a", "test", text)])


@pytest.mark.parametrize(("text", "rule", "spans"), CASES)
def test_rules_find_exactly_their_spans(text: str, rule: str, spans: list[str]) -> None:
    one = parsed(text)
    assert [one.text_of(0, hit.start, hit.end) for hit in artefacts.find(one) if hit.rule == rule] == spans


@pytest.mark.parametrize(
    ("one", "other"), [("Vostrikov", "Wostrikow"), ("Petrovsky", "Petrovskii"), ("Danylenko", "Danilenko")]
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize("word", ["Anna", "vostrikov", "NATO", "St4tion"])
def test_what_is_no_long_name_has_no_sound(word: str) -> None:
    assert sound(word) == ""


def test_the_rarer_spelling_is_the_hit() -> None:
    one = parsed("Here Vostrikov spoke. Then Vostrikov sang. Later Wostrikow left.")
    assert [one.text_of(0, hit.start, hit.end) for hit in names.find(one)] == ["Wostrikow"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aB é,.”„\"“1 \n", max_size=40), max_size=4))
def test_hits_stay_inside_their_document(texts: list[str]) -> None:
    many = parse([Article(str(number), "test", text) for number, text in enumerate(texts)])
    for hit in [*artefacts.find(many), *names.find(many)]:
        assert 0 <= hit.start < hit.end <= len(many.tokens)
        assert many.token_document[hit.start] == many.token_document[hit.end - 1]
