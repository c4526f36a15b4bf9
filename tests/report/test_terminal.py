"""The comparison in the terminal: the same numbers as on the page, intervals drawn, nothing wider than asked."""

from __future__ import annotations

import csv
import io
import json

import pytest

from audit.errors import InputError
from audit.report import charts
from audit.report.view.headline import Scale
from audit.results import Results
from audit.terminal import BAR, WIDTH, comparison, line


def test_every_source_and_its_numbers(demo: Results) -> None:
    text = comparison(demo, [], "text")
    assert all(name in " ".join(text.split()) for name in demo.sources["name"])
    assert max(map(len, text.splitlines())) <= WIDTH
    scores = demo.scores[(demo.scores["level"] == "source") & (demo.scores["feature"] == "attribution")]
    for count, base in zip(scores["count"], scores["base"], strict=True):
        assert f"{count:,.0f} in {base:,.0f}" in text
    assert "median" in text
    assert "●" in text


def test_only_the_sources_asked_for(demo: Results) -> None:
    source = demo.audit["sources"][0]
    assert {row["subject"] for row in json.loads(comparison(demo, [source], "json"))} == {source}
    with pytest.raises(InputError, match="not in this run"):
        comparison(demo, ["nobody"], "text")


def test_csv_cannot_run_as_a_formula(demo: Results) -> None:
    scores = demo.scores.copy()
    scores.loc[scores["subject"] == demo.audit["sources"][0], "absent"] = "=1+1"
    given = Results(demo.directory)
    given.__dict__["scores"] = scores
    rows = list(csv.DictReader(io.StringIO(comparison(given, [], "csv"))))
    assert "'=1+1" in {row["absent"] for row in rows}
    assert not [value for row in rows for value in row.values() if value.startswith("=")]


@pytest.mark.parametrize(
    ("value", "low", "high", "median", "drawn"),
    [
        (0.5, 0.25, 0.75, 1.0, "····━━━━●━━━···|"),
        (0.0, 0.0, 0.0, None, "●" + "·" * 15),
        (1.0, 0.9, 2.0, 0.0, "|" + "·" * 13 + "━●"),
    ],
)
def test_an_interval_as_a_line(value: float, low: float, high: float, median: float | None, drawn: str) -> None:
    found = line(Scale(charts.Axis(0, 1), "k", median, None), value, low, high)
    assert found == drawn
    assert len(found) == BAR
