"""Fit the translation models: the data folder in, `models/translation.npz` and its card out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from audit import models
from audit.extract.translation import collocation, features, style
from audit.extract.translation.document import Head
from audit.extract.translation.features import Weights
from audit.extract.translation.words import words
from audit.parse import Parsed
from audit.train import translation_data as material
from audit.train import translation_fit as fit
from audit.train import translation_spin as spin
from audit.train.translation_data import KINDS, Text

Doubles = npt.NDArray[np.float64]
SEED = 20
FOLDS = 3
FUNCTION_WORDS = 400
PRIOR = {"original": 0.4, "human_translation": 0.25, "machine_translation": 0.2, "machine_rewritten": 0.15}
"""What the probabilities assume of a text before it is read: most news is original, machine-made text is a minority."""


def batches(texts: Sequence[str], size: int = 2000) -> Iterator[Parsed]:
    """The texts parsed, some at a time."""
    for start in range(0, len(texts), size):
        yield material.parsed([Text(text, "original", "", "news") for text in texts[start : start + size]])


def frequent(parsed: Parsed) -> frozenset[str]:
    """The most frequent words of a partition, which skeletons keep."""
    counts = np.bincount(parsed.lower, minlength=len(parsed.lower_vocabulary))
    order = np.lexsort((np.arange(len(counts)), -counts))
    found = [parsed.lower_vocabulary[i] for i in order if parsed.lower_vocabulary[i].isalpha()]
    return frozenset(found[:FUNCTION_WORDS])


def gather(data: Path, draw: random.Random) -> tuple[list[str], list[Text]]:
    """Texts for the language model, and the documents to learn from."""
    counted, originals = material.news(data)
    known = material.translated(data)
    human = [text for text in known if text.kind != "machine_translation"]
    machine = [text for text in known if text.kind == "machine_translation"]
    bases = [*draw.sample(human, 1100), *draw.sample(machine, 300), *draw.sample(originals, 700)]
    draw.shuffle(bases)
    made = material.spun(bases[:1300], spin.tortured(data), "tortured", draw)
    made += material.spun(bases[1000:], spin.written(), "written", draw)
    return counted, [*known, *originals, *made, *material.rewritten(data, draw, 2000)]


def folds(texts: Sequence[Text]) -> npt.NDArray[np.int64]:
    """The fold of each text; texts of one group share theirs."""
    groups = sorted({text.group for text in texts})
    random.Random(SEED).shuffle(groups)
    place = {group: number % FOLDS for number, group in enumerate(groups)}
    return np.array([place[text.group] for text in texts])


def style_weights(texts: Sequence[Text], parsed: Parsed, function_words: frozenset[str], kept: npt.NDArray[np.bool_]) -> Doubles:
    """float64 [2 ** BITS, judgements], fitted on the texts that are kept."""
    rows = fit.sentence_rows(parsed, words(parsed), function_words)
    columns = []
    for judgement in style.JUDGEMENTS:
        positive, weight = fit.balance(texts, judgement)
        columns.append(fit.fit_style(rows, parsed.sentence_document, positive, np.where(kept, weight, 0.0)))
    return np.stack(columns, axis=1)


def fit_head(found: Doubles, texts: Sequence[Text]) -> Head:
    """The softmax over kinds, each kind weighing its prior."""
    kind = np.array([KINDS.index(text.kind) for text in texts])
    share = np.array([PRIOR[name] for name in KINDS]) / np.bincount(kind, minlength=4)
    centre, scale = found.mean(axis=0), np.maximum(found.std(axis=0), 1e-6)
    model = LogisticRegression(C=0.05, max_iter=400, tol=1e-6)
    model.fit((found - centre) / scale, kind, sample_weight=share[kind] * len(kind))
    return Head(centre, scale, model.coef_.T, model.intercept_)


def quantised(weights: Doubles) -> tuple[npt.NDArray[np.int8], Doubles]:
    """int8 weights and the step of each column."""
    step = np.maximum(1e-12, np.quantile(np.abs(weights[np.any(weights != 0, axis=1)]), 0.9995, axis=0) / 127)
    return np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step


def learn(counted: Sequence[str], texts: Sequence[Text]) -> tuple[Weights, Head]:
    """All weights: the language model, odd words, style, and the softmax on style fitted without the text's fold."""
    news = fit.count_news(batches(counted))
    function_words = frequent(next(batches(counted)))
    whole = material.parsed(texts)
    seen = words(whole)
    odd, base = fit.fit_odd(collocation.company(seen, news), seen.lower, fit.swapped(texts, whole))
    fold = folds(texts)
    draw = random.Random(SEED)
    parts: list[Doubles] = []
    labels: list[Text] = []
    for number in range(FOLDS):
        weights = Weights(function_words, style_weights(texts, whole, function_words, fold != number).astype(np.float32), news,
                          odd.astype(np.float32), base)
        mine = [text for text, place in zip(texts, fold, strict=True) if place == number]
        mine += [material.cut(text, round(np.exp(draw.uniform(np.log(60), np.log(500)))), draw) for text in mine]
        parsed = material.parsed(mine)
        parts.append(features.matrix(parsed, features.signs(parsed, weights)))
        labels += mine
    final = style_weights(texts, whole, function_words, np.ones(len(texts), np.bool_))
    small, step = quantised(final)
    weights = Weights(function_words, (small * step).astype(np.float32), news, odd.astype(np.float32), base)
    return weights, fit_head(np.concatenate(parts), labels)
