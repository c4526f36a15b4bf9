"""What decides the numbers of a run: the version of the code, the digests of models and lexicons."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

import msgspec

from audit import lexicon, models
from audit.settings import Settings

VERSION = "0.1.0"


@cache
def digests() -> dict[str, dict[str, str]]:
    """SHA-256 of every shipped model and lexicon, by file name."""
    lexicons = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in lexicon.shipped()}
    return {"models": {name: card["sha256"] for name, card in models.cards().items()}, "lexicons": lexicons}


def fingerprint(settings: Settings) -> str:
    """One string that changes when anything changes that measuring a partition depends on."""
    what: dict[str, Any] = {"version": VERSION, **digests(), "compare": msgspec.to_builtins(settings.compare)}
    return json.dumps(what, sort_keys=True)
