"""Fit the sentence network of weasels: labelled sentences in, the `sentence_*` arrays of `hedging.patterns` out.

Fitted with JAX on padded batches, with dropout on inputs and filters.
"""

from __future__ import annotations

import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")  # same bits

from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

from audit.extract.hedging.model import Vectors
from audit.extract.hedging.patterns import RULES, VECTOR_GAIN
from audit.parse import Parsed

FILTERS, OWN, EPOCHS, RATE = 128, 8, 4, 3e-3  # by cross-validation on CoNLL-2010; with 6 rounds it learns by heart
INPUT_DROPOUT, WORD_DROPOUT, FILTER_DROPOUT = 0.3, 0.2, 0.5
SEED = 0  # a second network beside it changed no figure
LENGTHS = (24, 48, 96)  # sentences are padded to one of these, and cut at the last
BATCH = 1536  # words

Array = npt.NDArray[Any]
Weights = dict[str, Any]
Batch = dict[str, Any]


def fit(parsed: Parsed, rules: Array, labels: Array, weights: Array, known: Vectors) -> dict[str, Array]:
    """The arrays, from one document a sentence, `token_rules`, and a label and a weight for each sentence.

    Sentences of no weight are left out.
    """
    words = known.rows_of(parsed)[parsed.lower]
    data = {"word": words, "rule": rules, "documents": parsed.documents, "label": labels, "weight": weights}
    net = _fit(data, jnp.asarray(VECTOR_GAIN * known.table))
    kinds = {"words": np.float16, "window": np.float16}
    return {f"sentence_{name}": values.astype(kinds.get(name, np.float32)) for name, values in net.items()}


def _batches(data: dict[str, Array], random: np.random.Generator) -> Iterator[Batch]:
    """Batches of sentences of like length in a random order, the last of each length filled up with empty ones."""
    lengths = np.minimum(np.diff(data["documents"]), LENGTHS[-1])
    fits = np.searchsorted(LENGTHS, lengths)
    plan = []
    for size, length in enumerate(LENGTHS):
        order = random.permutation(np.flatnonzero((fits == size) & (lengths > 0) & (data["weight"] > 0)))
        count = BATCH // length
        plan += [(length, count, order[first : first + count]) for first in range(0, len(order), count)]
    for number in random.permutation(len(plan)):
        length, count, rows = plan[number]
        mask = np.zeros((count, length), np.bool_)
        mask[: len(rows)] = np.arange(length) < lengths[rows, None]
        places = np.zeros((count, length), np.int64)
        places[: len(rows)] = data["documents"][rows, None] + np.arange(length)
        places[~mask] = 0
        batch = {name: np.where(mask, data[name][places], 0).astype(np.int32) for name in ("word", "rule")}
        for name in ("label", "weight"):
            batch[name] = np.zeros(count, np.float32)
            batch[name][: len(rows)] = data[name][rows]
        yield {**batch, "mask": mask}


def _begin(words: int, width: int) -> Weights:
    first, second = jax.random.split(jax.random.PRNGKey(SEED))
    inputs = width + OWN + RULES
    return {
        "words": jnp.zeros((words, OWN)),
        "window": jax.random.normal(first, (3, inputs, FILTERS)) * (2 / (3 * inputs)) ** 0.5,
        "bias": jnp.zeros(FILTERS),
        "out": jax.random.normal(second, (FILTERS,)) * 0.05,
        "out_bias": jnp.zeros(()),
    }


def _scores(weights: Weights, batch: Batch, vectors: Any, key: Any) -> Any:
    keys = jax.random.split(key, 3)
    mask = batch["mask"][..., None]

    def drop(number: int, x: Any, rate: float) -> Any:
        return jnp.where(jax.random.uniform(keys[number], x.shape) < 1 - rate, x / (1 - rate), 0)

    own = weights["words"][batch["word"]]
    own = jnp.where(jax.random.uniform(keys[0], (*own.shape[:2], 1)) < WORD_DROPOUT, 0, own)
    rules = jax.nn.one_hot(batch["rule"] - 1, RULES)
    x = drop(1, jnp.concatenate([vectors[batch["word"]], own, rules], -1) * mask, INPUT_DROPOUT)
    edge = jnp.zeros_like(x[:, :1])
    near = jnp.concatenate([edge, x[:, :-1]], 1), x, jnp.concatenate([x[:, 1:], edge], 1)
    found = sum(part @ weights["window"][place] for place, part in enumerate(near)) + weights["bias"]
    best = jax.nn.relu(jnp.where(mask, found, -1e9).max(1))
    return drop(2, best, FILTER_DROPOUT) @ weights["out"] + weights["out_bias"]


def _fit(data: dict[str, Array], vectors: Any) -> dict[str, Array]:
    random, key = np.random.default_rng(SEED), jax.random.PRNGKey(SEED + 100)
    weights = _begin(*vectors.shape)
    steps = EPOCHS * sum(1 for _ in _batches(data, np.random.default_rng(0)))
    rates = optax.cosine_onecycle_schedule(steps, RATE, pct_start=0.15)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rates, weight_decay=1e-4))
    state = optimiser.init(weights)

    def loss(weights: Weights, batch: Batch, key: Any) -> Any:
        score = _scores(weights, batch, vectors, key)
        each = optax.sigmoid_binary_cross_entropy(score, batch["label"])
        return (batch["weight"] * each).sum() / jnp.maximum(1, batch["weight"].sum())

    def descend(weights: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Any]:
        updates, state = optimiser.update(jax.grad(loss)(weights, batch, key), state, weights)
        return optax.apply_updates(weights, updates), state

    step, number = jax.jit(descend), 0
    for _ in range(EPOCHS):
        for batch in _batches(data, random):
            weights, state = step(weights, state, batch, jax.random.fold_in(key, number))
            number += 1
    return {name: np.asarray(values) for name, values in weights.items()}
