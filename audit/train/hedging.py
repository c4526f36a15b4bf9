"""Fit the hedging model: labelled sentences in, `models/hedging.npz` with its card out.

A linear model over hashed features and two small networks over word vectors, trained on the candidates of the lexicon
in the Szeged sets and in our own labelled news sentences. The figures on the card are measured here, on the
development sets, which no fit sees.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from audit import models
from audit.extract.hedging.decide import THRESHOLD
from audit.extract.hedging.features import BAG_WEIGHT, SIZE, bags, columns
from audit.extract.hedging.model import KINDS, LINEAR_SHARE, linear, network, phrase_rows, softmax, vectors
from audit.train import hedging_vectors
from audit.train.hedging_data import Set, build, lines, news, sentence_f1

# All chosen by cross-validation over documents of the training sets.
LINEAR_STRENGTH = 0.1  # inverse of the penalty
NEWS_WEIGHT = 2  # how often a news candidate counts: they are few, and news is what the tool reads
PHRASE_LEAST = 4  # occurrences; rarer candidates share one row of the network
HIDDEN, EPOCHS, PENALTY = 96, 14, 0.01
SEEDS = (0, 1)
VECTOR_GAIN, OWN_GAIN = 3.0, 2.0  # scale of the network's inputs, folded into its weights

Arrays = dict[str, npt.NDArray[Any]]


def train(data: Path) -> None:
    """Fit on the training sets below `data`, measure on the development sets, write the model into the package."""
    with threadpool_limits(1):  # one thread, so that sums are added in the same order everywhere
        sets = read(data)
        words = hedging_vectors.vectors(data)
        fitted = [(sets["szeged_wiki_train"], 1), (sets["szeged_bio_train"], 1), (sets["news_train"], NEWS_WEIGHT)]
        arrays = fit(fitted, words)
        models.save("hedging", arrays, card(sets, arrays))


def read(data: Path) -> dict[str, Set]:
    """All sets by name: training and development."""
    names = [f"{corpus}_{part}" for corpus in ("szeged_wiki", "szeged_bio") for part in ("train", "dev")]
    sets = {name: build(lines(data / f"hedging/{name}.jsonl")) for name in names}
    sets["news_train"] = build(news(data))
    return sets


def fit(sets: list[tuple[Set, int]], words: Arrays) -> Arrays:
    """The arrays of the model, from sets and how often each counts."""
    repeated = [data for data, times in sets for _ in range(times)]
    kinds = np.concatenate([data.kinds for data in repeated])
    return {**words, **_fit_linear(repeated, kinds), **_fit_networks(repeated, kinds, words)}


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
    model.fit(sparse.vstack([matrix(data) for data in sets]), kinds)
    return {"linear": model.coef_.T.astype(np.float16), "linear_bias": model.intercept_.astype(np.float32)}


def _fit_networks(sets: list[Set], kinds: npt.NDArray[np.int64], words: Arrays) -> Arrays:
    own, counts = np.unique(np.concatenate([data.found.window.phrase() for data in sets]), return_counts=True)
    phrases = own[counts >= PHRASE_LEAST]
    inputs = np.vstack([_inputs(data, words, phrases) for data in sets])
    nets = [
        MLPClassifier((HIDDEN,), alpha=PENALTY, max_iter=EPOCHS, batch_size=64, random_state=seed).fit(inputs, kinds)
        for seed in SEEDS
    ]
    first = np.hstack([net.coefs_[0] for net in nets])
    width = words["vectors"].shape[1]
    sides = 11 * width
    edges = np.cumsum([sides, 2 * width, len(phrases) + 1])
    window, beside, mine, rules = np.split(first, edges)
    return {
        "phrases": phrases,
        "window": (window * VECTOR_GAIN).astype(np.float16),
        "sides": (beside * VECTOR_GAIN).astype(np.float16),
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
    return np.hstack([VECTOR_GAIN * near, VECTOR_GAIN * known.sides(window), OWN_GAIN * own, OWN_GAIN * rules])


def chances(data: Set, arrays: Arrays) -> dict[str, npt.NDArray[np.float32]]:
    """Probabilities [candidates, kinds] of the linear model, of the networks, and of both together."""
    found = data.found
    by_words = softmax(linear(found.window, found.entries, found.rules, arrays["linear"], arrays["linear_bias"]))
    by_vectors = network(found.window, found.hits.rules, vectors(arrays), arrays)
    return {"linear": by_words, "network": by_vectors,
            "both": LINEAR_SHARE * by_words + (1 - LINEAR_SHARE) * by_vectors}


def card(sets: dict[str, Set], arrays: Arrays) -> dict[str, Any]:
    """What the model was made from and how well it does."""
    figures = {}
    for name, data in sets.items():
        if not name.endswith("_train"):
            for part, found in chances(data, arrays).items():
                figures[f"{name}, sentence F1, {part}"] = sentence_f1(data, 1 - found[:, 0], THRESHOLD)
    return {"figures": figures, "command": "python -m audit.train hedging --data DIR", "licence": "CC BY-SA 4.0"}
