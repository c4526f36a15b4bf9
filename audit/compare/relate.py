"""Two statements in, how they stand to each other out: they agree, they dispute, or they are unrelated.

A fitted model gives the probability that both say the same. What contradicts in the same place of both (figures,
dates, a negation, an opposite, exchanged names) turns likeness into a dispute.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import models
from audit.compare.conflicts import Conflict, aligned, figure_conflicts, figure_pairs, swapped, word_conflicts
from audit.compare.features import pair_features
from audit.compare.figures import Figure
from audit.compare.statement import Statement, statement
from audit.records import Relation

AGREEING = 0.5
"""Probability from which two statements say the same."""

FRAME = 0.4
"""Share of words in common, in order, from which other figures for the same thing are a dispute (mrpc_train)."""

LIKE = 0.75
"""Share of words in common, in order, from which one changed word (a negation, an opposite, a month) is a dispute."""


@dataclass(frozen=True)
class Judgement:
    """A relation with what it rests on: figures that speak of the same thing, conflicts, words in common."""

    relation: Relation
    figures: tuple[tuple[Figure, Figure, bool], ...]
    conflicts: tuple[Conflict, ...]


@cache
def _fitted() -> dict[str, npt.NDArray[np.float64]]:
    return {name: array.astype(np.float64) for name, array in models.load("claims").arrays.items()}


def probability(features: npt.NDArray[np.float64]) -> float:
    """Probability that a pair with these features [f] says the same."""
    fitted = _fitted()
    scaled = (features - fitted["mean"]) / fitted["scale"]
    return float(1 / (1 + np.exp(-(scaled @ fitted["weights"] + fitted["bias"][0]))))


def relate(a: str, b: str) -> Relation:
    """How two statements stand to each other: `agrees`, `disputes` or `unrelated`, with a sentence that says why.

    `similarity` is the probability that both say the same, leaving aside what contradicts.
    """
    return judge(statement(a), statement(b)).relation


def judge(a: Statement, b: Statement) -> Judgement:
    """The relation of two statements taken apart, with its grounds."""
    if not a.codes or not b.codes:
        return Judgement(Relation("unrelated", 0.0, "one of the two has no words"), (), ())
    pairs = aligned(a, b)
    common = 2 * len(pairs) / (len(a.codes) + len(b.codes))
    found = tuple(figure_pairs(a, b, pairs))
    conflicts = figure_conflicts(list(found)) if common >= FRAME else []
    if common >= LIKE:
        conflicts += word_conflicts(a, b, pairs)
        exchange = swapped(a, b)
        conflicts += [exchange] if exchange else []
    likely = 1.0 if a.codes == b.codes else probability(pair_features(a, b))
    words = f"{len(pairs)} of {len(a.codes)} and {len(b.codes)} words in common"
    if conflicts:
        reason = "; ".join(conflict.reason for conflict in conflicts)
        relation = Relation("disputes", round(likely, 4), reason)
    elif likely >= AGREEING:
        same = [f"{one.text} and {two.text} agree" for one, two, _ in found if one.text != two.text]
        relation = Relation("agrees", round(likely, 4), "; ".join([words, *same]))
    else:
        relation = Relation("unrelated", round(likely, 4), words)
    return Judgement(relation, found, tuple(conflicts))
