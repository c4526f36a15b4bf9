"""Which files the arguments mean. In: files, folders, addresses and `-`; out: one Input a file, in sorted order, or
Skipped.

A folder's pages and texts are sources of their own, named by their stems (rows of tables and jsonl say their source
themselves); what lies under its sub-folders belongs to the source that the first sub-folder names. Not articles, and
passed over: hidden files, README*, LICENSE*, *.toml, gold*.jsonl, the `PAGE_files` folders that browsers save beside
a page, and folders that `audit` wrote.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from audit.errors import InputError
from audit.load.address import address_of
from audit.load.draft import ONE_ARTICLE, STDIN_NAME, Input, is_article
from audit.load.remote import find_remote, is_remote
from audit.records import Skipped

STDIN = "-"
_REPORT = "audit.json"
_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def find_inputs(arguments: Iterable[str]) -> Iterator[Input | Skipped]:
    """Each file that `arguments` name or hold, folders in sorted order. Raises InputError for a path not there."""
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN:
            yield Input(path, STDIN_NAME)
        elif (address := address_of(argument)) is not None:
            yield _file(Path(address.path), argument, None)
        elif is_remote(argument):
            yield from find_remote(argument)
        elif not os.path.lexists(path):
            raise InputError(f"{argument}: there is no such file or folder; check the path")
        elif path.is_dir():
            yield from _folder(path, argument.rstrip("/") or argument)
        else:
            yield _file(path, argument, None)


def _folder(root: Path, name: str) -> Iterator[Input | Skipped]:
    found = False
    if (root / _REPORT).is_file():
        yield Skipped(name, "the folder is a report that audit wrote; name the folder that holds the articles")
        return
    for entry in _walk(root, "", frozenset({_identity(root)})):
        found = True
        if isinstance(entry, Skipped):
            yield Skipped(f"{name}/{entry.where}", entry.reason)
        else:
            folder = entry.split("/", 1)[0] if "/" in entry else None
            yield _file(root / entry, f"{name}/{entry}", folder)
    if not found:
        yield Skipped(
            name, "the folder holds no articles; audit reads .txt, .md, .html, .jsonl, .csv and .parquet files"
        )


def _walk(root: Path, below: str, parents: frozenset[tuple[int, int]]) -> Iterator[str | Skipped]:
    """Files under `root`/`below`, as paths relative to `root`. `parents` holds the folders above, to see loops."""
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(below.rstrip("/"), f"the folder could not be opened ({error.strerror}); check its permissions")
        return
    for entry in entries:
        inner = f"{below}{entry.name}"
        if not is_article(entry.name):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError as error:
            yield Skipped(inner, f"could not be followed ({error.strerror}); remove the link")
            continue
        if not is_folder:
            yield inner
        elif entry.name.endswith("_files") or (root / inner / _REPORT).is_file():
            continue
        elif (identity := _identity(root / inner)) in parents:
            yield Skipped(inner, "the link leads back to a folder above it; remove the link")
        else:
            yield from _walk(root, f"{inner}/", parents | {identity})


def _file(path: Path, name: str, folder: str | None) -> Input | Skipped:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Skipped(name, f"could not be opened ({error.strerror}); check the link or the permissions")
    if not stat.S_ISREG(mode):
        kind = _SPECIAL.get(stat.S_IFMT(mode), "not a regular file")
        return Skipped(name, f"is {kind}, not a file; pass its content through '-' (standard input)")
    entry = Input(path, name, folder)
    if folder is None and entry.kind in ONE_ARTICLE:
        entry.stem = path.name.split(".", 1)[0] or None
    return entry


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino
