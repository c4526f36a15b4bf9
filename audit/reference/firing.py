"""How often rules and entries of the lexicons fire in reference news, and are right where labels exist: figures only.

`lexicons.json` holds for each rule and entry three numbers: firings in the news, right ones and judged ones in held-out
labelled sets. `python -m audit.evaluate.lexicons --data DIR` measures them again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("lexicons.json")


@dataclass(frozen=True, slots=True)
class Firing:
    """How often something fired in `words` words of news, and how many of the `judged` firings elsewhere were right."""

    fires: int
    right: int
    judged: int
    words: int

    @property
    def per_million(self) -> float:
        """Firings per million words of news."""
        return 1e6 * self.fires / self.words


@cache
def _figures() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"news": {"words": 0}, "features": {}}


def of_rule(feature: str, rule: str) -> Firing | None:
    """The figures of a rule; None where it was never measured."""
    found = _rule(feature, rule)
    return _firing(found["all"]) if found else None


def of_entries(feature: str, rule: str) -> dict[str, Firing]:
    """The figures of a rule's entries; an entry of a measured rule that is not among them never fired."""
    return {entry: _firing(row) for entry, row in _rule(feature, rule).get("entries", {}).items()}


def sets(feature: str) -> list[str]:
    """The labelled sets that the firings of a signal were judged on."""
    return list(_figures()["features"].get(feature, {}).get("sets", []))


def digest(feature: str) -> str | None:
    """SHA-256 of the lexicon that was measured."""
    found = _figures()["features"].get(feature)
    return str(found["sha256"]) if found else None


def _firing(row: list[int]) -> Firing:
    fires, right, judged = row
    return Firing(fires, right, judged, _figures()["news"]["words"])


def _rule(feature: str, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = _figures()["features"].get(feature, {}).get("rules", {}).get(rule, {})
    return found
