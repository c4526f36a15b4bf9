"""What `audit scan` prints: findings of one article after the other, as text, JSON lines, SARIF, GitHub's annotations
or a page. Lines and columns are those of the file that the article was read from, where they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

import msgspec

from audit.api import Scanned, scan_object
from audit.places import Place, line_column, ruler
from audit.records import Article, Evidence
from audit.version import VERSION

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


LONGEST = 100
"""Characters of a piece of evidence that a line shows."""

Where = MutableMapping[str, str]
"""The file of each article by its id, and the row in it, as load says it; each is taken out as it is used."""


def as_jsonl(rows: Iterable[Scanned], _: Where) -> Iterator[str]:
    """One JSON object per article."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        yield encoder.encode(scan_object(row)).decode()


def as_text(rows: Iterable[Scanned], where: Where) -> Iterator[str]:
    """One line per piece of evidence, `place: feature.rule: "words": reason`, as a linter prints.

    The place is `file:line:column`, or `id:line:column` in the article's own text where no line of a file is its own.
    """
    for article, findings, words, sentences in rows:
        measured = ruler(article, where)
        first = measured.place(0)
        name = article.id if first is None or first.column is None else first.file
        yield f"{name}: {words} words, {sentences} sentences"
        for evidence in _ordered(findings):
            place = measured.place(evidence.start)
            line, column = line_column(article.text, evidence.start)
            if name != article.id and place and place.line and place.column:
                line, column = place.line, place.column
            yield f"{name}:{line}:{column}: {evidence.feature}.{evidence.rule}: \"{_shown(article, evidence)}\": " \
                  f"{evidence.reason}"


def as_github(rows: Iterable[Scanned], where: Where) -> Iterator[str]:
    """One workflow command per piece of evidence, which GitHub shows beside the line of a pull request."""
    for article, findings, _, _ in rows:
        measured = ruler(article, where)
        for evidence in _ordered(findings):
            start, end = measured.place(evidence.start), measured.place(evidence.end)
            fields = {"title": f"{evidence.feature}.{evidence.rule}", **_annotated(start, end)}
            told = ",".join(f"{key}={_escaped(str(value), value=True)}" for key, value in fields.items())
            yield f"::notice {told}::{_escaped(evidence.reason)}"


def _annotated(start: Place | None, end: Place | None) -> dict[str, str | int]:
    """The place as GitHub's fields. It shows columns only of what stands on one line; an end is inclusive."""
    if start is None:
        return {}
    fields: dict[str, str | int] = {"file": start.file}
    if start.line:
        fields |= {"line": start.line, "endLine": end.line if end and end.line else start.line}
        if start.column and end and end.column and end.line == start.line:
            fields |= {"col": start.column, "endColumn": max(start.column, end.column - 1)}
    return fields


def _escaped(text: str, *, value: bool = False) -> str:
    """Text inside a workflow command; values of fields may hold neither colons nor commas."""
    for character in "%\r\n:," if value else "%\r\n":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_sarif(rows: Iterable[Scanned], where: Where) -> Iterator[str]:
    """One SARIF 2.1.0 log for all articles; evidence is a `note`, never an error.

    Where no line of a file is the article's own, the region is that of the article's text.
    """
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    for article, findings, _, _ in rows:
        measured = ruler(article, where)
        for evidence in _ordered(findings):
            name = f"{evidence.feature}.{evidence.rule}"
            rules.setdefault(name, {"id": name})
            start, end = measured.place(evidence.start), measured.place(evidence.end)
            uri = start.file if start else article.url or article.id
            results.append({
                "ruleId": name, "level": "note", "message": {"text": evidence.reason},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri},
                                                    "region": _region(article.text, evidence, start, end)}}],
            })
    driver = {"name": "audit", "version": VERSION, "rules": [rules[name] for name in sorted(rules)]}
    log = {"$schema": SARIF, "version": "2.1.0",
           "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}
    yield msgspec.json.format(msgspec.json.encode(log), indent=1).decode()


def _region(text: str, evidence: Evidence, start: Place | None, end: Place | None) -> dict[str, int]:
    if start and end and start.line and start.column and end.line and end.column:
        return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    if start and start.line:
        return {"startLine": start.line}
    line, column = line_column(text, evidence.start)
    end_line, end_column = line_column(text, evidence.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": evidence.start, "charLength": evidence.end - evidence.start}


def as_html(rows: Iterable[Scanned], _: Where) -> Iterator[str]:
    """One page with all articles, their evidence marked in the text."""
    from audit.report.scanned import scanned  # brings templates, which the other formats can do without

    yield scanned((article, _ordered(findings)) for article, findings, _, _ in rows)


def _shown(article: Article, evidence: Evidence) -> str:
    words = " ".join(article.text[evidence.start:evidence.end].split())
    return words if len(words) <= LONGEST else words[:LONGEST - 1] + "…"


def _ordered(findings: Iterable[Any]) -> list[Evidence]:
    found = [evidence for finding in findings for evidence in finding.evidence]
    return sorted(found, key=lambda item: (item.start, item.end, item.feature, item.rule))


FORMATS = {"text": as_text, "jsonl": as_jsonl, "sarif": as_sarif, "github": as_github, "html": as_html}
