"""What a web page states about itself. In: its parsed tree; out: title, author, date, site, address, language, credit.

In the order of trust: JSON-LD of an article, OpenGraph and article meta tags, other meta tags, microdata and the
visible markup of bylines. Nothing is guessed: a field that the page does not state is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from audit.load.byline import is_name, read_byline
from audit.load.credit import known_outlet
from audit.load.dates import read_date
from audit.load.sources import host_of

_ARTICLE = re.compile(r"(?:\w{0,20}Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|WebPage|Review)")
_TITLE_TAIL = re.compile(r"\s(?:[|»•·–—-]|::)\s(?=[^|»•–—]{2,60}$)")
_MAX_JSON = 2_000_000
_MAX_NODES = 2_000
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "publishdate", "publish-date", "publish_date",
    "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "citation_publication_date",
    "article.published", "originalpublicationdate", "rnews:datepublished", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_AUTHOR_NAMES = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
    "citation_author", "article:author_name", "twitter:creator:name",
)  # fmt: skip
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline", "citation_title", "title")
_SITE_NAMES = ("og:site_name", "application-name", "al:ios:app_name", "dc.publisher", "citation_publisher", "publisher")


@dataclass(slots=True)
class PageMeta:
    """A page's statements about itself; dates are ISO 8601."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    credit: str | None = None


def read_meta(tree: HtmlElement, url: str | None = None) -> PageMeta:
    """Everything the page states, `url` being where it was saved from if that is known."""
    tags = _tags(tree)
    linked = _linked_data(tree)
    canonical = _absolute(_first(tree.xpath("//link[@rel='canonical']/@href")))
    page_url = _absolute(url) or _absolute(tags.get("og:url")) or canonical or _absolute(_text(linked.get("url")))
    meta = PageMeta(url=page_url)
    meta.site = _known_site(_name(linked.get("publisher"))) if not tags.get("og:site_name") else None
    meta.site = meta.site or next((tags[name] for name in _SITE_NAMES if tags.get(name)), None)
    meta.title = _title(tree, tags, linked, meta.site)
    meta.author = _author(tree, tags, linked, meta.site)
    meta.published = _published(tree, tags, linked)
    meta.language = _language(tree, tags, linked)
    meta.credit = _credit(canonical, page_url, linked)
    return meta


def _title(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any], site: str | None) -> str | None:
    headings = [_content(node) for node in tree.xpath("//h1")[:5]]
    stated = _text(linked.get("headline")) or next((tags[name] for name in _TITLE_NAMES if tags.get(name)), None)
    document = _content(node) if (node := _first(tree.xpath("//head/title"))) is not None else None
    title = stated or (headings[0] if len(headings) == 1 else None) or document or (headings[0] if headings else None)
    if not title:
        return None
    # The visible heading is how the page words its title; a stated one often has the site's name behind it.
    for heading in headings:
        if heading and len(heading.split()) > 2 and title.startswith(heading):
            return heading
    pieces = _TITLE_TAIL.split(title)
    if len(pieces) > 1 and (site is None or pieces[-1].casefold() in (site.casefold(), (host_of(site) or "").casefold())):
        return title[: -len(pieces[-1])].rstrip(" |»•·–—-:") or title
    return title


def _author(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any], site: str | None) -> str | None:
    people = linked.get("author") or linked.get("creator")
    stated = [_name(person) for person in (people if isinstance(people, list) else [people])]
    stated += [tags.get(name) for name in _AUTHOR_NAMES]
    names = [_person(name, site) for name in stated[: len(stated)] if name]
    listed = [name for name in names[: len(people) if isinstance(people, list) else 1] if name]
    if isinstance(people, list) and listed:
        return ", ".join(dict.fromkeys(listed))
    if found := next((name for name in names if name), None):
        return found
    for path in _VISIBLE_AUTHORS:
        written = [_person(_content(node), site) for node in tree.xpath(path)[:6]]
        if people_found := [name for name in dict.fromkeys(written) if name]:
            return ", ".join(people_found)
    return None


_VISIBLE_AUTHORS = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author' and not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
    "//*[self::span or self::p or self::div or self::a or self::address or self::li]"
    "[contains(concat(' ', @class, ' '), ' byline ') or contains(concat(' ', @class, ' '), ' author ') or contains(@class, 'byline__name')"
    " or contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, 'article-author') or contains(@class, 'article__author')]",
)


def _person(text: str | None, site: str | None) -> str | None:
    """The names in a stated author, or None for a link, a handle, the site itself or a staff account."""
    if not text or "//" in text or text.startswith("@"):
        return None
    text = " ".join(text.split())
    if byline := read_byline(text if text.lower().startswith(("by ", "by:")) else f"By {text}"):
        return byline.author
    return text if is_name(text) and known_outlet(text) is None and text != site else None


def _published(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any]) -> str | None:
    stated = [_text(linked.get("datePublished")), *(tags.get(name) for name in _DATE_NAMES)]
    stated += tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")[:3]
    stated += tree.xpath("//time[@pubdate or contains(@class, 'publish')]/@datetime")[:3]
    stated += tree.xpath("(//article | //main)//time[not(ancestor::aside) and not(contains(@class, 'updated'))]/@datetime")[:1]
    stated += [_text(linked.get("dateCreated"))]
    return next((day for text in stated if text and (day := read_date(text))), None)


def _language(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any]) -> str | None:
    stated = _text(linked.get("inLanguage")) or tree.get("lang") or tags.get("og:locale") or tags.get("content-language") or ""
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", stated)
    return match[1].lower() if match else None


def _credit(canonical: str | None, url: str | None, linked: dict[str, Any]) -> str | None:
    """A canonical address on another site, or a provider that is stated as the origin: the text comes from there."""
    there, here = host_of(canonical or ""), host_of(url or "")
    if there and here and there.split(".")[-2:] != here.split(".")[-2:]:
        return known_outlet(there) or there
    origin = linked.get("isBasedOn") or linked.get("sourceOrganization") or linked.get("provider")
    based = _text(origin) if isinstance(origin, str) else _name(origin)
    if not based or based == _name(linked.get("publisher")):
        return None
    return known_outlet(based) or (host_of(based) if "//" in based else based)


def _tags(tree: HtmlElement) -> dict[str, str]:
    tags: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").strip().lower()
        content = " ".join((node.get("content") or "").split())
        if name and content:
            tags.setdefault(name, content)
    return tags


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """The first JSON-LD node that is an article, with the names that its @id references point to."""
    nodes: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:20]:
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        if not text or len(text) > _MAX_JSON:
            continue
        try:
            nodes += list(_nodes(json.loads(text, strict=False)))[:_MAX_NODES]
        except (ValueError, RecursionError):
            continue
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    ranked = sorted((node for node in nodes if _rank(node)), key=_rank)
    if not ranked:
        return {}
    return {key: _resolve(value, by_id) for key, value in ranked[0].items()}


def _rank(node: dict[str, Any]) -> int:
    """1 for an article, 2 for a mere web page, 0 for anything else."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    names = [kind for kind in kinds if isinstance(kind, str) and _ARTICLE.fullmatch(kind)]
    return 0 if not names else 2 if all(name in ("WebPage", "Review") for name in names) else 1


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting = item[:_MAX_NODES] + waiting
        elif isinstance(item, dict):
            yield item
            waiting += [value for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(value := item.get(key), (list, dict))]


def _resolve(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, by_id) for item in value[:50]]
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _content(node: Any) -> str | None:
    return " ".join(node.text_content().split()) or None


def _first(found: Any) -> Any:
    return found[0] if found else None


def _absolute(url: str | None) -> str | None:
    return url.strip() if url and re.match(r"https?://[^\s/]{3,}", url.strip()) else None


def _known_site(name: str | None) -> str | None:
    return name if name and not name.startswith("http") else None
