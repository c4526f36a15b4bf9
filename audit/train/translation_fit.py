"""The fits: parsed texts with labels in, weights out. Every random choice has a fixed seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression, SGDClassifier

from audit.extract.translation import collocation, style
from audit.extract.translation.collocation import Company, Counts, News
from audit.extract.translation.words import EDGE, Hashes, Words, words
from audit.parse import Parsed
from audit.train.translation_data import KINDS, Text

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
RARE = 4
"""N-grams in fewer training sentences than this have no weight."""


def count_news(batches: Iterator[Parsed]) -> News:
    """The language model of the texts: words and pairs that occur at least twice."""
    single: list[Hashes] = []
    pairs: dict[int, list[Hashes]] = {1: [], 2: []}
    for batch in batches:
        found = words(batch)
        single.append(found.masked)
        for distance, kept in pairs.items():
            hashes = collocation.pair_hashes(found, distance)
            kept.append(hashes[hashes != EDGE])
    total = float(np.log2(sum(map(len, single))))
    return News(_counted(single), _counted(pairs[1]), _counted(pairs[2]), total)


def _counted(parts: list[Hashes], least: int = 2) -> Counts:
    keys, counts = np.unique((np.concatenate(parts) >> np.uint64(32)).astype(np.uint32), return_counts=True)
    keep = counts >= least
    return Counts(keys[keep], np.minimum(255, np.rint(2 * np.log2(counts[keep]))).astype(np.uint8))


def sentence_rows(parsed: Parsed, found: Words, function_words: frozenset[str], which: slice) -> csr_matrix:
    """One row per sentence: its n-grams of some templates, divided by the square root of the sentence's length."""
    columns = np.stack(list(style.places(parsed, found, function_words))[which], axis=1)
    each = columns.shape[1]
    values = np.repeat(1 / style.lengths(parsed)[parsed.token_sentence], each)
    edges = parsed.sentences.astype(np.int64) * each
    return csr_matrix((values, columns.ravel(), edges), shape=(len(parsed.sentences) - 1, 1 << style.BITS))


def balance(texts: Sequence[Text], judgement: str) -> tuple[Bools, Doubles]:
    """Per text: whether it is positive, and its weight (0 = left out) so that the two sides weigh the same.

    machine     within each translated document, machine against human: the topic cannot decide
    rewritten   rewritten against everything else
    translated  translations against originals
    """
    kind = np.array([KINDS.index(text.kind) for text in texts])
    if judgement in ("machine", "typed"):
        positive, use = kind == 2, np.array([text.origin == "wmt" for text in texts])
        keys = [(text.group, bool(side)) for text, side in zip(texts, positive, strict=True)]
        counts = Counter(key for key, used in zip(keys, use, strict=True) if used)
        paired = [counts[group, True] and counts[group, False] for group, _ in keys]
        return positive, np.array([1 / counts[key] if used and both else 0.0
                                   for key, used, both in zip(keys, use, paired, strict=True)])
    if judgement == "rewritten":
        positive, use = kind == 3, np.ones(len(kind), np.bool_)
    else:
        positive, use = (kind == 1) | (kind == 2), kind != 3
    weight = np.where(use, 1.0, 0.0)
    if judgement == "translated":  # half of each side from each of its two sorts: people and machines, WMT and news
        sort = np.array([text.kind if text.kind != "original" else text.origin for text in texts])
        for name in sorted(set(sort[use])):
            weight[sort == name] /= (sort == name).sum()
    for side in (positive, ~positive):
        weight[side] /= max(1e-9, weight[side].sum())
    return positive, weight * len(kind)


def fit_style(
    rows: csr_matrix, documents: npt.NDArray[np.int32], positive: Bools, weight: Doubles, most: int,
    rate: float = 2.0,
) -> Doubles:
    """float64 [2 ** BITS]: averaged stochastic gradient descent on the logistic loss (Bottou 2010; Xu 2011).

    Only the `most` n-grams with the largest product of weight and root of their count keep a weight.
    """
    use = np.flatnonzero(weight[documents] > 0)
    share = weight[documents][use]
    model = SGDClassifier(loss="log_loss", alpha=1e-6, average=True, max_iter=5, tol=None, random_state=0,
                          learning_rate="constant", eta0=rate)
    model.fit(rows[use], positive[documents][use], sample_weight=share / share.mean())
    seen = np.bincount(rows[use].indices, minlength=1 << style.BITS)
    worth = np.abs(model.coef_[0]) * np.sqrt(seen) * (seen >= RARE)
    fitted: Doubles = np.where(worth >= max(1e-12, np.partition(worth, -most)[-most]), model.coef_[0], 0.0)
    return fitted


def swapped(texts: Sequence[Text], parsed: Parsed) -> npt.NDArray[np.int8]:
    """int8 [n]: 1 where the token was put in by a rewriter, 0 where not, -1 where not known."""
    labels = np.zeros(len(parsed.tokens), np.int8)
    for number, text in enumerate(texts):
        first, last = parsed.documents[number : number + 2]
        if text.kind != "machine_rewritten":
            continue
        if text.swaps is None:
            labels[first:last] = -1
            continue
        starts = parsed.starts[first:last]
        for start, end in text.swaps:
            labels[first + np.searchsorted(starts, start) : first + np.searchsorted(starts, end)] = 1
    return labels


def fit_odd(found: Company, judged: Bools, labels: npt.NDArray[np.int8]) -> tuple[Doubles, float]:
    """Weights of the crossed codes, float64 [CROSSES], and the intercept: was this word put in by a rewriter?"""
    use = judged & (labels >= 0)
    places = collocation.crossed(found)[use]
    edges = np.arange(0, places.size + 1, places.shape[1])
    rows = csr_matrix((np.ones(places.size, np.float32), places.ravel(), edges), (len(places), collocation.CROSSES))
    model = LogisticRegression(C=0.3, max_iter=200, tol=1e-4)
    model.fit(rows, labels[use] == 1)
    return model.coef_[0], float(model.intercept_[0])
