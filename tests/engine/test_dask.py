"""A real scheduler and two workers, each a process of its own on this machine: the same bytes as without them, also
when a worker is killed in mid-run."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.runs import WORDS, corpus, digest, environment, place, run

pytest.importorskip("distributed", reason="needs the extra [dask]")

PATIENCE = 60.0
"""Seconds that a cluster may take to come up."""


@dataclass
class Cluster:
    """Addresses and processes of a cluster; `log` has what it said."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    folder: Path

    def add(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        worker = _started(self.folder, "worker", self.address, "--nthreads", "1", "--nworkers", "1", "--no-nanny",
                          "--no-dashboard", "--host", "127.0.0.1")
        self.workers.append(worker)
        return worker


def _started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment())


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port = _free()
    scheduler = _started(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    found = Cluster(f"tcp://127.0.0.1:{port}", scheduler, [], tmp_path)
    try:
        _until(lambda: _answers(port), "the scheduler")
        found.add()
        found.add()
        yield found
    finally:
        for process in [*found.workers, scheduler]:
            process.kill()
            process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _until(happened: object, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end, f"{what} did not come in {PATIENCE:.0f} s"
        time.sleep(0.05)


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(
    root: Path, tmp_path: Path, cluster: Cluster
) -> None:
    folder = place(tmp_path, corpus(root))
    run(folder, "all.jsonl", "local", "--workers", "1")
    more = ("--engine", "dask", "--scheduler", cluster.address)
    run(folder, "all.jsonl", "cluster", *more)
    assert digest(folder / "cluster") == digest(folder / "local")

    shared = tmp_path / "elsewhere"
    run(folder, "all.jsonl", "apart", *more, "--storage", shared.as_uri())
    assert digest(folder / "apart") == digest(folder / "local")
    assert {path.suffix for path in shared.iterdir()} == {".articles", ".measured", ".sketches", ".rows"}

    words = [*WORDS, "-q", "run", "all.jsonl", "-o", "killed", "--settings", "settings.toml", *more]
    with subprocess.Popen(words, cwd=folder, env=environment(), stderr=subprocess.PIPE) as process:
        measured = folder / "killed" / ".audit" / "parts"
        _until(lambda: list(measured.glob("*.measured")) or process.poll() is not None, "the first partition")
        assert process.poll() is None, "the run ended before a worker could be killed"
        cluster.workers[0].send_signal(signal.SIGKILL)
        assert process.wait() == 0, process.stderr.read() if process.stderr else ""
    assert digest(folder / "killed") == digest(folder / "local")


def test_no_scheduler_there_is_one_line(root: Path, tmp_path: Path) -> None:
    folder = place(tmp_path, corpus(root))
    words = [*WORDS, "run", "all.jsonl", "-o", "out", "--engine", "dask", "--scheduler", f"tcp://127.0.0.1:{_free()}"]
    done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True,
                          env=environment() | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"})
    assert done.returncode == 2
    assert "no Dask scheduler answers there" in done.stderr
    assert "Traceback" not in done.stderr
