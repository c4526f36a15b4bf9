"""Fit the attribution tagger: labelled and unlabelled news in, `audit/models/attribution.npz` and its card out.

Word vectors and counts come from unlabelled news (`attribution_words`), labels from PolNeAR (`attribution_gold`), the
network from `attribution_network`. A first tagger, the teacher, labels unlabelled news; the second, which ships, learns
from both. Rebuild with `python -m audit.train attribution --data DIR`, some ten minutes on one free core; needs the
extra `train`. The same processor and library versions give the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter
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
from audit.extract.attribution.tagger import Tagger, build, statistics, tagger
from audit.parse import Parsed
from audit.train import attribution_gold as gold
from audit.train.attribution_card import CARD
from audit.train.attribution_network import Plan, Weights, fit, stream
from audit.train.attribution_words import Words, learn

TEACHER = Plan()
STUDENT = Plan(epochs=4, input_dropout=0.3, layer_dropout=0.25, vector_rate=0.3)
TEACHER_BONUS = 1.25
"""Added to the teacher's score of a token that opens a cue, so that it labels as many relations as readers do."""
OPENINGS = {"B-cue": 1.75}
"""Added to the student's scores of labels that open a span. The likeliest labels miss relations, each being doubtful
alone. Steps of .25 on polnear_dev, where they lift the F1 of cues and the correlation of densities."""
EVERY, SIZE = 6, 8000
"""Unlabelled articles that the teacher labels: each sixth, up to so many characters; 1.6 million tokens."""
REPEATED = 2  # times that the labelled articles are seen for each time of the others
SCALE = 3.0  # of the word vectors, whose coordinates are near .1, to the spread that the first layer expects
COMMON = 10
"""Endings in fewer words than this share one row."""
Arrays = dict[str, npt.NDArray[Any]]
Labelled = tuple[Parsed, npt.NDArray[np.int32]]


def train(data: Path) -> None:
    """Fit, write the model, and write the figures on polnear_dev into its card."""
    labelled = gold.read(data / "attribution" / "polnear_train.jsonl")
    unlabelled = gold.read(data / "corpus" / "allsides_10k.jsonl")
    with threadpool_limits(1):
        words = learn(gold.parsed(unlabelled + labelled))
        text = gold.parsed(labelled)
        given = (text, gold.labels(labelled, text))
        bonus = _bonus({"B-cue": TEACHER_BONUS})
        teacher = _arrays(_fit([given], words, TEACHER), words, TEACHER, bonus)
        guessed = _guessed(unlabelled, build(teacher | {"openings": 0 * bonus}))
        student = _fit([given] * REPEATED + [guessed], words, STUDENT)
        arrays = _arrays(student, words, STUDENT, 0 * bonus) | {"openings": _bonus(OPENINGS)}
    models.save("attribution", arrays, CARD)
    measure(data)


def measure(data: Path) -> None:
    """Write the figures of the saved model into its card."""
    _forget()
    found = _figures(gold.read(data / "attribution" / "polnear_dev.jsonl"))
    models.save("attribution", models.load("attribution").arrays, CARD | {"figures": found})
    _forget()
    print(found, file=sys.stderr)


def _forget() -> None:
    models.load.cache_clear()
    tagger.cache_clear()
    statistics.cache_clear()


def _bonus(openings: dict[str, float]) -> npt.NDArray[np.float16]:
    """A bonus per label, by name."""
    return np.array([openings.get(name, 0.0) for name in NAMES], np.float16)


def _guessed(rows: list[dict[str, Any]], teacher: Tagger) -> Labelled:
    text = gold.parsed([{"text": row["text"][:SIZE]} for row in rows[::EVERY]])
    return text, teacher.labels(text).astype(np.int32)


def _fit(texts: list[Labelled], words: Words, plan: Plan) -> Weights:
    suffixes = _suffixes(words.words)
    streams = []
    for text, labels in texts:
        tokens = _tokens(text, words.words, suffixes) | {"label": labels}
        streams.append(stream(tokens, text.documents, max(plan.dilations)))
    joined = {name: np.concatenate([one[name] for one in streams]) for name in streams[0]}
    start = np.zeros((len(words.words) + 2, words.vectors.shape[1]), np.float32)
    start[2:] = words.vectors * SCALE
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


def _arrays(weights: Weights, words: Words, plan: Plan, bonus: npt.NDArray[np.float16]) -> Arrays:
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
        "biases": np.stack(weights["biases"]), "out": weights["out"], "out_bias": weights["out_bias"] + bonus,
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
    found = {str(number): finding.evidence for number, finding in enumerate(extract(text))}
    return dict(figures(keyed, found))
