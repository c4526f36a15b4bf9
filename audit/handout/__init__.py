"""A finished run in, files to hand on out: `audit report DIR --format F`, `audit run ... --format F`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from audit.errors import InputError, OutputError
from audit.handout import data, pages, workbook
from audit.results import Results

Write = Callable[[Results, Sequence[str], Path], Iterator[Path]]

FORMATS: dict[str, Write] = {
    "html": pages.html,
    "md": pages.markdown,
    "json": data.as_json,
    "csv": data.as_csv,
    "parquet": data.as_parquet,
    "xlsx": workbook.write,
}
"""What writes each format: given the run, the sources asked for (all, if none) and an empty folder."""

BY_SOURCE = ("html", "md")
"""Formats with one file per source; the others hold the whole run."""

FOLDER = "handout"
"""Where files go, below the run directory, when no other place is named."""


def hand_out(
    results: Results, forms: Sequence[str], out: Path | None = None, sources: Sequence[str] = ()
) -> list[Path]:
    """Write the run in each format into `out` (`handout` in the run directory, if not given); gives the files.

    A file appears whole or not at all. Raises InputError for a source that the run does not have, or for one asked
    for in a format of the whole run; OutputError when `out` cannot be written.
    """
    _check(results, forms, sources)
    if not forms:
        return []
    out = out or results.directory / FOLDER
    draft = out.parent / f".{out.name}.draft"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        out.mkdir(exist_ok=True)
        written = [path for form in forms for path in FORMATS[form](results, sources, draft)]
        return [path.replace(out / path.name) for path in written]
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror or error}); give another -o") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def renew(results: Results, forms: Sequence[str]) -> list[Path]:
    """Write the formats into the run directory; what an earlier run handed out there is gone, since it is old."""
    shutil.rmtree(results.directory / FOLDER, ignore_errors=True)
    return hand_out(results, forms)


def save(path: Path, content: str) -> None:
    """Write one file. Raises OutputError when it cannot be written."""
    try:
        draft = path.with_name(f".{path.name}.draft")
        draft.write_text(content, encoding="utf-8", errors="replace", newline="\n")
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); give another -o") from error


def _check(results: Results, forms: Sequence[str], sources: Sequence[str]) -> None:
    known = results.audit["sources"]
    for source in sources:
        if source not in known:
            raise InputError(f"{source}: not in this run; its sources are {', '.join(known)}")
    if sources and not forms:
        raise InputError("SOURCE: the pages are written for all; take --format html or md for one source")
    whole = [form for form in forms if form not in BY_SOURCE]
    if sources and whole:
        raise InputError(f"--format {whole[0]}: holds the whole run; leave SOURCE out, or take html or md")
