"""What the card of the translation model says in figures: fitted models and texts in, dictionaries of figures out."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audit.extract.translation import features
from audit.extract.translation.document import READINGS, REWRITTEN, Head, reading, softmax
from audit.extract.translation.evidence import hits
from audit.extract.translation.weights import Stored
from audit.train import translation_data as material
from audit.train.translation_data import KINDS, PRIOR, UNSEEN, Text
from audit.train.translation_restyle import STYLES

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Figures = dict[str, float]
FitHead = Callable[[Doubles, Sequence[Text]], Head]
BINS = 10
READ = Path(__file__).with_name("translation_readings.json")
"""Hits in news by people that one person read: article, start, end, and 1 where the rule's claim was right."""
LOOKED_AT = 1500
"""Articles of real news that the card's shares of flagged articles come from."""
GROUPS = {
    "phrasing": ("machine.", "translated."), "phrasing as typed": ("typed.",), "rewriting": ("rewritten.", "odd."),
    "company of words": ("common.", "left", "right"), "typesetting": ("any", "rate"),
}  # fmt: skip
"""Features by what they look at: openings of their names, or for typesetting their endings."""


def matrix(model: Stored, texts: Sequence[Text]) -> Doubles:
    """float64 [d, f]: the document features."""
    parsed = material.parsed(texts)
    return features.matrix(parsed, features.signs(parsed, model.weights))


def value(head: Head, found: Doubles) -> Doubles:
    """float64 [d]: the reading `translation` of the models alone, without artefacts."""
    return reading(softmax(head.logits(found)), READINGS["translation"])


def area(high: Doubles, low: Doubles) -> float:
    """The probability that a value of `high` is above one of `low`, ties half (Hanley and McNeil 1982)."""
    ordered = np.sort(low)
    above = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return round(float(above.mean() / 2 / len(low)), 4)


def calibration(found: Doubles, positive: Bools, weight: Doubles) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017), with weights."""
    bins = np.minimum(BINS - 1, (found * BINS).astype(int))
    gap = [abs(np.sum(weight[bins == b] * (found[bins == b] - positive[bins == b]))) for b in range(BINS)]
    return round(float(np.sum(gap) / weight.sum()), 4)


def share(values: Doubles) -> float:
    """The share that is flagged."""
    return round(float((values >= 0.5).mean()), 4)


def kinds(texts: Sequence[Text]) -> npt.NDArray[np.int64]:
    """The number of each text's kind."""
    return np.array([KINDS.index(text.kind) for text in texts])


def development(head: Head, dev: Doubles, texts: Sequence[Text]) -> Figures:
    """AUC and shares on documents of WMT that were not trained on."""
    kind, found = kinds(texts), value(head, dev)
    original, human, machine = (found[kind == number] for number in range(3))
    sides = [PRIOR["original"], PRIOR["human_translation"], PRIOR["machine_translation"] + PRIOR["machine_rewritten"]]
    weight = np.array([side / (kind == number).sum() for number, side in enumerate(sides)])[kind]
    return {
        "AUC machine against human translation": area(machine, human),
        "AUC machine translation against original": area(machine, original),
        "originals at .5 or above": share(original),
        "human translations at .5 or above": share(human),
        "machine translations at .5 or above": share(machine),
        "calibration error at the assumed shares": calibration(found, kind >= 2, weight),
    }


def restyled(texts: Sequence[Text], style: str) -> list[Text]:
    """The texts in one house style, or as they are."""
    return [replace(text, text=STYLES[style](text.text)) for text in texts] if style in STYLES else list(texts)


def by_style(model: Stored, dev: Sequence[Text], news: Sequence[Text]) -> dict[str, Figures]:
    """Figures on the texts as they are and with all marks set alike: what hangs on typography."""
    figures = {}
    for style in ("as they are", *STYLES):
        found = development(model.head, matrix(model, restyled(dev, style)), dev)
        real = value(model.head, matrix(model, restyled(news[:LOOKED_AT], style)))
        figures[f"marks {style}"] = {**found, "real news at .5 or above": share(real)}
    return figures


def left_out(found: Doubles, texts: Sequence[Text], fit_head: FitHead) -> Figures:
    """AUC of each rewriter against WMT's originals and human translations, when nothing was fitted on it."""
    origin = np.array([text.origin for text in texts])
    whole = np.array([text.form == "whole" for text in texts])
    people = (origin == "wmt") & (kinds(texts) < 2)
    figures = {}
    for family in sorted({name for name in origin if name.startswith(UNSEEN)}):
        own = np.isin(origin, [family, family.removeprefix(UNSEEN)])
        head = fit_head(found[~own], [text for text, out in zip(texts, own, strict=True) if not out])
        values = value(head, found)
        figures[f"{family}, whole texts"] = area(values[(origin == family) & whole], values[people & whole])
        figures[f"{family}, texts cut short among them"] = area(values[origin == family], values[people])
    return figures


def crossed(found: Doubles, texts: Sequence[Text], fit_head: FitHead) -> dict[str, Figures]:
    """How many of WMT's training texts, whole or in one house style, are flagged by what was fitted on other texts.

    `found` come from weights fitted without the text's fold; the softmax is fitted on the other half of the groups.
    """
    half = np.array([zlib.crc32(text.group.encode("utf-8")) % 2 for text in texts])
    values = np.zeros(len(texts))
    for side in (0, 1):
        head = fit_head(found[half != side], [text for text, place in zip(texts, half, strict=True) if place != side])
        values[half == side] = value(head, found[half == side])
    figures: dict[str, Figures] = {}
    for number, kind in enumerate(KINDS[:REWRITTEN]):
        for form in ("whole", *STYLES):
            mine = (kinds(texts) == number) & np.array([(text.origin, text.form) == ("wmt", form) for text in texts])
            figures[f"{kind}, {form}"] = {"texts": int(mine.sum()), "flagged": int((values[mine] >= 0.5).sum())}
    return figures


def ablation(found: Doubles, texts: Sequence[Text], dev: Doubles, dev_texts: Sequence[Text],
             fit_head: FitHead) -> dict[str, Figures]:
    """The two figures of AUC on wmt_dev when one group of features is blotted out of all texts."""
    names = features.names()
    figures = {}
    for group, marks in GROUPS.items():
        ends = group == "typesetting"
        kept = np.array([not (name.rpartition(".")[2] in marks if ends else name.startswith(marks)) for name in names])
        head = fit_head(found * kept, texts)
        one = development(head, dev * kept, dev_texts)
        figures[f"without {group}"] = {name: one[name] for name in one if name.startswith("AUC")}
    return figures


def rates(texts: Mapping[str, Sequence[Text]], model: Stored) -> dict[str, Figures]:
    """Hits of each artefact rule per 100,000 words, by kind of text."""
    found: dict[str, Figures] = {}
    for kind, some in texts.items():
        parsed = material.parsed(some)
        counts: dict[str, int] = {}
        for hit in hits(parsed, model)[0]:
            counts[hit.rule] = counts.get(hit.rule, 0) + 1
        words = int(parsed.is_word.sum())
        found[kind] = {rule: round(1e5 * count / words, 2) for rule, count in sorted(counts.items())}
    return found


def precision(texts: Mapping[str, str], model: Stored) -> dict[str, Figures]:
    """For each artefact rule, hits in news written by people, how many of them were read, and the share found right.

    `texts` are by id. A reading counts while its hit is still made.
    """
    names, read = list(texts), json.loads(READ.read_text(encoding="utf-8"))
    made: dict[str, set[tuple[str, int, int]]] = {rule: set() for rule in read}
    for start in range(0, len(names), 2000):
        some = names[start : start + 2000]
        parsed = material.parsed([Text(texts[name], "original", "", "") for name in some])
        for hit in hits(parsed, model)[0]:
            place = some[int(parsed.token_document[hit.start])]
            made.setdefault(hit.rule, set()).add((place, int(parsed.starts[hit.start]), int(parsed.ends[hit.end - 1])))
    figures: dict[str, Figures] = {}
    for rule, spans in sorted(made.items()):
        right = [label for *span, label in read.get(rule, []) if tuple(span) in spans]
        figures[rule] = {"hits": len(spans), "read": len(right)}
        if right:
            figures[rule]["precision"] = round(sum(right) / len(right), 4)
    return figures
