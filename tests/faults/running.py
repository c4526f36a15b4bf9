"""What the tests of faults share: a small corpus, whole runs, and runs in a process of their own that can be killed."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from audit import settings, store
from audit.errors import AuditError
from audit.pipeline import run
from tests.core.test_run import digest

SETTINGS = "[run]\npartition = 4\n"
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["audit.publication", "audit.pipeline", "audit.extract", "tests.faults.running"])

TOUCHES = frozenset(
    "open os.rename os.remove os.mkdir os.rmdir os.listdir os.scandir shutil.rmtree fcntl.flock".split()
)
"""Events, as `sys.addaudithook` names them, at which a process touches a file."""

PLACES = ("harbour", "mill", "school", "bridge", "ferry", "market", "quarry", "library")


def article(number: int) -> dict[str, str]:
    """One invented report: of few events, so that there are stories, copies and claims that differ."""
    place, source = PLACES[number % 4], ("Gazette", "Post", "Herald")[number % 3]
    text = (
        f"The {place} of Eldmoor may close on Monday, the mayor said. Some {20 + number % 5} workers fear for their "
        f"jobs. “Nobody asked us,” said Tove Lind of the {place} office.\n\nThe shameful plan was drawn up in May "
        f"by the council, according to report {number}. It will be voted on before the spring."
    )
    return {"id": f"a{number}", "source": source, "title": f"The {place} may close", "text": text,
            "published": f"2021-05-{number % 4 + 3:02d}"}  # fmt: skip


def write(folder: Path, numbers: Sequence[int]) -> Path:
    """A corpus of these articles, and the settings that cut it into several partitions."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    path = folder / "all.jsonl"
    path.write_text("".join(json.dumps(article(number)) + "\n" for number in numbers), encoding="utf-8")
    return path


def whole(corpus: Path, out: Path, workers: int = 1) -> dict[str, str]:
    """Run to the end; gives the digest of every file."""
    run([corpus], out, settings=settings.load(corpus.parent / "settings.toml"), workers=workers)
    return digest(out)


def _alone(corpus: Path, out: Path, last: int, limit: int) -> None:
    """The same in a process of its own, which kills itself at its `last`th touch of a file, 0 for never. `limit` is the
    most bytes that a file may have, 0 for any; what goes wrong is written beside the corpus."""
    touched = 0

    def touch(event: str, _: object) -> None:
        nonlocal touched
        if event in TOUCHES:
            touched += 1
            if touched == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touch)
    code, said = 0, ""
    line = os.open(corpus.parent / "line.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        whole(corpus, out)
    except AuditError as error:
        code, said = 2, str(error)
    os.write(line, (said or str(touched)).encode())
    os._exit(code)


def alone(corpus: Path, out: Path, *, last: int = 0, limit: int = 0, seconds: float | None = None) -> int | None:
    """Run in another process and give its exit code, negative if it was killed, as it is after `seconds`."""
    process = FORKS.Process(target=_alone, args=(corpus, out, last, limit))
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def line(corpus: Path) -> str:
    """What the last run in a process of its own said: its error, or how often it touched a file."""
    return (corpus.parent / "line.txt").read_text(encoding="utf-8")


def seen_whole(out: Path, reports: Sequence[dict[str, str]]) -> None:
    """Each file that stands in the folder is a file of one of the reports, byte for byte; the work folder aside."""
    for path, found in digest(out).items() if out.exists() else ():
        assert any(report.get(path) == found for report in reports), f"{path} belongs to no report"
    if out.exists() and not (out / store.WORK / "ready").exists() and not (out / store.WORK / "old").exists():
        assert not digest(out) or digest(out) in list(reports), "files of two reports, and nothing says so"
