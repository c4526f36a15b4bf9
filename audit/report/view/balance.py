"""Groups and parties of speakers in, whose voices a source and a story let speak out; and who quotes whom."""

from __future__ import annotations

from typing import Any

from audit.compare.groups import GROUPS
from audit.report import charts, names, wording
from audit.report.data import Book, Row
from audit.report.view.headline import anchor

SPEAKERS, COLUMNS = 20, 12
"""Rows and columns of who quotes whom; with more sources the page lists them by name."""

ONE_SIDED = 30
"""Speakers whom one side alone quotes, that the page lists."""


UNTOLD = ("", "unsaid", "other")
"""Groups that say nothing of a speaker beside a text that says more."""


def of_source(book: Book, id: str) -> dict[str, Any]:
    """Each group's and party's share of a source's statements, beside the other sources of the same stories."""
    rows = {(row["kind"], row["name"]): row for row in book.balance.get("", []) if row["source"] == id}
    shares = [book.score(id, f"balance.{name}") for name in GROUPS]
    ends = [row[end] for row in shares if row for end in ("value", "high")]
    ends += [row["others"] / row["others_base"] for row in rows.values()]
    axis = charts.Axis(0.0, min(1.0, charts.axis(ends).high))
    groups = [_group(book, id, name, rows.get(("group", name)), axis) for name in GROUPS]
    shared = next(iter(rows.values()), None)
    return {
        "groups": [group for group in groups if group["count"] or group["others"]],
        "none": [group["title"] for group in groups if not group["count"] and not group["others"]],
        "anchors": [group["id"] for group in groups if not group["count"] and not group["others"]],
        "parties": [_party(row) for (kind, _), row in rows.items() if kind == "party"],
        "statements": groups[0]["base"],
        "articles": shared["articles"] if shared else 0,
        "ends": (wording.percent(0), wording.percent(axis.high)),
    }


def _group(book: Book, id: str, name: str, shared: Row | None, axis: charts.Axis) -> dict[str, Any]:
    feature = f"balance.{name}"
    row = book.score(id, feature)
    back = f"b-{name}"
    elsewhere = shared["others"] / shared["others_base"] if shared else None
    return {
        "id": anchor(feature),
        "title": wording.capital(GROUPS[name]),
        "count": row["count"] if row else 0,
        "base": int(row["base"]) if row else 0,
        "share": wording.percent(row["value"]) if row else "",
        "interval": _between(row["low"], row["high"]) if row and row["low"] is not None else "",
        "back": charts.backdrop(back, axis, None, elsewhere),
        "bar": charts.bar(axis, row["value"], row["low"], row["high"], back) if row else "",
        "others": shared["others"] if shared else 0,
        **_beside(shared),
    }


def _beside(shared: Row | None) -> dict[str, Any]:
    """A group or party in shared stories: here, elsewhere, and the difference in points of a hundred."""
    if shared is None:
        return {"here": "", "elsewhere": "", "difference": "", "around": ""}
    known = shared["difference_low"] is not None
    return {
        "here": f"{shared['count']} of {shared['base']}",
        "elsewhere": f"{shared['others']} of {shared['others_base']}",
        "difference": _points(shared["difference"]),
        "around": f"{_points(shared['difference_low'])} to {_points(shared['difference_high'])}" if known else "",
    }


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", wording.MINUS) if abs(share) >= 0.005 else "0"


def _between(low: float, high: float) -> str:
    return f"{100 * low:.0f}{wording.DASH}{100 * high:.0f}{wording.SPACE}%"


def _party(row: Row) -> dict[str, Any]:
    return {"title": wording.name(row["name"]), **_beside(row)}


def in_story(book: Book, id: str) -> dict[str, Any]:
    """The statements of each group and party in a story, source by source."""
    rows = book.balance.get(id, [])
    columns = sorted({row["source"] for row in rows}, key=book.source_name)
    bases = {row["source"]: row["base"] for row in rows}
    counts = {(row["kind"], row["name"], row["source"]): row["count"] for row in rows}
    keys = list(dict.fromkeys((row["kind"], row["name"]) for row in rows))
    order = list(GROUPS)
    keys.sort(key=lambda key: (key[0], order.index(key[1]) if key[0] == "group" else 0, key[1]))
    return {
        "columns": [
            {"name": book.source_name(source), "href": book.source_link(source, "balance"), "base": bases[source]}
            for source in columns
        ],
        "rows": [
            {
                "title": wording.capital(GROUPS[name]) if kind == "group" else wording.name(name),
                "party": kind == "party",
                "cells": [counts.get((kind, name, source), 0) for source in columns],
            }
            for kind, name in keys
            if any(counts.get((kind, name, source)) for source in columns)
        ],
    }


def quoting(book: Book) -> dict[str, Any]:
    """Who quotes whom in shared stories, and whom only one side quotes."""
    met: dict[tuple[str, str], list[Row]] = {}
    for row in book.quoted:
        met.setdefault((row["story"], row["speaker"]), []).append(row)
    several = {key: rows for key, rows in met.items() if rows[0]["sources"] > 1}
    alone = [rows for rows in met.values() if rows[0]["sources"] == 1 and rows[0]["tellers"] > 1]
    people: dict[str, dict[str, list[Row]]] = {}
    for (_, speaker), rows in several.items():
        for row in rows:
            people.setdefault(speaker, {}).setdefault(row["source"], []).append(row)
    order = sorted(people, key=lambda name: (-len(people[name]), -_statements(people[name]), name))
    columns = sorted({row["source"] for rows in several.values() for row in rows}, key=book.source_name)
    alone.sort(key=lambda rows: (-sum(row["statements"] for row in rows), rows[0]["story"], rows[0]["speaker"]))
    return {
        "matrix": len(columns) <= COLUMNS,
        "columns": [{"name": book.source_name(name), "href": book.source_link(name, "voices")} for name in columns],
        "rows": [_speaker(book, name, people[name], columns) for name in order[:SPEAKERS]],
        "more": max(0, len(order) - SPEAKERS),
        "alone": [_alone(book, rows) for rows in alone[:ONE_SIDED]],
        "more_alone": max(0, len(alone) - ONE_SIDED),
    }


def _statements(by_source: dict[str, list[Row]]) -> int:
    return sum(row["statements"] for rows in by_source.values() for row in rows)


def _speaker(book: Book, name: str, by_source: dict[str, list[Row]], columns: list[str]) -> dict[str, Any]:
    everything = [row for rows in by_source.values() for row in rows]
    said = [row["group"] for row in everything for _ in range(row["statements"]) if row["group"] not in UNTOLD]
    parties = [wording.name(row["party"]) for row in everything if row["party"]]
    told = [GROUPS[max(sorted(set(said)), key=said.count)]] if said else []
    return {
        "name": wording.name(name),
        "group": ", ".join([*told, *parties[:1]]),
        "cells": [_cell(book, by_source.get(source, [])) for source in columns],
        "by": [
            {"name": book.source_name(source), **_cell(book, by_source[source])}
            for source in columns
            if source in by_source
        ],
    }


def _cell(book: Book, rows: list[Row]) -> dict[str, Any]:
    if not rows:
        return {"n": 0, "direct": 0, "href": ""}
    return {
        "n": sum(row["statements"] for row in rows),
        "direct": sum(row["direct"] for row in rows),
        "href": book.article_link(rows[0]["articles"][0]),
    }


def _alone(book: Book, rows: list[Row]) -> dict[str, Any]:
    row = rows[0]
    story = book.stories.get(row["story"])
    sources = [book.source_name(other["source"]) for other in rows]
    return {
        "name": wording.name(row["speaker"]),
        "group": GROUPS.get(row["group"], ""),
        "sources": wording.listed(sources),
        "statements": sum(other["statements"] for other in rows),
        "href": book.article_link(row["articles"][0]),
        "story": names.story_page(row["story"]),
        "title": wording.name(story["title"], "story") if story else "story",
        "tellers": row["tellers"],
    }
