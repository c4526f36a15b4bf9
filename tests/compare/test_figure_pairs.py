"""Pairs of figures of real articles that were read and labelled: only hashes, places and labels are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.compare.relate import judge
from audit.compare.standing import standing
from audit.compare.statement import statement
from audit.train.figure_pairs import labelled, measure


def test_labels_are_places_and_no_text() -> None:
    pairs = labelled()
    assert len(pairs) >= 150
    assert {pair.label for pair in pairs} == {"agrees", "disputes", "updated", "unrelated"}
    for pair in pairs:
        for name, start, end, figure in (pair.a, pair.b):
            assert len(name) == 16
            assert 0 <= start <= figure < end
        assert pair.a[0] != pair.b[0]


def test_floor_on_shared_articles(shared: Path) -> None:
    found = measure(shared / "data")
    assert isinstance(found["accuracy"], float)
    assert found["accuracy"] >= 0.93


PAIRS = [
    ("Guards held at least 21 miners at the pit of Tarn.", "At the pit of Tarn guards held twenty miners.", False,
     "disputes"),
    ("Guards held at least 18 miners at the pit of Tarn.", "At the pit of Tarn guards held twenty miners.", False,
     "agrees"),
    ("The court told the mill to pay $572 million in damages.", "The mill has to pay $571 million in damages.", False,
     "disputes"),
    ("The landslide killed 161 villagers, including 71 children.", "The landslide killed 166 villagers in Hove.", True,
     "updated"),
    ("Of the deputies, 134 Greens and 83 Liberals voted no.", "While 94 Greens voted yes, 134 Greens voted no.", False,
     None),
    ("The shells flew 260 and 167 miles.", "The shells flew 260 and 170 miles.", False, "agrees"),
    ("It happened in July 1990 at the palace.", "She left the palace on Nov. 28, 1990.", False, None),
    ("Strike in the port, day 16", "They lack just 16 members in the port.", False, None),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "later", "expected"), PAIRS, ids=[f"{a[:24]}|{b[:24]}" for a, b, _, _ in PAIRS])
def test_how_two_figures_stand(a: str, b: str, later: bool, expected: str | None) -> None:
    one, two = statement(a), statement(b)
    judged = judge(one, two)
    stands = {standing(one, two, both, 0.35, judged.common, later) for both in judged.figures}
    assert (expected in stands) if expected else stands <= {None}
