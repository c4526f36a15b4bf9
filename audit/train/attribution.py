"""Fit the attribution tagger: labelled and unlabelled news in, `audit/models/attribution.npz` and its card out.

Word vectors and counts come from unlabelled news (`attribution_words`) and from GloVe, labels from PolNeAR
(`attribution_gold`), the network from `attribution_network`. A first tagger labels unlabelled news, a second learns
from both and labels more of it, and the third, which ships, is smaller and learns from that and the labelled articles.
Rebuild with `python -m audit.train attribution --data DIR`, some twenty minutes on one free core; needs the extra
`train`. The same processor, library versions and parser give the same bytes; anything else is another draw of chance,
which moves the figures by about .01 (see the card).
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from audit import models
from audit.evaluate.spans import attribution as figures
from audit.extract.attribution import extract
from audit.extract.attribution.inputs import FLAGS, inputs, suffix
from audit.extract.attribution.labels import NAMES
from audit.extract.attribution.orphans import with_contents
from audit.extract.attribution.tagger import Tagger, build, statistics, tagger
from audit.parse import Parsed
from audit.train import attribution_density as density
from audit.train import attribution_gold as gold
from audit.train.attribution_card import CARD
from audit.train.attribution_network import Plan, Weights, fit, stream
from audit.train.attribution_words import Words, learn
from audit.train.loaded_vectors import glove

SCALE = 3.0  # of the word vectors, whose coordinates are near .1, to the spread that the first layer expects
SIZE = 8000  # characters of an unlabelled article that are used


@dataclass(frozen=True)
class Stage:
    """One tagger after another. The first learns from labelled articles alone.

    plan       the network
    bonus      added to the score of a token that opens a cue when this tagger labels for the next one, so that it
               finds as many statements as readers do
    every      it also learns from each so-manieth unlabelled article, labelled by the tagger before
    repeated   how often the labelled articles are seen for each time of the others
    """

    plan: Plan
    bonus: float
    every: int = 0
    repeated: int = 1


STAGES = (
    Stage(Plan(), bonus=1.25),
    Stage(Plan(epochs=4, input_dropout=0.3, layer_dropout=0.25, vector_rate=0.3), bonus=0.75, every=6, repeated=2),
    Stage(Plan(units=64, epochs=3, rate=4e-3, input_dropout=0.25, layer_dropout=0.2, vector_rate=0.3), bonus=0.0,
          every=4, repeated=3),
)
"""Sizes and rates by tries on polnear_dev. The last tagger, which ships, has no bonus: what its likeliest labels miss
is added by chances (`audit.extract.attribution.added`)."""
COMMON = 10
"""Endings in fewer words than this share one row."""
Arrays = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]
Labelled = tuple[Parsed, npt.NDArray[np.int32]]


def train(data: Path) -> None:
    """Fit, write the model, and write the figures on polnear_dev into its card."""
    labelled = gold.read(data / "attribution" / "polnear_train.jsonl")
    unlabelled = gold.read(data / "corpus" / "allsides_10k.jsonl")
    with threadpool_limits(1):
        words = learn(gold.parsed(unlabelled + labelled))
        text = gold.parsed(labelled)
        given = (text, gold.labels(labelled, text))
        arrays: Arrays = {}
        for stage in STAGES:
            guessed = [_guessed(unlabelled[:: stage.every], build(arrays))] if stage.every else []
            last = stage is STAGES[-1]
            vectors = _with_glove(words) if last else words.vectors * SCALE
            weights = _fit([given] * stage.repeated + guessed, words, vectors, stage.plan)
            arrays = _arrays(weights, words, stage.plan) | {"openings": _bonus(stage.bonus)}
        models.save("attribution", arrays, CARD | {"density": _density(data, labelled, words, build(arrays))})
    measure(data)


def measure(data: Path) -> None:
    """Write the figures of the saved model into its card."""
    _forget()
    found = _figures(gold.read(data / "attribution" / "polnear_dev.jsonl"))
    saved = models.load("attribution")
    models.save("attribution", saved.arrays, CARD | {"figures": found, "density": saved.card["density"]})
    _forget()
    print(found, file=sys.stderr)


def _density(data: Path, labelled: list[dict[str, Any]], words: Words, final: Tagger) -> dict[str, Any]:
    """How well counts follow the labellers', on articles that a network has not seen and on polnear_dev."""
    part = density.folds(labelled)
    vectors = _with_glove(words)
    unseen = np.zeros((3, len(labelled)))
    for fold in range(density.FOLDS):
        seen = [row for row, other in zip(labelled, part, strict=True) if other != fold]
        text = gold.parsed(seen)
        weights = _fit([(text, gold.labels(seen, text))], words, vectors, density.PLAN)
        fitted = build(_arrays(weights, words, density.PLAN) | {"openings": _bonus(0.0)})
        rest = [row for row, other in zip(labelled, part, strict=True) if other == fold]
        unseen[:, part == fold] = density.counted(rest, fitted)
    dev = gold.read(data / "attribution" / "polnear_dev.jsonl")
    return density.figures(unseen, density.densities(labelled), dev, density.counted(dev, final))


def _forget() -> None:
    models.load.cache_clear()
    tagger.cache_clear()
    statistics.cache_clear()


def _bonus(opening: float) -> npt.NDArray[np.float16]:
    """A bonus per label: on opening a cue."""
    return np.array([opening if name == "B-cue" else 0.0 for name in NAMES], np.float16)


def _guessed(rows: list[dict[str, Any]], teacher: Tagger) -> Labelled:
    text = gold.parsed([{"text": row["text"][:SIZE]} for row in rows])
    return text, with_contents(teacher.labels(text), text).astype(np.int32)


def _with_glove(words: Words) -> Floats:
    """float32 [V, D]: the main directions of our own vectors and GloVe's side by side, each row of length `SCALE`."""
    known, vectors = glove()
    row = {word: number for number, word in enumerate(known)}
    other = np.zeros((len(words.words), vectors.shape[1]), np.float32)
    for number, word in enumerate(words.words):
        if word in row:
            other[number] = vectors[row[word]]
    both = np.concatenate([words.vectors, other], axis=1) * SCALE
    left, singular, _ = np.linalg.svd(both - both.mean(0), full_matrices=False)
    main = (left * singular)[:, : words.vectors.shape[1]]
    scaled: Floats = (main / (np.linalg.norm(main, axis=1, keepdims=True) + 1e-6) * SCALE).astype(np.float32)
    return scaled


def _fit(texts: list[Labelled], words: Words, vectors: Floats, plan: Plan) -> Weights:
    suffixes = _suffixes(words.words)
    streams = []
    for text, labels in texts:
        tokens = _tokens(text, words.words, suffixes) | {"label": labels}
        streams.append(stream(tokens, text.documents, max(plan.dilations)))
    joined = {name: np.concatenate([one[name] for one in streams]) for name in streams[0]}
    start = np.zeros((len(words.words) + 2, vectors.shape[1]), np.float32)
    start[2:] = vectors
    return fit(joined, start, len(suffixes), plan)


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


def _arrays(weights: Weights, words: Words, plan: Plan) -> Arrays:
    """What is stored: vectors as bytes with one scale a word, the first layer split by what it looks at."""
    vectors = weights["vectors"][1:]
    scales = (np.abs(vectors).max(1) / 127 + 1e-9).astype(np.float16)
    first = weights["first"].reshape(3, -1, plan.units)
    edges = np.cumsum([vectors.shape[1], plan.shape_size, plan.suffix_size])
    of_vector, of_shape, of_suffix, of_flag = np.split(first, edges, axis=1)
    floats = {
        "first": of_vector, "first_shape": weights["shape"] @ of_shape, "first_suffix": weights["suffix"] @ of_suffix,
        "first_flag": of_flag, "first_bias": weights["first_bias"],
        "layers": np.stack([layer.reshape(3, plan.units, plan.units) for layer in weights["layers"]]),
        "biases": np.stack(weights["biases"]), "out": weights["out"], "out_bias": weights["out_bias"],
        "transitions": weights["transitions"],
    }
    return {
        **{name: np.asarray(values).astype(np.float16) for name, values in floats.items()},
        "vectors": np.round(vectors / scales.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8),
        "vector_scales": scales, "dilations": np.array(plan.dilations, np.int16),
        "words": np.frombuffer("\n".join(words.words).encode(), np.uint8),
        "suffixes": np.frombuffer("\n".join(_suffixes(words.words)).encode(), np.uint8),
        **{name: np.round(255 * getattr(words, name)).astype(np.uint8) for name in ("capital", "person", "female")},
    }


def _figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    text = gold.parsed(rows)
    keyed = [row | {"id": str(number)} for number, row in enumerate(rows)]
    found = {str(number): [one for one in finding.evidence if one.feature == "attribution"]
             for number, finding in enumerate(extract(text))}
    return dict(figures(keyed, found))
