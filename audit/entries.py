"""Names of signals in, one row out for every entry of their lexicons: kind, example, source, firings, right ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from audit import lexicon
from audit.errors import InputError
from audit.records import Record
from audit.reference import firing


class Row(Record, frozen=True):
    """One entry. `example` is a phrase that it finds, `sentence` one that shows the rule at work, its hit in brackets.

    `per_million` counts firings per million words of reference news, `right` of `judged` firings in labelled sets;
    all three are None for lexicons that were not measured.
    """

    signal: str
    language: str
    rule: str
    kind: str
    entry: str
    example: str
    sentence: str
    source: str
    licence: str
    per_million: float | None = None
    right: int | None = None
    judged: int | None = None


def rows(signals: Sequence[str] = ()) -> Iterator[Row]:
    """Every entry of every installed lexicon of the signals (all, if none is named). Raises InputError for another."""
    lists = [lexicon.read(path) for path in lexicon.installed()]
    known = sorted({found.feature for found in lists})
    for name in signals:
        if name not in known:
            raise InputError(f"{name}: no lexicon has that name; the lexicons are {', '.join(known)}")
    for found in lists:
        if not signals or found.feature in signals:
            for rule in found.rules:
                yield from _rows(found, rule)


def _rows(found: lexicon.Lexicon, rule: lexicon.Rule) -> Iterator[Row]:
    measured = found.language == "en" and firing.of_rule(found.feature, rule.id) is not None
    single = firing.of_entries(found.feature, rule.id) if measured else {}
    for entry in rule.entries:
        example = lexicon.example(entry)
        row = Row(found.feature, found.language, rule.id, rule.kind or rule.id, entry, example,
                  _sentence(rule, example), rule.source or found.source, found.licence)
        if measured:
            one = single.get(entry)
            row = msgspec.structs.replace(row, per_million=round(one.per_million, 2) if one else 0.0,
                                          right=one.right if one else 0, judged=one.judged if one else 0)
        yield row


def _sentence(rule: lexicon.Rule, example: str) -> str:
    """The rule's sentence that marks this very example, else its first."""
    return next((one for one in rule.examples if f"[{example}]" in one.lower()), rule.examples[0])


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    """A header, then a line a row; text that a spreadsheet would take for a formula is set behind an apostrophe."""
    yield ",".join(Row.__struct_fields__)
    for row in found:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(["" if value is None else value for value in _plain(row)])
        yield line.getvalue()


def as_jsonl(found: Iterable[Row]) -> Iterator[str]:
    """One JSON object per row."""
    return (msgspec.json.encode(row).decode() for row in found)


def _plain(row: Row) -> Iterator[object]:
    for value in msgspec.structs.astuple(row):
        yield f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


FORMATS = {"csv": as_csv, "jsonl": as_jsonl}
