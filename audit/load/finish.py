"""Drafts to articles. In: Drafts and the manifest's names; out: Articles with id, source and language, or Skipped.

The source is, in this order: what the manifest calls the draft's own source, folder or domain; the source that the
row or page names; the sub-folder; the domain of its URL; the file's stem (without a manifest each file of a flat
folder is its own source); else "unknown".
"""

from __future__ import annotations

import hashlib
import re

from audit.load.credit import known_outlet
from audit.load.draft import Draft, Input, Limits
from audit.load.language import detect
from audit.load.marks import left_in
from audit.load.seen import Seen
from audit.load.sources import Names, host_of
from audit.records import Article, Skipped

UNKNOWN = "unknown"
_ID_DIGITS = 12
MADE_ID = re.compile(f"[0-9a-f]{{{_ID_DIGITS}}}")
"""What an id looks like that the input did not give."""


class Finisher:
    """Turns drafts into articles and remembers the ids it gave, so that a repeated one is named and not lost."""

    def __init__(self, limits: Limits, names: Names) -> None:
        self._limits, self._names = limits, names
        self._seen = Seen()

    def finish(self, draft: Draft, entry: Input) -> Article | Skipped:
        """The article of `draft`, or the reason why it cannot be one."""
        text = draft.text
        if not text or text.isspace():
            return Skipped(draft.where, "the article has no text; give it some, or leave it out")
        if len(text) > self._limits.max_article_chars:
            size = f"{len(text):,} characters, over the limit of {self._limits.max_article_chars:,}"
            return Skipped(draft.where, f"the text has {size}; split it, or raise max_article_chars in the settings")
        if self._limits.min_words > 1 and (words := len(text.split())) < self._limits.min_words:
            return Skipped(draft.where, f"the text has {words} words, fewer than min_words = {self._limits.min_words}")
        source = self._source(draft, entry)
        article = Article(
            draft.id or article_id(source, text),
            source,
            text,
            draft.url,
            draft.title,
            _language(draft.language) or detect(text),
            draft.published,
            draft.author,
            self._credit(draft.credit, source),
            draft.meta,
        )
        if marks := left_in(text):
            article.meta["kept"] = marks
        if not (text.isascii() or _is_unicode(article)):
            return Skipped(
                draft.where, "a field holds half of a surrogate pair, which no file can store; mend the text"
            )
        return self._once(article, draft.where)

    def _source(self, draft: Draft, entry: Input) -> str:
        names = self._names
        known = names.find(draft.source) or names.find_url(draft.url) or names.find(entry.folder)
        if known is None and draft.source is None:
            known = names.find(entry.stem)
        if known is not None:
            return known.name
        return draft.source or entry.folder or _domain(draft.url) or entry.stem or UNKNOWN

    def _credit(self, credit: str | None, source: str) -> str | None:
        """The credit by its name in the manifest, unless it is the source itself: a paper credits itself to nobody."""
        if credit is None:
            return None
        known = self._names.find(credit) or self._names.find_url(credit)
        name = known.name if known else credit
        return None if name.casefold() == source.casefold() or name == known_outlet(source) else name

    def _once(self, article: Article, where: str) -> Article | Skipped:
        first = self._seen.first(article.id, f"{article.source}\n{article.text}", where)
        if first is None:
            return article
        place, same = first
        if same:
            return Skipped(where, f"repeats the article '{article.id}' of {place} word for word; counted once")
        return Skipped(where, f"the id '{article.id}' was used for another text at {place}; give each article its own")


def article_id(source: str, text: str) -> str:
    """12 hexadecimal digits of the SHA-256 of source and text: the same article has the same id in every run."""
    return hashlib.sha256(f"{source}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


def _domain(url: str | None) -> str | None:
    """The part of a URL's host that someone registered (bbc.co.uk of news.bbc.co.uk), by the list shipped with tld."""
    host = host_of(url) if url else None
    if host is None:
        return None
    from tld import get_fld  # reads a list of 10,000 suffixes, which most inputs never need

    return get_fld(host, fix_protocol=True, fail_silently=True) or host


def _language(given: str | None) -> str | None:
    """The code of a language that the row or page states: "en" of "en-GB"; a language's name is not a code."""
    code = (given or "").replace("_", "-").partition("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else None


def _is_unicode(article: Article) -> bool:
    try:
        for value in (article.text, article.id, article.source, article.url, article.title, article.author):
            (value or "").encode()
    except UnicodeEncodeError:
        return False
    return True
