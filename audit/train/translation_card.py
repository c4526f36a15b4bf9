"""The card of the translation model: measured figures and what the reader of them must know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.extract.translation import evidence, features
from audit.extract.translation.document import READINGS, Head, reading, softmax
from audit.extract.translation.weights import Stored
from audit.train import translation_data as material
from audit.train.translation_data import PRIOR, UNSEEN, Text

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


def left_out(head: Head, found: Doubles, texts: list[Text]) -> dict[str, float]:
    """AUC of each rewriter against WMT's originals and human translations, from style models fitted without it."""
    value = reading(softmax(head.logits(found)), READINGS["translation"])
    human = np.array([text.origin == "wmt" and text.kind in ("original", "human_translation") for text in texts])
    origin = np.array([text.origin for text in texts])
    return {f"{name}, cut texts among them, AUC against wmt's originals and human translations":
            area(value[origin == name], value[human]) for name in sorted(set(origin)) if name.startswith(UNSEEN)}


def artefact_rates(data: Path, model: Stored) -> dict[str, dict[str, float]]:
    """Hits of each artefact rule per 100,000 words, by kind of text: real news, and the kinds of WMT."""
    texts = {"real news": material.news(data)[1]}
    for text in material.translated(data):
        texts.setdefault(text.kind, []).append(text)
    rates: dict[str, dict[str, float]] = {}
    for kind, some in texts.items():
        parsed = material.parsed(some)
        counts = Counter(hit.rule for hit in evidence.hits(parsed, model)[0])
        words = int(parsed.is_word.sum())
        rates[kind] = {rule: round(1e5 * count / words, 2) for rule, count in sorted(counts.items())}
    return rates


def card(data: Path, model: Stored, unseen: dict[str, float]) -> dict[str, Any]:
    """Data, licence, figures on texts that were not trained on, limits."""
    dev = material.translated(data, "wmt_dev")
    found = values(model, dev)
    kind = np.array([material.KINDS.index(text.kind) for text in dev])
    original, human, machine = (found[kind == number] for number in range(3))
    apertium = material.rows(data / "translation/apertium_dev.jsonl")
    rule_based = values(model, [Text(row["text"], "machine_translation", "", "apertium") for row in apertium])
    kept = {row["id"] for row in material.rows(data / "translation/wmt_train.jsonl")}
    spun = [row for row in material.rows(data / "translation/rewritten_wordnet.jsonl") if row["base_id"] not in kept]
    wordnet = values(model, [Text(row["text"], "machine_rewritten", "", "wordnet") for row in spun])
    negative = np.concatenate([original, human])
    sides = [PRIOR["original"], PRIOR["human_translation"], PRIOR["machine_translation"] + PRIOR["machine_rewritten"]]
    weight = np.array([side / (kind == number).sum() for number, side in enumerate(sides)])[kind]
    figures = {
        "wmt_dev, AUC machine against human translation": area(machine, human),
        "wmt_dev, AUC machine translation against original": area(machine, original),
        "wmt_dev, originals at .5 or above": round(float((original >= 0.5).mean()), 4),
        "wmt_dev, human translations at .5 or above": round(float((human >= 0.5).mean()), 4),
        "wmt_dev, machine translations at .5 or above": round(float((machine >= 0.5).mean()), 4),
        "wmt_dev, calibration error at the assumed shares": calibration(found, kind >= 2, weight),
        "apertium_dev, AUC against wmt_dev's originals and human translations": area(rule_based, negative),
        "rewritten_wordnet on texts of wmt_dev, AUC against the same": area(wordnet, negative),
    }
    return {
        "command": "python -m audit.train translation --data DIR",
        "data": "WMT news 2008-2021, news of some 400 outlets 2012-2020 (counts, and as originals), WordNet-rewritten "
                "news, news rewritten here with swaps read off the tortured phrases, with the project's own list, and "
                "by chance among words with the same ending",
        "licence": "weights Apache-2.0; the list of tortured phrases CC BY 4.0 (Cabanac, Labbé and Magazinov 2021)",
        "figures": {**figures, **unseen},
        "artefacts per 100,000 words": artefact_rates(data, model),
        "limits": "English news; systems up to 2021. Machine is told from human translation of one text only in part.",
        "assumes": PRIOR,
    }
