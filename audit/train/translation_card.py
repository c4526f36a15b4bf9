"""The card of the translation model: measured figures and what the reader of them must know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audit.extract.translation.weights import Stored
from audit.train import translation_data as material
from audit.train import translation_figures as figures
from audit.train.translation_data import PRIOR, Text
from audit.train.translation_figures import Doubles, FitHead, area


def measured(data: Path, model: Stored, found: Doubles, labels: Sequence[Text], fit_head: FitHead) -> dict[str, Any]:
    """All figures but the learning curve; `found` are the features that the head was fitted on, of `labels`."""
    dev = material.translated(data, "wmt_dev")
    there = figures.matrix(model, dev)
    people = figures.value(model.head, there)[figures.kinds(dev) < 2]
    kept = {row["id"] for row in material.rows(data / "translation/wmt_train.jsonl")}
    others = {
        "apertium_dev": material.rows(data / "translation/apertium_dev.jsonl"),
        "rewritten_wordnet on texts of wmt_dev": [
            row for row in material.rows(data / "translation/rewritten_wordnet.jsonl") if row["base_id"] not in kept],
    }  # fmt: skip
    known, news = material.translated(data), material.news(data)[1]
    by_kind = {"real news": news, **{kind: [text for text in known if text.kind == kind] for kind in PRIOR}}
    return {
        "wmt_dev": figures.by_style(model, dev, news),
        "AUC against wmt_dev's originals and human translations": {
            name: area(figures.value(model.head, figures.matrix(model, [
                Text(row["text"], "machine_rewritten", "", "") for row in some])), people)
            for name, some in others.items()},
        "AUC of rewriters that nothing was fitted on": figures.left_out(found, labels, fit_head),
        "training texts at .5 or above, by weights and a softmax fitted on other texts":
            figures.crossed(found, labels, fit_head),
        "ablation, wmt_dev": figures.ablation(found, labels, there, dev, fit_head),
        "artefacts per 100,000 words": figures.rates({kind: some for kind, some in by_kind.items() if some}, model),
        "artefacts in news by people": figures.precision(material.by_people(data), model),
    }


def card(found: dict[str, Any], curve: dict[str, float]) -> dict[str, Any]:
    """Data, licence, figures on texts that were not trained on, limits."""
    return {
        "command": "python -m audit.train translation --data DIR",
        "data": "WMT news 2008-2021, news of some 400 outlets 2012-2020 (counts, and as originals), WordNet-rewritten "
                "news, news rewritten here with swaps read off the tortured phrases, with the project's own list, and "
                "by chance among words with the same ending",
        "licence": "weights Apache-2.0; the list of tortured phrases CC BY 4.0 (Cabanac, Labbé and Magazinov 2021)",
        "figures": found,
        "learning curve, AUC machine against human translation on wmt_dev by sentences alone": curve,
        "limits": "English news; systems up to 2021. Machine is told from human translation of one text only in part, "
                  "and a good part of that is how marks, numbers and names are typed: the figures with all marks set "
                  "alike show how much. On wmt_dev no house style brings real news, originals or human translations "
                  "over .5 more often than those figures say. Its originals are few: the shares of training texts, by "
                  "weights and a softmax fitted on other texts, and on half as many, rest on more of them. One "
                  "person read the hits of the artefact rules; a hit is right where what the rule says of the words "
                  "is true of them, whoever wrote them.",
        "assumes": PRIOR,
    }
