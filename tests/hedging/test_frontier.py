"""Cuts by kind, and the pairs of figures that one answer has against two label schemes, on invented sentences."""

from __future__ import annotations

import numpy as np
import pytest

from audit.extract.hedging.decide import THRESHOLDS, likely
from audit.extract.hedging.model import KINDS, shipped
from audit.train.hedging_data import Row
from audit.train.hedging_frontier import SZEGED_LEAST, f1, frontier

# text, uncertain to the first scheme, to the second
ROWS = [
    ("The bridge may fall before the winter.", 1, 1),
    ("We investigated whether the two rivers ever met.", 1, 1),
    ("The role of the enzyme was investigated in mice.", 1, 0),
    ("The council bought three new buses.", 0, 0),
    ("The old mill stands by the river.", 0, 0),
]


def rows(scheme: int) -> list[Row]:
    return [{"id": str(i), "text": row[0], "label": row[scheme], "cues": []} for i, row in enumerate(ROWS)]


@pytest.mark.parametrize("kind", range(1, len(KINDS)), ids=KINDS[1:])
def test_each_kind_has_its_own_cut(kind: int) -> None:
    found = np.zeros((2, len(KINDS)), np.float32)
    found[:, kind] = THRESHOLDS[kind] + np.array([0.01, -0.01])
    found[:, 0] = 1 - found[:, kind]
    kinds, kept = likely(found)
    assert kinds.tolist() == [kind, kind]
    assert kept.tolist() == [True, False]


def test_what_study_verbs_give_to_one_scheme_they_take_from_the_other() -> None:
    pairs = frontier(rows(1), rows(2), shipped())
    kept, dropped = pairs["study_verbs_from_0.00"], pairs["study_verbs_from_1.01"]
    assert kept == pairs["szeged_labels_themselves"] == {"szeged_f1": 1.0, "conll2010_f1": 0.8}
    assert dropped == {"szeged_f1": 0.5, "conll2010_f1": 0.6667}


def test_sentences_of_one_corpus_alone_are_left_out() -> None:
    alone: list[Row] = [{"id": "more", "text": "It may rain over the harbour.", "label": 1, "cues": []}]
    assert frontier(rows(1) + alone, rows(2), shipped()) == frontier(rows(1), rows(2), shipped())


@pytest.mark.parametrize("conflicts", [0, 3, 40])
def test_all_labels_known_stays_at_the_figure_that_is_wanted(conflicts: int) -> None:
    first: list[Row] = [{"id": str(i), "text": f"Sample {i}.", "label": 1, "cues": []} for i in range(100)]
    second = [{**row, "label": int(i >= conflicts)} for i, row in enumerate(first)]
    pair = frontier(first, second, shipped())["all_labels_known"]
    dropped = min(conflicts, 11)  # 2 * 89 / 189 is .942, 2 * 88 / 188 is .936
    assert pair["szeged_f1"] == f1(np.arange(100) >= dropped, np.ones(100, np.bool_)) >= SZEGED_LEAST
    assert pair["conll2010_f1"] == f1(np.arange(100) >= dropped, np.arange(100) >= conflicts)
