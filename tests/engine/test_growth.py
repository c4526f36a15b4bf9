"""The generator of larger corpora: copies are articles of the same kind, and none meets another."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.bench import growth
from tests.bench.growth import grown

ROWS = [
    {"id": "a", "source": "s", "title": "Harbour bridge closed", "published": "2024-05-01",
     "text": "Harbour bridge closed after storm. Engineers inspect harbour bridge today."},
    {"id": "b", "source": "t", "title": "", "published": None,
     "text": "Council votes about budget while teachers march outside. Council members left early."},
]


@pytest.fixture(autouse=True)
def _no_word_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "COMMON", 0)


def test_copies_are_other_articles_of_the_same_form() -> None:
    rows = list(grown(ROWS, 7))
    assert [row["id"] for row in rows] == ["a", "b", "a-1", "b-1", "a-2", "b-2", "a-3"]
    assert rows[:2] == ROWS
    assert rows[2]["published"] < "1995"
    assert rows[3]["published"] is None
    texts = [row["text"] for row in rows if row["id"].startswith("a")]
    assert len(set(texts)) == 4
    for one, two in combinations(texts, 2):
        same = [word for word, other in zip(one.split(), two.split(), strict=True) if word.lower() == other.lower()]
        assert len(same) <= 2, "words whose partner is beyond the end of the list stay"
    for text in texts:
        first = text.split()
        assert first[0].lower() == first[7].lower()  # one word is exchanged for one other throughout
        assert first[0][0].isupper()
        assert len(first) == len(texts[0].split())


def test_the_same_every_time() -> None:
    assert list(grown(ROWS, 9)) == list(grown(ROWS, 9))
