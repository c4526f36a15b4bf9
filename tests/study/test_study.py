"""The study: rank correlations that can be checked by hand, and a table that says what it shows."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from audit.study.correlation import partial, within
from audit.study.outlets import domain, markdown

RANDOM = np.random.default_rng(1)
CLASS = np.repeat([0.0, 1.0, 2.0], 8)
NOISE = RANDOM.normal(size=24)


def test_rho_is_spearmans() -> None:
    value = CLASS + NOISE
    found = within([(value, CLASS)])
    assert found.rho == pytest.approx(spearmanr(value, CLASS).statistic)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.rho < found.high


def test_a_difference_between_groups_alone_is_no_correlation_within() -> None:
    first = (np.array([1.0, 2, 3, 4]), np.array([0.0, 1, 0, 1]))
    second = (np.array([11.0, 12, 13, 14]), np.array([1.0, 2, 2, 1]))
    found = within([first, second])
    assert found.n == 8
    assert found.rho == pytest.approx((spearmanr(*first).statistic + spearmanr(*second).statistic) / 2)


def test_what_the_control_explains_is_taken_out() -> None:
    length = CLASS + NOISE / 4
    value = length + RANDOM.normal(size=24) / 20
    assert within([(value, CLASS)]).rho > 0.8
    assert abs(partial(value, CLASS, length).rho) < 0.4


def test_one_class_or_one_value_has_no_rho() -> None:
    assert within([(NOISE, np.ones(24))]).rho is None
    assert partial(np.ones(24), CLASS, NOISE).rho is None


@pytest.mark.parametrize(("source", "outlet"), [("money.cnn.com", "cnn.com"), ("CNN.com", "cnn.com"), ("vox", "vox")])
def test_outlets_are_registered_names(source: str, outlet: str) -> None:
    assert domain(source) == outlet


def test_the_table_marks_intervals_that_leave_out_zero() -> None:
    sure, unsure = ({"rho": 0.5, "low": low, "high": 0.8, "n": 9} for low in (0.2, -0.1))
    measures = {"hedging": {"all": sure, "length held constant": unsure, "within corpora": sure, "corpora": {}}}
    table = markdown({"data": {"outlets": 9, "articles": 90}, "measures": measures})
    assert "| hedging | **+0.50** [+0.20, +0.80] n=9 | +0.50 [-0.10, +0.80] n=9 |" in table
