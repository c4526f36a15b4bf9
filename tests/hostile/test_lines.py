"""Hostile inputs beside one good article: each ends in an article or in one line, with the exit code that says so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.core.test_cli import call
from tests.hostile.inputs import LIMIT, READ, SKIPPED, STORY

SECONDS = 40
"""What the worst of them may take on a busy machine; some two to five seconds are usual."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of one source, `bad`, empty so far, and one with a good article."""
    for source in ("bad", "good"):
        (tmp_path / "in" / source).mkdir(parents=True)
    (tmp_path / "in" / "good" / "1.txt").write_text(f"Ferry waits\n\n{STORY}\n", encoding="utf-8")
    (tmp_path / "settings.toml").write_text(f"[load]\nmax_unpacked_bytes = {LIMIT}\n", encoding="utf-8")
    return tmp_path


def audited(place: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code and the lines on stderr; no line may be the story of a fault of our own."""
    settings = ("--settings", place / "settings.toml", "--workers", 1)
    code, _, err = call(capsys, "run", place / "in", "-o", place / "out", *settings)
    assert "a fault in audit itself" not in err
    assert "Traceback" not in err
    return code, err.splitlines()


@pytest.mark.parametrize("name", SKIPPED)
def test_what_cannot_be_read_has_one_line_and_code_3(
    name: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("openpyxl")
    make, reason = SKIPPED[name]
    make(place / "in" / "bad")
    code, lines = audited(place, capsys)
    assert code == 3
    said = [line for line in lines if f"{place / 'in' / 'bad'}/" in line]
    assert len(said) == 1, lines
    assert reason in said[0]
    assert len(said[0]) < 1000
    assert lines[-1].endswith("1 skipped (listed on the page)")
    assert (place / "out" / "index.html").is_file()


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_in_bounded_time(name: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    READ[name](place / "in" / "bad")
    began = time.process_time()
    code, lines = audited(place, capsys)
    assert time.process_time() - began < SECONDS
    assert code == 0, lines
    assert "2 sources, 2 articles" in lines[-1]
    assert len(list((place / "out" / "articles").iterdir())) == 2
    assert not list(place.rglob("hacked"))


def test_hostile_alone_is_code_2(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "in" / "good" / "1.txt").unlink()
    SKIPPED["a pipe"][0](place / "in" / "bad")
    code, lines = audited(place, capsys)
    assert (code, len(lines)) == (2, 1)
    assert "not one article could be read; the first: " in lines[0]
    assert not (place / "out").exists()
