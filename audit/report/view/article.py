"""One article in, its page as a plain dict out: its numbers, its marks and the ways to the other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from audit.extract.base import Extractor, Quantity
from audit.records import Part
from audit.report import names, wording
from audit.report.data import Book, Row
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


PARTS = msgspec.json.Decoder(tuple[Part, ...])


def evidence_spans(rows: Sequence[Row], known: Mapping[str, Signal]) -> list[Span]:
    """Evidence as spans; the number of a piece is its id, and its rule and weight stand in its note."""
    spans = []
    for row in rows:
        name = signal(row["feature"])
        name = RULES.get(row["rule"], name) if name == "agreement" else name
        if name not in known or row["end"] <= row["start"]:
            continue
        parts = tuple((part.start, part.end, part.role) for part in PARTS.decode(row["parts"] or "[]"))
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
    led = ((span, ways.get(span.start, ()) if span.signal in COMPARED else ()) for span in spans)
    return [msgspec.structs.replace(span, links=links) if links else span for span, links in led]


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
        "numbers": [_numbered(book, id, quantity) for quantity in shown],
        "others": [_number(book, id, quantity) for quantity in others if _some(book, id, quantity)],
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


def _numbered(book: Book, id: str, quantity: Quantity) -> dict[str, Any]:
    """A number of the comparison: with its mark, and its place in the report of the source."""
    return _number(book, id, quantity) | {
        "signal": signal(quantity.feature),
        "feature": quantity.feature,
        "source": book.source_link(book.source_of(id), anchor(quantity.feature)),
        "some": _some(book, id, quantity),
    }


def _some(book: Book, id: str, quantity: Quantity) -> bool:
    """Whether a number was measured in an article, and is more than nothing."""
    if quantity.kind == "probability":
        probability = book.probabilities.get((id, quantity.feature))
        return probability is not None and probability["value"] is not None
    count, base, absent = book.measures.get(id, {}).get(quantity.feature, (0, 0, None))
    return not absent and bool(base) and count > 0


def _number(book: Book, id: str, quantity: Quantity) -> dict[str, str]:
    title, unit = wording.capital(quantity.title), wording.unit(quantity)
    if quantity.kind == "probability":
        return {"title": title, **_probability(book, id, quantity)}
    count, base, absent = book.measures.get(id, {}).get(quantity.feature, (0, 0, "not in this run"))
    if absent or not base:
        why = f"not measured: {wording.name(absent)}" if absent else "nothing to count in"
        return {"title": title, "unit": unit, "text": "", "count": "", "absent": why}
    counted = "" if quantity.kind == "grade" else wording.counted(count, base, quantity)
    return {"title": title, "unit": unit, "text": wording.short(count / base, quantity), "count": counted, "absent": ""}


def _probability(book: Book, id: str, quantity: Quantity) -> dict[str, str]:
    found = book.probabilities.get((id, quantity.feature))
    if found is None or found["value"] is None:
        absent = book.measures.get(id, {}).get(quantity.feature, (0, 0, None))[2]
        why = f"not measured: {wording.name(absent)}" if absent else "not measured"
        return {"unit": wording.unit(quantity), "text": "", "count": "", "absent": why}
    known = found["low"] is not None
    interval = f"95{wording.SPACE}% interval {found['low']:.2f}{wording.DASH}{found['high']:.2f}" if known else ""
    return {"unit": "probability", "text": f"{found['value']:.2f}", "count": interval, "absent": ""}
