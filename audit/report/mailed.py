"""A run in, one file per source out that can be mailed: its report, and after it its articles with their marks.

Nothing in it leads to another file: what stands in it is linked, every other link becomes plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from audit.extract import extractors
from audit.extract.base import Quantity
from audit.report import names, render
from audit.report.article_pages import Articles, marked
from audit.report.data import Results, bind
from audit.report.marked import Signal, body
from audit.report.target import Before, Target
from audit.report.view.article import legend
from audit.report.write import Work

APPENDED = 60
"""Articles that a file holds, the earliest first: some 50 kB each, so that the file stays below three megabytes."""

ANCHOR = re.compile(r"<a ([^>]*)>|</a>")
HREF = re.compile(r'href="([^"]*)"')
ONWARD = 'class="to"'
"""Links whose words say nothing but where they lead: without the link they go too."""

PLACES = re.compile(r'( id="| href="#| aria-describedby=")')


def mailed(
    results: Results, quantities: dict[str, Quantity], sources: Sequence[str] = (), *, redact: bool = False
) -> Iterator[tuple[str, str]]:
    """For each source asked for (all, if none) the name of its file without ending, and the page."""
    drawn = legend(extractors())
    with TemporaryDirectory() as scratch:
        work = Work(results, quantities, Target("", redact, Before(Path())), Path(scratch))
        links, book = work.links(sources or None), bind(results, quantities)
        appended = {id: book.order.get(id, [])[:APPENDED] for id in links}
        given = _articles(work.articles(), drawn, {id for mine in appended.values() for id in mine})
        for order in work.ordered():
            order.made()
        for task in work.sources([*links]):
            number = {names.article_page(id): f"a{place}-" for place, id in enumerate(appended[task.id], 1)}
            articles = [
                _shown(given[id], book.title(id), number[names.article_page(id)]) for id in appended[task.id]
            ]
            used = {name for article in articles for name in article["signals"]}
            page = render.page(
                "mail.html.jinja",
                "../",
                kind="mail",
                **task.view(),
                appended=articles,
                legend=[signal for name, signal in drawn.items() if name in used],
            )
            yield links[task.id].split("/")[-1].removesuffix(".html"), linked(page, number)


def _articles(tasks: Iterable[Articles], drawn: dict[str, Signal], wanted: set[str]) -> dict[str, dict[str, Any]]:
    """The marked text of each wanted article, and which signals mark it."""
    shown = {}
    for task in tasks:
        for article, evidence in task.given([id for id in task.partition.ids if id in wanted]):
            spans, anchors = marked(article, evidence, drawn, redact=task.target.redact)
            shown[article["id"]] = {
                "body": body(article["text"], spans, anchors, drawn, redact=task.target.redact),
                "signals": {span.signal for span in spans},
                "facts": article["frame"]["facts"],
            }
    return shown


def _shown(given: dict[str, Any], title: str, prefix: str) -> dict[str, Any]:
    """One article of the file; its places get a name of their own, since every article counts its marks from 0."""
    return given | {
        "id": prefix.rstrip("-"),
        "title": title,
        "body": Markup(PLACES.sub(rf"\g<1>{prefix}", str(given["body"]))),  # noqa: S704 - escaped when the body was made
    }


def linked(page: str, number: Mapping[str, str]) -> str:
    """The page with its links to articles led to where they stand in it, and all others to files taken away.

    `number` gives, for the path of an article's page, what the names of its places begin with.
    """
    out, at, kept, told = [], 0, True, True
    for found in ANCHOR.finditer(page):
        out.append(page[at : found.start()] if told else "")
        at, told = found.end(), True
        if found[1] is None:
            out.append("</a>" if kept else "")
            continue
        target = HREF.search(found[1])
        href = _within(target[1] if target else "", number)
        kept = bool(href)
        told = kept or ONWARD not in found[1]
        start, end = target.span(1) if target else (0, 0)
        out.append(f"<a {found[1][:start]}{href}{found[1][end:]}>" if kept else "")
    return "".join([*out, page[at:]])


def _within(href: str, number: Mapping[str, str]) -> str:
    """Where a link leads within the file; empty where the file does not hold its target."""
    if href.startswith("#") or urlsplit(href).scheme in ("http", "https"):
        return href
    path, _, fragment = href.removeprefix("../").partition("#")
    prefix = number.get(path)
    return "" if prefix is None else f"#{prefix}{fragment}".rstrip("-")
