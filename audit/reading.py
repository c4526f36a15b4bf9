"""What `audit read` prints: what was understood of each input, to be checked before anything is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from markupsafe import escape

from audit.records import Article

FIELDS = ("id", "source", "published", "author", "credit", "language", "url")
STYLE = """body{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;font:inherit}"""


def as_jsonl(articles: Iterable[Article]) -> Iterator[str]:
    """One JSON object per article."""
    for article in articles:
        yield msgspec.json.encode(article).decode()


def as_html(articles: Iterable[Article]) -> Iterator[str]:
    """One page for all articles; what is not known is said to be unknown."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield (f'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
           f'content="{policy}"><title>What was read</title><style>{STYLE}</style><h1>What was read</h1>')
    for article in articles:
        yield f"<article><h2><bdi>{escape(article.title or 'title unknown')}</bdi></h2><dl>"
        for field in FIELDS:
            yield f"<dt>{field}<dd><bdi>{escape(getattr(article, field) or 'unknown')}</bdi>"
        yield f"</dl><pre>{escape(article.text)}</pre></article>"
    yield "</html>"


FORMATS = {"jsonl": as_jsonl, "html": as_html}
