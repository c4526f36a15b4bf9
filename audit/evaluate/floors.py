"""The committed floors. In: `floors.toml` and figures; out: what fell below, or the file written again.

    [attribution."polnear/dev"]
    sha256 = "..."                   # of the gold file that the floors were set on
    rows = 84
    lowered = "why a floor was lowered the last time, if ever"
    figures = { "token_content.f1" = 0.83 }
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from audit.errors import AuditError
from audit.evaluate.counts import Figures
from audit.records import Record

PATH = Path(__file__).parents[1] / "floors.toml"

STEP = 1000
"""Floors are figures rounded down to three places, so that the last digit of a sum in another order is no failure."""

GUARDED = ("f1", "auc", "accuracy", "pearson", "recall@")
"""Figures of these names are guarded: more is better, and each sums up a task."""

HEAD = """\
# The figures below which `audit eval` fails, per task and gold file. Written by a command and never by hand:
#
#     python -m audit.evaluate --write-floors [--data DIR] [--lower "why a floor may fall"]
"""

Key = tuple[str, str]


class Floor(Record, frozen=True):
    """Floors of one task on one gold file, with the digest of that file."""

    sha256: str
    rows: int
    figures: Figures
    lowered: str = ""


def read_floors(path: Path = PATH) -> dict[Key, Floor]:
    """Floors by task and data; none when there is no file."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {(task, data): Floor(**values) for task, sets in tables.items() for data, values in sets.items()}


def below(figures: Figures, floors: Figures) -> tuple[str, ...]:
    """A sentence for each floor that a figure misses, or that no figure answers to."""
    return tuple(f"{name} is {_said(figures.get(name))}, its floor {floor:.3f}"
                 for name, floor in sorted(floors.items()) if figures.get(name, -math.inf) < floor)


def guarded(figures: Figures) -> Figures:
    """The figures that floors are set for, rounded down."""
    return {name: math.floor(value * STEP) / STEP for name, value in sorted(figures.items())
            if name.split(".")[-1].startswith(GUARDED) or name.startswith(GUARDED) or name.endswith("pearson")}


def merge(old: Mapping[Key, Floor], new: Mapping[Key, Floor], reason: str = "") -> dict[Key, Floor]:
    """Old floors with the new ones in their place.

    Raises AuditError when a floor would fall and no reason is given; the reason is kept beside the floor.
    """
    merged = dict(old)
    for key, floor in new.items():
        before = old.get(key)
        fallen = below(floor.figures, before.figures) if before else ()
        if fallen and not reason:
            raise AuditError(f"{key[0]} on {key[1]}: {fallen[0]}; say why it may fall with --lower \"...\"")
        lowered = reason if fallen else before.lowered if before else ""
        merged[key] = Floor(floor.sha256, floor.rows, floor.figures, lowered)
    return merged


def write(floors: Mapping[Key, Floor], path: Path = PATH) -> None:
    """Write the file, ordered by task and data."""
    blocks = [HEAD]
    for (task, data), floor in sorted(floors.items()):
        lines = [f'[{task}."{data}"]', f'sha256 = "{floor.sha256}"', f"rows = {floor.rows}"]
        lines += [f"lowered = {_quoted(floor.lowered)}"] if floor.lowered else []
        inner = ", ".join(f'"{name}" = {value}' for name, value in floor.figures.items())
        blocks.append("\n".join([*lines, f"figures = {{ {inner} }}"]) + "\n")
    path.write_text("\n".join(blocks), encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _said(value: float | None) -> str:
    return "missing" if value is None else f"{value:.4f}"
