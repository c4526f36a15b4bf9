"""The figures on the card hold on the development set, and the speakers labelled by hand are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit import models
from audit.evaluate.spans import attribution
from audit.extract.attribution import extract
from audit.parse import parse
from audit.records import Article, Evidence

LABELS = Path(__file__).with_name("speakers.json")
FLOORS = {
    "relation_content+source@0.3": 0.71, "relation_content+source@0.8": 0.585, "token_content": 0.865,
    "token_source": 0.775, "token_cue": 0.65, "density_pearson": 0.77,
}
RESOLVED = 0.87
"""Share of the labelled sources, of those that the tagger finds, whose name is right."""


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    path = shared / "data" / "attribution" / "polnear_dev.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def evidence(rows: list[dict[str, Any]]) -> dict[str, tuple[Evidence, ...]]:
    articles = [Article(row["id"], row["outlet"], row["text"]) for row in rows]
    return {article.id: tuple(piece for piece in one.evidence if piece.feature == "attribution")
            for article, one in zip(articles, extract(parse(articles)), strict=True)}


def test_figures(rows: list[dict[str, Any]], evidence: dict[str, tuple[Evidence, ...]]) -> None:
    figures = attribution(rows, evidence)
    found = {name: figures[name] if name in figures else figures[f"{name}.f1"] for name in FLOORS}
    assert all(found[name] >= floor for name, floor in FLOORS.items()), found


def words(name: str) -> set[str]:
    return set(name.lower().replace(".", "").split()) - {"jr", "mr", "mrs", "ms"}


def test_speakers_labelled_by_hand(evidence: dict[str, tuple[Evidence, ...]]) -> None:
    right = seen = 0
    for label in json.loads(LABELS.read_text(encoding="utf-8")):
        sources = [one for one in evidence[label["id"]] for part in one.parts
                   if part.role == "source" and part.start < label["end"] and label["start"] < part.end]
        if sources:
            wanted, given = words(label["name"]), words(sources[-1].attributes["speaker"])
            seen += 1
            right += bool(given) and (wanted <= given or given <= wanted)
    assert seen >= 170
    assert right >= RESOLVED * seen, f"{right} of {seen}"


def test_the_model_is_small_and_says_what_it_is() -> None:
    card = models.load("attribution").card
    assert card["bytes"] <= 5_000_000
    for key in ("data", "licence", "figures", "limits", "command"):
        assert card[key], key
