"""Real news in, quantiles of every measure over articles and over sources out: `audit/reference/news.json`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from audit.api import read, scanned
from audit.publication import FLAGGED, quantities
from audit.records import Article, Finding
from audit.reference import FILE
from audit.settings import load

CORPUS = "corpus/allsides_10k.jsonl"
MIN_WORDS = 150  # shorter texts are mostly teasers, of which a rate says little
DIGITS = 5


def train(data: Path) -> None:
    """Measure the corpus and write the quantiles (0 % to 100 % in steps of one)."""
    articles: dict[str, list[float]] = defaultdict(list)
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    known, seen = quantities(), 0
    loaded = (item for item in read([str(data / CORPUS)]) if isinstance(item, Article))
    for article, findings, words, _ in scanned(loaded):
        if words < MIN_WORDS:
            continue
        seen += 1
        for feature, count, base in _counted(findings):
            articles[feature].append(count / base)
            if known[feature].kind == "probability":
                count, base = float(count >= FLAGGED), 1.0
            row = sums[article.source, feature]
            row[0], row[1], row[2] = row[0] + count, row[1] + base, row[2] + 1
    fewest = load().score.min_articles
    sources: dict[str, list[float]] = defaultdict(list)
    for (_, feature), (count, base, n) in sorted(sums.items()):
        if n >= fewest:
            sources[feature].append(count / base)
    features = {feature: {"article": _quantiles(articles[feature]), "source": _quantiles(sources[feature]),
                          "articles": len(articles[feature]), "sources": len(sources[feature])}
                for feature in sorted(articles)}
    result = {"corpus": "10,000 articles of some 400 English-language outlets, 2012 to 2020, gathered by AllSides",
              "articles": seen, "features": features,
              "command": "python -m audit.train reference --data DIR"}
    FILE.write_text(json.dumps(result, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _counted(findings: Iterable[Finding]) -> Iterable[tuple[str, float, float]]:
    """Feature, count and base of everything that was measured; a probability has itself as count and base 1."""
    known = quantities()
    for finding in findings:
        for measure in finding.measures:
            quantity = known.get(measure.feature)
            if measure.rate is not None and quantity is not None and quantity.kind != "probability":
                yield measure.feature, measure.count, measure.base
        for score in finding.scores:
            quantity = known.get(score.feature)
            if quantity is not None and quantity.kind == "probability":
                yield score.feature, score.value, 1.0


def _quantiles(values: list[float]) -> list[float]:
    return [round(float(value), DIGITS) for value in np.quantile(values, np.linspace(0, 1, 101))] if values else []
