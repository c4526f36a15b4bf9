"""Hedges in a language that has a lexicon and no model: a partition and the lexicon in, every hit as a hedge out."""

from __future__ import annotations

import numpy as np

from audit.extract.hedging.decide import Hedges
from audit.extract.listed import hits
from audit.lexicon import Lexicon
from audit.parse import Parsed


def listed(parsed: Parsed, words: Lexicon) -> Hedges:
    """The lexicon's hits with the kind of their rule, each of weight 1: nothing reads their context."""
    found = hits(parsed, words)
    kinds = [words.rules[rule].id for rule in found.rules.tolist()]
    return Hedges(found, kinds, np.ones(len(found), np.float32))
