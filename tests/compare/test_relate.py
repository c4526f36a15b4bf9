"""How two statements stand to each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.compare import relate

CASES = [
    ("Police held 33 people at the bridge on Friday.", "Police held 27 people at the bridge on Friday.", "disputes"),
    ("Police held 33 people at the bridge.", "Police held thirty-three people at the bridge.", "agrees"),
    ("About 100 homes burned in the village of Tarn.", "In the village of Tarn 102 homes burned.", "agrees"),
    ("The bridge cost $1.5 billion, the ministry said.", "The bridge cost 1.5bn dollars, the ministry said.", "agrees"),
    ("The hearing begins on 4 June.", "The hearing begins on 9 June.", "disputes"),
    ("The hearing begins in March.", "The hearing begins in January.", "disputes"),
    ("The hearing begins on Monday.", "The hearing begins on Thursday.", "disputes"),
    ("The mill paid 5 percent more tax this year.", "The mill paid 7 per cent more tax this year.", "disputes"),
    ("The mill employs a third of the town.", "The mill employs 33 percent of the town.", "agrees"),
    ("The trail is 30 miles long, the ranger said.", "The trail is 48 kilometres long, the ranger said.", "agrees"),
    ("Guards used tear gas to clear the square.", "Guards did not use tear gas to clear the square.", "disputes"),
    ("The mayor thanked the nurses of the clinic.", "Storms closed two airports in the north.", "unrelated"),
    ("Ines Varga sued Otto Klemm over the mill.", "Otto Varga sued Ines Klemm over the mill.", "disputes"),
    (
        "“We opened the gates after three calls,” said Ines Varga.",
        "“We opened the gates after a single letter,” said Ines Varga.",
        "disputes",
    ),
    ("", "Anything at all happened here.", "unrelated"),
]


@pytest.mark.parametrize(("a", "b", "relation"), CASES, ids=[f"{a[:30]}|{b[:30]}" for a, b, _ in CASES])
def test_relation_either_way_round(a: str, b: str, relation: str) -> None:
    assert relate(a, b).relation == relation
    assert relate(b, a).relation == relation


def test_a_dispute_names_both_values() -> None:
    found = relate("The fire killed 12 sheep on the hill.", "The fire killed 19 sheep on the hill.")
    assert found.reason == "12 and 19 for sheep"
    assert 0 <= found.similarity <= 1


def test_a_text_agrees_with_itself() -> None:
    assert relate("Nobody slept in Tarn.", "Nobody slept in Tarn.").relation == "agrees"


@pytest.mark.parametrize(
    ("name", "label", "floor"), [("mrpc_dev", "agrees", 0.84), ("numbers_changed", "disputes", 0.97)]
)
def test_floors_on_shared_pairs(shared: Path, name: str, label: str, floor: float) -> None:
    lines = (shared / "data" / "claims" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    pairs = [(row["relation"], relate(row["a"], row["b"]).relation) for row in rows]
    right = sum(gold == found == label for gold, found in pairs)
    f1 = 2 * right / (sum(gold == label for gold, _ in pairs) + sum(found == label for _, found in pairs))
    assert f1 >= floor
