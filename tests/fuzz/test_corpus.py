"""Past crashes never again, and mutated files of the demonstration corpus through every fuzz target."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.fuzz.targets import ALLOWED, KINDS, TARGETS
from tests.load.test_fuzz import mutated

ROUNDS = int(os.environ.get("AUDIT_FUZZ", "25"))
"""Mutated inputs of each target."""

CRASHES = Path(__file__).with_name("crashes")
PAST = sorted((path.parent.name, path.name) for path in CRASHES.glob("*/*"))


def tried(target: str, data: bytes) -> None:
    try:
        TARGETS[target](data)
    except ALLOWED:
        return


@pytest.mark.parametrize(("target", "name"), PAST)
def test_past_crashes(target: str, name: str) -> None:
    tried(target, (CRASHES / target / name).read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_mutated_seeds(target: str, root: Path) -> None:
    folder = root / ("audit/lexicons" if target == "lexicon" else "seeds")
    seeds = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md", ".html", ".jsonl", ".toml"))
    assert len(seeds) >= 5
    chance = random.Random(target)
    for _ in range(ROUNDS):
        path = chance.choice(seeds)
        kind = path.suffix.removeprefix(".")
        first = bytes([KINDS.index(kind) if kind in KINDS else 0]) if target == "load" else b""
        tried(target, first + mutated(path.read_bytes()[:4000], chance))
