"""Fit the hedging model: labelled sentences in, `models/hedging.npz` with its card out.

A linear model over hashed features and five small networks over word vectors, trained on the candidates of the
lexicon in the Szeged sets and in our own labelled news sentences; then the sentence models of weasels.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from audit import models
from audit.extract.hedging.features import BAG_WEIGHT, SIZE, bags, columns
from audit.extract.hedging.model import KINDS, REACH, phrase_rows, vectors
from audit.train import hedging_figures, hedging_vectors, hedging_weasel
from audit.train.hedging_data import Set, build, lines, news

# All chosen by cross-validation over documents of the training sets.
LINEAR_STRENGTH = 0.1  # inverse of the penalty
NEWS_WEIGHT = 2  # how often a news candidate counts: they are few, and news is what the tool reads
PHRASE_LEAST = 4  # occurrences; rarer candidates share one row of the networks
HIDDEN, EPOCHS, PENALTY = 64, 14, 0.01
SEEDS = (0, 1, 2, 3, 4)
TRANSFER_SEEDS = SEEDS[:1]  # models that only measure what a training set is worth make do with one network
VECTOR_GAIN, OWN_GAIN = 3.0, 2.0  # scale of the networks' inputs, folded into their weights

Arrays = dict[str, npt.NDArray[Any]]


def train(data: Path) -> None:
    """Fit on the training sets below `data`, measure on the development sets, write the model into the package."""
    with threadpool_limits(1), warnings.catch_warnings():  # one thread: sums are added in the same order everywhere
        warnings.simplefilter("ignore", ConvergenceWarning)  # the networks stop early on purpose
        sets = {name: build(lines(data / f"hedging/{name}_train.jsonl")) for name in ("szeged_wiki", "szeged_bio")}
        sets["news"] = build(news(data))
        words = hedging_vectors.vectors(data)
        arrays = fit(list(sets.values()), words, SEEDS)
        arrays |= hedging_weasel.fit(data, (arrays, vectors(arrays)))
        others = {left: [one for name, one in sets.items() if name != left] for left in sets}
        without = {f"without_{left}": arrays | fit(kept, words, TRANSFER_SEEDS) for left, kept in others.items()}
        figures = hedging_figures.measure(data, arrays, without)
        models.save("hedging", arrays, {**hedging_figures.CARD, "figures": figures})


def fit(sets: list[Set], words: Arrays, seeds: tuple[int, ...]) -> Arrays:
    """The arrays of the candidates' models, from labelled sets (news counts `NEWS_WEIGHT` times) and word vectors."""
    repeated = [one for one in sets for _ in range(NEWS_WEIGHT if one.news else 1)]
    kinds = np.concatenate([one.kinds for one in repeated])
    return {**words, **_fit_linear(repeated, kinds), **_fit_networks(repeated, kinds, words, seeds)}


def matrix(data: Set) -> sparse.csr_matrix:
    """The hashed features of a set's candidates, [candidates, SIZE]."""
    found = columns(data.found.window, data.found.entries, data.found.rules)
    rows, near = bags(data.found.window)
    count, width = found.shape
    values = np.concatenate([np.ones(found.size, np.float32), np.full(len(near), BAG_WEIGHT, np.float32)])
    places = (np.concatenate([np.repeat(np.arange(count), width), rows]), np.concatenate([found.ravel(), near]))
    return sparse.csr_matrix((values, places), shape=(count, SIZE))


def _fit_linear(sets: list[Set], kinds: npt.NDArray[np.int64]) -> Arrays:
    model = LogisticRegression(C=LINEAR_STRENGTH, max_iter=300, tol=1e-3)
    model.fit(sparse.vstack([matrix(one) for one in sets]), kinds)
    return {"linear": model.coef_.T.astype(np.float16), "linear_bias": model.intercept_.astype(np.float32)}


def _fit_networks(
    sets: list[Set], kinds: npt.NDArray[np.int64], words: Arrays, seeds: tuple[int, ...]
) -> Arrays:
    own, counts = np.unique(np.concatenate([one.found.window.phrase() for one in sets]), return_counts=True)
    phrases = own[counts >= PHRASE_LEAST]
    inputs = np.vstack([_inputs(one, words, phrases) for one in sets])
    nets = [
        MLPClassifier((HIDDEN,), alpha=PENALTY, max_iter=EPOCHS, batch_size=64, random_state=seed).fit(inputs, kinds)
        for seed in seeds
    ]
    edges = np.cumsum([(2 * REACH + 1) * words["vectors"].shape[1], len(phrases) + 1])
    window, mine, rules = np.split(np.hstack([net.coefs_[0] for net in nets]), edges)
    return {
        "phrases": phrases,
        "window": (window * VECTOR_GAIN).astype(np.float16),
        "own": (mine * OWN_GAIN).astype(np.float16),
        "rules": (rules * OWN_GAIN).astype(np.float16),
        "hidden_bias": np.concatenate([net.intercepts_[0] for net in nets]).astype(np.float32),
        "out": np.stack([net.coefs_[1] for net in nets]).astype(np.float16),
        "out_bias": np.stack([net.intercepts_[1] for net in nets]).astype(np.float32),
    }


def _inputs(data: Set, words: Arrays, phrases: npt.NDArray[np.uint64]) -> npt.NDArray[np.float32]:
    window, known = data.found.window, vectors(words)
    near = known.table[known.places(window)].reshape(len(data.kinds), -1)
    own = np.eye(len(phrases) + 1, dtype=np.float32)[phrase_rows(phrases, window)]
    rules = np.eye(len(KINDS) - 1, dtype=np.float32)[data.found.hits.rules]
    return np.hstack([VECTOR_GAIN * near, OWN_GAIN * own, OWN_GAIN * rules])
