"""Setting floors from the command line of `python -m audit.evaluate`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from audit.evaluate import __main__ as command
from audit.evaluate import evaluate, floors
from audit.evaluate.measure import SETS, measure
from audit.settings import load


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A floors file of the test's own."""
    path = tmp_path / "floors.toml"
    read, write = floors.read_floors, floors.write
    monkeypatch.setattr(floors, "read_floors", lambda: read(path))
    monkeypatch.setattr(floors, "write", lambda found: write(found, path))
    return path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["audit.evaluate", *words])
    return command.main()


def test_figures_are_printed_and_nothing_is_written_unasked(file: Path, monkeypatch: pytest.MonkeyPatch,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "loaded") == 0
    assert json.loads(capsys.readouterr().out)["data"] == "seeds/gold"
    assert not file.exists()


def test_floors_are_the_figures_rounded_down(file: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    assert run(monkeypatch, "--write-floors", "loaded") == 0
    figures = evaluate("loaded", root / "seeds" / "gold.jsonl", load()).figures
    floor = floors.read_floors()["loaded", "seeds/gold"]
    assert floor.figures == floors.guarded(figures)
    assert all(0 <= figures[name] - value < 0.001 for name, value in floor.figures.items())


def test_a_floor_that_would_fall_stops_the_command(file: Path, monkeypatch: pytest.MonkeyPatch,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    run(monkeypatch, "--write-floors", "loaded")
    high = file.read_text(encoding="utf-8").replace('"sentence.f1" = 0.', '"sentence.f1" = 1.')
    file.write_text(high, encoding="utf-8")
    assert run(monkeypatch, "--write-floors", "loaded") == 2
    assert "--lower" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == high
    assert run(monkeypatch, "--write-floors", "--lower", "it was too high", "loaded") == 0
    assert 'lowered = "it was too high"' in file.read_text(encoding="utf-8")


def test_labelled_sets_are_measured_where_they_lie(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETS, "loaded", ("loaded/small_dev",))
    (tmp_path / "loaded").mkdir()
    row = {"id": "a", "text": "The disgraceful plan was rejected.", "label": 1}
    (tmp_path / "loaded" / "small_dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = measure(["loaded"], root / "seeds" / "gold.jsonl", tmp_path, load(), io.StringIO())
    assert set(found) == {("loaded", "seeds/gold"), ("loaded", "loaded/small_dev")}
    assert found["loaded", "loaded/small_dev"].rows == 1
