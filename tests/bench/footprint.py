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
    """Run a command to its end. Raises CalledProcessError when it fails. Memory is known on Linux only, else 0, and
    so is the processor time of processes that the command does not wait for, as the workers of a pool are."""
    began, before = time.monotonic(), _waited_for()
    peak = 0
    spent: dict[int, float] = {}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        done = threading.Event()
        waiter = threading.Thread(target=lambda: (process.wait(), done.set()), daemon=True)
        waiter.start()
        while not done.wait(EVERY):
            found = _tree(process.pid)
            peak = max(peak, sum(map(_memory, found)))
            spent |= {pid: max(spent.get(pid, 0.0), _spent(pid)) for pid in found}
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Footprint(time.monotonic() - began, max(_waited_for() - before, sum(spent.values())), peak)


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _spent(pid: int) -> float:
    """Seconds of processors that a process has had; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
