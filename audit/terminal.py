"""A run's scores as a table for the terminal, CSV or JSON, and the changes between two runs."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table

from audit.errors import InputError
from audit.extract.base import Quantity
from audit.publication import quantities
from audit.results import Results

WIDTH = 120


def comparison(results: Results, sources: Sequence[str], form: str) -> str:
    """The sources of a run side by side. Raises InputError for a source that the run does not have."""
    rows = _scores(results)
    for source in sources:
        if source not in results.audit["sources"]:
            raise InputError(f"{source}: not in this run; its sources are {', '.join(results.audit['sources'])}")
    rows = rows[rows["subject"].isin(list(sources) or results.audit["sources"])]
    columns = ["subject", "feature", "value", "low", "high", "n", "percentile", "rank", "absent"]
    if form == "csv":
        return str(rows[columns].to_csv(index=False))
    if form == "json":
        return str(rows[columns].to_json(orient="records", indent=1)) + "\n"
    return _drawn(rows)


def _scores(results: Results) -> pd.DataFrame:
    scores = results.scores
    return scores[scores["level"] == "source"]


def _drawn(rows: pd.DataFrame) -> str:
    known = quantities()
    subjects = sorted(set(rows["subject"]))
    table = Table("measure", *subjects, title="Sources side by side")
    for feature in known:
        if "." in feature and not feature.startswith("agreement."):
            continue
        found = rows[rows["feature"] == feature].set_index("subject")
        if found.empty:
            continue
        cells = [_cell(found.loc[subject], known[feature]) if subject in found.index else "" for subject in subjects]
        table.add_row(known[feature].title, *cells)
    return _print(table)


def _cell(row: pd.Series, quantity: Quantity) -> str:
    if pd.isna(row["value"]):
        return "not measured"
    if quantity.kind == "probability":
        return f"{int(row['count'])} of {int(row['base'])}"
    scale = quantity.scale if quantity.kind != "grade" else 1.0
    shown = f"{row['value'] * scale:.1f}"
    if pd.isna(row["low"]):
        return f"{shown} (n {row['n']})"
    return f"{shown} [{row['low'] * scale:.1f}, {row['high'] * scale:.1f}]"


def changes(before: Results, after: Results) -> str:
    """Which articles came and went, and which values of sources moved by more than their intervals."""
    old, new = set(before.articles["id"]), set(after.articles["id"])
    lines = [f"{len(new - old)} articles added, {len(old - new)} removed, {len(old & new)} in both"]
    keys = ["subject", "feature"]
    both = _scores(before).merge(_scores(after), on=keys, suffixes=("_a", "_b"))
    moved = both[(both["value_a"] - both["value_b"]).abs() > 0]
    for row in moved.sort_values(keys).itertuples():
        apart = pd.notna(row.low_a) and pd.notna(row.low_b) and (row.low_a > row.high_b or row.high_a < row.low_b)
        note = ", intervals part" if apart else ""
        lines.append(f"{row.subject}: {row.feature} from {row.value_a:.4g} to {row.value_b:.4g}{note}")
    if moved.empty:
        lines.append("no value of a source in both runs has changed")
    return "\n".join(lines) + "\n"


def _print(table: Table) -> str:
    text = io.StringIO()
    Console(file=text, width=max(WIDTH, 24 + 22 * len(table.columns)), legacy_windows=False).print(table)
    return text.getvalue()
