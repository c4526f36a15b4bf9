"""What `audit read` prints: what was understood of each input, to be checked before anything is measured.

In: articles as they stream in, and the list that takes what is skipped; out: lines of JSON, or one page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from audit.load import earlier_versions, join_versions
from audit.records import Article, Skipped

# What a page or row may leave out; a source where most articles lack one is worth a second look.
SAID = ("title", "published", "author", "url", "credit")
# A text shown in full beside its fields; a longer one opens on request.
SHORT = 700
SHOWN = 40
"""Articles whose text stands open on the page, so that a page with thousands of them stays light to look through."""

Form = Callable[[Iterable[Article], Sequence[Skipped]], Iterator[str]]


def as_jsonl(articles: Iterable[Article], skipped: Sequence[Skipped] = ()) -> Iterator[str]:
    """One JSON object per article, each as soon as it is read."""
    for article in articles:
        yield msgspec.json.encode(article).decode()


def as_html(articles: Iterable[Article], skipped: Sequence[Skipped] = ()) -> Iterator[str]:
    """One page for all articles, which are held in memory; nothing where there is none."""
    from audit.report import render, wording  # brings templates, which lines of JSON can do without

    read = list(articles)
    if not read:
        return
    joined = {version.id: kept for kept in join_versions(read) for version in earlier_versions(kept)}
    days = sorted(article.published[:10] for article in read if article.published)
    words = [len(article.text.split()) for article in read]
    by_language = Counter(article.language for article in read)
    facts = [
        wording.plural(len(read), "article"),
        wording.plural(len({article.source for article in read}), "source"),
        wording.plural(sum(words), "word"),
        wording.dates(days[0], days[-1]) if days else wording.dates(None, None),
        wording.listed([f"{_language(code)} {n}" for code, n in by_language.most_common()]),
    ]
    yield render.page(
        "read.html.jinja", "", kind="read", title="What was read", facts=facts,
        sources=_sources(read, words), said=SAID, skipped=msgspec.to_builtins(list(skipped)), joined=len(joined),
        articles=[_shown(*one, joined) for one in zip(range(len(read)), read, words, strict=True)],
    )  # fmt: skip


def _sources(articles: Sequence[Article], words: Sequence[int]) -> list[dict[str, Any]]:
    """Per source how many articles, how many words, and how many articles say each of `SAID`."""
    from audit.report import wording

    rows: dict[str, dict[str, Any]] = {}
    for number, (article, count) in enumerate(zip(articles, words, strict=True)):
        empty = {"name": wording.name(article.source, "unnamed"), "n": 0, "words": 0, "first": f"a{number}"}
        row = rows.setdefault(article.source, empty | {"said": dict.fromkeys(SAID, 0)})
        row["n"] += 1
        row["words"] += count
        for field in SAID:
            row["said"][field] += getattr(article, field) is not None
    return [row | {"words": wording.whole(row["words"])} for _, row in sorted(rows.items())]


def _shown(number: int, article: Article, words: int, joined: dict[str, Article]) -> dict[str, Any]:
    from audit.report import wording
    from audit.report.view import reading

    paragraphs = [part for part in article.text.split("\n") if part.strip()]
    later = joined.get(article.id)
    return {
        "place": f"a{number}",
        "title": wording.name(article.title, "") if article.title else "",
        "fields": [
            ("source", wording.name(article.source)), ("published", wording.moment(article.published)),
            ("author", wording.name(article.author or "")), ("credit", wording.name(article.credit or "")),
            ("language", _language(article.language) if article.language else ""), ("id", wording.name(article.id)),
        ],
        "url": article.url or "",
        "words": wording.plural(words, "word"),
        "notes": reading.noted(article.meta),
        "later": f"{wording.name(later.title, 'untitled')}, {_updated(later)}" if later else "",
        "language": article.language or "",
        "paragraphs": paragraphs,
        "open": number < SHOWN and len(article.text) <= SHORT,
        "lead": paragraphs[0][:SHORT] if paragraphs else "",
    }  # fmt: skip


def _updated(article: Article) -> str:
    from audit.report import wording

    return wording.moment(article.meta.get("updated", article.published))


def _language(code: str | None) -> str:
    from audit.report import wording

    return wording.language(code) if code else "language unknown"


FORMATS: dict[str, Form] = {"jsonl": as_jsonl, "html": as_html}
