"""Imports never point forward: load -> parse -> extract -> compare -> score -> report."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.docs.diagram import imported

LAYERS = [
    {"errors", "records", "freed", "spool"},
    {"settings"},
    {"load"},
    {"answers", "sentences", "quotations", "parse", "models"},
    {"phrases"},
    {"lexicon"},
    {"extract"},
    {"compare"},
    {"reference", "version"},
    {"resample"},
    {"beside"},
    {"score"},
    {"tables", "store"},
    {"export", "results", "documents"},
    {"redact"},
    {"report"},
    {"explain", "entries"},
    {"progress", "engine", "kept", "partition", "tabulation", "publication", "pipeline", "api", "formats", "limits",
     "places", "reading", "terminal", "handout", "evaluate", "study", "train",
     "chapters", "relations"},
    {"cli"},
    {"docs"},
    {"__main__", "__init__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def test_every_part_has_its_layer(root: Path) -> None:
    places = (root / "audit").iterdir()
    parts = {path.stem for path in places if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts <= set(RANK), f"give a layer to {sorted(parts - set(RANK))}"


def test_imports_point_backward(root: Path) -> None:
    forward = []
    for path in sorted((root / "audit").rglob("*.py")):
        part = path.relative_to(root / "audit").parts[0].removesuffix(".py")
        for name in imported(path) & set(RANK):
            if name != part and RANK[name] > RANK[part]:
                forward.append(f"{path.relative_to(root)} imports audit.{name}")
    assert not forward


def test_a_forward_import_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "parse.py"
    file.write_text("from audit.report import write\n", encoding="utf-8")
    assert imported(file) == {"report"}


@pytest.mark.parametrize("stage", ["load", "parse", "extract", "compare"])
def test_run_time_never_imports_training(root: Path, stage: str) -> None:
    place = root / "audit" / stage
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    assert not [path for path in files if "train" in imported(path)]
