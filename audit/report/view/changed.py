"""Two runs in, what changed between them out, as plain rows for the page, the terminal and JSON alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from audit.extract.base import Quantity
from audit.report import charts, wording
from audit.report.data import Results, Row, rows
from audit.report.view.headline import bounded

LISTED = 60
"""Articles that came or went, listed one by one up to this number."""


def changed(before: Results, after: Results, quantities: Mapping[str, Quantity]) -> dict[str, Any]:
    """What went into each run, which articles came and went, and which values of sources moved."""
    values = _values(before, after, quantities)
    articles = [rows(run.table("articles", ["id", "source", "title"])) for run in (before, after)]
    old, new = ({row["id"]: row for row in one} for one in articles)
    return {
        "title": "What changed between two runs",
        "facts": [_size("before", before.audit), _size("after", after.audit)],
        "made": list(_made(before.audit, after.audit)),
        "added": [_article(new[id]) for id in sorted(new.keys() - old.keys())],
        "removed": [_article(old[id]) for id in sorted(old.keys() - new.keys())],
        "kept": len(old.keys() & new.keys()),
        "listed": LISTED,
        "sources_added": sorted(set(after.audit["sources"]) - set(before.audit["sources"])),
        "sources_removed": sorted(set(before.audit["sources"]) - set(after.audit["sources"])),
        "apart": [row for row in values if row["apart"]],
        "within": [row for row in values if not row["apart"]],
        "disputes": [_column(run, "claim_pairs", "relation").count("disputes") for run in (before, after)],
        "copies": [sum(kind != "same-story" for kind in _column(run, "pairs", "kind")) for run in (before, after)],
    }


def _column(run: Results, table: str, column: str) -> list[Any]:
    found: list[Any] = run.table(table, [column])[column].to_pylist()
    return found


def _size(when: str, audit: Mapping[str, Any]) -> str:
    return f"{when}: {wording.plural(len(audit['sources']), 'source')}, {wording.plural(audit['articles'], 'article')}"


def _made(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What the runs were made with, where it differs: version, settings, articles, models, word lists."""
    old, new = _flat(before["run"]), _flat(after["run"])
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            one, other = (str(run.get(key, "none")) for run in (old, new))
            digest = key.startswith("digests")
            yield {
                "what": key.replace("digests.", "digest of "),
                "before": one[:12] if digest else one,
                "after": other[:12] if digest else other,
            }


def _flat(given: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in given.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{path}{key}.")
        else:
            found[f"{path}{key}"] = value
    return found


def _article(row: Row) -> dict[str, str]:
    return {
        "id": row["id"],
        "source": wording.name(row["source"]),
        "title": wording.name(row["title"], f"untitled ({row['id']})"),
    }


def _values(before: Results, after: Results, quantities: Mapping[str, Quantity]) -> list[dict[str, Any]]:
    """Values of sources in both runs that read differently, those whose intervals part first."""
    old, new = _scores(before), _scores(after)
    sources = [row for run in (before, after) for row in rows(run.table("sources", ["id", "name"]))]
    names = {row["id"]: wording.name(row["name"], "unnamed") for row in sources}
    differing = [rows(run.table("differences", ["source", "feature", "holds"])) for run in (before, after)]
    stood = [{(row["source"], row["feature"]): row["holds"] for row in one} for one in differing]
    found = []
    for key in sorted(old.keys() & new.keys()):
        quantity = quantities.get(key[1])
        if quantity is None or _told(old[key], quantity) == _told(new[key], quantity):
            continue
        held = [bool(one.get(key)) for one in stood]
        found.append(_value(names[key[0]], key, old[key], new[key], quantity) | {"held": _held(*held)})
    order = list(quantities)
    return sorted(found, key=lambda row: (not row["apart"], row["name"], order.index(row["feature"])))


def _scores(run: Results) -> dict[tuple[str, str], Row]:
    return {(row["subject"], row["feature"]): row for row in rows(run.table("scores")) if row["level"] == "source"}


def _told(row: Row, quantity: Quantity) -> tuple[str, ...]:
    """How a score reads: its value and its count."""
    if row["value"] is None:
        return ("not measured", wording.name(row["absent"]))
    return wording.short(row["value"], quantity), wording.tally(row["count"] or 0, row["base"] or 0, quantity)


def _value(name: str, key: tuple[str, str], old: Row, new: Row, quantity: Quantity) -> dict[str, Any]:
    ends = [row[end] for row in (old, new) for end in ("value", "low", "high")]
    axis = bounded(charts.axis(ends, grade=quantity.kind == "grade"), quantity)
    known = old["value"] is not None and new["value"] is not None
    return {
        "source": key[0],
        "name": name,
        "feature": quantity.feature,
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "before": _told(old, quantity),
        "after": _told(new, quantity),
        "values": [row["value"] for row in (old, new)],
        "intervals": [_interval(row, quantity) for row in (old, new)],
        "apart": _apart(old, new),
        "bar": charts.moved(axis, *((row["value"], row["low"], row["high"]) for row in (old, new))) if known else "",
        "ends": (wording.short(axis.low, quantity), wording.short(axis.high, quantity)),
    }


def _interval(row: Row, quantity: Quantity) -> str:
    return "" if row["low"] is None else wording.between(row["low"], row["high"], quantity)


def _apart(old: Row, new: Row) -> bool:
    """Whether the intervals of the two runs have no value in common."""
    if None in (old["low"], new["low"]):
        return False
    return bool(old["low"] > new["high"] or old["high"] < new["low"])


def _held(before: bool, after: bool) -> str:
    if before == after:
        return ""
    return "sets it apart from the others now" if after else "no longer sets it apart from the others"
