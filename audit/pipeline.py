"""The whole way: load -> parse -> extract -> compare -> score -> report. Inputs in, a run directory out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from audit import compare, engine, load, partition, store
from audit.errors import InputError
from audit.progress import Progress
from audit.publication import publish
from audit.records import Article, Comparison, Skipped, Source
from audit.results import Results
from audit.settings import Settings
from audit.settings import load as default_settings
from audit.version import fingerprint


class Loaded(msgspec.Struct):
    """What loading gave: articles, what was skipped, and the manifest's sources by the name that articles carry."""

    articles: list[Article]
    skipped: list[Skipped]
    sources: dict[str, Source]


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
    progress: Progress | None = None,
) -> Results:
    """Audit the inputs into a run directory and give its results.

    Raises InputError when nothing could be read, OutputError when the directory cannot be ours, SettingsError for a
    manifest that is not understood. The same command continues a run that was interrupted.
    """
    settings, progress, out = settings or default_settings(), progress or Progress(), Path(out)
    with progress.stage("load"):
        loaded = read([str(item) for item in inputs], settings, manifest, columns)
    with store.opened(out, force=force, fresh=fresh) as work:
        parts = partition.split(loaded.articles, settings.run.partition)
        count = min(workers if workers is not None else settings.run.workers, len(parts)) or 0
        alone = len(parts) == 1 and engine_name == "local"
        with engine.executor(engine_name, 1 if alone else count, scheduler) as pool:
            files = _measure(pool, work, parts, settings, progress)
            with progress.stage("compare"):
                comparison = _compare(work, files, loaded, settings)
            staged = store.staging(work)
            publish(staged, files, loaded, comparison, settings, progress, pool, redact=redact)
        store.publish(out, work)
        store.write_json(work / "timings.json", progress.timings)
        _forget(work, files)
    return Results(out)


def read(
    inputs: Sequence[str], settings: Settings, manifest: Path | None = None, columns: Mapping[str, str] | None = None
) -> Loaded:
    """Load all inputs, in an order that does not depend on the order of the inputs."""
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


def _measure(
    pool: Executor, work: Path, parts: Sequence[list[Article]], settings: Settings, progress: Progress
) -> list[Path]:
    """A partition file for each partition; those that an earlier run finished are kept."""
    version = fingerprint(settings)
    files = [work / "parts" / f"{partition.key(part, version)}.msgpack" for part in parts]
    missing = [(path, part, settings) for path, part in zip(files, parts, strict=True) if not _whole(path)]
    with progress.stage("measure", len(missing)) as advance:
        for _ in engine.ordered(pool, partition.measure_to, missing):
            advance(1)
    return files


def _whole(path: Path) -> bool:
    try:
        partition.read(path)
    except (OSError, msgspec.MsgspecError):
        return False
    return True


def _compare(work: Path, files: Sequence[Path], loaded: Loaded, settings: Settings) -> Comparison:
    """The comparison of all articles, kept for the next run of the same articles."""
    owners = {source.name: source.owner for source in loaded.sources.values() if source.owner}
    digest = hashlib.sha256(msgspec.json.encode([sorted(path.name for path in files), sorted(owners.items())]))
    kept = work / "parts" / f"compare-{digest.hexdigest()[:24]}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=Comparison)
    except (OSError, msgspec.MsgspecError):
        pass
    texts = {article.id: article.text for article in loaded.articles}
    sketches = [sketch for path in files for sketch in partition.read(path).sketches]
    comparison = compare.compare(sketches, texts.__getitem__, settings, owners)
    draft = kept.with_suffix(".draft")
    draft.write_bytes(msgspec.msgpack.encode(comparison))
    draft.replace(kept)
    return comparison


def _forget(work: Path, files: Sequence[Path]) -> None:
    """Drop partition files that this run did not use."""
    used = {path.name for path in files}
    for path in (work / "parts").iterdir():
        if path.name not in used and not path.name.startswith("compare-"):
            path.unlink()


__all__ = ["Loaded", "read", "run"]
