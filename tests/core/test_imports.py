"""Imports never point forward: load -> parse -> extract -> compare -> score -> report."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LAYERS = [
    {"errors", "records"},
    {"settings"},
    {"load"},
    {"sentences", "quotations", "parse", "models"},
    {"phrases"},
    {"lexicon"},
    {"extract"},
    {"compare"},
    {"reference", "version"},
    {"score"},
    {"tables", "store", "explain"},
    {"export", "results"},
    {"report"},
    {"progress", "engine", "partition", "publication", "pipeline", "api", "formats", "limits", "reading", "terminal",
     "evaluate", "study", "train"},
    {"cli"},
    {"__main__", "__init__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def imported(path: Path) -> set[str]:
    """Top-level parts of `audit` that a file imports, those only for type checking left out."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for inner in node.body:
                inner.module = inner.names = None  # type: ignore[attr-defined]
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "audit":
                names |= {alias.name for alias in node.names}
            elif node.module.startswith("audit."):
                names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import) and node.names:
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("audit.")}
    return names


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
