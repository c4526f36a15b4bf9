"""The study: rank correlations that can be checked by hand, and a table that says what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from audit.study import framing
from audit.study.__main__ import main
from audit.study.correlation import partial, within
from audit.study.outlets import domain, markdown, study, titles

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


LINES = ("The minister said that the road would open.", "It was a shameful, reckless plan!", "Rain fell on the hills.",
         "Residents said they had seen no plough.", "Will it ever end?", "The report was published on Monday.")


def written(path: Path, rows: int) -> Path:
    """Articles of ten invented outlets, in two corpora and stories of four."""
    order = np.random.default_rng(4)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            outlet = number % 10
            text = " ".join(str(order.choice(LINES)) for _ in range(8 + outlet))
            row = {"id": f"a{number}", "source": f"outlet{outlet}.example", "corpus": "ab"[outlet % 2], "text": text,
                   "fact3": ("low", "mixed", "high")[outlet % 3], "title": "A title", "story": number // 4}
            file.write(json.dumps(row) + "\n")
    return path


def test_every_measure_of_an_article_is_studied(tmp_path: Path) -> None:
    found = study(written(tmp_path / "rated.jsonl", 60))
    assert found["data"]["outlets"] == 10
    assert set(found["measures"]) == {*titles(), "words per article"}
    assert {"loaded", "style.passive", "balance.official", "balance.unsaid"} <= set(found["measures"])
    assert found["measures"]["balance.citizen"]["all"]["rho"] is not None
    assert found == study(tmp_path / "rated.jsonl")


def test_exchanged_outlets_are_compared_with_the_true_ones(tmp_path: Path) -> None:
    found = framing.study(written(tmp_path / "told.jsonl", 40))
    assert found["stories"] == 10
    assert found["outlets"]["words"] > 0
    assert all(0 <= found[key]["share"] <= 1 for key in ("outlets", "exchanged"))
    assert "| exchanged |" in framing.markdown(found)


def test_without_data_the_committed_table_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["study", "outlets"])
    assert main() == 0
    assert "| measure | all | length held constant | within corpora |" in capsys.readouterr().out


def test_the_readme_has_the_committed_table(root: Path) -> None:
    """Between its markers, where they stand, the README says what the file says."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- study -->\n(.*?)<!-- /study -->", readme, re.DOTALL)
    figures = json.loads((root / "audit" / "reference" / "outlets_study.json").read_text(encoding="utf-8"))
    assert found is None or found[1].strip() == markdown(figures).strip()


def test_framing_needs_articles(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["study", "framing", "--data", "missing.jsonl"])
    assert main() == 2
    assert "missing.jsonl: no such file" in capsys.readouterr().err
