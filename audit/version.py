"""What decides the numbers of a run: the version of the code, the digests of models and lexicons."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from audit import models
from audit.settings import Settings

VERSION = "0.1.0"
PACKAGE = Path(__file__).parent
NO_LEXICONS = ("defaults.toml", "floors.toml")


@cache
def digests() -> dict[str, dict[str, str]]:
    """SHA-256 of every shipped model by name, and of every word list by its place in the package."""
    files = sorted(path for path in PACKAGE.rglob("*.toml") if path.name not in NO_LEXICONS)
    lexicons = {path.relative_to(PACKAGE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"models": {name: card["sha256"] for name, card in models.cards().items()}, "lexicons": lexicons}


def fingerprint(settings: Settings) -> str:
    """One string that changes when anything changes that measuring a partition depends on."""
    what: dict[str, Any] = {"version": VERSION, **digests(), "compare": msgspec.to_builtins(settings.compare)}
    return json.dumps(what, sort_keys=True)
