"""The sentences on how often a signal is right come from the committed figures, and claim no perfection."""

from __future__ import annotations

import json

import pytest

from audit.report.accuracy import CHECKS, FILE, _of, sentences


def test_every_check_has_its_committed_figures() -> None:
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    assert [(entry["signal"], entry["data"]) for entry in entries] == [(check.signal, check.gold) for check in CHECKS]
    assert all(0 < entry["found"] <= 1 and 0 < entry["right"] <= 1 for entry in entries)


def test_a_sentence_for_each() -> None:
    said = sentences()
    assert sum(map(len, said.values())) == len(CHECKS)
    assert said["attribution"][0].startswith("In tests on 84 articles of United States political news, ")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.7422, "7 of 10"),
        (0.95, "95 of 100"),
        (0.982, "98 of 100"),
        (0.9986, "more than 99 of 100"),
        (0.03, "3 of 100"),
        (1.0, "100 of 100"),
    ],
)
def test_shares_in_words(share: float, said: str) -> None:
    assert _of(share) == said
