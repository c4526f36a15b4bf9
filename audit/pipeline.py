"""The whole way: load -> parse -> extract -> compare -> score -> report. Inputs in, a run directory out."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import msgspec

from audit import chapters, compare, engine, kept, load, partition, store
from audit.chapters import Chapters
from audit.compare.shelf import Shelf
from audit.engine import Pool
from audit.errors import InputError
from audit.freed import give_back
from audit.kept import Memory
from audit.partition import Part
from audit.progress import Progress
from audit.publication import PAGES, pages, publish
from audit.records import Article, Skipped, Source
from audit.results import Results
from audit.settings import Settings
from audit.settings import load as default_settings
from audit.spool import Spool
from audit.version import comparing, measuring

PARTS = "parts"
MEMORY = "stories.memory"
ROOM = "comparing"
Sketches = tuple[msgspec.Raw, ...]
"""Sketches of a partition that need not be decoded."""


class Loaded(msgspec.Struct):
    """What loading gave: articles, what was skipped, and the manifest's sources by the name that articles carry."""

    articles: list[Article]
    skipped: list[Skipped]
    sources: dict[str, Source]


@dataclass(frozen=True)
class Given:
    """The same once the articles lie in partitions: each is read from a file when it is asked for, by its id; `digest`
    is the SHA-256 of them all."""

    articles: Mapping[str, Article]
    skipped: list[Skipped]
    sources: dict[str, Source]
    digest: str


def run(
    inputs: Sequence[str | Path],
    out: str | Path = "reports",
    *,
    settings: Settings | None = None,
    manifest: Path | None = None,
    columns: Mapping[str, str] | None = None,
    workers: int | None = None,
    engine_name: engine.Engine = "local",
    scheduler: str | None = None,
    fresh: bool = False,
    force: bool = False,
    redact: bool = False,
    storage: str | None = None,
    progress: Progress | None = None,
) -> Results:
    """Audit the inputs into a run directory and give its results.

    `storage` is where partition files are kept, a folder or an address that fsspec knows and all workers reach; without
    it, in the run directory. No other report may use it: a run drops partition files there that are not its own.

    Raises InputError when nothing could be read, OutputError when the directory cannot be ours, SettingsError for a
    manifest that is not understood. The same command continues a run that was interrupted.
    """
    settings, progress, out = settings or default_settings(), progress or Progress(), Path(out)
    with progress.stage("load"):
        loaded = read([str(item) for item in inputs], settings, manifest, columns)
    with store.opened(out, force=force, fresh=fresh) as work:
        kept_at = kept.tried(storage) if storage else (work / PARTS).resolve()
        if fresh:
            partition.forget(kept_at)
        parts = partition.prepare(kept_at, loaded.articles, settings.run.partition, measuring())
        given = _given(loaded, work)
        del loaded  # from here on no stage holds all texts
        give_back()
        count = workers if workers is not None else settings.run.workers
        alone = len(parts) == 1 and engine_name == "local"
        with engine.opened(engine_name, 1 if alone else count, scheduler) as pool:
            _measure(pool, parts, settings, progress)
            comparison = _compare(pool, work, parts, given, settings, progress)
            staged = store.staging(work).resolve()
            files = publish(staged, parts, given, comparison, settings, progress, pool, redact=redact)
            comparing_files = [*comparison.files()]
            del given, comparison  # pages are made from the tables alone
            give_back()
            if not storage:
                pages(staged, work / PARTS, progress, pool, redact=redact, before=out)
        if storage:  # workers elsewhere need not reach the run directory
            with engine.opened("local", count) as pool:
                pages(staged, work / PARTS, progress, pool, redact=redact, before=out)
        if redact:
            store.forget(work)
            partition.forget(kept_at)
        store.publish(out, work)
        store.write_json(work / "timings.json", progress.record())
        if not redact:
            used = {*(path.name for path in files), *(name for part in parts for name in part.files())}
            partition.forget(kept_at, used)
            _forget(work, {MEMORY, PAGES, *comparing_files, *used})
    return Results(out)


def read(
    inputs: Sequence[str], settings: Settings, manifest: Path | None = None, columns: Mapping[str, str] | None = None
) -> Loaded:
    """Load all inputs, updates of one article joined to their latest version. Raises InputError without any article."""
    found = load_all(inputs, settings, manifest, columns)
    articles = load.join_versions(found.articles, given_ids=settings.load.join_given_ids)
    return Loaded(articles, found.skipped, found.sources)


def load_all(
    inputs: Sequence[str], settings: Settings, manifest: Path | None = None, columns: Mapping[str, str] | None = None
) -> Loaded:
    """Load all inputs, each text an article of its own. Raises InputError when not one is readable."""
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for item in load.load(inputs, settings, manifest, columns):
        (articles if isinstance(item, Article) else skipped).append(item)  # type: ignore[arg-type]
    if not articles:
        first = f"; the first: {skipped[0].where}: {skipped[0].reason}" if skipped else ""
        raise InputError(f"{', '.join(inputs)}: not one article could be read{first}")
    skipped.sort(key=lambda item: (item.where, item.reason))
    named = {source.name: source for source in load.find_sources(inputs, manifest).values()}
    return Loaded(articles, skipped, named)


def _given(loaded: Loaded, folder: Path) -> Given:
    """The same, with the articles in a file."""
    articles, digest = Spool(folder, Article), hashlib.sha256()
    for article in sorted(loaded.articles, key=lambda article: article.id):
        content = msgspec.msgpack.encode(article)
        articles.put(article.id, content)
        digest.update(content)
    return Given(articles, loaded.skipped, loaded.sources, digest.hexdigest())


def _measure(pool: Pool, parts: Sequence[Part], settings: Settings, progress: Progress) -> None:
    """Measure each partition; those that an earlier run finished are kept."""
    missing = [part for part in parts if not part.done()]
    sizes = [len(part.articles()) for part in missing]
    with progress.stage("measure", sum(sizes), "articles") as advance:
        earlier = [partition.earlier(part) for part in missing]
        done = pool.map(partition.measure_to, missing, [settings] * len(missing), earlier)
        for size, words in zip(sizes, done, strict=True):
            advance(size)
            progress.words["measure"] = progress.words.get("measure", 0) + words


def _compare(
    pool: Pool, work: Path, parts: Sequence[Part], given: Given, settings: Settings, progress: Progress
) -> Chapters:
    """The comparison of all articles, that of an earlier run where it was of the same ones."""
    owners = {source.name: source.owner for source in given.sources.values() if source.owner}
    version = comparing(settings)
    made_from = [sorted(part.name for part in parts), sorted(owners.items()), version]
    digest = hashlib.sha256(msgspec.json.encode(made_from))
    path = work / PARTS / f"{digest.hexdigest()[:24]}.comparison"
    with progress.stage("compare"):
        memory = Memory(work / PARTS / MEMORY, version, pool)
        if known := chapters.earlier(path, memory):
            return known
        with _room(work) as room:
            sketches = (kept.read(part.path("sketches"), Sketches) for part in parts)
            Shelf.write(room / "sketches", chain.from_iterable(sketches))
            found = compare.accounted(Shelf(room / "sketches"), lambda article: given.articles[article].text,
                                      settings, owners, memory)
        memory.forget()
        give_back()
        return Chapters.write(path, found, memory)


@contextmanager
def _room(work: Path) -> Iterator[Path]:
    """An empty folder for what does not lie in memory; what a run that was killed left there goes first."""
    room = work / ROOM
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _forget(work: Path, used: set[str]) -> None:
    """Drop what this run did not use."""
    for path in (work / PARTS).iterdir():
        if path.name not in used:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


__all__ = ["Loaded", "read", "run"]
