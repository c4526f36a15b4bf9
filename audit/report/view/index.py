"""A run in, the comparison of its sources as a plain dict out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from audit.extract.base import Extractor, Quantity
from audit.report import charts, names, wording
from audit.report.data import Book, Row
from audit.report.view import bias, method
from audit.report.view.compared import CONFIRMED, DISPUTED, Compared, Taken
from audit.report.view.headline import Scale, anchor, headline, scale
from audit.report.view.standout import copied, stands_out
from audit.report.view.study import study

MATRIX = 12
"""Sources up to which all pairs are drawn as a matrix; beyond it the pairs are listed."""

LISTED = 40
"""Rows that a list on the page shows before it points to the table."""

OPEN = 8
"""Stories that the page shows at once; it opens the others on demand."""

REASONS = 60
"""Inputs that were not audited, listed one by one up to this number; beyond it the rest are counted."""


def index(book: Book, compared: Compared, extractors: Mapping[str, Extractor]) -> dict[str, Any]:
    """Everything that `index.html` says."""
    columns = [(quantity, scale(book, quantity)) for quantity in headline(book)]
    return {
        "title": f"Audit of {wording.plural(len(book.sources), 'source')}",
        "facts": facts(book),
        "standing_out": stands_out(book, compared, _most(book)),
        "columns": [_column(quantity, drawn) for quantity, drawn in columns],
        "rows": [_row(book, source, columns) for source in sorted(book.sources, key=book.source_name)],
        "any_reference": any(drawn.reference for _, drawn in columns),
        "agreement": _agreement(book),
        "copies": _tree(book, compared.taken),
        "undirected": len(compared.undirected),
        "stories": _stories(book, compared),
        "skipped": [method.skipped(item) for item in book.audit["skipped"][:REASONS]],
        "more_skipped": max(0, len(book.audit["skipped"]) - REASONS),
        "notes": [wording.name(note) for note in book.audit["notes"]],
        "bias": bias.across(book),
        "study": study(),
        "method": method.method(book, extractors),
    }


def facts(book: Book) -> list[str]:
    """What was audited, in one line: `24 articles`, `3–19 Sept 2026`, `3 shared stories`, `English`."""
    days = sorted(row["published"] for row in book.articles.values() if row["published"])
    languages = Counter(row["language"] for row in book.articles.values() if row["language"])
    shared = sum(len(story["sources"]) > 1 for story in book.stories.values())
    found = [
        wording.plural(len(book.articles), "article"),
        wording.plural(sum(row["words"] for row in book.articles.values()), "word"),
        wording.plural(shared, "shared story", "shared stories"),
    ]
    if days:
        found.insert(1, wording.dates(days[0], days[-1]))
    if languages:
        found.append(wording.listed([wording.language(code) for code, _ in languages.most_common(3)]))
    return found


def _most(book: Book) -> int:
    settings = book.audit["run"].get("settings", {})
    return int(settings.get("report", {}).get("standing_out", 5))


def _column(quantity: Quantity, drawn: Scale) -> dict[str, Any]:
    return {
        "feature": quantity.feature,
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "back": charts.backdrop(drawn.back, drawn.axis, drawn.reference, drawn.median),
        "ends": (wording.short(drawn.axis.low, quantity), wording.short(drawn.axis.high, quantity)),
        "median": wording.short(drawn.median, quantity) if drawn.median is not None else "",
        "reference": wording.between(drawn.reference["p25"], drawn.reference["p75"], quantity)
        if drawn.reference
        else "",
        "anchor": anchor(quantity.feature),
    }


def _row(book: Book, source: str, columns: list[tuple[Quantity, Scale]]) -> dict[str, Any]:
    row = book.sources[source]
    cells = [cell(book, source, quantity, drawn) for quantity, drawn in columns]
    return {
        "name": book.source_name(source),
        "href": book.source_link(source),
        "cells": cells,
        "articles": row["articles"],
        "words": wording.plural(row["words"], "word").replace(wording.SPACE, " "),
        "few": row["articles"] < method.min_articles(book),
    }


def cell(book: Book, source: str, quantity: Quantity, drawn: Scale) -> dict[str, Any]:
    """One number of one source: value, count, interval and bar, or the reason why there is none."""
    row = book.score(source, quantity.feature)
    label = wording.capital(quantity.title)
    if row is None:
        found = book.scores.get((source, quantity.feature))
        reason = found["absent"] if found and found["absent"] else "not measured"
        return {"label": label, "absent": wording.name(reason), "sort": ""}
    alone = row["low"] is None
    return {
        "label": label,
        "absent": "",
        "sort": f"{row['value']:.6g}",
        "few": alone,
        "text": wording.short(row["value"], quantity),
        "count": wording.tally(row["count"], row["base"], quantity),
        "why": method.no_interval(row) if alone else "",
        "interval": "" if alone else wording.between(row["low"], row["high"], quantity),
        "bar": "" if alone else charts.bar(drawn.axis, row["value"], row["low"], row["high"], drawn.back),
        "href": book.source_link(source, anchor(quantity.feature)),
        "rank": row["rank"],
    }


def _agreement(book: Book) -> dict[str, Any]:
    pairs: dict[tuple[str, str], Counter[str]] = {}
    for pair in book.claim_pairs:
        a, b = sorted((book.source_of(pair["a"]), book.source_of(pair["b"])), key=book.source_name)
        if a != b:
            pairs.setdefault((a, b), Counter())[pair["relation"]] += 1
    sources = sorted({source for pair in pairs for source in pair}, key=book.source_name)
    most = sorted(pairs, key=lambda pair: (-sum(pairs[pair].values()), pair))
    return {
        "any": bool(pairs),
        "matrix": len(sources) <= MATRIX,
        "names": [
            {"name": book.source_name(source), "href": book.source_link(source, "against")} for source in sources
        ],
        "cells": [[_met(pairs.get((b, a))) for b in sources[:i]] for i, a in enumerate(sources)],
        "pairs": [
            {
                "a": book.source_name(a),
                "b": book.source_name(b),
                "href": book.source_link(a, "against"),
                **_met(pairs[a, b]),
            }
            for a, b in most[:LISTED]
        ],
        "more": max(0, len(most) - LISTED),
    }


def _met(counted: Counter[str] | None) -> dict[str, int]:
    counted = counted or Counter()
    return {"agrees": counted["agrees"], "disputes": counted["disputes"], "updated": counted["updated"]}


def _tree(book: Book, taken: list[Taken]) -> list[dict[str, Any]]:
    """Who copies whom as nested lists, those who take from nobody at the roots; a circle is cut where it closes."""
    below: dict[str, list[Taken]] = {}
    for item in taken:
        below.setdefault(item.origin, []).append(item)
    takers = {item.taker for item in taken}
    told: set[tuple[str, str]] = set()

    def node(source: str, path: tuple[str, ...]) -> dict[str, Any]:
        children = []
        for item in below.get(source, ()):
            if (item.origin, item.taker) not in told and item.taker not in path:
                told.add((item.origin, item.taker))
                children.append(
                    {
                        **node(item.taker, (*path, item.taker)),
                        "sentence": copied(book, item),
                        "passages": book.source_link(item.taker, "taken"),
                    }
                )
        return {"name": book.source_name(source), "href": book.source_link(source), "children": children}

    roots = [source for source in dict.fromkeys(item.origin for item in taken) if source not in takers]
    trees = [node(source, (source,)) for source in roots]
    for item in taken:
        if (item.origin, item.taker) not in told:
            trees.append(node(item.origin, (item.origin,)))
    return trees


def _stories(book: Book, compared: Compared) -> dict[str, Any]:
    """The stories that several sources tell, those with most dispute first; those of one source are counted."""
    found: list[Row] = []
    for id, story in book.stories.items():
        if len(story["sources"]) < 2:
            continue
        found.append(
            {
                "id": id,
                "title": wording.name(story["title"], f"story {wording.name(id)}"),
                "href": names.story_page(id),
                "dates": wording.dates(story["first"], story["last"]),
                "sources": len(story["sources"]),
                "articles": len(story["articles"]),
                "disputed": compared.count(id, DISPUTED),
                "confirmed": compared.count(id, CONFIRMED),
            }
        )
    found.sort(key=lambda row: (-row["disputed"], -row["sources"], -row["confirmed"], row["id"]))
    rows, more = found[:LISTED], max(0, len(found) - LISTED)
    return {"rows": rows, "shown": OPEN, "more": more, "own": len(book.stories) - len(found)}
