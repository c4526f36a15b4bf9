"""Measured partitions and their comparison in, a staged run directory out: tables, scores, pages, `audit.json`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa

from audit import engine, kept, reference, report, score, store, tables, tabulation
from audit.chapters import Chapters
from audit.engine import Pool
from audit.export import Encoded, Writer, packed
from audit.freed import give_back
from audit.partition import Part
from audit.progress import Advance, Progress
from audit.records import SCHEMA, Comparison, Record
from audit.redact import redact as _redact
from audit.relations import relations
from audit.results import Results
from audit.settings import Settings
from audit.store import write_json
from audit.tabulation import FLAGGED, quantities
from audit.version import SHOWING, VERSION, code, digests

if TYPE_CHECKING:
    from audit.pipeline import Given

BY_PARTITION = ("articles", "evidence", "measures")
PAGES = "articles.pages"


def publish(
    out: Path, parts: Sequence[Part], given: Given, comparison: Chapters, settings: Settings, progress: Progress,
    pool: Pool, *, redact: bool,
) -> list[Path]:
    """Write tables and `audit.json` of a run into an empty folder; gives the files that the next run may take up."""
    stories = {article: story.id for story in comparison.whole.stories for article in story.articles
               if len(story.articles) > 1}
    with progress.stage("tables", len(parts), "partitions") as advance:
        totals, files = _partition_tables(out / "data", parts, comparison, stories, pool, advance)
        for name, rows in relations(comparison, given.articles, stories):
            _table(out / "data", name, rows, pool)
    give_back()
    with progress.stage("score"):
        speakers = pool.submit(tabulation.encode_speakers, packed(totals.statements))
        _score_tables(out / "data", totals, settings, pool)
        _table(out / "data", "sources", [tables.table("sources", _source_rows(totals.articles, given))], pool)
        with Writer(out / "data", "speakers") as writer:
            for piece in msgspec.msgpack.decode(speakers.result(), type=list[Encoded]):
                writer.append([piece])
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
    """What is kept of all partitions: `tabulation.ABOUT` of articles, measures as matrices, attributed statements."""

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

    def found(part: Part) -> bytes:
        mine = tabulation.compared(part.articles(), stories, comparison.whole.voices, findings)
        return msgspec.msgpack.encode(mine)

    with ExitStack() as stack:
        writers = [stack.enter_context(Writer(folder, name)) for name in BY_PARTITION]
        for part, names in zip(parts, pool.map(tabulation.tabulate_to, parts, map(found, parts)), strict=True):
            paths = [*map(kept.place, names)]
            pieces = [_piece(path, part, found) for path in paths]
            for writer in writers:
                writer.append([getattr(piece, writer.name) for piece in pieces])
            articles += [piece.table("about") for piece in pieces]
            statements += [piece.table("statements") for piece in pieces]
            absences += [piece.table("absences") for piece in pieces]
            counts += [piece.matrix("counts") for piece in pieces]
            bases += [piece.matrix("bases") for piece in pieces]
            scores += [piece.table("scores") for piece in pieces]
            files += paths
            advance(1)
    frame = pa.concat_tables(articles).to_pandas()
    matrices = score.Counts(
        frame["id"].tolist(), frame["source"].tolist(), frame["story"].tolist(), sorted(quantities()),
        np.concatenate(counts), np.concatenate(bases),
    )
    totals = (pa.concat_tables(statements), pa.concat_tables(scores), pa.concat_tables(absences))
    return Totals(frame, matrices, *totals), files


def _piece(path: Path, part: Part, found: Callable[[Part], bytes]) -> tabulation.Piece:
    """The rows in a file, which is made anew where it is damaged."""
    try:
        return kept.read(path, tabulation.Piece)
    except kept.Damaged:
        path.unlink(missing_ok=True)
        tabulation.tabulate_to(part, found(part))
        return kept.read(path, tabulation.Piece)


def _score_tables(folder: Path, totals: Totals, settings: Settings, pool: Pool) -> None:
    standard = reference.load()
    rows, differences = score.score(totals.counts, quantities(), settings.score, standard, pool.map)
    reasons = tables.reasons(totals.absences)
    languages = totals.articles["language"].fillna("en").str.startswith("en")
    english = set(totals.articles["source"][languages])
    for row in rows:
        if row["subject"] not in english:  # reference news is English
            row["percentile"] = None
        if row["value"] is None:
            row["absent"] = reasons.get((str(row["subject"]), str(row["feature"])), row["absent"])
    of_sources = [tables.table("scores", rows)]
    of_articles = (tables.article_scores(some, standard.percentile) for some in tables.cut(totals.scores))
    _table(folder, "scores", chain(of_sources, of_articles), pool)
    _table(folder, "differences", tables.cut(tables.table("differences", differences)), pool)


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


def _table(folder: Path, name: str, pieces: Iterable[pa.Table], pool: Pool) -> None:
    """Write a table, each piece a row group of its own."""
    with Writer(folder, name) as writer:
        for piece in pool.map(tabulation.encode, repeat(name), map(packed, pieces)):
            writer.append([msgspec.msgpack.decode(piece, type=Encoded)])


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
