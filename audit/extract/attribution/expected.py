"""Scores per token and the best labels in, the chance of each token to open a cue out.

The forward-backward algorithm (Rabiner 1989) over short stretches of text, side by side. At the edges of a stretch the
best labels of its neighbours are taken for granted, so that stretches do not wait for one another.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.labels import CUE, label
from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STRETCH = 48
"""Tokens from which a stretch ends with its sentence. From 24 to 96 the sums differ by less than a thousandth."""
LONGEST = 250
"""Tokens of the longest stretch, wherever its sentence ends: with 11 labels its totals stay below 11 ** 250, which a
double holds."""
BLOCK = 512
"""Stretches computed side by side, so that their totals stay in the processor's cache."""
GRID = 1024.0
"""Chances are rounded to 1/1024, so that the order of documents in memory cannot move a decision."""
OPENING = label(CUE, 0, opens=True)


def openings(scores: Floats, transitions: Floats, labels: npt.NDArray[np.int8], parsed: Parsed) -> Floats:
    """float32 [n]: the chance that the token opens a cue. `scores` [n, K], `transitions` [K from, K to]."""
    chances = np.zeros(len(labels), np.float32)
    if not len(labels):
        return chances
    edges = stretches(parsed)
    longest_first = np.argsort(-np.diff(edges), kind="stable")
    starts, ends = edges[:-1][longest_first], edges[1:][longest_first]
    steps = np.exp(transitions)
    first = np.where(np.isin(starts, parsed.documents)[:, None], 1, steps[labels[starts - 1]])
    last = np.where(np.isin(ends, parsed.documents)[:, None], 1, steps[:, labels[ends % len(labels)]].T)
    weights = _weights(scores, transitions, labels)
    for begin in range(0, len(starts), BLOCK):
        block = slice(begin, begin + BLOCK)
        lengths = ends[block] - starts[block]
        active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")  # stretches longer than t
        tokens = np.concatenate([starts[begin : begin + count] + step for step, count in enumerate(active.tolist())])
        chances[tokens] = _chances(weights.take(tokens, 0), steps, first[block], last[block], active)
    rounded: Floats = (np.round(chances * GRID) / GRID).astype(np.float32)
    return rounded


def stretches(parsed: Parsed) -> Ints:
    """int64 [m+1]: edges of documents, and between them of sentences at least `STRETCH` tokens apart."""
    documents = frozenset(parsed.documents.tolist())
    edges: list[int] = []
    for edge in parsed.sentences.tolist():
        if edge in documents or edge - edges[-1] >= STRETCH:
            if edges:
                edges.extend(range(edges[-1] + LONGEST, edge, LONGEST))
            edges.append(edge)
    return np.array(edges, np.int64)


def _weights(scores: Floats, transitions: Floats, labels: npt.NDArray[np.int8]) -> Floats:
    """float32 [n, K]: how well each label fits, by what the best path gains at the token; its own total is then 1."""
    best = scores[np.arange(len(labels)), labels]
    best[1:] += transitions[labels[:-1], labels[1:]]
    weights: Floats = np.exp(scores - best[:, None])
    return weights


def _chances(weights: Floats, steps: Floats, first: Floats, last: Floats, active: Ints) -> Doubles:
    """float64 [n]: of each token, step after step of all stretches, the share of the paths that open a cue there."""
    spans = [slice(start, end) for start, end in pairwise([0, *np.cumsum(active).tolist()])]
    exact, forth, back = weights.astype(np.float64), steps.astype(np.float64), steps.T.astype(np.float64, order="C")
    forward = np.empty_like(exact)
    here = np.multiply(first, exact[spans[0]], out=forward[spans[0]])
    for now, count in zip(spans[1:], active[1:].tolist(), strict=True):
        here = np.matmul(here[:count], forth, out=forward[now])
        here *= exact[now]
    there = last[: active[-1]].astype(np.float64)
    for step in range(len(spans) - 1, -1, -1):
        both = forward[spans[step]]
        onward = there * exact[spans[step]]
        both *= there
        if step:
            there = np.concatenate([onward @ back, last[active[step] : active[step - 1]]])
    share: Doubles = forward[:, OPENING] / np.einsum("ij->i", forward)
    return share
