"""Fit the translation models: the data folder in, `models/translation.npz` and its card out."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from audit import models
from audit.extract.translation import collocation, features, style
from audit.extract.translation.document import Head
from audit.extract.translation.features import Weights
from audit.extract.translation.style import Table
from audit.extract.translation.weights import packed, unpacked
from audit.extract.translation.words import words
from audit.parse import Parsed
from audit.train import translation_data as material
from audit.train import translation_fit as fit
from audit.train import translation_spin as spin
from audit.train.translation_card import card, left_out
from audit.train.translation_data import KINDS, PRIOR, UNSEEN, Text

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SEED = 20
FAMILIES = ("wordnet", "tortured", "written", "chance")
"""Rewriters. Each fold leaves one out of the style model, so that the softmax meets rewriters that style never saw."""
WEIGHTS = 300_000
"""N-grams that keep a weight, for each judgement: more of them gain less than .002 of AUC (machine, wmt_dev)."""
FUNCTION_WORDS = 400
CUTS = (math.log(60), math.log(500))
"""Texts are also met cut to a length between these numbers of words, drawn evenly on the scale of logarithms."""


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
    made = material.spun(bases[:1000], spin.tortured(data), "tortured", draw)
    made += material.spun(bases[600:1600], spin.written(), "written", draw)
    made += material.spun(bases[1300:], material.chance(counted[:2000], draw), "chance", draw, (0.06, 0.3))
    return counted, [*known, *originals, *made, *material.rewritten(data, draw, 2000)]


def folds(texts: Sequence[Text]) -> npt.NDArray[np.int64]:
    """The fold of each text; texts of one group share theirs."""
    groups = sorted({text.group for text in texts})
    random.Random(SEED).shuffle(groups)  # noqa: S311
    place = {group: number % len(FAMILIES) for number, group in enumerate(groups)}
    return np.array([place[text.group] for text in texts])


def fit_head(found: Doubles, texts: Sequence[Text]) -> Head:
    """The softmax over kinds, each kind weighing its prior, and each origin within a kind the same."""
    kind = np.array([KINDS.index(text.kind) for text in texts])
    cells = Counter((text.kind, text.origin) for text in texts)
    origins = Counter(kind for kind, _ in cells)
    share = np.array([PRIOR[text.kind] / origins[text.kind] / cells[text.kind, text.origin] for text in texts])
    centre, scale = found.mean(axis=0), np.maximum(found.std(axis=0), 1e-6)
    model = LogisticRegression(C=0.01, max_iter=400, tol=1e-6)
    model.fit((found - centre) / scale, kind, sample_weight=share * len(kind))
    return Head(centre, scale, model.coef_.T, model.intercept_)


def quantised(weights: Doubles) -> Table:
    """The weights as int8; the largest few are cut off, so that the others keep their detail."""
    step = np.array([np.quantile(np.abs(column[column != 0]), 0.9995) / 127 for column in weights.T])
    return Table(np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step.astype(np.float32))


def out_of_fold(texts: Sequence[Text], fit_weights: Callable[[Bools], Weights]) -> tuple[Doubles, list[Text]]:
    """Document features of each text, whole and cut, from weights fitted without the text's fold; and their texts."""
    fold, draw = folds(texts), random.Random(SEED)  # noqa: S311
    parts: list[Doubles] = []
    labels: list[Text] = []
    for number, family in enumerate(FAMILIES):
        others = np.array([text.origin != family for text in texts])
        weights = fit_weights((fold != number) & others)
        mine = [replace(text, origin=UNSEEN + family) if text.origin == family else text
                for text, place in zip(texts, fold, strict=True) if place == number]
        mine += [material.cut(text, round(math.exp(draw.uniform(*CUTS))), draw) for text in mine]
        parsed = material.parsed(mine)
        parts.append(features.matrix(parsed, features.signs(parsed, weights)))
        labels += mine
    return np.concatenate(parts), labels


def train(data: Path) -> None:
    """Fit on everything that may be trained on, and write the model with its card."""
    counted, texts = gather(data, random.Random(SEED))  # noqa: S311
    news = fit.count_news(batches(counted))
    function_words = frequent(next(batches(counted)))
    whole = material.parsed(texts)
    found = words(whole)
    fitted, base = fit.fit_odd(collocation.company(found, news), found.lower, fit.swapped(texts, whole))
    odd = fitted.astype(np.float16).astype(np.float32)
    rows = fit.sentence_rows(whole, found, function_words)

    def style_weights(kept: Bools) -> Weights:
        columns = []
        for judgement in style.JUDGEMENTS:
            positive, weight = fit.balance(texts, judgement)
            columns.append(fit.fit_style(rows, whole.sentence_document, positive, np.where(kept, weight, 0.0), WEIGHTS))
        return Weights(function_words, quantised(np.stack(columns, axis=1)), news, odd, base)

    found_there, labels = out_of_fold(texts, style_weights)
    head = fit_head(found_there, labels)
    weights = style_weights(np.ones(len(texts), np.bool_))
    lists = material.lists(data, [spin.tortured(data), spin.written()], batches(counted))
    lists["function_words"] = sorted(function_words)
    arrays = packed(weights, head, lists)
    models.save("translation", arrays, card(data, unpacked(arrays), left_out(head, found_there, labels)))
