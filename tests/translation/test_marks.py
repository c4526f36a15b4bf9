"""How a text is typeset: each feature on a sentence of its own."""

from __future__ import annotations

import pytest

from audit.extract.translation import features, marks
from audit.extract.translation.weights import stored
from audit.parse import parse
from audit.records import Article

CASES = {
    "The pilot didn’t land.": {"apostrophes.curved": 1.0},
    "The pilot didn't land.": {"apostrophes.curved": -1.0},
    "It didn’t land and couldn't turn.": {"apostrophes.mixed": 1.0},
    "He said “no” twice.": {"quotes.curved": 1.0},
    'He said "no" twice.': {"quotes.curved": -1.0},
    'He said "no" and “yes” to me.': {"quotes.mixed": 1.0},
    "The ferry – an old one – sank.": {"en-dashes": 1.0},
    "The ferry—an old one—sank.": {"em-dashes": 1.0},
    "The ferry - an old one - sank.": {"hyphens": 1.0},
    "The well-known ferry sank.": {},
    'He said "no," and left.': {"stops.inside": 1.0, "quotes.curved": -1.0},
    'He said "no", and left.': {"stops.inside": -1.0, "quotes.curved": -1.0},
    "The ferry sank.": {},
}


@pytest.mark.parametrize("text", CASES)
def test_only_the_marks_of_the_sentence_count(text: str) -> None:
    row, = marks.matrix(parse([Article("1", "test", text)]))
    assert {name: value for name, value in zip(marks.NAMES, row.tolist(), strict=True) if value} == CASES[text]


def test_every_feature_of_a_document_has_a_name() -> None:
    parsed = parse([Article("1", "test", "The ferry sank."), Article("2", "test", "He said “no” twice.")])
    matrix = features.matrix(parsed, features.signs(parsed, stored().weights))
    assert matrix.shape == (2, len(features.names()))
    assert matrix[1, features.names().index("quotes.curved")] == 1
