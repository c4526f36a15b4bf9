"""Scores per token in, the best sequence of labels per document out, all documents of a partition side by side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

KEPT = 256
"""Documents are decoded in windows that say the labels of so many tokens each, so that a long text does not set the
number of steps and all windows are decoded in one go."""

MARGIN = 48
"""Tokens that a window sees on either side of those; the best ways to all labels have nearly always met long before: of
the labels of 1,949,674 tokens (1,700 articles of corpus/allsides_10k), 2 were others than without windows."""


def decode(scores: Floats, transitions: Floats, parsed: Parsed) -> npt.NDArray[np.int8]:
    """int8 [n]: labels of the highest total of `scores` [n, K] and `transitions` [K from, K to] in each document."""
    return best_paths(scores, transitions, parsed.documents.astype(np.int64))


def best_paths(scores: Floats, transitions: Floats, edges: Ints, kept: int = KEPT) -> npt.NDArray[np.int8]:
    """The Viterbi algorithm over the windows of all stretches between `edges` at once; the longest windows come first,
    so that those that still go on are a prefix."""
    labels = np.zeros(len(scores), np.int8)
    said, starts, ends = windows(edges, kept)
    if not len(said):
        return labels
    order = np.argsort(starts - ends, kind="stable")
    said, starts, lengths = said[order], starts[order], (ends - starts)[order]
    paths = _walked_back(_totals(scores, transitions, starts, lengths), transitions, lengths)
    places = starts[:, None] + np.arange(paths.shape[1])
    mine = (places >= said[:, :1]) & (places < said[:, 1:])
    labels[places[mine]] = paths[mine]
    return labels


def windows(edges: Ints, kept: int) -> tuple[Ints, Ints, Ints]:
    """[w, 2]: the token ranges that windows answer for; [w] and [w]: where the windows themselves begin and end."""
    counts = -(-np.diff(edges) // kept)
    stretch = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(stretch)) - np.repeat(np.cumsum(counts) - counts, counts)
    first, last = edges[stretch], edges[stretch + 1]
    said = np.stack((first + number * kept, np.minimum(first + (number + 1) * kept, last)), 1)
    return said, np.maximum(said[:, 0] - MARGIN, first), np.minimum(said[:, 1] + MARGIN, last)


def _totals(scores: Floats, transitions: Floats, starts: Ints, lengths: Ints) -> list[Floats]:
    """For each step, [K, windows that go on]: the highest total of a way to each label."""
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")  # windows longer than t
    totals = [np.ascontiguousarray(scores[starts].T)]
    options = np.empty((*transitions.shape, len(starts)), np.float32)  # [from, to, window]
    for step in range(1, lengths[0]):
        count = active[step]
        some = options[:, :, :count]
        np.add(totals[-1][:, None, :count], transitions[:, :, None], out=some)
        best: Floats = some.max(0)
        best += scores.take(starts[:count] + step, 0).T
        totals.append(best)
    return totals


def _walked_back(totals: list[Floats], transitions: Floats, lengths: Ints) -> npt.NDArray[np.int8]:
    """int8 [w, steps]: the labels on the way to the best last total. Where each came from is asked again of the one
    that was taken, which costs less than to keep the answer for all."""
    paths = np.zeros((len(totals), len(lengths)), np.int8)
    ways = np.ascontiguousarray(transitions.T)
    current = np.zeros(len(lengths), np.int64)
    done = 0  # windows that have begun, counted from their ends
    for step in range(len(totals) - 1, -1, -1):
        options = np.ascontiguousarray(totals[step].T)
        options[:done] += ways.take(current[:done], 0)
        done = len(options)
        current[:done] = options.argmax(1)
        paths[step, :done] = current[:done]
    return paths.T
