"""The word lists of comparing (`claims.en.toml`) as one value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "claims.en.toml"


@dataclass(frozen=True)
class Vocabulary:
    """Number words and scales with their values; units, currencies and bounds with their names; what
    plurals such as "dozens" leave open; units by dimension with their size; opposites by word."""

    numbers: dict[str, float]
    scales: dict[str, float]
    units: dict[str, str]
    currencies: dict[str, str]
    bounds: dict[str, str]
    trailing: dict[str, str]
    vague: dict[str, tuple[float, float]]
    measures: dict[str, tuple[str, float]]
    months: frozenset[str]
    weekdays: frozenset[str]
    negations: frozenset[str]
    denials: frozenset[str]
    tolls: frozenset[str]
    partial: frozenset[str]
    opposites: dict[str, frozenset[str]]
    updating: frozenset[str]
    roles: frozenset[str]
    actors: frozenset[str]


@cache
def load() -> Vocabulary:
    """Read the lists; the file is part of the package."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]
    opposites: dict[str, set[str]] = {}
    for line in data["opposites"]:
        left, right = (side.split() for side in line.split("|"))
        for one, other in ((left, right), (right, left)):
            for word in one:
                opposites.setdefault(word, set()).update(other)
    return Vocabulary(
        numbers={word: float(value) for word, value in data["numbers"].items()},
        scales={word: float(value) for word, value in data["scales"].items()},
        units=_inverted(data["units"]),
        currencies=_inverted(data["currencies"]),
        bounds=_inverted(data["bounds"]),
        trailing=_inverted(data["trailing"]),
        vague={word: (float(low), float(high)) for word, (low, high) in data["vague"].items()},
        measures={
            unit: (name, float(size)) for name, units in data["measures"].items() for unit, size in units.items()
        },
        months=frozenset(data["months"].split()),
        weekdays=frozenset(data["weekdays"].split()),
        negations=frozenset(data["negations"].split()),
        denials=frozenset(data["denials"].split()),
        tolls=frozenset(data["tolls"].split()),
        partial=frozenset(data["partial"].split()),
        opposites={word: frozenset(others) for word, others in opposites.items()},
        updating=frozenset(data["updating"].split()),
        roles=frozenset(data["roles"].split()),
        actors=frozenset(data["actors"].split()),
    )


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}
