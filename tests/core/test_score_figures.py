"""Figures of `score` against the libraries that define them: quantiles, Wilson's interval, the paired t test."""

from __future__ import annotations

import math
import warnings

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from audit import resample
from audit import score as module
from audit.beside import Row, wilson
from audit.extract.base import Quantity
from audit.reference import Reference
from audit.resample import ends, spread
from audit.score import Counts, score
from audit.settings import load
from audit.tables import COLUMNS

SETTINGS = load().score
KINDS = {
    "rate": Quantity("rate", "x", "counted", "per", "sentence", kind="rate"),
    "density": Quantity("density", "x", "counted", "per", "word", kind="rate"),
    "flag": Quantity("flag", "x", "counted", "per", "article", kind="probability"),
}


class Asked(Reference):
    """A reference that answers with what it is asked for."""

    def percentile(self, feature: str, value: object, level: str) -> float | None:
        assert level == "source"
        return {"rate": 1.0, "density": 2.0, "flag": 3.0}[feature] + float(str(value))


def scored(counts: dict[str, list[tuple[float, float]]], stories: bool = False) -> tuple[list[Row], list[Row]]:
    """Scores of sources with the same counts and bases in all kinds of quantity."""
    sources = [source for source, rows in counts.items() for _ in rows]
    told = [f"s{number}" if stories else "" for rows in counts.values() for number in range(len(rows))]
    pairs = [pair for rows in counts.values() for pair in rows]
    matrices = [np.array([[pair[side]] * len(KINDS) for pair in pairs], float) for side in (0, 1)]
    ids = [str(number) for number in range(len(pairs))]
    return score(Counts(ids, sources, told, sorted(KINDS), *matrices), KINDS, SETTINGS, Asked({}))


VARIED = {name: [(count + shift, 20.0) for count in range(1, 7)] for name, shift in (("a", 0), ("b", 6), ("c", 13))}
ALIKE = {"a": [(2.0, 20.0)] * 6, "b": [(0.0, 20.0)] * 6, "c": [(20.0, 20.0)] * 6, "few": [(1.0, 20.0)] * 3}


def test_ends_are_quantiles_of_what_could_be_drawn() -> None:
    chance = np.random.default_rng(5)
    values = chance.normal(size=(201, 6))
    values[chance.random(values.shape) < 0.3] = np.nan
    for confidence in (0.5, 0.9, 0.95):
        low, high = ends(np.sort(values.T, axis=1), confidence)
        assert low == pytest.approx(np.nanquantile(values, (1 - confidence) / 2, axis=0))
        assert high == pytest.approx(np.nanquantile(values, (1 + confidence) / 2, axis=0))


@pytest.mark.parametrize("given", [VARIED, ALIKE])
def test_every_row_has_the_documented_columns(given: dict[str, list[tuple[float, float]]]) -> None:
    scores, differences = scored(given, stories=True)
    assert all(list(row) == list(COLUMNS["scores"]) for row in scores)
    assert all(set(row) == set(COLUMNS["differences"]) for row in differences)
    kinds = {"rate": 1, "density": 2, "flag": 3}
    assert all(row["percentile"] == kinds[str(row["feature"])] + float(str(row["value"])) for row in scores)
    assert {row["level"] for row in scores} == {"source"}


def test_articles_that_are_alike_have_wilsons_interval_or_none() -> None:
    rows = {(row["subject"], row["feature"]): row for row in scored(ALIKE)[0]}
    for source, count in (("a", 12.0), ("b", 0.0), ("c", 120.0)):
        row = rows[source, "rate"]
        assert (row["low"], row["high"]) == wilson(count, 120.0, SETTINGS.confidence)
        assert row["absent"] is None
        row = rows[source, "density"]
        assert (row["low"], row["high"], row["absent"]) == (None, None, "all articles alike: no interval")
    assert rows["few", "rate"]["absent"] == "fewer than 5 articles: no interval, no rank"
    assert (rows["few", "flag"]["low"], rows["few", "flag"]["high"]) == (None, None)


@pytest.mark.parametrize("given", [VARIED, ALIKE])
def test_every_interval_follows_the_confidence(
    given: dict[str, list[tuple[float, float]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wider where more is asked for, in whatever way the interval is found."""
    wide = {(row["subject"], row["feature"]): row for row in scored(given)[0]}
    monkeypatch.setattr("tests.core.test_score_figures.SETTINGS", msgspec.structs.replace(SETTINGS, confidence=0.5))
    narrow = [row for row in scored(given)[0] if row["low"] is not None]
    assert len(narrow) >= 5
    for row in narrow:
        other = wide[row["subject"], row["feature"]]
        assert float(str(row["high"])) - float(str(row["low"])) < float(str(other["high"])) - float(str(other["low"]))


def test_a_base_below_one_is_a_base() -> None:
    scores, _ = scored({"a": [(0.05, 0.1)] * 6})
    assert {row["value"] for row in scores} == {0.5}


def test_counts_beyond_their_base_are_no_share() -> None:
    row = next(row for row in scored({"a": [(30.0, 20.0)] * 6})[0] if row["feature"] == "rate")
    assert (row["value"], row["low"], row["absent"]) == (1.5, None, "all articles alike: no interval")


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_wilson_is_scipys(confidence: float) -> None:
    wanted = stats.binomtest(7, 40).proportion_ci(confidence, method="wilson")
    assert wilson(7, 40, confidence) == pytest.approx((wanted.low, wanted.high), abs=1e-6)
    assert wilson(7, 40) == pytest.approx(tuple(stats.binomtest(7, 40).proportion_ci(method="wilson")), abs=1e-6)


def test_ranks_count_the_sources_above() -> None:
    ranks = {row["subject"]: row["rank"] for row in scored(VARIED)[0] if row["feature"] == "rate"}
    assert ranks == {"a": 3, "b": 2, "c": 1}
    near = {"a": VARIED["a"], "b": VARIED["a"], "c": VARIED["c"]}
    ranks = {row["subject"]: row["rank"] for row in scored(near)[0] if row["feature"] == "rate"}
    assert ranks == {"a": None, "b": None, "c": 1}
    assert {row["rank"] for row in scored({"a": VARIED["a"]})[0]} == {None}


def test_paired_differences_are_the_t_test() -> None:
    one, other = [(3.0, 20.0), (5.0, 20.0), (4.0, 20.0), (9.0, 20.0), (6.0, 20.0)], [(2.0, 20.0)] * 5
    row = next(row for row in scored({"a": one, "b": other}, stories=True)[1]
               if (row["source"], row["feature"]) == ("a", "rate"))
    gaps = np.array([(count - 2) / 20 for count, _ in one])
    wanted = stats.ttest_1samp(gaps, 0)
    reach = wanted.confidence_interval(SETTINGS.confidence)
    found = tuple(row[key] for key in ("within", "within_low", "within_high", "within_p"))
    assert found == pytest.approx((gaps.mean(), reach.low, reach.high, wanted.pvalue), abs=1e-6)
    assert (row["stories"], row["value"], row["others"]) == (5, 0.27, 0.1)
    assert row["plain"] == pytest.approx(0.17, abs=0.01)
    assert float(str(row["plain_low"])) < 0.17 < float(str(row["plain_high"]))
    assert row["holds"] in ("both", "plain", "within")


def test_a_gap_without_spread_is_certain_of_nothing() -> None:
    row = next(row for row in scored({"a": [(3.0, 20.0)] * 5, "b": [(2.0, 20.0)] * 5}, stories=True)[1]
               if row["source"] == "a")
    assert (row["plain_p"], row["within_p"], row["holds"]) == (1.0, 1.0, "")
    assert math.isclose(float(str(row["within"])), 0.05)


COLUMNS_OF = st.lists(st.lists(st.one_of(st.floats(-9, 9), st.just(math.nan)), min_size=3, max_size=3), min_size=1,
                      max_size=9)


@given(COLUMNS_OF)
def test_the_others_have_the_median_of_all_but_the_source(rows: list[list[float]]) -> None:
    values = np.array(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # columns without any value
        wanted = [np.nanmedian(np.delete(values, row, 0), axis=0) for row in range(len(values))]
    assert np.array_equal(module._others(values), np.array(wanted), equal_nan=True)


@given(COLUMNS_OF, st.integers(0, 1))
def test_mean_and_spread_are_those_of_each_row_by_itself(rows: list[list[float]], ddof: int) -> None:
    means, deviations = spread(np.array(rows), ddof)
    for row, mean, deviation in zip(rows, means, deviations, strict=True):
        known = np.array([value for value in row if not math.isnan(value)])
        assert np.array_equal(mean, known.mean() if len(known) else math.nan, equal_nan=True)
        assert np.array_equal(deviation, known.std(ddof=ddof) if len(known) > ddof else math.nan, equal_nan=True)


def test_sums_of_groups_are_those_of_each_group_by_itself() -> None:
    values = np.random.default_rng(3).normal(size=(60, 5))
    groups = [[*range(first, 60, step)] for first in range(5) for step in (1, 2, 7)] + [[4]]
    wanted = [values[group].sum(0) for group in groups]
    assert np.array_equal(module._added(values, groups), np.array(wanted))


def test_draws_are_those_of_one_call_and_any_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load().score
    whole = resample.draw("Quill & Harbour", 7, settings)
    assert whole.sum(1).tolist() == [7] * settings.resamples
    monkeypatch.setattr(resample, "DRAWN", 7 * 13)
    assert np.array_equal(resample.draw("Quill & Harbour", 7, settings), whole)
    values = np.arange(21.0).reshape(7, 3)
    assert np.array_equal(resample.summed(whole, values), whole.astype(float) @ values)
