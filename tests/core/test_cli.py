"""Every command and exit code, as a user types them; errors are one line that says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.cli import main

TEXT = "The mayor said the bridge may close. “It is old,” she said. Some experts believe otherwise."


def call(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert isinstance(done.value.code, int)
    return done.value.code, out, err


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for source in ("one", "two"):
        (folder / source).mkdir(parents=True)
        for number in range(2):
            (folder / source / f"{number}.txt").write_text(f"Bridge {number}\n\n{TEXT} It is {number}.\n", "utf-8")
    return folder


def test_run_is_done(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "run", corpus, "-o", tmp_path / "out")
    assert code == 0
    assert Path(out.strip()) == tmp_path / "out" / "index.html"
    assert Path(out.strip()).is_file()
    assert "2 sources" in err


def test_a_crossed_limit_is_one(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "run", corpus, "-o", tmp_path / "out", "--fail-over", "hedging=0.01")
    assert code == 1
    assert "hedging is" in err
    assert call(capsys, "run", corpus, "-o", tmp_path / "out", "--fail-over", "hedging=1")[0] == 0


def test_skipped_input_is_three_and_beats_one(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "one" / "empty.txt").write_text(" \n", encoding="utf-8")
    code, _, err = call(capsys, "run", corpus, "-o", tmp_path / "out", "--fail-over", "hedging=0.01")
    assert code == 3
    assert "empty.txt" in err
    assert "empty.txt" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "wanted"), [
    (["run", "nowhere"], "nowhere"),
    (["run", "{in}/void"], "not one article"),
    (["run", "{in}", "-o", "{in}"], "--force"),
    (["run", "{in}", "-o", "{out}", "--fail-over", "hedging"], "FEATURE=NUMBER"),
    (["run", "{in}", "-o", "{out}", "--fail-over", "mood=1"], "no such measure"),
    (["run", "{in}", "-o", "{out}", "--settings", "nowhere.toml"], "nowhere.toml"),
    (["scan", "{in}", "--feature", "mood"], "no such signal"),
    (["scan", "nowhere"], "nowhere"),
    (["report", "{in}"], "holds no audit"),
    (["compare", "{in}"], "holds no audit"),
    (["diff", "{in}", "{in}"], "holds no audit"),
    (["explain", "mood"], "mood"),
    (["lexicon", "check", "nowhere.toml"], "nowhere.toml"),
    (["surprise"], "surprise"),
])
def test_what_cannot_run_is_two(words: list[str], wanted: str, corpus: Path, tmp_path: Path,
                                capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "void").mkdir()
    places = {"in": str(corpus), "out": str(tmp_path / "out")}
    code, _, err = call(capsys, *(word.format(**places) for word in words))
    assert code == 2
    assert wanted in err
    assert "Traceback" not in err


def test_interrupted_is_130(corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("audit.api.scanned", interrupt)
    code, _, err = call(capsys, "scan", corpus)
    assert code == 130
    assert "goes on where it stopped" in err


def test_scan_prints_one_object_per_article(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "scan", corpus, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["source"] for row in rows] == ["one", "one", "two", "two"]
    hedges = [item for item in rows[0]["evidence"] if item["feature"] == "hedging"]
    assert {"may", "believe"} <= {item["text"] for item in hedges}
    assert set(rows[0]) == {"schema", "id", "source", "title", "language", "words", "sentences", "measures", "scores",
                            "evidence"}


def test_scan_reads_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    line = json.dumps({"id": "a1", "source": "s", "text": TEXT})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(line.encode()))))
    code, out, _ = call(capsys, "scan", "-", "--format", "jsonl")
    assert (code, json.loads(out)["id"]) == (0, "a1")


def test_sarif_is_a_log_of_notes(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "scan", corpus, "--format", "sarif", "--feature", "hedging")
    log = json.loads(out)
    assert log["version"] == "2.1.0"
    assert {result["level"] for result in log["runs"][0]["results"]} == {"note"}


def test_a_page_of_evidence_runs_nothing(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "one" / "0.txt").write_text(f"<script>alert(1)</script>\n\n{TEXT} <b onclick=x>may</b>.", "utf-8")
    code, out, _ = call(capsys, "scan", corpus, "--format", "html")
    assert code == 0
    assert out.startswith("<!doctype html>")
    assert "<script>alert" not in out
    assert "<b onclick" not in out


def test_a_fault_of_our_own_is_one_line(corpus: Path, capsys: pytest.CaptureFixture[str],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("audit.api.scanned", fail)
    code, _, err = call(capsys, "scan", corpus)
    assert code == 2
    assert "ZeroDivisionError: by zero; -vv shows where" in err


def test_other_commands_read_a_run(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert call(capsys, "run", corpus, "-o", out)[0] == 0
    before = {path: path.read_bytes() for path in out.rglob("*.html")}
    assert "one" in call(capsys, "compare", out)[1]
    assert call(capsys, "compare", out, "one", "--format", "csv")[1].startswith("subject,feature,value")
    assert "0 articles added, 0 removed" in call(capsys, "diff", out, out)[1]
    assert call(capsys, "report", out)[0] == 0
    assert {path: path.read_bytes() for path in out.rglob("*.html")} == before
    assert json.loads(call(capsys, "read", corpus)[1].splitlines()[0])["source"] == "one"


def test_version_names_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "--version")
    assert code == 0
    assert out.startswith("audit 0.")
    assert "model " in out
