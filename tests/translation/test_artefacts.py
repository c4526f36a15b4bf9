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
    ("He said we”re late for the ferry.", "glued-quotes", []),
    ("It was dark. The young sailor She called for help.", "stray-capital", ["sailor She called"]),
    ("It was dark. They sailed on because Also the crew was tired.", "stray-capital", ["because Also the"]),
    ("It was dark. A night without sleep She called for help.", "stray-capital", []),
    ("It was dark. They prayed while He was near.", "stray-capital", []),
    ("It was dark. The cook, Anna Berg, She called for help.", "stray-capital", [", She called"]),
    ("It was dark. Then, Similarly, He et al. found rust.", "stray-capital", []),
    ("It was dark. A book by We the People was sold.", "stray-capital", []),
    ("The young sailor She called for help.", "stray-capital", []),
    ("The ferry left on Friday , as planned.", "spaced-punctuation", ["Friday ,"]),
    ("The ferry left . . . and never came back.", "spaced-punctuation", []),
    ("The ferry left. . It was late.", "doubled-stop", [". ."]),
    ("The ferry left... It was late.", "doubled-stop", []),
    ("The ferry left. . it was late.", "doubled-stop", []),
    ("They called it „old“ again.", "foreign-quotes", ["„"]),
    ("They called it «old» again.", "foreign-quotes", ["«", "»"]),
    ("More on ferries » page 7.", "foreign-quotes", []),
    ("The fisherman og his crew wurde saved by the kystvakten på søndagen.", "untranslated", ["wurde", "søndagen"]),
    ("The fiancée of the naïve sailor wept.", "untranslated", []),
    ("The sailorâ said that the pierâ was closed.", "untranslated", []),
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


@pytest.mark.parametrize("text", [
    "Here Vostrikov spoke. Then Vostrikov sang. At noon Olga Wostrikow left.",
    "Here Yussuf spoke. Then Yussuf sang. At noon Jussuf Karamanli left.",
    "Here Barrack spoke. Then Barrack sang. At noon Barack left.",
])
def test_names_of_two_people_are_no_hits(text: str) -> None:
    assert not names.find(parsed(text))


def test_a_spelling_after_the_same_first_name_is_a_hit() -> None:
    one = parsed("Here Olga Vostrikova spoke. Then Olga Vostrikova sang. At noon Olga Wostrikowa left.")
    assert [one.text_of(0, hit.start, hit.end) for hit in names.find(one)] == ["Wostrikowa"]


def test_the_rarer_spelling_is_the_hit() -> None:
    one = parsed("Here Vostrikov spoke. Then Vostrikov sang. At noon Wostrikow left.")
    assert [one.text_of(0, hit.start, hit.end) for hit in names.find(one)] == ["Wostrikow"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aB é,.”„\"“1 \n", max_size=40), max_size=4))
def test_hits_stay_inside_their_document(texts: list[str]) -> None:
    many = parse([Article(str(number), "test", text) for number, text in enumerate(texts)])
    for hit in [*artefacts.find(many), *names.find(many)]:
        assert 0 <= hit.start < hit.end <= len(many.tokens)
        assert many.token_document[hit.start] == many.token_document[hit.end - 1]
