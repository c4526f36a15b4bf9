"""Files to hand on, made of hostile articles: no cell of a workbook runs, and no page has anything from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.test_cli import call
from tests.hostile import payloads
from tests.hostile.test_written import FORMULA, NUMBER, TAGS
from tests.report.pages import Page


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a redacted run with every format to hand on."""
    pytest.importorskip("openpyxl")
    place = tmp_path_factory.mktemp("handed")
    payloads.write(place / "in")
    from audit import handout, run

    handout.hand_out(run([place / "in"], place / "out", redact=True, workers=1), ["xlsx", "html"])
    return place / "out" / "handout"


def test_no_cell_of_a_workbook_is_a_formula(handed: Path) -> None:
    import openpyxl

    cells = 0
    for sheet in openpyxl.load_workbook(handed / "audit.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                target = str(cell.hyperlink.target).lower() if cell.hyperlink else ""
                assert not target.startswith(("javascript", "data"))
                if isinstance(cell.value, str):
                    assert not FORMULA.match(cell.value) or NUMBER.fullmatch(cell.value), (sheet.title, cell.value)
                    cells += cell.value.startswith("'")
    assert cells >= len(payloads.FORMULAS)


def test_pages_to_mail_have_nothing_from_outside(handed: Path) -> None:
    pages = sorted(handed.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        page = Page(path)
        assert {tag for tag, _, _ in page.attributes} <= TAGS, path
        assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in ("src", "srcdoc")]
        assert all(not link.strip().lower().startswith(("javascript:", "data:")) for link in page.links)


def test_a_handout_of_a_whole_run_does_not_stay_beside_a_redacted_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The ferry to Sarn may not sail before the spring, the mayor said.\n" * 3, "utf-8")
    out = tmp_path / "out"
    for words in (("run", tmp_path / "a.txt", "-o", out, "--redact-text"), ("report", out, "--redact-text")):
        assert call(capsys, "run", tmp_path / "a.txt", "-o", out, "--format", "html")[0] == 0
        assert (out / "handout").is_dir()
        assert call(capsys, *words)[0] == 0
        assert not (out / "handout").exists() or not list((out / "handout").rglob("*.html"))
