"""Fit the attribution tagger: labelled and unlabelled news in, `audit/models/attribution.npz` and its card out.

Word vectors and counts come from unlabelled news (`attribution_words`), labels from PolNeAR (`attribution_gold`), the
network from `attribution_network`. Rebuild with `python -m audit.train attribution --data DIR`, some six minutes on one
free core; needs the extra `train`. The same processor and library versions give the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from audit import models
from audit.evaluate.spans import attribution as figures
from audit.extract.attribution import extract
from audit.extract.attribution.inputs import FLAGS, inputs, suffix
from audit.extract.attribution.tagger import statistics, tagger
from audit.parse import Parsed
from audit.train import attribution_gold as gold
from audit.train.attribution_card import CARD
from audit.train.attribution_network import Plan, Weights, fit, stream
from audit.train.attribution_words import Words, learn

PLAN = Plan()
CUE_BONUS = 1.25
"""Added to the score of a token that opens a cue. The likeliest labels miss one relation in five, each being doubtful
alone. Steps of .25 on polnear_dev, where it lifts the F1 of cues and the correlation of densities."""
SCALE = 3.0  # of the word vectors, whose coordinates are near .1, to the spread that the first layer expects
COMMON = 10
"""Endings in fewer words than this share one row."""
Arrays = dict[str, npt.NDArray[Any]]


def train(data: Path) -> None:
    """Fit, write the model, and write the figures on polnear_dev into its card."""
    labelled = gold.read(data / "attribution" / "polnear_train.jsonl")
    with threadpool_limits(1):
        words = learn(gold.parsed(gold.read(data / "corpus" / "allsides_10k.jsonl") + labelled))
        suffixes = _suffixes(words.words)
        text = gold.parsed(labelled)
        tokens = _tokens(text, words.words, suffixes) | {"label": gold.labels(labelled, text)}
        start = np.zeros((len(words.words) + 2, words.vectors.shape[1]), np.float32)
        start[2:] = words.vectors * SCALE
        weights = fit(stream(tokens, text.documents, max(PLAN.dilations)), start, len(suffixes), PLAN)
        arrays = _arrays(weights, words, suffixes)
        models.save("attribution", arrays, CARD)
        _forget()
        found = _figures(gold.read(data / "attribution" / "polnear_dev.jsonl"))
        models.save("attribution", arrays, CARD | {"figures": {"polnear_dev": found}})
        _forget()
    print(found, file=sys.stderr)


def _forget() -> None:
    models.load.cache_clear()
    tagger.cache_clear()
    statistics.cache_clear()


def _suffixes(words: list[str]) -> list[str]:
    """Endings of three letters of the common words, most frequent first."""
    counts = Counter(suffix(word) for word in words if word.isalpha())
    return [ending for ending, count in counts.most_common() if count >= COMMON]


def _tokens(text: Parsed, words: list[str], suffixes: list[str]) -> Arrays:
    """What the network is shown of each token, as the tagger will see it."""
    numbers = {word: index + 2 for index, word in enumerate(words)}
    seen = inputs(text, numbers, {ending: index + 1 for index, ending in enumerate(suffixes)})
    flags = (seen.codes[:, None] % FLAGS >> np.arange(4)) & 1
    return {"word": seen.words[text.lower], "suffix": seen.suffixes[text.lower], "shape": seen.codes // FLAGS,
            "flags": flags.astype(np.float32)}


def _arrays(weights: Weights, words: Words, suffixes: list[str]) -> Arrays:
    """What is stored: vectors as bytes with one scale a word, the first layer split by what it looks at."""
    vectors = weights["vectors"][1:]
    scales = (np.abs(vectors).max(1) / 127 + 1e-9).astype(np.float16)
    first = weights["first"].reshape(3, -1, PLAN.units)
    edges = np.cumsum([vectors.shape[1], PLAN.shape_size, PLAN.suffix_size])
    of_vector, of_shape, of_suffix, of_flag = np.split(first, edges, axis=1)
    bonus = np.zeros(PLAN.labels)
    bonus[1] = CUE_BONUS
    floats = {
        "first": of_vector, "first_shape": weights["shape"] @ of_shape, "first_suffix": weights["suffix"] @ of_suffix,
        "first_flag": of_flag, "first_bias": weights["first_bias"],
        "layers": np.stack([layer.reshape(3, PLAN.units, PLAN.units) for layer in weights["layers"]]),
        "biases": np.stack(weights["biases"]), "out": weights["out"], "out_bias": weights["out_bias"] + bonus,
        "transitions": weights["transitions"],
    }
    return {
        **{name: np.asarray(values).astype(np.float16) for name, values in floats.items()},
        "vectors": np.round(vectors / scales.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8),
        "vector_scales": scales, "dilations": np.array(PLAN.dilations, np.int16),
        "words": np.frombuffer("\n".join(words.words).encode(), np.uint8),
        "suffixes": np.frombuffer("\n".join(suffixes).encode(), np.uint8),
        **{name: np.round(255 * getattr(words, name)).astype(np.uint8) for name in ("capital", "person", "female")},
    }


def _figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    text = gold.parsed(rows)
    keyed = [row | {"id": str(number)} for number, row in enumerate(rows)]
    found = {str(number): finding.evidence for number, finding in enumerate(extract(text))}
    return dict(figures(keyed, found))
