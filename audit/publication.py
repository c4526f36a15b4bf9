"""Measured partitions and their comparison in, a staged run directory out: tables, scores, pages, `audit.json`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pandas as pd

from audit import compare, engine, partition, reference, report, score, store, tables
from audit.export import Writer
from audit.extract import extractors
from audit.extract.base import Quantity
from audit.progress import Progress
from audit.records import SCHEMA, Article, Comparison, Finding, Score
from audit.results import Results
from audit.settings import Settings
from audit.store import write_json
from audit.version import VERSION, digests

if TYPE_CHECKING:
    from audit.pipeline import Loaded

NO_PAIR = "no other source tells this story"
BY_PARTITION = ("articles", "evidence", "measures")
FLAGGED = 0.5
"""A probability from here on counts as a finding; the models are calibrated so that it means more likely than not."""


def quantities() -> dict[str, Quantity]:
    """Every number that the signals and the comparison yield, by feature."""
    found = [quantity for extractor in extractors().values() for quantity in extractor.quantities]
    return {quantity.feature: quantity for quantity in (*found, *compare.quantities)}


def publish(
    out: Path, files: Sequence[Path], loaded: Loaded, comparison: Comparison, settings: Settings, progress: Progress,
    pool: Executor, *, redact: bool,
) -> None:
    """Write everything that a run leaves behind into an empty folder."""
    texts = {article.id: article for article in loaded.articles}
    stories = {article: story.id for story in comparison.stories for article in story.articles
               if len(story.articles) > 1}
    with progress.stage("tables", len(files)) as advance:
        totals = _partition_tables(out / "data", files, comparison, stories, advance)
        _comparison_tables(out / "data", comparison, texts, stories)
    with progress.stage("score"):
        _score_tables(out / "data", totals, stories, settings)
        _table(out / "data", "sources", _source_rows(totals.articles, loaded))
        _table(out / "data", "speakers", tables.speaker_rows(totals.statements))
    write_json(out / "audit.json", _audit(totals, loaded, comparison, settings))
    with progress.stage("pages"):
        report.write(Results(out), out, redact=redact, map=partial(_map, pool))


def _map(pool: Executor, task: Callable[..., Any], *columns: Iterable[Any]) -> Iterator[Any]:
    """Like the built-in `map`, on the pool, with only a few calls under way."""
    return engine.ordered(pool, task, zip(*columns, strict=False))


def again(directory: Path, *, redact: bool = False) -> None:
    """Write the pages of a finished run again from its tables. Raises OutputError when the folder holds no run."""
    results = Results(directory)
    with store.opened(directory) as work:
        staged = store.staging(work)
        shutil.copytree(directory / "data", staged / "data", dirs_exist_ok=True)
        shutil.copy2(directory / store.MARKER, staged / store.MARKER)
        with engine.executor() as pool:
            report.write(results, staged, redact=redact, map=partial(_map, pool))
        store.publish(directory, work)


class Totals(msgspec.Struct):
    """What is kept of all partitions: rows of articles without text, measures as matrices, attributed statements."""

    articles: pd.DataFrame
    counts: score.Counts
    statements: pd.DataFrame
    scores: list[Any]


def _partition_tables(
    folder: Path, files: Sequence[Path], comparison: Comparison, stories: Mapping[str, str], advance: Any
) -> Totals:
    known = quantities()
    features = sorted(known)
    column = {feature: index for index, feature in enumerate(features)}
    articles, statements, matrices, scores = [], [], [], []
    with ExitStack() as stack:
        write = {name: stack.enter_context(Writer(folder, name)).write for name in BY_PARTITION}
        for path in files:
            measured = partition.read(path)
            findings = _findings(measured, comparison)
            rows = list(tables.article_rows(measured.articles, measured.words, measured.sentences, stories,
                                            comparison.voices))
            write["articles"](tables.table("articles", rows))
            evidence = [tables.evidence_row(article, item) for article, found in findings
                        for finding in found for item in _in_order(finding)]
            write["evidence"](tables.table("evidence", evidence))
            measures = [tables.measure_row(article.source, measure) for article, found in findings
                        for finding in found for measure in finding.measures]
            write["measures"](tables.table("measures", measures))
            matrices.append(_matrix(findings, column, known))
            scores += [(article, item) for article, found in findings for finding in found for item in finding.scores]
            articles += [{key: value for key, value in row.items() if key != "text"} for row in rows]
            statements += list(_statements(findings, stories))
            advance(1)
    frame = pd.DataFrame(articles)
    counts = score.Counts(
        frame["id"].tolist(), frame["source"].tolist(), frame["story"].tolist(), features,
        np.concatenate([counts for counts, _ in matrices]), np.concatenate([bases for _, bases in matrices]),
    )
    columns = ["source", "speaker", "kind", "mode", "article", "story"]
    return Totals(frame, counts, pd.DataFrame(statements, columns=columns), scores)


def _findings(measured: partition.Measured, comparison: Comparison) -> list[tuple[Article, list[Finding]]]:
    """Per article the findings of all signals and of the comparison."""
    rows = []
    for index, article in enumerate(measured.articles):
        found = [findings[index] for findings in measured.findings.values()]
        if article.id in comparison.findings:
            found.append(comparison.findings[article.id])
        rows.append((article, found))
    return rows


def _in_order(finding: Finding) -> list[Any]:
    return sorted(finding.evidence, key=lambda item: (item.start, item.end, item.rule))


def _matrix(
    findings: Sequence[tuple[Article, list[Finding]]], column: Mapping[str, int], known: Mapping[str, Quantity]
) -> tuple[score.Floats, score.Floats]:
    """Counts and bases, float [articles, features]. A probability counts as one article, flagged or not."""
    counts = np.full((len(findings), len(column)), np.nan)
    bases = counts.copy()
    for row, (_, found) in enumerate(findings):
        for finding in found:
            for measure in finding.measures:
                place = column.get(measure.feature)
                if place is not None and measure.absent is None and known[measure.feature].kind != "probability":
                    counts[row, place], bases[row, place] = measure.count, measure.base
            for item in finding.scores:
                place = column.get(item.feature)
                if place is not None and known[item.feature].kind == "probability":
                    counts[row, place], bases[row, place] = float(item.value >= FLAGGED), 1.0
    return counts, bases


def _statements(
    findings: Sequence[tuple[Article, list[Finding]]], stories: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    for article, found in findings:
        for finding in found:
            for item in finding.evidence:
                if item.feature == "attribution" and item.attributes.get("speaker"):
                    yield {
                        "source": article.source, "speaker": item.attributes["speaker"],
                        "kind": item.attributes.get("speaker_kind", ""),
                        "mode": item.attributes.get("mode", "indirect"), "article": article.id,
                        "story": stories.get(article.id, ""),
                    }


def _comparison_tables(
    folder: Path, comparison: Comparison, texts: Mapping[str, Article], stories: Mapping[str, str]
) -> None:
    claims = {claim.id: claim for claim in comparison.claims}
    shared = [story for story in comparison.stories if len(story.articles) > 1]
    _table(folder, "stories", (tables.story_row(story, sorted({texts[a].source for a in story.articles}))
                               for story in shared))
    _table(folder, "pairs", map(tables.pair_row, comparison.pairs))
    _table(folder, "passages", (row for pair in comparison.pairs for row in tables.passage_rows(pair, texts)))
    _table(folder, "claims", (tables.claim_row(claim, texts[claim.article], stories.get(claim.article, ""))
                              for claim in comparison.claims))
    _table(folder, "claim_pairs", (tables.claim_pair_row(pair, claims) for pair in comparison.claim_pairs))


def _score_tables(folder: Path, totals: Totals, stories: Mapping[str, str], settings: Settings) -> None:
    standard = reference.load()
    rows, differences = score.score(totals.counts, quantities(), settings.score, standard)
    with Writer(folder, "scores") as writer:
        writer.write(tables.table("scores", rows))
        writer.write(tables.table("scores", (_placed(item, standard) for _, item in totals.scores)))
    _table(folder, "differences", differences)


def _placed(item: Score, standard: reference.Reference) -> tables.Row:
    row = dict(tables.score_row(item))
    row["percentile"] = standard.percentile(item.feature, item.value, "article")
    return row


def _source_rows(articles: pd.DataFrame, loaded: Loaded) -> Iterator[tables.Row]:
    shared = articles[articles["story"] != ""].groupby("story")["source"].nunique()
    several = set(shared[shared > 1].index)
    for source, group in articles.groupby("source", sort=True):
        record = loaded.sources.get(str(source))
        dates = sorted(group["published"].dropna())
        yield {
            "id": source, "name": record.name if record else source,
            "slug": report.slug(record.id if record else str(source)),
            "url": record.url if record else None, "owner": record.owner if record else None,
            "articles": len(group), "words": int(group["words"].sum()),
            "stories": len(set(group["story"]) & several), "first": dates[0] if dates else None,
            "last": dates[-1] if dates else None,
        }


def _table(folder: Path, name: str, rows: Any) -> None:
    with Writer(folder, name) as writer:
        writer.write(tables.table(name, rows))


def _audit(totals: Totals, loaded: Loaded, comparison: Comparison, settings: Settings) -> dict[str, Any]:
    """The run in figures. Nothing here depends on the clock, the workers or the machine."""
    digest = hashlib.sha256()
    for article in sorted(loaded.articles, key=lambda article: article.id):
        digest.update(msgspec.msgpack.encode(article))
    plain = msgspec.to_builtins(settings)
    plain.pop("run")
    dates = sorted(totals.articles["published"].dropna())
    standard = reference.load()
    return {
        "schema": SCHEMA,
        "run": {"version": VERSION, "settings": plain, "digests": {"articles": digest.hexdigest(), **digests()}},
        "sources": sorted(set(totals.articles["source"])), "articles": len(totals.articles),
        "words": int(totals.articles["words"].sum()), "languages": sorted(set(totals.articles["language"].dropna())),
        "first": dates[0] if dates else None, "last": dates[-1] if dates else None,
        "stories": sum(len(story.articles) > 1 for story in comparison.stories),
        "skipped": msgspec.to_builtins(loaded.skipped), "notes": list(comparison.notes),
        "reference": {feature: band for feature in sorted(quantities()) if (band := standard.band(feature))},
    }
