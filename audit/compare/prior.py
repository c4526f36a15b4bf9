"""Best log-odds of each article in, the threshold for this corpus out.

Whether two alike articles tell one event depends on how many articles have a mate at all: in a folder of articles
collected story by story nearly all do, in a crawl few. The share is estimated from the corpus itself, by expectation
maximisation over the articles' best log-odds (the re-estimation of class priors of Saerens, Latinne and Decaestecker
2002), and even odds are asked for under it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STEPS = 200
"""Iterations; the share moves by less than a thousandth after some fifty."""

CAUTION = 0.5
"""Added to the threshold: in a sample of crawled pairs, those just above even odds were more often wrong than right.
A judgement by eye on a small sample, not a measurement."""

STRICTEST = 2.0
"""The threshold is never above this, so that a plain reprint of a story is found in any corpus."""

EDGE = 1e-3


def asked(best: npt.NDArray[np.float64], lenient: float) -> float:
    """The log-odds [n] of each article's best match to the threshold, not below `lenient`."""
    share = 0.5
    for _ in range(STEPS):
        shifted = best + np.log(share / (1 - share))
        share = float(np.clip(np.mean(1 / (1 + np.exp(-shifted))), EDGE, 1 - EDGE))
    return float(np.clip(CAUTION - np.log(share / (1 - share)), lenient, STRICTEST))
