"""The package's own imports in, the README's diagram out: who takes what, from a file on disk to a number on a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "load": ("files become articles", ("load",)),
    "parse": ("words, sentences, quotations", ("parse", "sentences", "quotations", "answers")),
    "lexicon": ("word lists and trained weights", ("phrases", "lexicon", "models")),
    "extract": ("signals: evidence and measures", ("extract",)),
    "compare": ("stories, copies, claims", ("compare",)),
    "score": ("rates, intervals, places among news", ("score", "beside", "resample", "reference", "version")),
    "store": ("tables of a run, in its folder", ("tables", "store", "export", "results", "documents", "redact")),
    "report": ("pages, and the words on them", ("report", "explain", "entries")),
    "run": ("partitions, one machine or many",
            ("pipeline", "partition", "engine", "publication", "progress", "kept", "tabulation",
             "relations", "chapters", "handout")),
    "scan": ("evidence alone, like a linter", ("api", "formats", "limits", "places", "reading", "terminal")),
    "measure": ("how often it is right; training", ("evaluate", "study", "train")),
    "command": ("what a user types; guides", ("cli", "__main__", "__init__", "docs")),
}
"""Boxes of the diagram, each with its caption and the parts of the package it holds."""

GROUND = ("errors", "records", "settings", "freed", "spool")
"""What everything stands on: no arrow is drawn to it."""

LATE = "_from"
"""The function by which the command imports a part only when it needs it."""

DRAWN = re.compile(r"```mermaid\n.*?```", re.S)
Edges = dict[str, set[str]]


def imported(path: Path) -> set[str]:
    """Top-level parts of `audit` that a file imports, those only for type checking left out."""
    names: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "audit":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("audit."):
            names.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("audit.")}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == LATE:
            names |= {str(name.value).split(".")[0] for name in node.args if isinstance(name, ast.Constant)}
        waiting += ast.iter_child_nodes(node)
    return names


def parts() -> set[str]:
    """Top-level modules and sub-packages."""
    return {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}


def edges() -> Edges:
    """For each box the boxes that it takes from. Raises KeyError for a part that no box holds."""
    box = {part: name for name, (_, held) in PARTS.items() for part in held}
    found: Edges = {name: set() for name in PARTS}
    for path in sorted(PACKAGE.rglob("*.py")):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part not in GROUND:
            found[box[part]] |= {box[name] for name in imported(path) & parts() if name not in GROUND}
    return {name: taken - {name} for name, taken in found.items()}


def needed(given: Mapping[str, set[str]]) -> Edges:
    """The edges without those that a longer way says too. The graph must have no circle."""
    def reach(name: str) -> set[str]:
        return {one for taken in given[name] for one in ({taken} | reach(taken))}

    return {name: taken - {far for near in taken for far in reach(near)} for name, taken in given.items()}


def placed(text: str) -> str:
    """A document with the diagram of today in place of the one that it holds."""
    return DRAWN.sub(lambda _: diagram(), text)


def diagram() -> str:
    """The diagram in Mermaid: an arrow runs from a box to the box that takes from it."""
    lines = ["```mermaid", "flowchart TD", '    files(["articles as people have them"]) --> load']
    lines += [f'    {name}["<b>{name}</b><br>{caption}"]' for name, (caption, _) in PARTS.items()]
    drawn = needed(edges())
    lines += [f"    {taken} --> {name}" for name in PARTS for taken in PARTS if taken in drawn[name]]
    return "\n".join([*lines, '    report --> pages(["pages and tables"])', "```"])
