"""Floors: what counts as below, what may fall, and that the file comes back as it was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import AuditError, InputError
from audit.evaluate import TASKS, evaluate, floors, name_of, read_floors
from audit.evaluate.floors import Floor
from audit.settings import load

KEY = ("hedging", "seeds/gold")


def floor(value: float, reason: str = "") -> Floor:
    return Floor("ab" * 32, 10, {"sentence.f1": value}, reason)


@pytest.mark.parametrize(
    ("figures", "missed"),
    [({"sentence.f1": 0.8}, 0), ({"sentence.f1": 0.9}, 0), ({"sentence.f1": 0.7999}, 1), ({}, 1)],
)
def test_below(figures: dict[str, float], missed: int) -> None:
    assert len(floors.below(figures, {"sentence.f1": 0.8})) == missed


def test_guarded_figures_are_those_of_which_more_is_better() -> None:
    figures = {"auc": 0.87659, "brier": 0.1, "n": 28, "sentence.p": 0.9, "sentence.f1": 0.8, "accuracy@0.5": 0.75,
               "density_pearson": 0.85, "auc_vs_original": 0.96, "stories_found": 3, "f1": 0.5}
    assert floors.guarded(figures) == {"accuracy@0.5": 0.75, "auc": 0.876, "auc_vs_original": 0.96,
                                       "density_pearson": 0.85, "f1": 0.5, "sentence.f1": 0.8}


def test_a_floor_rises_by_itself_and_falls_only_for_a_reason() -> None:
    assert floors.merge({KEY: floor(0.7)}, {KEY: floor(0.8)})[KEY].figures == {"sentence.f1": 0.8}
    with pytest.raises(AuditError, match="--lower"):
        floors.merge({KEY: floor(0.8)}, {KEY: floor(0.7)})
    assert floors.merge({KEY: floor(0.8)}, {KEY: floor(0.7)}, "more labels")[KEY].lowered == "more labels"


def test_the_reason_stays_when_a_floor_rises_again() -> None:
    assert floors.merge({KEY: floor(0.7, "more labels")}, {KEY: floor(0.8)})[KEY].lowered == "more labels"


def test_written_floors_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    given = {KEY: floor(0.7, 'the "old" labels\nwere wrong'), ("loaded", "a/b"): floor(0.5)}
    floors.write(given, path)
    again = read_floors(path)
    assert again[KEY].lowered == 'the "old" labels were wrong'
    assert again["loaded", "a/b"] == given["loaded", "a/b"]
    floors.write(again, tmp_path / "again.toml")
    assert (tmp_path / "again.toml").read_bytes() == path.read_bytes()


def test_no_file_no_floors(tmp_path: Path) -> None:
    assert read_floors(tmp_path / "none.toml") == {}


def test_gold_files_are_named_by_folder_and_stem(tmp_path: Path) -> None:
    assert name_of(tmp_path / "seeds" / "gold.jsonl") == "seeds/gold"


def gold(folder: Path, *rows: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("task", "rows", "message"),
    [
        ("spelling", [], "no such task"),
        ("loaded", [], "no row has"),
        ("loaded", [{"id": "a", "text": "b"}], "no row has"),
        ("loaded", [["a"]], "set.jsonl:1"),
    ],
)
def test_what_cannot_be_measured_is_said(tmp_path: Path, task: str, rows: list[object], message: str) -> None:
    with pytest.raises(AuditError, match=message):
        evaluate(task, gold(tmp_path, *rows), load())


def test_a_missing_gold_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        evaluate("loaded", tmp_path / "none.jsonl", load())


def test_floors_of_other_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = gold(tmp_path, {"id": "a", "text": "The bridge opened.", "label": 0})
    monkeypatch.setattr("audit.evaluate.read_floors", lambda: {("loaded", name_of(path)): floor(0.5)})
    with pytest.raises(AuditError, match="not the file"):
        evaluate("loaded", path, load())


@pytest.mark.parametrize("task", TASKS)
def test_the_demonstration_corpus_is_above_its_floors(root: Path, task: str) -> None:
    result = evaluate(task, root / "seeds" / "gold.jsonl", load())
    assert result.floors, f"no floors for {task}; write them with python -m audit.evaluate --write-floors"
    assert not result.below
    assert f"{task} on seeds/gold" in result.text()
