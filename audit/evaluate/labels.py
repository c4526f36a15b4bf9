"""Labels against evidence and scores. In: gold rows and what was found for each; out: figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from audit.evaluate.counts import Counts, Figures, Scored, area, recall_at
from audit.evaluate.spans import Ruler
from audit.records import Evidence

MACHINE_MADE = ("machine_translation", "machine_rewritten")
"""The kinds of text that the score `translation` should be high for."""


def sentences(
    rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Evidence]], without: Collection[str] = (),
) -> Figures:
    """Figures over sentences that have `label` 1 or 0; evidence of any voice counts.

    `without` names kinds of evidence that the labels do not know. Where rows have `cues`, the words under the
    found evidence are held against them, in those sentences only.
    """
    truth: Counter[tuple[bool, bool]] = Counter()
    cues, labelled = Counts(), False
    for row in rows:
        hits = [one for one in found[row["id"]] if one.attributes.get("kind") not in without]
        truth[bool(row["label"]), bool(hits)] += 1
        if row.get("cues"):
            labelled = True
            ruler = Ruler(row["text"])
            cues.add_sets(ruler.words(row["cues"]), ruler.words([(one.start, one.end) for one in hits]))
    positive = Counts(truth[True, True], truth[False, True], truth[True, False]).figures("sentence")
    negative = Counts(truth[False, False], truth[True, False], truth[False, True]).figures("other")
    macro = round((positive["sentence.f1"] + negative["other.f1"]) / 2, 4)
    return positive | {"macro_f1": macro} | (cues.figures("cue_tokens_in_hedged") if labelled else {})


def translation(
    rows: Sequence[Mapping[str, Any]], values: Mapping[str, float | None], positive: Collection[str] = MACHINE_MADE,
) -> Figures:
    """Figures of a probability per article (None = not given) against `kind`, whole and per kind of negative."""
    scored = [(value, row["kind"] in positive, str(row["kind"]))
              for row in rows if (value := values[row["id"]]) is not None]
    points: list[Scored] = [(value, wanted) for value, wanted, _ in scored]
    if not points:
        return {"n": 0}
    figures: Figures = {
        "n": len(points),
        "accuracy@0.5": round(sum((value >= 0.5) == wanted for value, wanted in points) / len(points), 4),
        "brier": round(sum((value - wanted) ** 2 for value, wanted in points) / len(points), 4),
        "recall@1%fpr": round(recall_at(points, 0.01), 4),
    }
    for name, low in (("auc", None), *((f"auc_vs_{kind}", kind) for kind in _negatives(scored, positive))):
        part = area([(value, wanted) for value, wanted, kind in scored if low is None or wanted or kind == low])
        if part is not None:
            figures[name] = round(part, 4)
    return figures


def _negatives(scored: Sequence[tuple[float, bool, str]], positive: Collection[str]) -> list[str]:
    return sorted({kind for _, _, kind in scored} - set(positive))
