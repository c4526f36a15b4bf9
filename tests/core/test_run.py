"""Whole runs: the same bytes whatever the order, the workers or an interruption; and what a run must hold."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import audit
from audit.tables import COLUMNS

SKIP = {".audit"}


def digest(folder: Path) -> dict[str, str]:
    """Every file that a run leaves, by its SHA-256; the work folder is not a result."""
    files = (path for path in folder.rglob("*") if path.is_file() and not SKIP & set(path.relative_to(folder).parts))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def rows(root: Path) -> list[str]:
    """The demonstration corpus as JSON lines."""
    articles = [item for item in audit.read([root / "seeds"]) if isinstance(item, audit.Article)]
    return [json.dumps({"id": a.id, "source": a.source, "title": a.title, "published": a.published, "text": a.text})
            for a in articles]


SETTINGS = "[run]\npartition = 8\n"


@pytest.fixture(scope="module")
def place(rows: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus, settings that cut it into several partitions, and a finished run."""
    folder = tmp_path_factory.mktemp("runs")
    (folder / "all.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "turned.jsonl").write_text("\n".join(reversed(rows)), encoding="utf-8")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    command(folder, "all.jsonl", "first", "--workers", "1")
    return folder


def command(folder: Path, source: str, out: str, *more: str) -> None:
    words = [sys.executable, "-m", "audit", "-q", "run", source, "-o", out, "--settings", "settings.toml", *more]
    assert subprocess.run(words, cwd=folder, check=False).returncode == 0


def written(out: Path) -> dict[str, int]:
    """When each file that a later run takes up was written; the list of pages is written by every run."""
    files = (out / ".audit" / "parts").iterdir()
    return {path.name: path.stat().st_mtime_ns for path in files if path.suffix != ".pages"}


def test_workers_and_order_do_not_change_a_byte(place: Path) -> None:
    command(place, "turned.jsonl", "second", "--workers", "2")
    assert digest(place / "second") == digest(place / "first")


def test_a_second_run_measures_nothing_and_ends_alike(place: Path) -> None:
    before = digest(place / "first")
    parts = written(place / "first")
    command(place, "all.jsonl", "first")
    assert digest(place / "first") == before
    assert written(place / "first") == parts


@pytest.mark.parametrize("delay", [0.6, 1.2, 2.0])
def test_a_killed_run_is_continued(place: Path, delay: float) -> None:
    out = f"killed-{delay}"
    words = [sys.executable, "-m", "audit", "-q", "run", "all.jsonl", "-o", out, "--settings", "settings.toml"]
    with subprocess.Popen(words, cwd=place, start_new_session=True) as process:
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
    if (place / out / "index.html").exists():
        assert (place / out / "index.html").read_bytes() == (place / "first" / "index.html").read_bytes()
    command(place, "all.jsonl", out)
    assert digest(place / out) == digest(place / "first")


def test_a_damaged_partition_file_is_measured_again(place: Path) -> None:
    before = digest(place / "first")
    for path in sorted((place / "first" / ".audit" / "parts").iterdir())[:2]:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    command(place, "all.jsonl", "first")
    assert digest(place / "first") == before


@pytest.mark.parametrize("name", COLUMNS)
def test_tables_have_the_documented_columns(place: Path, name: str) -> None:
    results = audit.Results(place / "first")
    assert list(results.frame(name).columns) == list(COLUMNS[name])
    csv = pd.read_csv(place / "first" / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    assert len(csv) == len(results.frame(name))


def test_counts_of_sources_are_sums_over_their_articles(place: Path) -> None:
    results = audit.Results(place / "first")
    sums = results.measures[results.measures["absent"].isna()].groupby(["source", "feature"])[["count", "base"]].sum()
    scores = results.scores[(results.scores["level"] == "source") & results.scores["value"].notna()]
    checked = 0
    for row in scores.itertuples():
        if (row.subject, row.feature) in sums.index and not row.feature.startswith(("readability", "translation")):
            count, base = sums.loc[(row.subject, row.feature)]
            assert row.value == pytest.approx(count / base, abs=1e-6), (row.subject, row.feature)
            checked += 1
    assert checked > 50


def test_evidence_slices_the_text(place: Path) -> None:
    for articles, evidence in audit.Results(place / "first").partitions():
        texts = dict(zip(articles["id"], articles["text"], strict=True))
        assert len(evidence)
        for row in evidence.itertuples():
            assert texts[row.article][row.start:row.end] == row.text
            for part in json.loads(row.parts):
                assert row.start <= part["start"] < part["end"] <= row.end
