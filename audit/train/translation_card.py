"""The card of the translation model: measured figures and what the reader of them must know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.extract.translation import features
from audit.extract.translation.document import READINGS, reading, softmax
from audit.extract.translation.weights import Stored
from audit.train import translation_data as material
from audit.train.translation_data import Text

Doubles = npt.NDArray[np.float64]
BINS = 10


def values(model: Stored, texts: list[Text]) -> Doubles:
    """float64 [d]: the reading `translation` of the models alone, without artefacts."""
    parsed = material.parsed(texts)
    matrix = features.matrix(parsed, features.signs(parsed, model.weights))
    return reading(softmax(model.head.logits(matrix)), READINGS["translation"])


def area(high: Doubles, low: Doubles) -> float:
    """The probability that a value of `high` is above one of `low`, ties half (Hanley and McNeil 1982)."""
    ordered = np.sort(low)
    above = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return round(float(above.mean() / 2 / len(low)), 4)


def calibration(found: Doubles, positive: npt.NDArray[np.bool_], weight: Doubles) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017), with weights."""
    bins = np.minimum(BINS - 1, (found * BINS).astype(int))
    gap = [abs(np.sum(weight[bins == b] * (found[bins == b] - positive[bins == b]))) for b in range(BINS)]
    return round(float(np.sum(gap) / weight.sum()), 4)


def card(data: Path, model: Stored) -> dict[str, Any]:
    """Data, licence, figures on texts that were not trained on, limits."""
    dev = material.translated(data, "wmt_dev")
    found = values(model, dev)
    kind = np.array([material.KINDS.index(text.kind) for text in dev])
    original, human, machine = (found[kind == number] for number in range(3))
    rule_based = values(model, [Text(row["text"], "machine_translation", "", "apertium")
                                for row in material.rows(data / "translation/apertium_dev.jsonl")])
    kept = {row["id"] for row in material.rows(data / "translation/wmt_train.jsonl")}
    wordnet = values(model, [Text(row["text"], "machine_rewritten", "", "wordnet")
                             for row in material.rows(data / "translation/rewritten_wordnet.jsonl") if row["base_id"] not in kept])
    negative = np.concatenate([original, human])
    weight = np.select([kind == 0, kind == 1], [0.4 / len(original), 0.25 / len(human)], 0.35 / len(machine))
    figures = {
        "wmt_dev, AUC machine against human translation": area(machine, human),
        "wmt_dev, AUC machine translation against original": area(machine, original),
        "wmt_dev, originals at .5 or above": round(float((original >= 0.5).mean()), 4),
        "wmt_dev, human translations at .5 or above": round(float((human >= 0.5).mean()), 4),
        "wmt_dev, machine translations at .5 or above": round(float((machine >= 0.5).mean()), 4),
        "wmt_dev, calibration error at the assumed shares": calibration(found, kind >= 2, weight),
        "apertium_dev, AUC against originals and human translations": area(rule_based, negative),
        "rewritten_wordnet (originals of wmt_dev), AUC against originals and human translations": area(wordnet, negative),
    }
    return {
        "command": "python -m audit.train translation --data DIR",
        "data": "WMT news 2008-2021, news of some 400 outlets 2012-2020 (counts, and as originals), WordNet-rewritten news, "
                "news rewritten here with swaps read off the tortured phrases and with the project's own list",
        "licence": "weights Apache-2.0; the list of tortured phrases CC BY 4.0 (Cabanac, Labbé and Magazinov 2021)",
        "figures": figures,
        "limits": "English news; systems up to 2021. Machine is told from human translation of the same text only in part.",
        "assumes": "shares before reading: see PRIOR in the training module",
    }
