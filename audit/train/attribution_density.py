"""How well the number of statements per word follows the labellers': labelled articles in, figures for the card out.

On polnear_dev 84 articles decide, too few for more than a wide interval. So networks are fitted on two thirds of
polnear_train each, and articles that a network has not seen are counted. What could be had is told by a simulation: a
second reader who finds each labelled statement with a chance of F1, all slips being independent of one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.evaluate.spans import WORD
from audit.extract.attribution.added import with_expected
from audit.extract.attribution.edges import mended
from audit.extract.attribution.expected import openings
from audit.extract.attribution.labels import spans
from audit.extract.attribution.linker import relations
from audit.extract.attribution.orphans import with_contents
from audit.extract.attribution.tagger import Tagger
from audit.extract.attribution.viterbi import decode
from audit.parse import Parsed
from audit.train import attribution_gold as gold
from audit.train.attribution_network import Plan

PLAN = Plan(units=64, epochs=8, rate=4e-3, input_dropout=0.3, layer_dropout=0.25)
FOLDS = 3
RESAMPLES = 2000
AGREEMENTS = (0.73, 0.784)
"""Relation F1 of this tagger on polnear_dev, and of two human annotators with each other."""
Doubles = npt.NDArray[np.float64]
Rows = Sequence[dict[str, Any]]


def folds(rows: Rows) -> npt.NDArray[np.int64]:
    """int64 [articles]: the part that each article belongs to."""
    return np.random.default_rng(0).integers(FOLDS, size=len(rows))


def densities(rows: Rows) -> Doubles:
    """float64 [articles]: labelled statements per word."""
    return _per_word([sum(bool(one.get("content")) for one in row["attributions"]) for row in rows], rows)


def counted(rows: Rows, tagger: Tagger) -> Doubles:
    """float64 [3, articles]: statements per word by the likeliest labels, by chances, and with those that are added."""
    text = gold.parsed(rows)
    scores, transitions = tagger.scores(text), tagger.transitions
    labels = decode(scores, transitions, text)
    chances = openings(scores, transitions, labels, text)
    expected = np.bincount(text.token_document, chances, len(rows))
    added = with_expected(labels, scores, transitions, text)
    counts = [_statements(labels, text), expected, _statements(added, text)]
    return np.stack([_per_word(count, rows) for count in counts])


def _statements(labels: npt.NDArray[np.int8], text: Parsed) -> npt.NDArray[np.int64]:
    found = mended(relations(spans(with_contents(labels, text), text), text), text)
    return np.bincount([one.document for one in found], minlength=len(text.articles))


def _per_word(counts: npt.ArrayLike, rows: Rows) -> Doubles:
    words = [max(1, len(WORD.findall(row["text"]))) for row in rows]
    per_word: Doubles = np.asarray(counts, np.float64) / np.array(words)
    return per_word


def correlation(one: Doubles, other: Doubles) -> float:
    """Pearson's r, to three places."""
    return round(float(np.corrcoef(one, other)[0, 1]), 3)


def interval(one: Doubles, other: Doubles) -> list[float]:
    """The middle 95 % of r when articles are drawn again (Efron 1979)."""
    random = np.random.default_rng(0)
    drawn = random.integers(len(one), size=(RESAMPLES, len(one)))
    return [round(float(end), 3) for end in
            np.percentile([np.corrcoef(one[draw], other[draw])[0, 1] for draw in drawn], [2.5, 97.5])]


def simulated(rows: Rows, agreement: float) -> list[float]:
    """r of a second reader of that F1: false statements in every text alike, and in proportion to the true ones."""
    random = np.random.default_rng(0)
    words = np.array([max(1, len(WORD.findall(row["text"]))) for row in rows])
    true = np.round(densities(rows) * words).astype(np.int64)
    means = []
    for false in ((1 - agreement) * true.sum() * words / words.sum(), (1 - agreement) * true):
        seen = [random.binomial(true, agreement) + random.poisson(false) for _ in range(RESAMPLES // 10)]
        means.append(round(float(np.mean([np.corrcoef(one / words, true / words)[0, 1] for one in seen])), 3))
    return means


def figures(unseen: Doubles, labelled: Doubles, dev: Rows, found: Doubles) -> dict[str, Any]:
    """What the card says: `unseen` and `found` as from `counted`, of polnear_train and of `dev`."""
    names = ("r of the likeliest labels", "r of the sum of chances", "r with the statements added")
    on_dev = densities(dev)
    return {
        "unseen articles of polnear_train": {
            **{name: correlation(one, labelled) for name, one in zip(names, unseen, strict=True)},
            "articles": len(labelled), "interval": interval(unseen[-1], labelled), "networks": FOLDS,
        },
        "polnear_dev": {
            **{name: correlation(one, on_dev) for name, one in zip(names, found, strict=True)},
            "articles": len(dev), "interval": interval(found[-1], on_dev),
        },
        "r on polnear_dev of a reader whose slips are independent, by relation F1": {
            str(agreement): simulated(dev, agreement) for agreement in AGREEMENTS
        },
    }
