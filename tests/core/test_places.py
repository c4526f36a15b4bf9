"""Evidence at its place in the file: as a linter's line, as GitHub's annotation, as SARIF, and limits on articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audit.places import Place, Ruler
from audit.records import Article
from tests.core.test_cli import call

STORED = (
    "---\ntitle: Ferry may stop\n---\n\nThe ferry **may stop** in the autumn, the *harbour office* said.\n\n"
    "Nobody asked the crew.\nIt could sail again in spring.\n"
)


def place_of(words: str, text: str, file: Path) -> Place | None:
    return Ruler(Article("a", "s", text), str(file)).place(text.index(words))


@pytest.mark.parametrize(("words", "line", "column"), [
    ("The ferry", 5, 1),
    ("may", 5, 13),
    ("harbour", 5, 44),
    ("Nobody", 7, 1),
    ("could", 8, 4),
])
def test_an_offset_finds_its_line_and_column(words: str, line: int, column: int, tmp_path: Path) -> None:
    file = tmp_path / "ferry.md"
    file.write_text(STORED, encoding="utf-8")
    text = "The ferry may stop in the autumn, the harbour office said.\n\nNobody asked the crew.\n" \
           "It could sail again in spring."
    found = place_of(words, text, file)
    assert found == Place(str(file), line, column)
    stored = STORED.split("\n")[line - 1]
    assert stored[column - 1:].startswith(words)


@pytest.mark.parametrize(("where", "wanted"), [
    (None, None),
    ("rows.jsonl:12", Place("rows.jsonl", 12)),
    ("page.html", Place("page.html")),
    ("gone.md", Place("gone.md")),
])
def test_where_no_line_is_the_articles_own(where: str | None, wanted: Place | None) -> None:
    assert Ruler(Article("a", "s", "It may rain."), where).place(3) == wanted


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "ferry, late.md"
    file.write_text(STORED, encoding="utf-8")
    return file


def test_a_line_of_text_opens_with_the_files_place(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "scan", draft, "--feature", "hedging")
    assert code == 0
    assert f"{draft}:5:13: hedging.epistemic" in out
    assert f"{draft}:8:4: hedging.epistemic" in out


def test_annotations_can_be_read_by_github(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "scan", draft, "--feature", "hedging", "--format", "github")
    notices = [re.fullmatch(r"::notice ([^:]*)::(.+)", line) for line in out.splitlines()]
    assert notices
    assert all(notices)
    fields = dict(field.split("=", 1) for field in notices[0][1].split(","))  # type: ignore[index]
    assert fields["file"] == str(draft).replace(",", "%2C")
    assert (fields["line"], fields["endLine"], fields["col"], fields["endColumn"]) == ("5", "5", "13", "15")
    assert fields["title"] == "hedging.epistemic"


def test_sarif_names_the_file_and_its_lines(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "scan", draft, "--feature", "hedging", "--format", "sarif")
    run = json.loads(out)["runs"][0]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {str(draft)}
    assert places[0]["region"] == {"startLine": 5, "startColumn": 13, "endLine": 5, "endColumn": 16}


@pytest.mark.parametrize(("limit", "code"), [("hedging=0.9", 0), ("hedging=0.1", 1), ("loaded=0.1", 0)])
def test_a_limit_on_articles(limit: str, code: int, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, out, err = call(capsys, "scan", draft, "--fail-over", limit)
    assert found == code
    assert "hedging.epistemic" in out
    assert (f"{draft}: hedging is" in err) == bool(code)


def test_a_limit_on_what_is_not_measured_is_two(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "scan", draft, "--feature", "hedging", "--fail-over", "loaded=0.1")
    assert (code, out) == (2, "")
    assert "--fail-over loaded: no such measure here" in err


def test_the_hook_for_writers_stops_a_text_above_its_limits(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = (root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry = re.search(r"^  entry: audit (.+)$", hook, re.M)
    given = re.search(r"^  args: \[(.+)\]$", hook, re.M)
    assert entry
    assert given
    words = [*entry[1].split(), *given[1].split(", ")]
    plain, hedged = tmp_path / "plain.md", tmp_path / "hedged.md"
    plain.write_text("The bridge closed on Monday.\n\nBuses ran to the station.\n", encoding="utf-8")
    hedged.write_text("The bridge may close.\n\nBuses could perhaps run.\n", encoding="utf-8")
    assert call(capsys, *words, plain)[0] == 0
    assert call(capsys, *words, plain, hedged)[0] == 1
