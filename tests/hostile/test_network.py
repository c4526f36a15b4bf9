"""`audit run` reaches nothing, from none of its processes: an audit hook in each of them writes down every attempt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.running import write

GUARD = Path(__file__).with_name("guard")
ROOT = Path(__file__).parents[2]


def watched(place: Path, *words: str) -> list[str]:
    """What the processes of a command tried to reach, a line each; one line says that a process began."""
    log = place / "sockets.txt"
    environment = {**os.environ, "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}", "AUDIT_SOCKETS": str(log)}
    done = subprocess.run([sys.executable, *words], cwd=place, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return log.read_text(encoding="utf-8").splitlines()


def test_a_run_with_workers_reaches_nothing(tmp_path: Path) -> None:
    write(tmp_path, range(9))
    (tmp_path / "page.html").write_text(
        "<html><head><link rel=canonical href='https://post.example/1'><script src='https://ran.example/x'></script>"
        f"</head><body>{'<p>The ferry may not sail before the spring, the mayor said.</p>' * 20}</body></html>", "utf-8"
    )
    given = ("run", "all.jsonl", "page.html", "-o", "out", "--settings", "settings.toml", "--workers", "2")
    lines = watched(tmp_path, "-m", "audit", "-q", *given)
    assert (tmp_path / "out" / "index.html").is_file()
    assert len([line for line in lines if line.endswith(" began")]) >= 3, "the workers were not watched"
    assert [line for line in lines if not line.endswith(" began")] == []


@pytest.mark.parametrize("words", [("scan", "all.jsonl"), ("explain",), ("--version",), ("read", "all.jsonl")])
def test_other_commands_reach_nothing_either(tmp_path: Path, words: tuple[str, ...]) -> None:
    write(tmp_path, range(2))
    assert len(watched(tmp_path, "-m", "audit", *words)) == 1


def test_an_attempt_would_be_seen(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    lines = watched(tmp_path, "-c", code)
    assert any("socket.connect" in line for line in lines)


def test_the_kernel_sees_no_attempt_either(tmp_path: Path) -> None:
    """The same from below, for libraries that are not written in Python."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    write(tmp_path, range(5))
    words = [strace, "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", "calls.txt", sys.executable, "-m",
             "audit", "-q", "run", "all.jsonl", "-o", "out", "--settings", "settings.toml"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False)
    if done.returncode != 0 and b"ptrace" in done.stderr:
        pytest.skip("this machine lets nobody trace a process")
    assert done.returncode == 0, done.stderr.decode()
    assert "AF_INET" not in (tmp_path / "calls.txt").read_text(encoding="utf-8")
