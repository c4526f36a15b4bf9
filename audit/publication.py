"""Measured partitions and their comparison in, a staged run directory out: tables, scores, pages, `audit.json`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa

from audit import engine, kept, reference, report, score, store, tables, tabulation
from audit.chapters import Chapters
from audit.engine import Pool
from audit.export import Writer
from audit.freed import give_back
from audit.partition import Part
from audit.progress import Advance, Progress
from audit.records import SCHEMA, Article, Comparison, Record, Score
from audit.redact import redact as _redact
from audit.results import Results
from audit.settings import Settings
from audit.store import write_json
from audit.tabulation import FLAGGED, quantities
from audit.version import SHOWING, VERSION, code, digests

if TYPE_CHECKING:
    from audit.pipeline import Given

BY_PARTITION = ("articles", "evidence", "measures")
PAGES = "articles.pages"
AT_ONCE = 10_000
"""Rows of one table that lie open at one time; also the most in a row group of what is not written by partition."""

ABOUT = ["id", "source", "story", "language", "published", "words"]
"""Columns of the articles that scores and sources are made from."""


def publish(
    out: Path, parts: Sequence[Part], given: Given, comparison: Chapters, settings: Settings, progress: Progress,
    pool: Pool, *, redact: bool,
) -> list[Path]:
    """Write tables and `audit.json` of a run into an empty folder; gives the files that the next run may take up."""
    stories = {article: story.id for story in comparison.whole.stories for article in story.articles
               if len(story.articles) > 1}
    with progress.stage("tables", len(parts), "partitions") as advance:
        totals, files = _partition_tables(out / "data", parts, comparison, stories, pool, advance)
        _comparison_tables(out / "data", comparison, given.articles, stories)
    give_back()
    with progress.stage("score"):
        _score_tables(out / "data", totals, stories, settings)
        _table(out / "data", "sources", _source_rows(totals.articles, given))
        _table(out / "data", "speakers", tables.speaker_rows(_statements(totals.statements)))
    if redact:
        _redact(out / "data")
    shared = {"redacted": True} if redact else {}
    write_json(out / "audit.json", _audit(totals, given, comparison.whole, settings) | shared)
    return files


def pages(out: Path, work: Path, progress: Progress, pool: Pool, *, redact: bool, before: Path) -> None:
    """Write the pages of a run beside its tables; what they were made from is noted in the folder `work`.

    `before` is the folder of the run whose place this one takes, if there was one.
    """
    results, known = Results(out), work / PAGES
    about = results.audit
    with progress.stage("pages", about["articles"] + about["stories"] + 2 * len(about["sources"]), "pages") as advance:

        def map(task: Callable[..., report.Made], jobs: Iterable[Any]) -> Iterator[report.Made]:
            for made in pool.map(task, jobs):
                advance(len(made))
                yield made

        made = report.write(results, out, redact=redact, map=map, before=_before(before, known))
        kept.write(known, Pages(code(SHOWING), dict(made)))


def _before(folder: Path, pages: Path) -> report.Before:
    """The pages of an earlier run, none if other code made them."""
    try:
        known = kept.read(pages, Pages)
    except kept.Damaged:
        known = Pages("", {})
    return report.Before(folder.resolve(), known.made if known.code == code(SHOWING) else {})


def again(directory: Path, *, redact: bool = False) -> None:
    """Write the pages of a finished run again from its tables. Raises OutputError when the folder holds no run.

    With `redact` the tables are redacted first; there is no way back but to run the audit again.
    """
    before = Results(directory).audit
    with store.opened(directory) as work:
        staged = store.staging(work)
        shutil.copytree(directory / "data", staged / "data", dirs_exist_ok=True)
        if redact and not before.get("redacted"):
            _redact(staged / "data")
        redact = redact or bool(before.get("redacted"))
        write_json(staged / store.MARKER, before | ({"redacted": True} if redact else {}))
        with engine.opened() as pool:
            report.write(Results(staged), staged, redact=redact, map=pool.map)
        if redact:
            store.forget(work)
        store.publish(directory, work)


class Pages(Record, frozen=True):
    """What the pages of a run were made from, by path, and by which code."""

    code: str
    made: dict[str, report.Written]


class Totals(msgspec.Struct):
    """What is kept of all partitions: what `ABOUT` names of articles, measures as matrices, attributed statements."""

    articles: pd.DataFrame
    counts: score.Counts
    statements: pa.Table
    scores: pa.Table
    absences: pa.Table


def _partition_tables(
    folder: Path, parts: Sequence[Part], comparison: Chapters, stories: Mapping[str, str], pool: Pool,
    advance: Advance,
) -> tuple[Totals, list[Path]]:
    """The tables that grow with the articles, written partition by partition; and the files their rows came from."""
    articles, statements, counts, bases, absences, scores = [], [], [], [], [], []
    files: list[Path] = []
    findings = comparison.findings()
    found = (tabulation.compared(part.articles(), stories, comparison.whole.voices, findings) for part in parts)
    with ExitStack() as stack:
        write = {name: stack.enter_context(Writer(folder, name)).write for name in BY_PARTITION}
        for path in map(kept.place, pool.map(tabulation.tabulate_to, parts, found)):
            rows = kept.read(path, tabulation.Tabulated)
            for name in BY_PARTITION:
                write[name](rows.table(name))
            articles.append(rows.table("articles").select(ABOUT))
            statements.append(rows.table("statements"))
            absences.append(tables.absences(rows.table("measures")))
            counts.append(rows.matrix("counts"))
            bases.append(rows.matrix("bases"))
            scores.append(rows.table("scores"))
            files.append(path)
            advance(1)
    frame = pa.concat_tables(articles).to_pandas()
    matrices = score.Counts(
        frame["id"].tolist(), frame["source"].tolist(), frame["story"].tolist(), sorted(quantities()),
        np.concatenate(counts), np.concatenate(bases),
    )
    totals = (pa.concat_tables(statements), pa.concat_tables(scores), pa.concat_tables(absences))
    return Totals(frame, matrices, *totals), files


def _statements(table: pa.Table) -> Iterator[dict[str, str]]:
    """Attributed statements by source and speaker."""
    return _plain(table.sort_by([("source", "ascending"), ("speaker", "ascending")]))


def _plain(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(AT_ONCE):
        yield from batch.to_pylist()


def _comparison_tables(
    folder: Path, comparison: Chapters, texts: Mapping[str, Article], stories: Mapping[str, str]
) -> None:
    whole = comparison.whole
    shared = [story for story in whole.stories if len(story.articles) > 1]
    _table(folder, "stories", (tables.story_row(story, sorted({texts[a].source for a in story.articles}))
                               for story in shared))
    _table(folder, "pairs", map(tables.pair_row, whole.pairs))
    _table(folder, "passages", (row for pair in whole.pairs for row in tables.passage_rows(pair, texts)))
    _table(folder, "claims", _claim_rows(comparison, texts, stories))
    _table(folder, "claim_pairs", _claim_pair_rows(comparison))
    _table(folder, "framing", (tables.framed_row(framed, texts) for framed in whole.framing))
    _table(folder, "balance", map(tables.balance_row, whole.balance))
    _table(folder, "quoted", map(tables.quoted_row, whole.quoted))


def _claim_rows(
    comparison: Chapters, texts: Mapping[str, Article], stories: Mapping[str, str]
) -> Iterator[tables.Row]:
    """The claims, those of one article one after the other."""
    for told in comparison.told():
        for article, claims in groupby(told.claims, key=attrgetter("article")):
            text, story = texts[article], stories.get(article, "")
            yield from (tables.claim_row(claim, text, story) for claim in claims)


def _claim_pair_rows(comparison: Chapters) -> Iterator[tables.Row]:
    for told in comparison.told():
        claims = {claim.id: claim for claim in told.claims} if told.claim_pairs else {}
        yield from (tables.claim_pair_row(pair, claims) for pair in told.claim_pairs)


def _score_tables(folder: Path, totals: Totals, stories: Mapping[str, str], settings: Settings) -> None:
    standard = reference.load()
    rows, differences = score.score(totals.counts, quantities(), settings.score, standard)
    reasons = tables.reasons(totals.absences)
    languages = totals.articles["language"].fillna("en").str.startswith("en")
    english = set(totals.articles["source"][languages])
    for row in rows:
        if row["subject"] not in english:  # reference news is English
            row["percentile"] = None
        if row["value"] is None:
            row["absent"] = reasons.get((str(row["subject"]), str(row["feature"])), row["absent"])
    with Writer(folder, "scores") as writer:
        writer.write(tables.table("scores", rows))
        for some in _batches(_placed(Score(**row), standard) for row in _plain(totals.scores)):
            writer.write(tables.table("scores", some))
    _table(folder, "differences", differences)


def _placed(item: Score, standard: reference.Reference) -> tables.Row:
    row = dict(tables.score_row(item))
    row["percentile"] = standard.percentile(item.feature, item.value, "article")
    return row


def _source_rows(articles: pd.DataFrame, given: Given) -> Iterator[tables.Row]:
    shared = articles[articles["story"] != ""].groupby("story")["source"].nunique()
    several = set(shared[shared > 1].index)
    for source, group in articles.groupby("source", sort=True):
        record = given.sources.get(str(source))
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
        for some in _batches(rows):
            writer.write(tables.table(name, some))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows, `AT_ONCE` at a time; once none where there are none, so that an empty table has its columns."""
    following = iter(rows)
    some = list(islice(following, AT_ONCE))
    yield some
    while some := list(islice(following, AT_ONCE)):
        yield some


def _audit(totals: Totals, given: Given, comparison: Comparison, settings: Settings) -> dict[str, Any]:
    """The run in figures. Nothing here depends on the clock, the workers or the machine."""
    plain = msgspec.to_builtins(settings)
    plain.pop("run")
    dates = sorted(totals.articles["published"].dropna())
    standard = reference.load()
    return {
        "schema": SCHEMA,
        "run": {"version": VERSION, "settings": plain, "digests": {"articles": given.digest, **digests()}},
        "sources": sorted(set(totals.articles["source"])), "articles": len(totals.articles),
        "words": int(totals.articles["words"].sum()), "languages": sorted(set(totals.articles["language"].dropna())),
        "first": dates[0] if dates else None, "last": dates[-1] if dates else None,
        "stories": sum(len(story.articles) > 1 for story in comparison.stories),
        "skipped": msgspec.to_builtins(given.skipped), "notes": list(comparison.notes),
        "reference": {feature: band for feature in sorted(quantities()) if (band := standard.band(feature))},
    }


__all__ = ["FLAGGED", "again", "pages", "publish", "quantities"]
