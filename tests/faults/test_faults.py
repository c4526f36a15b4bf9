"""What goes wrong on machines: one line, exit code 2, the old report stays, and the same command mends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit import models, partition, pipeline, store
from audit.models import load as load_model
from tests.core.test_cli import call
from tests.core.test_run import digest
from tests.faults.running import alone, line, whole, write

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A finished run `out` of six articles in `few`, and nine articles in `more` that are to take their place."""
    write(tmp_path / "few", range(6))
    write(tmp_path / "more", range(3, 12))
    whole(tmp_path / "few" / "all.jsonl", tmp_path / "out")
    return tmp_path


def again(place: Path, capsys: Captured, *more: object) -> tuple[int, list[str]]:
    """The command for the nine articles: its exit code and its lines."""
    corpus = place / "more"
    code, _, err = call(capsys, "-q", "run", corpus / "all.jsonl", "-o", place / "out", "--settings",
                        corpus / "settings.toml", *more)  # fmt: skip
    assert "Traceback" not in err
    return code, err.splitlines()


def mended(place: Path, capsys: Captured) -> None:
    """The same command ends in what a run into a new folder gives."""
    assert again(place, capsys, "--workers", 1)[0] == 0
    assert digest(place / "out") == whole(place / "more" / "all.jsonl", place / "new")


@pytest.mark.parametrize("limit", [200, 4_000, 40_000])
def test_a_full_disk(place: Path, capsys: Captured, limit: int) -> None:
    """No file may grow beyond `limit` bytes, so that writing fails early, in the middle, and among the pages."""
    before = digest(place / "out")
    assert alone(place / "more" / "all.jsonl", place / "out", limit=limit) == 2
    assert "cannot be written (File too large)" in line(place / "more" / "all.jsonl")
    assert digest(place / "out") == before
    mended(place, capsys)


@pytest.mark.parametrize("where", ["/proc/audit", "/sys/audit", "/dev/null/audit", "{}/few/all.jsonl/out"])
def test_a_place_that_cannot_be_written(place: Path, capsys: Captured, where: str) -> None:
    code, _, err = call(capsys, "run", place / "few" / "all.jsonl", "-o", where.format(place))
    assert code == 2
    assert "cannot be written" in err
    assert "give another -o" in err


def test_a_folder_without_permission(place: Path, capsys: Captured) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (place / "out").chmod(0o500)
    assert again(place, capsys)[0] == 2
    (place / "out").chmod(0o700)
    mended(place, capsys)


@pytest.mark.parametrize("stage", ["_measure", "_compare", "publish"])
def test_the_output_is_removed_during_the_run(
    place: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    step: Callable[..., Any] = getattr(pipeline, stage)

    def removed(*given: Any, **named: Any) -> Any:
        shutil.rmtree(place / "out")
        return step(*given, **named)

    monkeypatch.setattr(pipeline, stage, removed)
    code, lines = again(place, capsys, "--workers", 1)
    assert (code, len(lines)) == (2, 1)
    assert not (place / "out" / "index.html").exists()
    monkeypatch.undo()
    mended(place, capsys)


def die(*_: object) -> None:
    """A task that takes its worker with it, as the kernel does when memory runs out."""
    os._exit(9)


def test_a_worker_that_dies(place: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(place / "out")
    monkeypatch.setattr(partition, "measure_to", die)
    code, lines = again(place, capsys, "--workers", 2)
    assert (code, len(lines)) == (2, 1)
    assert "a worker process was ended" in lines[0]
    assert digest(place / "out") == before
    monkeypatch.undo()
    mended(place, capsys)


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"\x93" + data,
    lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], lambda data: b"not msgpack at all",
], ids=["empty", "cut", "more", "one bit", "other"])  # fmt: skip
def test_files_of_an_earlier_run_that_are_damaged(
    place: Path, capsys: Captured, damage: Callable[[bytes], bytes]
) -> None:
    mended(place, capsys)
    for path in (place / "out" / ".audit" / "parts").iterdir():
        path.write_bytes(damage(path.read_bytes()))
    shutil.rmtree(place / "new")
    mended(place, capsys)


def test_a_model_with_another_digest(place: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(place / "out")
    folder = shutil.copytree(models.FOLDER, place / "models")
    data = bytearray((folder / "hedging.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "hedging.npz").write_bytes(data)
    monkeypatch.setattr(models, "FOLDER", folder)
    load_model.cache_clear()
    with pytest.raises(models.ModelError, match="digest is not the one on its card"):
        load_model("hedging")
    (folder / "hedging.npz").unlink()
    with pytest.raises(models.ModelError, match="cannot be read"):
        load_model("hedging")
    monkeypatch.undo()
    load_model.cache_clear()
    assert digest(place / "out") == before


def test_a_run_with_another_model_ends_in_one_line(place: Path) -> None:
    """In a process of its own, since models are read once; `--fresh`, since what was measured needs none."""
    before = digest(place / "out")
    folder = shutil.copytree(models.FOLDER, place / "models")
    data = bytearray((folder / "hedging.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "hedging.npz").write_bytes(data)
    start = ("import sys; from pathlib import Path; from audit import models; models.FOLDER = Path(sys.argv.pop(1)); "
             "from audit.cli import main; main()")  # fmt: skip
    words = ["-q", "run", str(place / "more" / "all.jsonl"), "-o", str(place / "out"), "--fresh", "--workers", "1"]
    done = subprocess.run([sys.executable, "-c", start, str(folder), *words], capture_output=True, text=True,
                          cwd=Path(__file__).parents[2], check=False)  # fmt: skip
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert "digest is not the one on its card" in lines[0]
    assert digest(place / "out") == before


def test_what_older_versions_kept_is_dropped(place: Path, capsys: Captured) -> None:
    """Files by names that no run of this version uses, drafts of runs that were killed, folders too."""
    parts = place / "out" / ".audit" / "parts"
    (parts / "compare-0123456789ab.msgpack").write_bytes(b"old")
    (parts / "x.measured.77.draft").write_bytes(b"half")
    (parts / "spilled").mkdir()
    (parts / "spilled" / "0.npy").write_bytes(b"old")
    mended(place, capsys)
    kinds = {path.suffix for path in parts.iterdir()}
    assert not kinds & {".msgpack", ".draft", ""}
    assert len(list(parts.iterdir())) == len(list((place / "new" / ".audit" / "parts").iterdir()))


def test_two_runs_at_once(place: Path, capsys: Captured) -> None:
    before = digest(place / "out")
    with store.opened(place / "out"):
        for more in ((), ("--fresh",), ("--force",)):
            code, lines = again(place, capsys, "--workers", 1, *more)
            assert (code, len(lines)) == (2, 1)
            assert "another run is writing here; wait, or give another -o" in lines[0]
            assert list((place / "out" / ".audit" / "parts").iterdir()), "--fresh took the parts of the other run"
    assert digest(place / "out") == before
    mended(place, capsys)


@pytest.mark.parametrize("years", [-40, 60])
def test_a_clock_that_jumps(place: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, years: int) -> None:
    now = time.time() + years * 365 * 86400
    for path in (place / "out").rglob("*"):
        os.utime(path, (now, now))
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    assert again(place, capsys, "--workers", 1)[0] == 0
    found = digest(place / "out")
    monkeypatch.undo()
    time.tzset()
    assert found == whole(place / "more" / "all.jsonl", place / "new")


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_files_follow_the_umask(tmp_path: Path, mask: int) -> None:
    corpus = write(tmp_path / "in", range(4))
    before = os.umask(mask)
    try:
        whole(corpus, tmp_path / "out")
    finally:
        os.umask(before)
    for path in (tmp_path / "out").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o777 if path.is_dir() else 0o666) & ~mask, path
