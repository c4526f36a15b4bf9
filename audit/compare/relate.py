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
from audit.compare.conflicts import (
    Conflict,
    Counterparts,
    aligned,
    figure_conflicts,
    figure_pairs,
    swapped,
    word_conflicts,
)
from audit.compare.denials import negated
from audit.compare.features import pair_features
from audit.compare.statement import Statement, statement
from audit.compare.wording import quoted_otherwise
from audit.records import Relation

AGREEING = 0.47
"""Probability from which two statements say the same: the best of steps of .03 (cross-validated on mrpc_train)."""

DOUBT = 0.65
"""Below this probability other figures for the same thing are a dispute whatever else differs."""

COUNTED, FRAMED, SAME = 0.55, 0.7, 0.85
"""Share of words in common, in order, from which other figures are a dispute whatever the probability: from `COUNTED`
on for counts of one thing and from `FRAMED` on for any figures where the words beside them are the same, from `SAME` on
anywhere. MRPC's annotators let one pair in two with other figures, mostly prices, pass as the same."""

COMMON = 0.4
"""Share of words in common below which figures are about different things."""

OTHERWISE = 0.75
"""Share of words in common, in order, from which one changed word (an opposite, a month, two names) is a dispute."""


@dataclass(frozen=True)
class Judgement:
    """A relation with what it rests on: the share of words in
    common, figures that speak of the same thing, conflicts."""

    relation: Relation
    common: float
    figures: tuple[Counterparts, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, eq=False)
class Machine:
    """Support vectors float32 [v, f] of scaled features, their squared lengths [v] and weights [v], and scalars."""

    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    vectors: npt.NDArray[np.float32]
    squares: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    offset: float
    width: float
    steepness: float


@cache
def _machine() -> Machine:
    arrays = models.load("claims").arrays
    vectors = arrays["vectors"].astype(np.float32)
    offset, width, steepness = arrays["scalars"].tolist()
    squares = np.einsum("vf,vf->v", vectors, vectors)
    return Machine(arrays["mean"], arrays["scale"], vectors, squares, arrays["weights"], offset, width, steepness)


def probability(features: npt.NDArray[np.float64]) -> float:
    """Probability that a pair with these features [f] says the same; a half on the machine's boundary."""
    fitted = _machine()
    scaled = ((features - fitted.mean) / fitted.scale).astype(np.float32)
    away = fitted.squares + scaled @ scaled - 2 * (fitted.vectors @ scaled)
    margin = float(np.exp(-fitted.width * away) @ fitted.weights) + fitted.offset
    return float(1 / (1 + np.exp(-fitted.steepness * margin)))


def relate(a: str, b: str) -> Relation:
    """How two statements stand to each other: `agrees`, `disputes` or `unrelated`, with a sentence that says why.

    Both are plain text, a sentence or two; the order does not matter, and any text is accepted. They dispute when
    figures or dates for the same thing differ beyond rounding, when one denies what the other says, when an opposite
    or another actor stands in the same place, or when one speaker is quoted with other words. `similarity`, 0 to 1, is
    the probability that both say the same, leaving aside what contradicts. Nothing is known here of when and where
    the statements were made: in a run, a toll that grew between two dates is `updated`, and figures are compared in
    sentences that share less.
    """
    return judge(statement(a), statement(b)).relation


def judge(a: Statement, b: Statement) -> Judgement:
    """The relation of two statements taken apart, with its grounds."""
    if not a.codes or not b.codes:
        return Judgement(Relation("unrelated", 0.0, "one of the two has no words"), 0.0, (), ())
    pairs = aligned(a, b)
    common = 2 * len(pairs) / (len(a.codes) + len(b.codes))
    found = figure_pairs(a, b, pairs)
    likely = 1.0 if a.codes == b.codes else probability(pair_features(a, b))
    conflicts = figure_conflicts(found) if _disputable(found, common, likely) else []
    conflicts += [*negated(a, b), *quoted_otherwise(a, b)]
    if common >= OTHERWISE:
        exchange = swapped(a, b)
        conflicts += [*word_conflicts(a, b, pairs), *([exchange] if exchange else [])]
    words = f"{len(pairs)} of {len(a.codes)} and {len(b.codes)} words in common"
    if conflicts:
        reason = "; ".join(conflict.reason for conflict in conflicts)
        relation = Relation("disputes", round(likely, 4), reason)
    elif likely >= AGREEING:
        same = [
            f"{both.one.text} and {both.two.text} agree"
            for both in found
            if both.agree and both.one.text != both.two.text
        ]
        relation = Relation("agrees", round(likely, 4), "; ".join([words, *same]))
    else:
        relation = Relation("unrelated", round(likely, 4), words)
    return Judgement(relation, common, found, tuple(conflicts))


def _disputable(found: tuple[Counterparts, ...], common: float, likely: float) -> bool:
    """Whether figures that differ turn likeness into a dispute."""
    tight = [both for both in found if both.tight and not both.agree]
    counts = any(both.one.thing and both.one.thing == both.two.thing and not both.one.unit for both in tight)
    if common >= SAME or (common >= FRAMED and tight) or (common >= COUNTED and counts):
        return True
    return common >= COMMON and likely < DOUBT
