"""How far one answer can serve two label schemes: the biology sentences that both corpora label in, F1 pairs out.

Szeged calls a sentence uncertain for a study verb ("was examined"), CoNLL-2010 mostly does not, and evidence of the
kind `investigation` counts in both. So whatever is dropped for the one is lost to the other.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from audit.extract.hedging.decide import chances, likely
from audit.extract.hedging.model import KINDS, Trained
from audit.train.hedging_data import Row, build

CUTS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)  # of study verbs alone; 0 leaves the model's own cut, 1.01 drops them all
SZEGED_LEAST = 0.94  # the figure wanted of the Szeged sentences
STUDY = KINDS.index("investigation")

Bools = npt.NDArray[np.bool_]


def frontier(szeged: list[Row], conll: list[Row], trained: Trained) -> dict[str, dict[str, float]]:
    """F1 against either corpus where study verbs are kept from a probability on, and what knowing the labels gives.

    Every pair of figures is of the sentences that stand in both, told by their letters and digits alone.
    """
    others = {_letters(row): bool(row["label"]) for row in conll}
    shared = [row for row in szeged if _letters(row) in others]
    first = np.array([bool(row["label"]) for row in shared])
    second = np.array([others[_letters(row)] for row in shared])
    data = build(shared)
    found = chances(data.found, trained)
    kinds, kept = likely(found)
    pairs = {}
    for cut in CUTS:
        rows = np.zeros(len(shared), np.bool_)
        rows[data.found.hits.documents[kept & ((kinds != STUDY) | (1 - found[:, 0] >= cut))]] = True
        pairs[f"study_verbs_from_{cut:.2f}"] = _pair(rows, first, second)
    pairs["szeged_labels_themselves"] = _pair(first, first, second)
    pairs["all_labels_known"] = _pair(_allowed(first, second), first, second)
    return pairs


def _letters(row: Row) -> str:
    return re.sub(r"\W+", "", row["text"].lower())


def _allowed(first: Bools, second: Bools) -> Bools:
    """Szeged's answer without as many sentences that CoNLL calls certain as `SZEGED_LEAST` allows.

    Dropping d of p sentences leaves an F1 of 2 (p - d) / (2 p - d).
    """
    positive = int(first.sum())
    most = int(2 * positive * (1 - SZEGED_LEAST) / (2 - SZEGED_LEAST))
    rows = first.copy()
    rows[np.flatnonzero(first & ~second)[:most]] = False
    return rows


def _pair(rows: Bools, first: Bools, second: Bools) -> dict[str, float]:
    return {"szeged_f1": f1(rows, first), "conll2010_f1": f1(rows, second)}


def f1(found: Bools, labels: Bools) -> float:
    """Harmonic mean of precision and recall."""
    return round(2 * int((found & labels).sum()) / max(1, int(found.sum() + labels.sum())), 4)
