"""A small corpus as JSON lines, runs of it as commands, and what they leave as digests."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import audit

WORDS = [sys.executable, "-m", "audit"]


def corpus(root: Path) -> list[str]:
    """The demonstration corpus."""
    articles = [item for item in audit.read([root / "seeds"]) if isinstance(item, audit.Article)]
    return [json.dumps({"id": a.id, "source": a.source, "title": a.title, "published": a.published, "text": a.text})
            for a in articles]


def place(folder: Path, rows: list[str], partition: int = 4) -> Path:
    """The corpus and settings that cut it into several partitions, in a folder."""
    (folder / "all.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "settings.toml").write_text(f"[run]\npartition = {partition}\n", encoding="utf-8")
    return folder


def run(folder: Path, source: str, out: str, *more: str) -> subprocess.CompletedProcess[str]:
    """`audit run`, as a command of its own."""
    words = [*WORDS, "run", source, "-o", out, "--settings", "settings.toml", *more]
    done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    return done


def environment() -> dict[str, str]:
    """One thread for arithmetic: the tests run beside one another."""
    return os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def digest(folder: Path) -> dict[str, str]:
    """Every file that a run leaves, by its SHA-256; the work folder is not a result."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".audit" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def parts(out: Path, kind: str) -> dict[str, int]:
    """When each kept file of one kind was written, by name."""
    return {path.name: path.stat().st_mtime_ns for path in (out / ".audit" / "parts").glob(f"*.{kind}")}
