"""Drawings: values land where the axis says, and everything outside it stays on it."""

from __future__ import annotations

import re

import pytest

from audit.report import charts


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([0.12, 0.43], 0.0, 0.5), ([0.0, None], 0.0, 1.0), ([], 0.0, 1.0), ([7.1, 9.2], 0.0, 10.0), ([0.011], 0.0, 0.015)],
)
def test_rates_start_at_zero_and_end_at_a_round_number(values: list[float | None], low: float, high: float) -> None:
    axis = charts.axis(values)
    assert (axis.low, axis.high) == (low, pytest.approx(high))


def test_grades_need_no_zero() -> None:
    axis = charts.axis([6.3, 9.2], grade=True)
    assert axis.low == pytest.approx(6.0)
    assert axis.high == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("value", "place"), [(0, "0%"), (0.25, "25%"), (0.333, "33.3%"), (1, "100%"), (7, "100%"), (-1, "0%")]
)
def test_places(value: float, place: str) -> None:
    assert charts.Axis(0, 1).at(value) == place


def test_a_bar_without_an_interval_has_no_line() -> None:
    axis = charts.Axis(0, 1)
    assert 'class="iv"' in charts.bar(axis, 0.5, 0.4, 0.6, "k")
    assert 'class="iv"' not in charts.bar(axis, 0.5, None, None, "k")
    assert 'aria-hidden="true"' in charts.bar(axis, 0.5, None, None, "k")


def test_a_strip_has_a_ring_for_each_of_the_others() -> None:
    axis, values = charts.Axis(0, 1), (0.1, 0.2, 0.2, 0.9)
    assert re.findall(r'cx="([^"]*)"', charts.strip(axis, values, None, "k")) == ["10%", "20%", "20%", "90%"]
    assert re.findall(r'cx="([^"]*)"', charts.strip(axis, values, 0.2, "k")) == ["10%", "20%", "90%"]
    assert charts.strip(axis, values, 0.9, "a&b").startswith('<svg class="bar" aria-hidden="true"><use href="#a&amp;b"')
