"""Scores per token in, the best sequence of labels per stretch out, all stretches of a partition side by side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

STRETCH = 2048
"""Longer documents are decoded in stretches of at least this many tokens, cut at sentences, so that one huge text
does not set the number of steps; a label rarely depends on what stands a thousand words away."""


def decode(
    scores: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32], parsed: Parsed
) -> npt.NDArray[np.int8]:
    """int8 [n]: labels of the highest total of `scores` [n, K] and `transitions` [K from, K to] in each stretch."""
    return best_paths(scores, transitions, stretches(parsed))


def stretches(parsed: Parsed) -> npt.NDArray[np.int64]:
    """int64 [m+1]: token edges of documents, and of the stretches of long ones."""
    edges = set(parsed.documents.tolist())
    for start, stop in zip(parsed.documents[:-1].tolist(), parsed.documents[1:].tolist(), strict=True):
        cuts = np.arange(start + STRETCH, stop - STRETCH, STRETCH)
        edges.update(parsed.sentences[np.searchsorted(parsed.sentences, cuts)].tolist())
    return np.array(sorted(edges), np.int64)


def best_paths(
    scores: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32], edges: npt.NDArray[np.int64]
) -> npt.NDArray[np.int8]:
    """The Viterbi algorithm over many stretches at once; the longest come first, so active ones are a prefix."""
    labels = np.zeros(len(scores), np.int8)
    lengths = np.diff(edges)
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    if not len(order):
        return labels
    starts, lengths = edges[:-1][order], lengths[order]
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")  # stretches longer than t
    total = scores[starts].copy()
    came_from = []
    incoming = np.ascontiguousarray(transitions.T)  # [to, from]
    for step in range(1, lengths[0]):
        count = active[step]
        options = total[:count, None, :] + incoming
        best = options.argmax(2)
        came_from.append(best.astype(np.int8))
        total[:count] = np.take_along_axis(options, best[:, :, None], 2)[:, :, 0] + scores[starts[:count] + step]
    current = total.argmax(1)
    for step in range(lengths[0] - 1, 0, -1):
        count = active[step]
        labels[starts[:count] + step] = current[:count]
        current[:count] = came_from[step - 1][np.arange(count), current[:count]]
    labels[starts] = current
    return labels
