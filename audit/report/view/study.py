"""The committed study of rated outlets in, its table for the method section out, the measures that show nothing too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from audit.report import wording

FILE = Path(__file__).parents[2] / "reference" / "outlets_study.json"
COLUMNS = ("within corpora", "length held constant", "all")
"""The three correlations, the one to read first."""


@cache
def study() -> dict[str, Any] | None:
    """Rows and columns of the study, or None where it was never made."""
    if not FILE.exists():
        return None
    found = json.loads(FILE.read_text(encoding="utf-8"))
    corpora = sorted({corpus for result in found["measures"].values() for corpus in result["corpora"]})
    rows = [_row(feature, result, found["titles"], corpora) for feature, result in found["measures"].items()]
    return {
        "columns": [*COLUMNS, *(f"in {corpus.replace('_', ' ')}" for corpus in corpora)],
        "rows": rows,
        "outlets": found["data"]["outlets"],
        "articles": f"{found['data']['articles']:,}",
        "shown": sum(row["parts"] for row in rows),
        "n": len(rows),
        "digest": found["data"]["sha256"][:12],
    }


def _row(feature: str, result: dict[str, Any], titles: dict[str, str], corpora: list[str]) -> dict[str, Any]:
    values = [*(result[column] for column in COLUMNS), *(result["corpora"].get(corpus) for corpus in corpora)]
    cells = [_cell(value) for value in values]
    return {
        "feature": feature,
        "title": wording.capital(titles.get(feature, feature)),
        "cells": cells,
        "parts": cells[0]["parts"],
    }


def _cell(value: dict[str, Any] | None) -> dict[str, Any]:
    if value is None or value["rho"] is None:
        return {"text": "", "interval": "", "n": 0, "parts": False}
    return {
        "text": _signed(value["rho"]),
        "interval": f"{_signed(value['low'])} to {_signed(value['high'])}",
        "n": value["n"],
        "parts": value["low"] > 0 or value["high"] < 0,
    }


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", wording.MINUS)
