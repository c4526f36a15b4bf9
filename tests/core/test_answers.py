"""What is known of single words is asked once, whatever partition they come in."""

from __future__ import annotations

from threading import Thread

import numpy as np
import pytest

from audit import answers
from audit.answers import Answers
from audit.parse import Parsed, parse
from audit.records import Article


@pytest.fixture(autouse=True)
def anew() -> None:
    answers.forget()


def parsed(text: str) -> Parsed:
    return parse([Article("a", "s", text)])


def lengths(one: Parsed, asked: list[str], *, lasting: bool = True) -> dict[str, int]:
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    found = one.table("test:length", length, np.int32, lasting=lasting)
    return dict(zip(one.vocabulary, found.tolist(), strict=True))


def test_only_new_words_are_asked_about() -> None:
    asked: list[str] = []
    assert lengths(parsed("Rain fell"), asked) == {"Rain": 4, "fell": 4}
    assert lengths(parsed("Snow fell early"), asked) == {"Snow": 4, "fell": 4, "early": 5}
    assert asked == ["Rain", "fell", "Snow", "early"]


def test_what_may_change_is_asked_anew_in_each_partition() -> None:
    asked: list[str] = []
    for _ in range(2):
        lengths(parsed("Rain fell"), asked, lasting=False)
    assert asked == ["Rain", "fell"] * 2


def test_each_model_has_answers_of_its_own() -> None:
    asked: list[str] = []

    def row(one: Parsed, model: dict[str, int]) -> list[int]:
        def known(word: str) -> int:
            asked.append(word)
            return model.get(word, -1)

        return one.table("test:row", known, np.int32, model=model).tolist()

    first, second = {"Rain": 7}, {"fell": 8}
    one = parsed("Rain fell")
    assert [row(one, first), row(one, second), row(one, first)] == [[7, -1], [-1, 8], [7, -1]]
    assert row(parsed("Rain fell"), second) == [-1, 8]
    assert asked == ["Rain", "fell"] * 2


def test_words_with_their_marks_are_known_apart() -> None:
    assert answers.pieces().places(["Rain,", "Rain"]).tolist() == [0, 1]
    assert answers.cased().words == []


def test_words_in_lower_case_are_known_apart() -> None:
    one = parsed("Rain rain")
    assert one.table("test:capital", str.istitle, np.bool_).tolist() == [True, False]
    assert one.lower_table("test:capital", str.istitle, np.bool_).tolist() == [False]


def test_a_full_memory_starts_anew_and_leaves_those_who_use_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "REMEMBERED", 2)
    asked: list[str] = []
    first = parsed("Rain fell on Lund")
    lengths(first, asked)
    lengths(parsed("Rain fell"), asked)
    assert asked == ["Rain", "fell", "on", "Lund", "Rain", "fell"]
    assert first.table("test:end", lambda word: ord(word[-1]), np.int32).tolist() == [ord(c) for c in "nlnd"]


def test_each_thread_knows_its_own() -> None:
    found: list[Answers] = []
    Thread(target=lambda: found.append(answers.cased())).run()
    other = Thread(target=lambda: found.append(answers.cased()))
    other.start()
    other.join()
    assert found[0] is answers.cased()
    assert found[1] is not answers.cased()
