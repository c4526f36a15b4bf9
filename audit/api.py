"""The light half of the library: articles as they were understood, and their evidence. Nothing here compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from audit import load
from audit.extract import extract
from audit.parse import Parsed, parse
from audit.records import SCHEMA, Article, Evidence, Finding, Skipped
from audit.reference import load as load_reference
from audit.settings import Settings
from audit.settings import load as load_settings

BATCH = 200
"""Articles that `scan` measures together: enough to share work on words, few enough to stream."""


def read(inputs: Sequence[str | Path], *, settings: Settings | None = None, manifest: Path | None = None,
         columns: Mapping[str, str] | None = None,
         places: dict[str, str] | None = None) -> Iterator[Article | Skipped]:
    """Articles as they were understood, and what had to be skipped; streams. Raises InputError for a missing path.

    `places` is given the file, and the row in it, of each article that is yielded, by its id.
    """
    yield from load.load([str(item) for item in inputs], settings or load_settings(), manifest, columns, places)


def scan(articles: Iterable[Article], features: Sequence[str] | None = None) -> Iterator[tuple[Article, list[Finding]]]:
    """Each article with its findings, one per signal, in order; streams in batches."""
    for article, findings, _, _ in scanned(articles, features):
        yield article, findings


Scanned = tuple[Article, list[Finding], int, int]


def scanned(articles: Iterable[Article], features: Sequence[str] | None = None, first: int = 1) -> Iterator[Scanned]:
    """The same with numbers of words and sentences. The first batch has `first` articles: output starts soon."""
    waiting, size = iter(articles), first
    while batch := list(islice(waiting, size)):
        parsed = parse(batch)
        yield from _rows(parsed, extract(parsed, features))
        size = min(BATCH, size * 8)


def _rows(parsed: Parsed, found: dict[str, list[Finding]]) -> Iterator[Scanned]:
    words = parsed.document_words.tolist()
    sentences = (parsed.document_sentences[1:] - parsed.document_sentences[:-1]).tolist()
    for index, article in enumerate(parsed.articles):
        yield article, [findings[index] for findings in found.values()], words[index], sentences[index]


def scan_object(row: Scanned) -> dict[str, Any]:
    """The JSON object that `audit scan --format jsonl` prints for one article."""
    article, findings, words, sentences = row
    standard = load_reference() if (article.language or "en").startswith("en") else None  # reference news is English
    measures, scores, evidence = {}, {}, []
    for finding in findings:
        for m in finding.measures:
            rate = m.rate
            measures[m.feature] = {"count": m.count, "base": m.base, "unit": m.unit, "rate": rate, "absent": m.absent}
            if rate is not None:
                place = standard.percentile(m.feature, rate, "article") if standard else None
                scores[m.feature] = {"value": rate, "low": None, "high": None, "percentile": place}
        for s in finding.scores:
            place = standard.percentile(s.feature, s.value, "article") if standard else None
            scores[s.feature] = {"value": s.value, "low": s.low, "high": s.high, "percentile": place}
        for m in finding.measures:
            if m.absent is not None:
                scores.pop(m.feature, None)
        evidence += [_evidence(item, article.text) for item in finding.evidence]
    evidence.sort(key=lambda item: (item["start"], item["end"], item["feature"], item["rule"]))
    return {
        "schema": SCHEMA, "id": article.id, "source": article.source, "title": article.title,
        "language": article.language, "words": words, "sentences": sentences, "measures": measures, "scores": scores,
        "evidence": evidence,
    }


def _evidence(item: Evidence, text: str) -> dict[str, Any]:
    return {
        "feature": item.feature, "rule": item.rule, "start": item.start, "end": item.end,
        "text": text[item.start:item.end], "reason": item.reason, "weight": item.weight, "quoted": item.quoted,
        "parts": item.parts, "attributes": item.attributes,
    }
