"""What decides the numbers of a run: the version of the code, the digests of models and lexicons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import msgspec

from audit import extract, lexicon, models
from audit.settings import Settings

VERSION = "0.1.0"
PACKAGE = Path(__file__).parent
NO_LEXICONS = ("defaults.toml", "floors.toml")
MEASURING = ("records", "models/__init__", "parse", "sentences", "quotations", "phrases", "lexicon", "entries",
             "extract", "compare", "tables", "partition", "tabulation", "export")
SHOWING = (*MEASURING, "report", "explain", "redact")
"""Parts of the package that decide what is measured, and how it is shown: results made by others are not taken up."""
COMPARING = ("claims", "meanings", "stories")
"""Models that only the comparison asks."""
SHIPPED = (".py", ".jinja", ".css", ".js", ".json", ".toml")


@cache
def digests() -> dict[str, dict[str, str]]:
    """SHA-256 of every shipped model by name, of every word list by its place in the package, and what others add."""
    files = sorted(path for path in PACKAGE.rglob("*.toml") if path.name not in NO_LEXICONS)
    lexicons = {path.relative_to(PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    found = {"models": {name: card["sha256"] for name, card in models.cards().items()}, "lexicons": lexicons}
    return {**found, "added": added()} if added() else found


def added() -> dict[str, str]:
    """Signals and word lists of other installed packages, by entry point or file: the version, or the SHA-256."""
    found = {}
    for entry in entry_points(group=extract.GROUP):
        found[f"{entry.name} = {entry.value}"] = entry.dist.version if entry.dist else "unknown"
    for path in lexicon.installed():
        if path.parent != lexicon.FOLDER:
            found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return dict(sorted(found.items()))


@cache
def code(parts: Sequence[str] = MEASURING) -> str:
    """SHA-256 of what these parts of the package consist of: between two versions it may change too."""
    digest = hashlib.sha256()
    for part in parts:
        path = PACKAGE / part
        files = [file for file in path.rglob("*") if file.suffix in SHIPPED] if path.is_dir() else [
            path.with_suffix(".py")]
        for file in sorted(files):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def measuring() -> str:
    """One string that changes when anything changes that measuring an article depends on; no setting does."""
    known = digests()
    models = {name: digest for name, digest in known["models"].items() if name not in COMPARING}
    return json.dumps({"version": VERSION, "code": code(), **known, "models": models}, sort_keys=True)


def comparing(settings: Settings) -> str:
    """The same for comparing articles that were measured already."""
    models = {name: digest for name, digest in digests()["models"].items() if name in COMPARING}
    chosen = msgspec.to_builtins([settings.compare, settings.score])
    return json.dumps([measuring(), models, chosen], sort_keys=True)
