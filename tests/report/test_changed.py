"""What changed between two runs: articles, values, what they were made with; as text, page and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.cli import main
from audit.report.view.changed import changed
from audit.results import Results
from audit.terminal import changes
from tests.report.invented import Invented, results
from tests.report.pages import Page


@pytest.fixture
def two() -> tuple[Invented, Invented]:
    """A run, and the same with an article less, another setting, and one hedging value far away."""
    before, after = results(), results()
    for run in (before, after):
        run.audit["sources"] = sorted(set(run.articles["source"]))
        run.audit["articles"] = len(run.articles)
    gone = after.articles["id"].iloc[0]
    after.tables["articles"] = after.articles[after.articles["id"] != gone]
    after.audit["run"]["settings"]["score"]["seed"] = 8
    scores = after.scores.copy()
    mine = (scores["subject"] == "north-ledger") & (scores["feature"] == "hedging")
    scores.loc[mine, ["value", "low", "high", "count"]] = [0.9, 0.85, 0.95, 45.0]
    after.tables["scores"] = scores
    return before, after


def test_what_changed(two: tuple[Invented, Invented]) -> None:
    found = changed(*two, two[0].quantities)
    assert [row["id"] for row in found["removed"]] == [two[0].articles["id"].iloc[0]]
    assert not found["added"]
    assert [(row["source"], row["feature"]) for row in found["apart"]] == [("north-ledger", "hedging")]
    assert found["made"] == [{"what": "settings.score.seed", "before": "7", "after": "8"}]


def test_nothing_changed(two: tuple[Invented, Invented]) -> None:
    found = changed(two[0], two[0], two[0].quantities)
    assert not any(found[key] for key in ("made", "added", "removed", "apart", "within", "sources_added"))
    assert "no value of a source in both runs has changed" in changes(two[0], two[0], "text")


def test_as_text_and_json(two: tuple[Invented, Invented]) -> None:
    lines = changes(*two, "text").splitlines()
    assert lines[0] == "0 articles added, 1 removed, 26 in both"
    assert any(line.startswith("north-ledger: hedging from ") and line.endswith("intervals part") for line in lines)
    document = json.loads(changes(*two, "json"))
    assert [row["values"][1] for row in document["values"] if row["apart"]] == [0.9]


def test_as_a_page(two: tuple[Invented, Invented], tmp_path: Path) -> None:
    path = tmp_path / "changed.html"
    path.write_text(changes(*two, "html"), encoding="utf-8")
    page = Page(path)
    assert not page.broken
    assert not page.stack
    assert not [link for link in page.links if not link.startswith("#") or link[1:] not in page.ids]
    assert "In 1 value the intervals of the two runs have nothing in common" in page.text
    assert "settings.score.seed" in page.text


def test_the_command_writes_a_file(demo: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, run = tmp_path / "changed.html", str(demo.directory)
    with pytest.raises(SystemExit) as done:
        main(["diff", run, run, "--format", "html", "-o", str(out)])
    assert done.value.code == 0
    assert capsys.readouterr().out == ""
    assert "In no value do the intervals" in out.read_text(encoding="utf-8")
