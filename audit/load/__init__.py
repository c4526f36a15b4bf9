"""The first stage: reads whatever people have. In: files, folders, `-`; out: a stream of Article and Skipped.

    for record in load(["articles/", "more.jsonl"], settings):
        ...

Nothing is written, nothing is fetched but from an address that the user names, and bad content never raises: each
thing that cannot be read is a Skipped that says where, what, and what to do. The `text` of rows (jsonl, csv, parquet)
is taken as it is; only scraped pages and plain text are cleaned, before there is an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from pathlib import Path

from audit.errors import InputError, SettingsError
from audit.load.address import address_of
from audit.load.dates import read_date
from audit.load.draft import PLAIN, Input, Limits
from audit.load.finish import Finisher
from audit.load.inputs import find_inputs
from audit.load.readers import read
from audit.load.remote import is_remote, read_beside
from audit.load.repeated import SAMPLE, repeated_lines
from audit.load.rows import FIELDS
from audit.load.sources import MANIFEST, Names, parse_sources, read_sources
from audit.load.versions import earlier_versions, join_versions
from audit.records import Article, Skipped, Source
from audit.settings import Settings

_MAX_LINE = 400

__all__ = ["earlier_versions", "find_sources", "join_versions", "load"]


def load(
    inputs: Sequence[str],
    settings: Settings,
    manifest: Path | None = None,
    columns: Mapping[str, str] | None = None,
    places: dict[str, str] | None = None,
) -> Iterator[Article | Skipped]:
    """Articles of all `inputs`, one at a time, in the order of the arguments and of the names inside folders.

    `columns` maps our fields to the columns of a table that has other names for them, as `--map text=body` does.
    `places` is given the file, and the row in it, that each article is read from, by the article's id.
    Raises InputError for a path that does not exist, a field that does not and a manifest that cannot be read, and
    SettingsError for a manifest that is wrong. Memory does not grow with the size of the inputs.
    """
    if unknown := sorted(set(columns or {}) - set(FIELDS)):
        raise InputError(f"--map {unknown[0]}=...: there is no such field; the fields are {', '.join(FIELDS)}")
    given = settings.load
    limits = Limits(
        given.max_file_bytes, given.max_article_chars, given.max_unpacked_bytes, given.min_words, dict(columns or {}),
        _as_of(given.as_of),
    )
    finisher = Finisher(limits, Names(find_sources(inputs, manifest)))
    left = given.max_articles
    for entry in _by_source(find_inputs(inputs)):
        if isinstance(entry, Skipped):
            yield _one_line(entry)
            continue
        for draft in read(entry, limits):
            record = draft if isinstance(draft, Skipped) else finisher.finish(draft, entry)
            if isinstance(record, Article):
                if not left:
                    yield _full(draft.where, given.max_articles)
                    return
                left -= 1
                if places is not None:
                    places[record.id] = draft.where
            yield _one_line(record) if isinstance(record, Skipped) else record


def find_sources(inputs: Sequence[str], manifest: Path | None = None) -> dict[str, Source]:
    """Sources by id: from `manifest`, or from the `sources.toml` that lies in a folder among `inputs`; else none."""
    if manifest is not None:
        return read_sources(manifest)
    found: dict[str, Source] = {}
    for argument in inputs:
        path = Path(argument) / MANIFEST
        if address_of(argument) is None and is_remote(argument):
            if text := read_beside(argument, MANIFEST):
                found |= parse_sources(text, f"{argument}/{MANIFEST}")
        elif path.is_file():
            found |= read_sources(path)
    return found


def _as_of(given: str) -> str | None:
    if given and given != "file" and read_date(given) is None:
        raise SettingsError(f"as_of = '{given}': neither a date such as 2021-05-03 nor 'file'")
    return given or None


def _full(where: str, most: int) -> Skipped:
    reason = f"this and all behind it was not read: the run has {most:,} articles; raise max_articles in the settings"
    return _one_line(Skipped(where, reason))


def _one_line(skipped: Skipped) -> Skipped:
    """Names of files and columns may hold line breaks and anything else; a line on stderr may not."""
    return Skipped(_line(skipped.where), _line(skipped.reason))


def _line(text: str) -> str:
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return text[:_MAX_LINE]


def _by_source(entries: Iterator[Input | Skipped]) -> Iterator[Input | Skipped]:
    """The same entries; plain texts of one folder are told what the first of them repeat at their edges."""
    for source, group in groupby(entries, key=_source):
        if source is None:
            yield from group
            continue
        sample = list(islice(group, SAMPLE))
        texts = [entry for entry in sample if isinstance(entry, Input) and entry.kind in PLAIN and not entry.packed]
        repeated = repeated_lines(texts) if len(texts) > 1 else frozenset()
        for entry in chain(sample, group):
            yield replace(entry, repeated=repeated) if isinstance(entry, Input) else entry


def _source(entry: Input | Skipped) -> str | None:
    return entry.folder if isinstance(entry, Input) else None
