"""The tasks that gold labels exist for. In: rows with labels and the articles behind them; out: figures.

Each task runs only the part of the pipeline that it judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit import pipeline
from audit.errors import InputError
from audit.evaluate import groups, labels, spans
from audit.evaluate.counts import Figures
from audit.extract import extract
from audit.parse import parse
from audit.records import Article, Comparison, Finding
from audit.settings import Settings

Row = Mapping[str, Any]

TASKS: dict[str, tuple[str, ...]] = {
    "attribution": ("id", "text", "attributions"),
    "hedging": ("id", "text", "label"),
    "loaded": ("id", "text", "label"),
    "translation": ("id", "text", "kind"),
    "stories": ("id", "text", "story"),
    "reuse": ("a", "b", "label"),
    "claims": ("a", "b", "relation"),
}
"""The fields that a row of each task must have."""

BATCH = 500
"""Articles that are parsed together; as many as a partition of a run."""

BESIDE = "articles.jsonl"
"""Where the texts of labelled pairs lie: in the folder of the gold file."""


@dataclass(frozen=True)
class Given:
    """Labelled rows, the articles they are about, owners by source, and kinds of evidence to set aside."""

    rows: Sequence[Row]
    articles: Sequence[Article] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()


def given(task: str, rows: Sequence[Row], gold: Path, settings: Settings) -> Given:
    """The rows of a labelled set that have the task's fields, and its articles, loaded as `audit scan` loads them.

    Szeged's labels know no weasels, so they are set aside for files of that name. Raises InputError for a row whose
    article cannot be loaded.
    """
    kept = [{**row, "id": str(row["id"])} if "id" in row else row
            for row in rows if all(key in row for key in TASKS[task])]
    if task == "claims" or not kept:
        return Given(kept)
    articles = pipeline.load_all([str(gold.with_name(BESIDE) if task == "reuse" else gold)], settings).articles
    loaded = {article.id for article in articles}
    for row in kept:
        for key in ("a", "b") if task == "reuse" else ("id",):
            if str(row[key]) not in loaded:
                raise InputError(f"{gold}: no text could be loaded for {row[key]}; audit read {gold} says why")
    return Given(kept, articles, without=("weasel",) if task == "hedging" and gold.stem.startswith("szeged") else ())


def figures(task: str, given: Given, settings: Settings) -> Figures:
    """The figures of a task on what was given."""
    if task == "claims":
        from audit.compare.relate import relate

        return groups.claims(given.rows, lambda a, b: relate(a, b).relation)
    if task in ("stories", "reuse"):
        comparison = compared(given, settings)
        if task == "stories":
            return groups.stories(given.rows, {one: story.id for story in comparison.stories for one in story.articles})
        copies = {frozenset((pair.a, pair.b)) for pair in comparison.pairs if pair.kind in ("copy", "derived")}
        return groups.reuse(given.rows, copies)
    found = findings(task, given.articles)
    if task == "translation":
        return labels.translation(given.rows, {key: _value(task, finding) for key, finding in found.items()})
    evidence = {key: [one for one in finding.evidence if one.feature == task] for key, finding in found.items()}
    if task == "attribution":
        return spans.attribution(given.rows, evidence)
    return labels.sentences(given.rows, evidence, given.without)


def findings(feature: str, articles: Sequence[Article]) -> dict[str, Finding]:
    """What one signal finds, by article id."""
    found: dict[str, Finding] = {}
    for first in range(0, len(articles), BATCH):
        batch = articles[first : first + BATCH]
        results = extract(parse(batch), [feature])[feature]
        found |= {article.id: finding for article, finding in zip(batch, results, strict=True)}
    return found


def compared(given: Given, settings: Settings) -> Comparison:
    """The comparison of all articles, as a run makes it."""
    from audit import compare, partition

    parts = partition.split(given.articles, settings.run.partition).values()
    sketches = [sketch for part in parts for sketch in partition.measure(part, settings)[1]]
    texts = {article.id: article.text for article in given.articles}
    return compare.compare(sketches, texts.__getitem__, settings, dict(given.owners))


def _value(feature: str, finding: Finding) -> float | None:
    return next((score.value for score in finding.scores if score.feature == feature), None)
