"""Scores per token in, the best sequence of labels per stretch out, all stretches of a partition side by side."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

STRETCH = 2048
"""Longer documents are decoded in stretches of at least this many tokens, cut at sentences, so that one huge text
does not set the number of steps; a label rarely depends on what stands a thousand words away."""

LONGEST = 4 * STRETCH
"""What has no end of a sentence for so long is no prose, and is cut all the same."""


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
    for start, stop in pairwise(sorted(edges)):
        if stop - start > LONGEST:
            edges.update(range(start + STRETCH, stop - STRETCH, STRETCH))
    return np.array(sorted(edges), np.int64)


def best_paths(
    scores: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32], edges: npt.NDArray[np.int64]
) -> npt.NDArray[np.int8]:
    """The Viterbi algorithm over many stretches at once; the longest come first, so active ones are a prefix."""
    lengths = np.diff(edges)
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    if not len(order):
        return np.zeros(len(scores), np.int8)
    starts, lengths = edges[:-1][order], lengths[order]
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")  # stretches longer than t
    totals = [scores[starts].T]
    for step in range(1, lengths[0]):
        count = active[step]
        options = totals[-1][:, None, :count] + transitions[:, :, None]  # [from, to, stretch]
        totals.append(options.max(0) + scores[starts[:count] + step].T)
    return _walked_back(totals, transitions, starts, lengths, len(scores))


def _walked_back(
    totals: list[npt.NDArray[np.float32]], transitions: npt.NDArray[np.float32], starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64], size: int,
) -> npt.NDArray[np.int8]:
    """The labels on the way to the best last total. Where each came from is asked again of the one that was taken,
    which costs less than to keep the answer for all."""
    labels = np.zeros(size, np.int8)
    ends = {int(length): totals[length - 1].argmax(0) for length in np.unique(lengths)}
    current = np.array([ends[int(length)][place] for place, length in enumerate(lengths)])
    for step in range(len(totals) - 1, 0, -1):
        count = totals[step].shape[1]
        labels[starts[:count] + step] = current[:count]
        current[:count] = (totals[step - 1][:, :count] + transitions[:, current[:count]]).argmax(0)
    labels[starts] = current
    return labels
