"""Articles with their evidence in, one page with all of them out: what `audit scan --format html` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit.extract import extractors
from audit.records import Article, Evidence
from audit.report import render
from audit.report.marked import Span, body
from audit.report.view.article import legend


def scanned(articles: Iterable[tuple[Article, list[Evidence]]]) -> str:
    """One self-contained page; the marks of an article are numbered through the page."""
    signals = legend(extractors())
    shown: list[dict[str, Any]] = []
    number = 0
    used: set[str] = set()
    for article, evidence in articles:
        spans = []
        for item in evidence:
            name = item.feature.split(".")[0]
            if name in signals and item.end > item.start:
                spans.append(_span(number, name, item))
                used.add(name)
                number += 1
        shown.append(
            {
                "title": article.title or article.id,
                "source": article.source,
                "marks": len(spans),
                "body": body(article.text, spans, [], signals),
            }
        )
    return render.page(
        "scan.html.jinja",
        "",
        kind="article",
        title=f"Evidence in {len(shown)} articles",
        articles=shown,
        facts=[f"{number} marks"],
        legend=[signal for name, signal in signals.items() if name in used],
    )


def _span(number: int, name: str, item: Evidence) -> Span:
    quoted = " Inside a quotation: the speaker's words." if item.quoted else ""
    note = f"{item.reason} [{item.rule}, weight {item.weight:.3g}]{quoted}"
    parts = tuple((part.start, part.end, part.role) for part in item.parts)
    return Span(f"e{number}", name, item.start, item.end, note, parts)
