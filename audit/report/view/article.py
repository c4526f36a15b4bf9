"""One article in, its page as a plain dict out: its numbers, its marks and the ways to the other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from audit.extract.base import Extractor, Quantity
from audit.report import names, wording
from audit.report.data import Book, Row, decoded
from audit.report.marked import Signal, Span
from audit.report.view import reading
from audit.report.view.headline import anchor, signal

STYLES = {
    "attribution": "s0",
    "hedging": "s1",
    "loaded": "s2",
    "translation": "s3",
    "agreement": "s4",
    "reuse": "s5",
    "alone": "s6",
}
"""The line that marks a signal. A signal of a third party takes `s7`."""

COMPARED = {"agreement": "Told elsewhere too", "reuse": "Text shared", "alone": "Told by no other"}
"""Signals that come from comparing articles, with the words for their marks."""


def legend(extractors: Mapping[str, Extractor]) -> dict[str, Signal]:
    """How each signal is named and drawn, the same on every article."""
    titles = {name: extractor.title for name, extractor in extractors.items()} | COMPARED
    order = sorted(titles, key=lambda name: (STYLES.get(name, "s7"), name))
    return {name: Signal(titles[name], STYLES.get(name, "s7")) for name in order}


RULES = {"copied": "reuse", "alone": "alone"}
"""Rules of the comparison whose marks have a line of their own."""


def evidence_spans(rows: Sequence[Row], known: Mapping[str, Signal]) -> list[Span]:
    """Evidence as spans; the number of a piece is its id, and its rule and weight stand in its note."""
    spans = []
    for row in rows:
        name = signal(row["feature"])
        name = RULES.get(row["rule"], name) if name == "agreement" else name
        if name not in known or row["end"] <= row["start"]:
            continue
        parts = tuple((part["start"], part["end"], part["role"]) for part in decoded(row["parts"]))
        quoted = " Inside a quotation: the speaker's words." if row["quoted"] else ""
        note = f"{wording.name(row['reason'])} [{row['rule']}, weight {row['weight']:.3g}]{quoted}"
        spans.append(Span(f"e{row['row']}", name, int(row["start"]), int(row["end"]), note, parts))
    return spans


Ways = dict[str, dict[int, tuple[tuple[str, str], ...]]]
"""Per article and place the ways on to other articles, as (words, address)."""

MOST = 4
"""Ways on that one mark offers."""


def with_ways(spans: Sequence[Span], ways: Mapping[int, tuple[tuple[str, str], ...]]) -> list[Span]:
    """The spans, those that come from comparing articles with links to the other articles."""
    return [replace(span, links=ways.get(span.start, ())) if span.signal in COMPARED else span for span in spans]


def claim_ways(book: Book) -> Ways:
    """Where other articles tell what an article claims."""
    found: dict[str, dict[int, dict[tuple[str, str], None]]] = {}
    for pair in sorted(
        book.claim_pairs, key=lambda pair: (pair["relation"] == "agrees", pair["claim_a"], pair["claim_b"])
    ):
        for one, other in (("claim_a", "claim_b"), ("claim_b", "claim_a")):
            mine, theirs = book.claims[pair[one]], book.claims[pair[other]]
            words = f"{book.source_name(theirs['source'])}: {wording.name(theirs['value'])}"
            link = "../" + book.article_link(theirs["article"], f"c{theirs['start']}")
            found.setdefault(mine["article"], {}).setdefault(mine["start"], {})[words, link] = None
    return {article: {start: tuple(ways)[:MOST] for start, ways in places.items()} for article, places in found.items()}


def passage_spans(book: Book) -> dict[str, list[Span]]:
    """Per article the passages that stand in another article too, with links to it."""
    ways: dict[tuple[str, int], dict[tuple[str, str], None]] = {}
    ends: dict[tuple[str, int], int] = {}
    for row in (row for passages in book.passages.values() for row in passages):
        for one, other in (("a", "b"), ("b", "a")):
            key = row[one], row[f"{one}_start"]
            title = f"{book.source_name(book.source_of(row[other]))}: {book.title(row[other])}"
            ways.setdefault(key, {})[title, "../" + book.article_link(row[other], f"t{row[f'{other}_start']}")] = None
            ends[key] = max(ends.get(key, 0), row[f"{one}_end"])
    spans: dict[str, list[Span]] = {}
    for (article, start), links in ways.items():
        end = ends[article, start]
        note = "These words stand in another article too. [copied, weight 1]"
        spans.setdefault(article, []).append(Span(f"t{start}", "reuse", start, end, note, (), tuple(links)[:MOST]))
    return spans


def frame(book: Book, id: str, shown: Sequence[Quantity]) -> dict[str, Any]:
    """Everything on an article's page but the text and its marks; `shown` are the numbers of the comparison."""
    row = book.articles[id]
    features = {quantity.feature for quantity in shown}
    others = [quantity for quantity in book.quantities.values() if quantity.feature not in features]
    return places(book, id) | {
        "title": book.title(id),
        "language": wording.name(row["language"] or ""),
        "facts": _facts(row),
        "url": row["url"] or "",
        "credit": wording.name(row["credit"] or ""),
        "versions": reading.versions(row),
        "notes": reading.notes(row),
        "numbers": [_number(book, id, quantity) for quantity in shown],
        "others": [row for quantity in others if (row := _number(book, id, quantity))["some"]],
    }


def places(book: Book, id: str) -> dict[str, Any]:
    """Where an article belongs: its source, its story, and the article that it repeats."""
    row = book.articles[id]
    source, voice = row["source"], row["voice"]
    repeated = voice if voice not in (None, "", id) and voice in book.articles else None
    story = book.stories.get(row["story"]) if row["story"] else None
    return {
        "source": {"name": book.source_name(source), "href": book.source_link(source)},
        "story": {"title": wording.name(story["title"], "story"), "href": names.story_page(row["story"])}
        if story
        else None,
        "repeats": {
            "title": book.title(repeated),
            "href": book.article_link(repeated),
            "name": book.source_name(book.source_of(repeated)),
        }
        if repeated
        else None,
    }


def _facts(row: Row) -> list[str]:
    facts = [
        wording.date(row["published"]),
        wording.name(row["author"] or "", "author unknown"),
        wording.plural(row["words"], "word"),
        wording.plural(row["sentences"], "sentence"),
    ]
    return [*facts, wording.language(row["language"])] if row["language"] else facts


def _number(book: Book, id: str, quantity: Quantity) -> dict[str, Any]:
    feature = quantity.feature
    head = {
        "title": wording.capital(quantity.title),
        "unit": wording.unit(quantity),
        "signal": signal(feature),
        "feature": feature,
        "source": book.source_link(book.source_of(id), anchor(feature)),
        "id": anchor(feature),
    }
    probability = book.probabilities.get((id, feature))
    if quantity.kind == "probability":
        if probability is None or probability["value"] is None:
            absent = book.measures.get(id, {}).get(feature, (0, 0, None))[2]
            why = f"not measured: {wording.name(absent)}" if absent else "not measured"
            return head | {"text": "", "count": "", "absent": why, "some": False}
        interval = (
            ""
            if probability["low"] is None
            else f"95{wording.SPACE}% interval {probability['low']:.2f}{wording.DASH}{probability['high']:.2f}"
        )
        return head | {
            "unit": "probability",
            "text": f"{probability['value']:.2f}",
            "count": interval,
            "absent": "",
            "some": True,
        }
    count, base, absent = book.measures.get(id, {}).get(feature, (0, 0, "not in this run"))
    if absent or not base:
        why = f"not measured: {wording.name(absent)}" if absent else "nothing to count in"
        return head | {"text": "", "count": "", "absent": why, "some": False}
    return head | {
        "text": wording.short(count / base, quantity),
        "absent": "",
        "some": count > 0,
        "count": "" if quantity.kind == "grade" else wording.counted(count, base, quantity),
    }
