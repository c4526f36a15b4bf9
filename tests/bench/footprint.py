"""A command in; its time, its processor time and its memory out, all the processes that it starts included."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.5
"""Seconds between two looks at the memory."""

SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.M)


@dataclass(frozen=True)
class Footprint:
    """Seconds, processor seconds, and the peak of memory in bytes, shared pages counted once."""

    seconds: float
    processor: float
    memory: int


def footprint(command: Sequence[str], folder: Path) -> Footprint:
    """Run a command to its end. Raises CalledProcessError when it fails. Memory is known on Linux only, else 0."""
    began, spent = time.monotonic(), _spent()
    peak = 0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        done = threading.Event()
        waiter = threading.Thread(target=lambda: (process.wait(), done.set()), daemon=True)
        waiter.start()
        while not done.wait(EVERY):
            peak = max(peak, sum(map(_memory, _tree(process.pid))))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Footprint(time.monotonic() - began, _spent() - spent, peak)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    share = SHARE.search(text)
    return int(share[1]) * 1024 if share else 0


def environment() -> None:
    """One thread for arithmetic in each process, as on two cores it should be."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
