"""Our metrics give what the shared script gives, on the labelled sets and answers that are made up at random."""

from __future__ import annotations

import importlib.util
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from audit.evaluate import groups, labels, spans
from audit.records import Evidence, Part

SEED = 7
Row = dict[str, Any]


@pytest.fixture(scope="module")
def script(shared: Path) -> ModuleType:
    """The script that held-out sets are measured with."""
    spec = importlib.util.spec_from_file_location("shared_evaluate", shared / "bench" / "evaluate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(path: Path, limit: int) -> list[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()[:limit]
    return [{**row, "id": str(row.get("id"))} for row in map(json.loads, lines)]


def flat(figures: Row) -> dict[str, float]:
    """The script's figures by dotted names, without the raw counts and what is not a number."""
    out: dict[str, float] = {}
    for name, value in figures.items():
        if isinstance(value, dict) and name not in ("counts", "confusion"):
            out |= {f"{name}.{key}": inner for key, inner in value.items()}
        elif isinstance(value, (int, float)) and not math.isnan(value):
            out[name] = value
    return out


def written(folder: Path, name: str, rows: Sequence[Row]) -> str:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def answers(rows: Sequence[Row], found: dict[str, list[Evidence]]) -> list[Row]:
    return [{"id": row["id"], "evidence": msgspec.to_builtins(found[row["id"]])} for row in rows]


def moved(chance: random.Random, span: Sequence[int], size: int) -> tuple[int, int]:
    start = min(max(0, span[0] + chance.randint(-9, 9)), size)
    return start, min(max(start, span[1] + chance.randint(-40, 20)), size)


def test_attribution(script: ModuleType, shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "data/attribution/polnear_dev.jsonl", 20)
    chance = random.Random(SEED)
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        found[row["id"]] = []
        for one in row["attributions"]:
            parts = tuple(Part(role, *moved(chance, span, len(row["text"])))
                          for role in spans.ROLES for span in one.get(role) or () if chance.random() < 0.8)
            found[row["id"]].append(Evidence(row["id"], "attribution", "made", 0, 1, "", parts=parts))
    theirs = script.attribution(written(tmp_path, "gold", rows), written(tmp_path, "own", answers(rows, found)))
    assert spans.attribution(rows, found) == flat(theirs)


@pytest.mark.parametrize(("name", "without"), [("hedging/szeged_wiki_dev", ("weasel",)), ("loaded/babe_dev", ())])
def test_sentences(script: ModuleType, shared: Path, tmp_path: Path, name: str, without: tuple[str, ...]) -> None:
    rows = rows_of(shared / f"data/{name}.jsonl", 300)
    chance = random.Random(SEED)
    feature = name.partition("/")[0]
    found = {row["id"]: [
        Evidence(row["id"], feature, "made", *moved(chance, (5, 30), len(row["text"])), "",
                 attributes={"kind": chance.choice(["weasel", "epistemic"])})
        for _ in range(chance.randint(0, 2))
    ] for row in rows}
    gold, own = written(tmp_path, "gold", rows), written(tmp_path, "own", answers(rows, found))
    assert labels.sentences(rows, found, without) == flat(script.sentences(feature, gold, own, list(without)))


def test_translation(script: ModuleType, shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "data/translation/wmt_dev.jsonl", 400)
    chance = random.Random(SEED)
    values = {row["id"]: None if chance.random() < 0.1 else round(chance.random(), 2) for row in rows}
    scored = [{"id": row["id"], "scores": {"translation": {"value": values[row["id"]]}}} for row in rows]
    gold, own = written(tmp_path, "gold", rows), written(tmp_path, "own", scored)
    theirs = script.translation(gold, own, list(labels.MACHINE_MADE), None)
    assert labels.translation(rows, values) == flat(theirs)


def test_stories(script: ModuleType, shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "data/stories/allsides_dev.jsonl", 400)
    chance = random.Random(SEED)
    own = {row["id"]: chance.choice([row["story"], "other", row["id"]]) for row in rows}
    table = tmp_path / "articles.csv"
    table.write_text("id,story\n" + "".join(f"{key},{story}\n" for key, story in own.items()), encoding="utf-8")
    assert groups.stories(rows, own) == flat(script.stories(written(tmp_path, "gold", rows), str(table)))


def test_reuse(script: ModuleType, shared: Path, tmp_path: Path) -> None:
    rows = rows_of(shared / "data/reuse/gold.jsonl", 720)
    chance = random.Random(SEED)
    kinds = [(row["a"], row["b"], chance.choice(["copy", "derived", "same-story"])) for row in rows]
    table = tmp_path / "pairs.csv"
    table.write_text("a,b,kind\n" + "".join(f"{b},{a},{kind}\n" for a, b, kind in kinds), encoding="utf-8")
    own = {frozenset((a, b)) for a, b, kind in kinds if kind != "same-story"}
    theirs = flat(script.reuse(written(tmp_path, "gold", rows), str(table)))
    assert groups.reuse(rows, own) == theirs


@pytest.mark.parametrize("name", ["mrpc_dev", "numbers_changed"])
def test_claims(script: ModuleType, shared: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = shared / f"data/claims/{name}.jsonl"

    def relate(a: str, b: str) -> str:
        return random.Random(a + b).choice(["agrees", "disputes", "unrelated"])

    class Answer:
        def __init__(self, relation: str) -> None:
            self.relation = relation

    monkeypatch.setattr("audit.relate", lambda a, b: Answer(relate(a, b)), raising=False)
    assert groups.claims(rows_of(path, 10**6), relate) == flat(script.claims(str(path)))
