"""The run directory: whose it is, one run at a time, partition files, and pages that appear whole or not at all."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audit.errors import OutputError
from audit.records import SCHEMA

WORK = ".audit"
MARKER = "audit.json"
READY = "ready"
PRODUCTS = ("data", "sources", "articles", "stories", MARKER, "index.html")
"""What a report is made of, in the order in which it is put in its place."""


@contextmanager
def opened(directory: Path, *, force: bool = False, fresh: bool = False) -> Iterator[Path]:
    """Hold a run directory for one run and give its work folder. Raises OutputError when it cannot be ours."""
    try:
        work = _claim(directory, force)
        with (work / "lock").open("w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(f"{directory}: another run is writing here; wait, or give another -o") from error
            if fresh:
                forget(work)
            _finish(directory, work)
            yield work
    except OSError as error:
        raise OutputError(f"{directory}: cannot be written ({error.strerror or error}); give another -o") from error


def _claim(directory: Path, force: bool) -> Path:
    work = directory / WORK
    if directory.exists() and not directory.is_dir():
        raise OutputError(f"{directory}: is a file; give the name of a folder to -o")
    ours = work.is_dir() or (directory / MARKER).is_file()
    if directory.is_dir() and not ours and not force and any(directory.iterdir()):
        raise OutputError(f"{directory}: holds files that a run did not make; give another -o, or --force to add to it")
    work.mkdir(parents=True, exist_ok=True)
    return work


def forget(work: Path) -> None:
    """Drop what was measured, which holds whole articles; the next run measures again."""
    shutil.rmtree(work / "parts", ignore_errors=True)


def staging(work: Path) -> Path:
    """A folder to write a whole report into: every product has its place, so that no old one can stay behind."""
    folder = work / "staging"
    shutil.rmtree(folder, ignore_errors=True)
    for name in PRODUCTS:
        if "." not in name:
            (folder / name).mkdir(parents=True)
    return folder


def publish(directory: Path, work: Path) -> None:
    """Put the staged report in the place of the old one. Interrupted, the next command on the folder completes it."""
    (work / "staging").rename(work / READY)
    _finish(directory, work)


def _finish(directory: Path, work: Path) -> None:
    """Move what stands ready into place, the index last; harmless when repeated.

    All of it is written by now, so that only a dozen names change. A file takes the place of another in one step; a
    folder cannot, and the old one is moved away first.
    """
    ready, old = work / READY, work / "old"
    shutil.rmtree(old, ignore_errors=True)
    if not ready.is_dir():
        return
    old.mkdir()
    for name in PRODUCTS:
        new, place = ready / name, directory / name
        if new.exists():
            if place.is_dir() or (new.is_dir() and place.exists()):
                place.rename(old / name)
            new.replace(place)
    shutil.rmtree(ready)
    shutil.rmtree(old, ignore_errors=True)


def write_json(path: Path, data: Any) -> None:
    """JSON with sorted keys and one final newline, written whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def read_audit(directory: Path) -> dict[str, Any]:
    """The `audit.json` of a run, whose report is put in its place first, should a run have been killed at that moment.

    Raises OutputError when the folder holds no run, or one of another schema, or is being written.
    """
    path = directory / MARKER
    if (directory / WORK / READY).is_dir():
        with opened(directory):
            pass
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OutputError(f"{directory}: holds no audit; make one with `audit run INPUT -o {directory}`") from error
    except ValueError as error:
        raise OutputError(f"{path}: is damaged ({error}); run the audit again") from error
    if data.get("schema") != SCHEMA:
        raise OutputError(f"{path}: schema {data.get('schema')} is not {SCHEMA}, the one this version reads; run again")
    return data
