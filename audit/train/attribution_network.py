"""Indices and labels per token in, weights of the tagger out: the network that `audit.extract.attribution.tagger` runs.

Fitted with JAX on the likelihood of whole label sequences (Lafferty et al. 2001), on windows of the stream of all
documents, with dropout on inputs and layers and some words hidden.
"""

from __future__ import annotations

import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")  # same bits

import sys
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

KEYS = 12
"""Random keys of one step: hidden words, inputs, each layer, the last; the same ones however many layers there are."""
Weights = dict[str, Any]
Batch = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Sizes and rates, tuned on polnear_dev; see the model card for what each was worth."""

    units: int = 96
    labels: int = 11
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16)
    shape_size: int = 8
    suffix_size: int = 12
    window: int = 384
    batch: int = 16
    epochs: int = 10
    rate: float = 3e-3
    vector_rate: float = 0.1
    input_dropout: float = 0.35
    layer_dropout: float = 0.35
    hidden_words: float = 0.03
    seed: int = 0


def stream(arrays: dict[str, npt.NDArray[Any]], documents: npt.NDArray[Any], gap: int) -> dict[str, npt.NDArray[Any]]:
    """Token arrays with `gap` empty places around each document; `mask` is 1 on tokens."""
    n = int(documents[-1])
    places = np.arange(n) + gap * (1 + np.repeat(np.arange(len(documents) - 1), np.diff(documents)))
    out = {}
    for name, values in {**arrays, "mask": np.ones(n, np.float32)}.items():
        out[name] = np.zeros((n + gap * len(documents), *values.shape[1:]), values.dtype)
        out[name][places] = values
    return out


def _begin(plan: Plan, vectors: npt.NDArray[np.float32], suffixes: int) -> Weights:
    keys = iter(jax.random.split(jax.random.PRNGKey(plan.seed), 40))
    width = vectors.shape[1] + plan.shape_size + plan.suffix_size + 4
    units, depth = plan.units, len(plan.dilations)

    def normal(scale: float, *size: int) -> Any:
        return jax.random.normal(next(keys), size) * scale

    return {
        "vectors": jnp.asarray(vectors), "shape": normal(0.3, 16, plan.shape_size),
        "suffix": normal(0.3, suffixes + 1, plan.suffix_size),
        "first": normal((2 / (3 * width)) ** 0.5, 3 * width, units), "first_bias": jnp.zeros(units),
        "layers": [normal(0.7 * (2 / (3 * units)) ** 0.5, 3 * units, units) for _ in range(depth)],
        "biases": [jnp.zeros(units) for _ in range(depth)],
        "out": normal(0.05, units, plan.labels), "out_bias": jnp.zeros(plan.labels),
        "transitions": jnp.zeros((plan.labels, plan.labels)),
    }


def _around(x: Any, by: int) -> Any:
    """Each place with the ones `by` before and after it, side by side."""
    edge = jnp.zeros_like(x[:, :by])
    return jnp.concatenate([jnp.concatenate([edge, x[:, :-by]], 1), x, jnp.concatenate([x[:, by:], edge], 1)], -1)


def _scores(weights: Weights, batch: Batch, plan: Plan, key: Any) -> Any:
    keys = jax.random.split(key, KEYS)
    hidden_words = (jax.random.uniform(keys[0], batch["word"].shape) < plan.hidden_words) & (batch["word"] > 0)
    word = jnp.where(hidden_words, 1, batch["word"])
    mask = batch["mask"][..., None]

    def drop(number: int, x: Any, rate: float) -> Any:
        return jnp.where(jax.random.uniform(keys[number], x.shape) < 1 - rate, x / (1 - rate), 0)

    parts = [weights["vectors"][word], weights["shape"][batch["shape"]], weights["suffix"][batch["suffix"]]]
    parts.append(batch["flags"])
    x = drop(1, jnp.concatenate(parts, -1) * mask, plan.input_dropout)
    hidden = jax.nn.relu(_around(x, 1) @ weights["first"] + weights["first_bias"]) * mask
    for number, by in enumerate(plan.dilations):
        given = _around(drop(number + 2, hidden, plan.layer_dropout), by)
        hidden = (hidden + jax.nn.relu(given @ weights["layers"][number] + weights["biases"][number])) * mask
    return drop(-1, hidden, plan.layer_dropout) @ weights["out"] + weights["out_bias"]


def _loss(weights: Weights, batch: Batch, plan: Plan, key: Any) -> Any:
    """Negative log-likelihood of the label sequences, per token."""
    scores, labels, transitions = _scores(weights, batch, plan, key), batch["label"], weights["transitions"]

    def forward(total: Any, here: Any) -> tuple[Any, None]:
        return jax.nn.logsumexp(total[:, :, None] + transitions[None], axis=1) + here, None

    total, _ = jax.lax.scan(forward, scores[:, 0], jnp.moveaxis(scores[:, 1:], 1, 0))
    path = jnp.take_along_axis(scores, labels[..., None], -1)[..., 0].sum(1)
    path += transitions[labels[:, :-1], labels[:, 1:]].sum(1)
    return (jax.nn.logsumexp(total, -1) - path).sum() / batch["mask"].sum()


def fit(data: dict[str, npt.NDArray[Any]], vectors: npt.NDArray[np.float32], suffixes: int, plan: Plan) -> Weights:
    """Weights as numpy arrays. `data` is a stream with `word`, `suffix`, `shape`, `flags`, `label` and `mask`."""
    weights = _begin(plan, vectors, suffixes)
    total = len(data["label"])
    steps = plan.epochs * (total // (plan.batch * plan.window))
    rates = optax.cosine_onecycle_schedule(steps, plan.rate, pct_start=0.15)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rates, weight_decay=1e-4))
    state = optimiser.init(weights)

    def descend(weights: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Any, Any]:
        loss, slope = jax.value_and_grad(_loss)(weights, batch, plan, key)
        updates, state = optimiser.update(slope, state, weights)
        updates["vectors"] *= plan.vector_rate
        return optax.apply_updates(weights, updates), state, loss

    step = jax.jit(descend)
    random, key, number = np.random.default_rng(plan.seed), jax.random.PRNGKey(plan.seed + 1), 0
    for epoch in range(plan.epochs):
        offset = int(random.integers(plan.window))
        order = random.permutation((total - offset) // plan.window)
        losses = []
        for first in range(0, len(order) - plan.batch + 1, plan.batch):
            places = offset + order[first : first + plan.batch, None] * plan.window + np.arange(plan.window)
            batch = {name: values[places] for name, values in data.items()}
            weights, state, loss = step(weights, state, batch, jax.random.fold_in(key, number))
            losses.append(float(loss))
            number += 1
        print(f"epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.4f}", file=sys.stderr, flush=True)
    plain: Weights = jax.tree.map(np.asarray, weights)
    return plain
