"""What a web page states about itself. In: its parsed tree; out: title, author, date, site, address, language, credit.

In the order of trust: JSON-LD of an article, OpenGraph and article meta tags, other meta tags, microdata and the
visible markup of bylines. Nothing is guessed: a field that the page does not state is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from audit.load.byline import is_name, read_byline
from audit.load.credit import known_outlet
from audit.load.dates import read_date
from audit.load.linked_data import name_of, read_linked_data, text_of
from audit.load.relative import is_relative
from audit.load.sources import host_of

_TITLE_TAIL = re.compile(r"\s(?:[|»•·–—-]|::)\s(?=[^|»•–—]{2,60}$)")
_STAMPED = re.compile(r"^(?:first )?(?:published|posted|updated|date)(?: on)?:? ", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time og:article:published_time datepublished date_published publishdate publish-date "
    "publish_date pubdate parsely-pub-date sailthru.date dc.date.issued dc.date dcterms.created dcterms.date "
    "citation_publication_date article.published originalpublicationdate rnews:datepublished date"
).split()
_AUTHOR_NAMES = (
    "author article:author og:article:author parsely-author sailthru.author dc.creator dcterms.creator byl "
    "cxenseparse:author citation_author article:author_name twitter:creator:name"
).split()
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline", "title")
_SITE_NAMES = ("og:site_name", "application-name", "al:ios:app_name", "dc.publisher", "citation_publisher", "publisher")

_BYLINE_CLASSES = ("byline__name", "author-name", "author__name", "article-author", "article__author", "post-author")
_VISIBLE_AUTHORS = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author' and not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
    "//*[self::span or self::p or self::div or self::a or self::address or self::li]["
    "contains(concat(' ', @class, ' '), ' byline ') or contains(concat(' ', @class, ' '), ' author ') or "
    + " or ".join(f"contains(@class, '{name}')" for name in _BYLINE_CLASSES)
    + "]",
)


@dataclass(slots=True)
class PageMeta:
    """A page's statements about itself; dates are ISO 8601."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    relative: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    credit: str | None = None


def read_meta(tree: HtmlElement, url: str | None = None) -> PageMeta:
    """Everything the page states, `url` being where it was saved from if that is known."""
    tags = _tags(tree)
    linked = read_linked_data(tree)
    canonical = _absolute(_first(tree.xpath("//link[@rel='canonical']/@href")))
    page_url = _absolute(url) or _absolute(tags.get("og:url")) or canonical or _absolute(text_of(linked.get("url")))
    meta = PageMeta(url=page_url)
    meta.site = _known_site(name_of(linked.get("publisher"))) if not tags.get("og:site_name") else None
    meta.site = meta.site or next((tags[name] for name in _SITE_NAMES if tags.get(name)), None)
    meta.title = _title(tree, tags, linked, meta.site)
    meta.author = _author(tree, tags, linked, meta.site)
    meta.published = _published(tree, tags, linked)
    meta.relative = _relative(tree) if meta.published is None else None
    meta.language = _language(tree, tags, linked)
    meta.credit = _credit(canonical, page_url, linked)
    return meta


def _title(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any], site: str | None) -> str | None:
    headings = [_content(node) for node in tree.xpath("//h1")[:5]]
    stated = text_of(linked.get("headline")) or next((tags[name] for name in _TITLE_NAMES if tags.get(name)), None)
    document = _content(node) if (node := _first(tree.xpath("//head/title"))) is not None else None
    title = stated or (headings[0] if len(headings) == 1 else None) or document or (headings[0] if headings else None)
    if not title:
        return None
    # The visible heading is how the page words its title; a stated one often has the site's name behind it.
    for heading in headings:
        if heading and len(heading.split()) > 2 and title.startswith(heading):
            return heading
    pieces = _TITLE_TAIL.split(title)
    if len(pieces) > 1 and (
        site is None or pieces[-1].casefold() in (site.casefold(), (host_of(site) or "").casefold())
    ):
        return title[: -len(pieces[-1])].rstrip(" |»•·–—-:") or title
    return title


def _author(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any], site: str | None) -> str | None:
    people = linked.get("author") or linked.get("creator")
    listed = [name_of(person) for person in (people if isinstance(people, list) else [people])]
    if found := _people(listed, site):
        return found
    for name in _AUTHOR_NAMES:
        if found := _people([tags.get(name)], site):
            return found
    written = (_people([_content(node) for node in tree.xpath(path)[:6]], site) for path in _VISIBLE_AUTHORS)
    return next(filter(None, written), None)


def _people(stated: list[str | None], site: str | None) -> str | None:
    """The names among stated authors, each once, joined by commas."""
    return ", ".join(dict.fromkeys(name for text in stated if (name := _person(text, site)))) or None


def _person(text: str | None, site: str | None) -> str | None:
    """The names in a stated author, or None for a link, a handle, the site itself or a staff account."""
    if not text or "//" in text or text.startswith("@"):
        return None
    text = " ".join(text.split())
    if byline := read_byline(text if text.lower().startswith(("by ", "by:")) else f"By {text}"):
        return byline.author
    return text if is_name(text) and known_outlet(text) is None and text != site else None


def _published(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any]) -> str | None:
    stated = [text_of(linked.get("datePublished")), *(tags.get(name) for name in _DATE_NAMES)]
    stated += tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")[:3]
    stated += tree.xpath("//time[@pubdate or contains(@class, 'publish')]/@datetime")[:3]
    stated += tree.xpath(
        "(//article | //main)//time[not(ancestor::aside) and not(contains(@class, 'updated'))]/@datetime"
    )[:1]
    stated += [text_of(linked.get("dateCreated"))]
    return next((day for text in stated if text and (day := read_date(text))), None)


def _relative(tree: HtmlElement) -> str | None:
    """A visible date that counts from the day the page was saved, such as "3 hours ago"."""
    places = tree.xpath(
        "(//article | //main | //header | //body)//*[self::time or self::span or self::p or self::div or self::li]"
        "[self::time or contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish') "
        "or contains(@class, 'posted')][not(ancestor::aside) and not(ancestor::footer)]"
    )
    texts = (_STAMPED.sub("", _content(node) or "") for node in places[:20])
    return next((text for text in texts if is_relative(text, labelled=True)), None)


def _language(tree: HtmlElement, tags: dict[str, str], linked: dict[str, Any]) -> str | None:
    named = (text_of(linked.get("inLanguage")), tree.get("lang"), tags.get("og:locale"), tags.get("content-language"))
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", next(filter(None, named), ""))
    return match[1].lower() if match else None


def _credit(canonical: str | None, url: str | None, linked: dict[str, Any]) -> str | None:
    """A canonical address on another site, or a provider that is stated as the origin: the text comes from there."""
    there, here = host_of(canonical or ""), host_of(url or "")
    if there and here and there.split(".")[-2:] != here.split(".")[-2:]:
        return known_outlet(there) or there
    origin = linked.get("isBasedOn") or linked.get("sourceOrganization") or linked.get("provider")
    based = text_of(origin) if isinstance(origin, str) else name_of(origin)
    if not based or based == name_of(linked.get("publisher")):
        return None
    return known_outlet(based) or (host_of(based) if "//" in based else based)


def _tags(tree: HtmlElement) -> dict[str, str]:
    """Meta tags by lower-case name; the first of a name counts."""
    tags: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        keys = (node.get(attribute) for attribute in ("property", "name", "itemprop", "http-equiv"))
        name = next(filter(None, keys), "").strip().lower()
        content = " ".join(node.get("content").split())
        if name and content:
            tags.setdefault(name, content)
    return tags


def _content(node: Any) -> str | None:
    return " ".join(node.text_content().split()) or None


def _first(found: Any) -> Any:
    return found[0] if found else None


def _absolute(url: str | None) -> str | None:
    return url.strip() if url and re.match(r"https?://[^\s/]{3,}", url.strip()) else None


def _known_site(name: str | None) -> str | None:
    return name if name and not name.startswith("http") else None
