"""Invented results of a run: six outlets, four stories, no real name, built without any stage of the audit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit.extract.base import Quantity
from audit.tables import COLUMNS, schema
from tests.report.invented_tables import compared, frame, scored, speakers

SOURCES = ("Harbour Wire", "Meridian Daily", "North Ledger", "Coastal Post", "The Plain Observer", "Tiny Sheet")
PLACES = ("Vellmark", "Ostry", "Quarn Bay", "Lower Tamsel")
QUANTITIES = {
    q.feature: q
    for q in (
        Quantity(
            "attribution",
            "attributed statements",
            "attributed statements",
            "100 words",
            "word",
            100,
            higher="more statements are given to a source",
        ),
        Quantity("attribution.named", "named", "statements with a named source", "statements", "statement", 100),
        Quantity("hedging", "hedged", "hedged sentences", "own sentences", "sentence", 100, higher="more is left open"),
        Quantity("hedging.quoted", "hedged in quotations", "hedged sentences", "quoted sentences", "sentence", 100),
        Quantity("translation", "machine-made", "articles", "articles", "article", 100, "probability"),
        Quantity("agreement.disputed", "disputed", "disputed claims", "shared claims", "claim", 100),
        Quantity("readability", "Flesch-Kincaid grade", "grade times words", "words", "word", kind="grade"),
    )
}
LINES = (
    "Officials in {place} said on Monday that {n} people had been detained after the march.",
    "“We may have to close the bridge,” the mayor Ilse Varga told reporters.",
    "The council will probably meet again before the end of the week.",
    "Shops near the square stayed shut for the whole afternoon, and trams ran late.",
    "According to the harbour authority, {m} ships were waiting outside {place} by the evening.",
    "It is possible that the ferry line loses its licence.",
    "Residents walked along the quay with lamps and sang.",
    "A clerk who asked not to be named said the papers had never been signed.",
    "The reckless plan has wrecked the quay, and the town knows it.",
)
RULES = (
    (
        "hedging",
        "hedging.epistemic",
        r"\b(may|probably|possible)\b",
        "\N{LEFT SINGLE QUOTATION MARK}{0}\N{RIGHT SINGLE QUOTATION MARK} leaves it open whether this is so.",
    ),
    (
        "attribution",
        "reported-speech",
        r"(Officials in [A-Z]\w+(?: \w+)?|the mayor Ilse Varga|the harbour authority|A clerk who asked not to be named)"
        r"[^.]*\.",
        "A speaker and a verb of saying open the statement.",
    ),
    ("loaded", "loaded.judging", r"\b(reckless|wrecked)\b", "The word judges; a neutral one was at hand."),
)


@dataclass
class Invented:
    """The same attributes as `audit.results.Results`, held in memory."""

    audit: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    parts: int = 2
    quantities: dict[str, Quantity] = field(default_factory=lambda: QUANTITIES)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in COLUMNS:
            return self.tables[name] if name in self.tables else frame(name, [])
        raise AttributeError(name)

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        found = pa.Table.from_pandas(getattr(self, name), schema(name), preserve_index=False)
        return found.select(columns or list(COLUMNS[name]))

    def groups(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        key = "id" if name == "articles" else "article"
        for part in range(self.parts):
            mine = pa.array(self.tables["articles"]["id"].iloc[part :: self.parts], pa.string())
            yield self.table(name).filter(pc.is_in(self.table(name)[key], mine)).select(columns or list(COLUMNS[name]))

    def group(self, name: str, number: int, columns: list[str] | None = None) -> pa.Table:
        return [*self.groups(name, columns)][number]


def results(sources: tuple[str, ...] = SOURCES, per_source: int = 5, hostile: str = "") -> Invented:
    """`per_source` articles for each source but the last, which has two. `hostile` is put into every name and text."""
    articles = [
        _article(s, i, sources, hostile) for s in range(len(sources)) for i in range(_number(s, sources, per_source))
    ]
    evidence = [row for article in articles for row in _evidence(article)]
    measures = [row for article in articles for row in _measures(article, evidence)]
    tables = {
        "articles": frame("articles", articles),
        "sources": frame("sources", [_source(name, articles, hostile) for name in sources]),
        "evidence": frame("evidence", evidence),
        "measures": frame("measures", measures),
        "speakers": frame("speakers", speakers(evidence)),
        **scored(list(QUANTITIES), measures, articles),
        **compared(articles),
    }
    return Invented(_audit(articles, hostile), tables)


EARLIER = '[{"id":"old","published":"2026-09-03","title":"March is planned","url":null,"words":40,"share":0.75}]'


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _number(s: int, sources: tuple[str, ...], per_source: int) -> int:
    return 2 if s == len(sources) - 1 else per_source


def _article(s: int, i: int, sources: tuple[str, ...], hostile: str) -> dict[str, Any]:
    story = i % 4
    place, copied = PLACES[story], s == 1
    seed = 0 if copied else s
    picked = [LINES[(k * (seed + 2) + i) % len(LINES)] for k in range(8 + seed)]
    said = [line.format(place=place, n=27 + 6 * (seed % 2), m=4 + story) for line in picked]
    text = "\n\n".join(" ".join(said[k : k + 3]) for k in range(0, len(said), 3)) + hostile
    return {
        "id": f"{_slug(sources[s])[:6]}-{i}",
        "source": _slug(sources[s]),
        "title": None if (s, i) == (4, 1) else f"March in {place}, day {i + 1}{hostile}",
        "url": f"https://example.org/{s}/{i}" if s % 2 else "javascript:alert(1)",
        "published": None if s == 4 and i == 2 else f"2026-09-{3 + 4 * i + s // 2:02d}T{8 + s:02d}:00:00",
        "author": "Rena Kolk" if s else None,
        "credit": "Harbour Wire" if copied else None,
        "language": "en",
        "words": len(text.split()),
        "sentences": len(said),
        "story": f"story-{story}",
        "voice": f"{_slug(sources[0])[:6]}-{i}" if copied else f"{_slug(sources[s])[:6]}-{i}",
        "versions": EARLIER if (s, i) == (0, 0) else "[]",
        "version_of": "",
        "notes": "{}",
        "text": text,
    }


def _source(name: str, articles: list[dict[str, Any]], hostile: str) -> dict[str, Any]:
    mine = [a for a in articles if a["source"] == _slug(name)]
    days = sorted(a["published"][:10] for a in mine if a["published"])
    return {
        "id": _slug(name),
        "name": name + hostile,
        "slug": _slug(name),
        "url": f"https://{_slug(name)}.example.org",
        "owner": None,
        "articles": len(mine),
        "words": sum(a["words"] for a in mine),
        "stories": len({a["story"] for a in mine}),
        "first": days[0],
        "last": days[-1],
    }


def _evidence(article: dict[str, Any]) -> list[dict[str, Any]]:
    text, found = article["text"], []
    for feature, rule, pattern, reason in RULES:
        for hit in re.finditer(pattern, text):
            start, end = hit.span()
            speaker = hit.group(1) if feature == "attribution" else ""
            quoted = text.count("\N{LEFT DOUBLE QUOTATION MARK}", 0, start) > text.count(
                "\N{RIGHT DOUBLE QUOTATION MARK}", 0, start
            )
            parts = (
                [
                    {"role": "source", "start": start, "end": start + len(speaker)},
                    {"role": "content", "start": start + len(speaker) + 1, "end": end},
                ]
                if speaker
                else []
            )
            found.append(
                {
                    "article": article["id"],
                    "source": article["source"],
                    "feature": feature,
                    "rule": rule,
                    "start": start,
                    "end": end,
                    "text": text[start:end],
                    "before": text[max(0, start - 90) : start],
                    "after": text[end : end + 90],
                    "reason": reason.format(hit.group(0)),
                    "weight": 1.0,
                    "quoted": quoted,
                    "parts": json.dumps(parts),
                    "attributes": json.dumps(
                        {"speaker": speaker, "speaker_kind": "role", "mode": "indirect"}
                        if speaker
                        else {"kind": "epistemic"}
                    ),
                }
            )
    return found


def _measures(article: dict[str, Any], evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mine = [e for e in evidence if e["article"] == article["id"]]
    count = {f: sum(e["feature"] == f for e in mine) for f in ("attribution", "hedging")}
    named = sum("Varga" in e["text"] for e in mine if e["feature"] == "attribution")
    copied = article["source"] == "meridian-daily"
    values: dict[str, tuple[float, float, str | None]] = {
        "attribution": (count["attribution"], article["words"], None),
        "attribution.named": (
            named,
            count["attribution"],
            None if count["attribution"] else "no statement is attributed",
        ),
        "hedging": (sum(e["feature"] == "hedging" and not e["quoted"] for e in mine), article["sentences"], None),
        "hedging.quoted": (
            sum(e["feature"] == "hedging" and e["quoted"] for e in mine),
            max(1, article["sentences"] // 3),
            None,
        ),
        "translation": (0, 0, "fewer than 60 words") if article["words"] < 60 else (float(copied), 1, None),
        "agreement.disputed": (1, 6, None) if not copied else (0, 0, "tells no claim in its own voice"),
        "readability": (9.5 * article["words"], article["words"], None),
    }
    return [
        {
            "article": article["id"],
            "source": article["source"],
            "feature": f,
            "count": c,
            "base": b,
            "unit": QUANTITIES[f].unit,
            "rate": c / b if b else None,
            "absent": absent,
        }
        for f, (c, b, absent) in values.items()
    ]


def _audit(articles: list[dict[str, Any]], hostile: str) -> dict[str, Any]:
    return {
        "schema": 1,
        "run": {
            "version": "0.1.0",
            "settings": {"score": {"min_articles": 5, "resamples": 2000, "seed": 7}},
            "digests": {
                "articles": "ab" * 32,
                "models": {"attribution": "cd" * 32},
                "lexicons": {"hedging": "ef" * 32},
            },
        },
        "sources": len({a["source"] for a in articles}),
        "articles": len(articles),
        "words": sum(a["words"] for a in articles),
        "skipped": [
            {"where": f"notes/empty.txt{hostile}", "reason": "holds no text; 0 characters after cleaning"},
            {"where": "feed.jsonl:17", "reason": "line 17 is not JSON; mend the line, or remove it"},
        ],
        "notes": ["Dates of one article are unknown."],
        "reference": {
            "hedging": {"p25": 0.08, "p50": 0.13, "p75": 0.21, "n": 400},
            "attribution": {"p25": 0.02, "p50": 0.031, "p75": 0.04, "n": 400},
        },
    }
