"""What `audit scan` prints: findings of one article after the other, as text, JSON lines, SARIF or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from audit.api import Scanned, scan_object
from audit.records import Evidence
from audit.version import VERSION

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_jsonl(rows: Iterable[Scanned]) -> Iterator[str]:
    """One JSON object per article."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        yield encoder.encode(scan_object(row)).decode()


def as_text(rows: Iterable[Scanned]) -> Iterator[str]:
    """One line per piece of evidence, `id:line:column: feature.rule: "words": reason`, as a linter prints."""
    for article, findings, words, sentences in rows:
        yield f"{article.id}: {words} words, {sentences} sentences"
        for evidence in _ordered(findings):
            line, column = place(article.text, evidence.start)
            words_found = " ".join(article.text[evidence.start:evidence.end].split())
            shown = words_found if len(words_found) <= 100 else words_found[:99] + "…"
            yield f"{article.id}:{line}:{column}: {evidence.feature}.{evidence.rule}: \"{shown}\": {evidence.reason}"


def as_sarif(rows: Iterable[Scanned]) -> Iterator[str]:
    """One SARIF 2.1.0 log for all articles; evidence is a `note`, never an error."""
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    for article, findings, _, _ in rows:
        for evidence in _ordered(findings):
            name = f"{evidence.feature}.{evidence.rule}"
            rules.setdefault(name, {"id": name})
            results.append({
                "ruleId": name, "level": "note", "message": {"text": evidence.reason},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": article.meta.get("file") or article.url or article.id},
                    "region": _region(article.text, evidence),
                }}],
            })
    driver = {"name": "audit", "version": VERSION, "rules": [rules[name] for name in sorted(rules)]}
    log = {"$schema": SARIF, "version": "2.1.0",
           "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}
    yield msgspec.json.format(msgspec.json.encode(log), indent=1).decode()


def as_html(rows: Iterable[Scanned]) -> Iterator[str]:
    """One page with all articles, their evidence marked in the text."""
    from audit.report.scanned import scanned  # brings templates, which the other formats can do without

    yield scanned((article, _ordered(findings)) for article, findings, _, _ in rows)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a code point, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _region(text: str, evidence: Evidence) -> dict[str, int]:
    line, column = place(text, evidence.start)
    end_line, end_column = place(text, evidence.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": evidence.start, "charLength": evidence.end - evidence.start}


def _ordered(findings: Iterable[Any]) -> list[Evidence]:
    found = [evidence for finding in findings for evidence in finding.evidence]
    return sorted(found, key=lambda item: (item.start, item.end, item.feature, item.rule))


FORMATS = {"text": as_text, "jsonl": as_jsonl, "sarif": as_sarif, "html": as_html}
