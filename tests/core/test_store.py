"""Whose a run directory is, one run at a time, and pages that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import store
from audit.errors import OutputError


def stage(work: Path, text: str) -> None:
    folder = store.staging(work)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "articles" / f"{text}.html").write_text(text, encoding="utf-8")
    store.write_json(folder / store.MARKER, {"schema": 1, "text": text})


def test_a_new_report_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    for text in ("one", "two"):
        with store.opened(tmp_path / "out") as work:
            stage(work, text)
            store.publish(tmp_path / "out", work)
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8") == "two"
    assert [path.name for path in (tmp_path / "out" / "articles").iterdir()] == ["two.html"]
    assert sorted(path.name for path in work.iterdir()) == ["lock"]


def test_the_old_report_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    with store.opened(tmp_path) as work:
        stage(work, "one")
        store.publish(tmp_path, work)
        stage(work, "half")
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "one"
    with store.opened(tmp_path) as work:
        stage(work, "three")
        store.publish(tmp_path, work)
    assert [path.name for path in (tmp_path / "articles").iterdir()] == ["three.html"], "nothing of a half report stays"


@pytest.mark.parametrize("moved", range(len(store.PRODUCTS) + 1))
def test_an_interrupted_exchange_is_completed_by_the_next_run(tmp_path: Path, moved: int) -> None:
    with store.opened(tmp_path) as work:
        stage(work, "one")
        store.publish(tmp_path, work)
        stage(work, "two")
        (work / "staging").rename(work / "ready")
        (work / "old").mkdir()
        for name in store.PRODUCTS[:moved]:  # killed after so many exchanges
            if (tmp_path / name).exists():
                (tmp_path / name).rename(work / "old" / name)
            if (work / "ready" / name).exists():
                (work / "ready" / name).rename(tmp_path / name)
    with store.opened(tmp_path):
        assert (tmp_path / "index.html").read_text(encoding="utf-8") == "two"
        assert store.read_audit(tmp_path)["text"] == "two"


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with store.opened(tmp_path), pytest.raises(OutputError, match="another run"), store.opened(tmp_path):
        pass


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="--force"), store.opened(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with store.opened(tmp_path, force=True) as work:
        assert work.is_dir()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"), store.opened(tmp_path / "out"):
        pass


@pytest.mark.parametrize(("text", "wanted"), [
    (None, "holds no audit"), ("{", "damaged"), ('{"schema": 99}', "schema 99"), ('{"schema": "é"}', "schema é"),
])
def test_reading_what_is_no_run(tmp_path: Path, text: str | None, wanted: str) -> None:
    if text is not None:
        (tmp_path / store.MARKER).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=wanted):
        store.read_audit(tmp_path)


def test_json_is_written_to_the_byte(tmp_path: Path) -> None:
    store.write_json(tmp_path / "a.json", {"b": ["é"], "a": 1})
    assert (tmp_path / "a.json").read_bytes() == '{\n "a": 1,\n "b": [\n  "é"\n ]\n}\n'.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_what_was_measured_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "x").write_bytes(b"x")
    (tmp_path / "lock").write_bytes(b"")
    for _ in range(2):
        store.forget(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["lock"]
