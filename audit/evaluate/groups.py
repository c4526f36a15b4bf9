"""Articles and statements held against each other. In: gold groups, pairs and relations; out: figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from audit.evaluate.counts import Counts, Figures, harmonic


def stories(rows: Sequence[Mapping[str, Any]], story_of: Mapping[str, str]) -> Figures:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998) of `story_of`; an article missing there is alone."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    given: defaultdict[str, set[str]] = defaultdict(set)
    places = {row["id"]: (str(row["story"]), story_of.get(row["id"], row["id"])) for row in rows}
    for article, (gold, own) in places.items():
        wanted[gold].add(article)
        given[own].add(article)
    shared = {article: len(wanted[gold] & given[own]) for article, (gold, own) in places.items()}
    precision = sum(n / len(given[places[article][1]]) for article, n in shared.items()) / len(places)
    recall = sum(n / len(wanted[places[article][0]]) for article, n in shared.items()) / len(places)
    return {
        "bcubed.p": round(precision, 4),
        "bcubed.r": round(recall, 4),
        "bcubed.f1": round(harmonic(precision, recall), 4),
        "stories_gold": len(wanted),
        "stories_found": len(given),
    }


def reuse(rows: Sequence[Mapping[str, Any]], pairs: Collection[frozenset[str]]) -> Figures:
    """Figures over pairs `a`, `b` with `label` 1 where one text was made from the other; `pairs` were found."""
    truth = Counter((bool(row["label"]), frozenset((row["a"], row["b"])) in pairs) for row in rows)
    return Counts(truth[True, True], truth[False, True], truth[True, False]).figures()


def claims(rows: Sequence[Mapping[str, Any]], relate: Callable[[str, str], str]) -> Figures:
    """Figures per relation of two statements `a` and `b`, and the share of right answers.

    The label `not-agrees` is met by any answer but `agrees`.
    """
    truth = Counter((str(row["relation"]), relate(row["a"], row["b"])) for row in rows)
    figures: Figures = {}
    for label in ("agrees", "disputes"):
        hits = truth[label, label]
        alarms = sum(n for (gold, own), n in truth.items() if own == label != gold)
        missed = sum(n for (gold, own), n in truth.items() if gold == label != own)
        if hits + missed:
            figures |= Counts(hits, alarms, missed).figures(label)
    right = sum(n for (gold, own), n in truth.items() if gold == own or (gold == "not-agrees" and own != "agrees"))
    return figures | {"accuracy": round(right / max(1, truth.total()), 4)}
