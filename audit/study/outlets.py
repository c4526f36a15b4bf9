"""Articles of outlets with a factuality class in, per measure its rank correlation with that class out.

The class is human raters' (high, mixed, low). It is confounded with the corpus that an outlet's articles come from: the
sensible figure is the one within corpora. Nothing in the project is fitted to any of these figures.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.compare import spoken
from audit.compare.balance import measures
from audit.compare.balance import quantities as balanced
from audit.extract import extract, extractors
from audit.parse import parse
from audit.records import Article, Finding
from audit.study.correlation import CONFIDENCE, RESAMPLES, SEED, partial, within

Floats = npt.NDArray[np.float64]
Key = tuple[str, str]

CLASSES = {"low": 0.0, "mixed": 1.0, "high": 2.0}
MIN_ARTICLES = 3
"""Outlets with fewer articles (in a corpus, for the figures within it) are left out: their rates are mostly chance."""

MIN_OUTLETS = 8
"""Corpora with fewer outlets get no figure of their own."""

PARTITION = 500
LENGTH = "words per article"


def study(path: Path) -> dict[str, Any]:
    """All figures as plain data: what was read, and per measure the four correlations."""
    content = path.read_bytes()
    rows = [json.loads(line) for line in content.decode("utf-8").splitlines() if line.strip()]
    features, counts, bases, words = _measured(rows)
    outlet = [domain(row["source"]) for row in rows]
    corpus = [str(row["corpus"]) for row in rows]
    label = {name: CLASSES[row["fact3"]] for name, row in zip(outlet, rows, strict=True)}
    overall = _groups([(name, "") for name in outlet])
    inside = _groups(list(zip(outlet, corpus, strict=True)))
    counts = np.column_stack((counts, words))
    bases = np.column_stack((bases, np.ones(len(rows))))
    results = {
        feature: _correlations(counts[:, column], bases[:, column], words, overall, inside, label)
        for column, feature in enumerate([*features, LENGTH])
    }
    return {
        "data": {"articles": len(rows), "outlets": len(set(outlet)), "sha256": hashlib.sha256(content).hexdigest()},
        "settings": {"resamples": RESAMPLES, "seed": SEED, "confidence": CONFIDENCE, "min_articles": MIN_ARTICLES,
                     "min_outlets": MIN_OUTLETS},
        "classes": sorted(CLASSES, key=CLASSES.__getitem__),
        "titles": titles(),
        "measures": results,
    }  # fmt: skip


def titles() -> dict[str, str]:
    """Every number that is measured on an article alone, by feature."""
    found = [quantity for signal in extractors().values() for quantity in signal.quantities]
    return {quantity.feature: quantity.title for quantity in (*found, *balanced)}


def domain(source: str) -> str:
    """The registered name of a site: "money.cnn.com" is an outlet of "cnn.com"."""
    return ".".join(source.lower().split(".")[-2:])


def _measured(rows: list[dict[str, Any]]) -> tuple[list[str], Floats, Floats, Floats]:
    """Features, their counts and bases [articles, features] (NaN where absent), and words per article."""
    features = list(titles())
    column = {feature: number for number, feature in enumerate(features)}
    counts, bases = np.full((2, len(rows), len(features)), np.nan)
    words = np.zeros(len(rows))
    for start in range(0, len(rows), PARTITION):
        articles = [
            Article(id=row["id"], source=row["source"], text=row["text"], title=row.get("title"), language="en")
            for row in rows[start : start + PARTITION]
        ]
        parsed = parse(articles)
        words[start : start + len(articles)] = parsed.document_words
        signals = spoken(parsed, extract(parsed))[0]
        speaking = [[one.attributes.get("group", "") for one in finding.evidence] for finding in signals["attribution"]]
        shares = [Finding((), tuple(measures("", groups))) for groups in speaking]
        for findings in (*signals.values(), shares):
            for place, finding in enumerate(findings, start):
                for measure in finding.measures:
                    if measure.absent is None and measure.feature in column:
                        counts[place, column[measure.feature]] = measure.count
                        bases[place, column[measure.feature]] = measure.base
    return features, counts, bases, words


def _groups(keys: list[Key]) -> dict[Key, list[int]]:
    """Articles by outlet (and corpus), the small ones left out, in alphabetical order."""
    found: dict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        found[key].append(number)
    return {key: found[key] for key in sorted(found) if len(found[key]) >= MIN_ARTICLES}


def _correlations(
    count: Floats, base: Floats, words: Floats, overall: dict[Key, list[int]], inside: dict[Key, list[int]],
    label: dict[str, float],
) -> dict[str, Any]:  # fmt: skip
    value, factuality, length, _ = _of_outlets(count, base, words, overall, label)
    value_inside, factuality_inside, _, corpora = _of_outlets(count, base, words, inside, label)
    parts = {}
    for corpus in sorted(set(corpora)):
        chosen = np.array([name == corpus for name in corpora])
        if chosen.sum() >= MIN_OUTLETS:
            parts[corpus] = (value_inside[chosen], factuality_inside[chosen])
    return {
        "all": within([(value, factuality)]).to_dict(),
        "length held constant": partial(value, factuality, length).to_dict(),
        "within corpora": within(list(parts.values())).to_dict(),
        "corpora": {corpus: within([part]).to_dict() for corpus, part in parts.items()},
    }


def _of_outlets(
    count: Floats, base: Floats, words: Floats, groups: dict[Key, list[int]], label: dict[str, float]
) -> tuple[Floats, Floats, Floats, list[str]]:
    """Rate, class and mean length of each outlet for which the measure exists, and its corpus."""
    rows = []
    for (name, corpus), articles in groups.items():
        total = float(np.nansum(base[articles]))
        if total > 0:
            rate = float(np.nansum(count[articles])) / total
            rows.append((rate, label[name], float(words[articles].mean()), corpus))
    numbers = np.array([row[:3] for row in rows]).reshape(-1, 3)
    return numbers[:, 0], numbers[:, 1], numbers[:, 2], [row[3] for row in rows]


def markdown(found: dict[str, Any]) -> str:
    """The study as a table, with what has to be said about it above."""
    data = found["data"]
    corpora = sorted({corpus for result in found["measures"].values() for corpus in result["corpora"]})
    columns = ["all", "length held constant", "within corpora"]
    lines = [
        f"Spearman's rank correlation of each measure with the raters' factuality class (low, mixed, high) over "
        f"{data['outlets']} outlets, {data['articles']} articles; 95 % bootstrap intervals over outlets. The class "
        "goes along with the corpus, so “within corpora” is the figure to read. Intervals that cover 0 show nothing.",
        "",
        "| measure | " + " | ".join([*columns, *corpora]) + " |",
        "|---" * (1 + len(columns) + len(corpora)) + "|",
    ]
    for feature, result in found["measures"].items():
        cells = [_cell(result[column]) for column in columns]
        cells += [_cell(result["corpora"].get(corpus)) for corpus in corpora]
        lines.append(f"| {feature} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(value: dict[str, Any] | None) -> str:
    if value is None or value["rho"] is None:
        return "-"
    mark = "**" if value["low"] > 0 or value["high"] < 0 else ""
    return f"{mark}{value['rho']:+.2f}{mark} [{value['low']:+.2f}, {value['high']:+.2f}] n={value['n']}"
