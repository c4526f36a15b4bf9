"""Invented scores, differences, speakers, stories, copies and claims, for the articles of `invented`."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import Any

import pandas as pd

from audit.tables import COLUMNS


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table with exactly the columns that `audit.tables` documents."""
    return pd.DataFrame(rows, columns=list(COLUMNS[table]))


def scored(
    features: list[str], measures: list[dict[str, Any]], articles: list[dict[str, Any]]
) -> dict[str, pd.DataFrame]:
    scores, differences = [], []
    sources = list(dict.fromkeys(a["source"] for a in articles))
    for feature in features:
        rates = {}
        for source in sources:
            mine = [m for m in measures if m["source"] == source and m["feature"] == feature and m["absent"] is None]
            count, base, n = sum(m["count"] for m in mine), sum(m["base"] for m in mine), len(mine)
            value = count / base if base else None
            spread = (value or 0) * 0.3 + (0.02 if feature != "readability" else 1)
            few = n < 5
            rates[source] = value
            scores.append(
                {
                    "subject": source,
                    "level": "source",
                    "feature": feature,
                    "value": value,
                    "low": None if few or value is None else max(0, value - spread),
                    "high": None if few or value is None else value + spread,
                    "n": n,
                    "count": count,
                    "base": base,
                    "percentile": 62.0 if value is not None else None,
                    "rank": None,
                    "absent": "not measured in any article"
                    if value is None
                    else "fewer than 5 articles: no interval, no rank"
                    if few
                    else None,
                }
            )
        for source in sources:
            others = pd.Series([v for s, v in rates.items() if s != source and v is not None], dtype=float)
            value = rates[source]
            if value is None or others.empty:
                continue
            gap = value - others.mean()
            differences.append(
                {
                    "source": source,
                    "feature": feature,
                    "value": value,
                    "others": others.median(),
                    "plain": gap,
                    "plain_low": gap - 0.05,
                    "plain_high": gap + 0.05,
                    "plain_p": 0.0004,
                    "within": gap,
                    "within_low": gap - 0.04,
                    "within_high": gap + 0.04,
                    "within_p": 0.002,
                    "stories": 4,
                    "holds": "both" if abs(gap) > 0.15 * (others.mean() + 0.01) and source != sources[-1] else "",
                }
            )
    return {"scores": frame("scores", scores), "differences": frame("differences", differences)}


def speakers(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for e in evidence:
        speaker = json.loads(e["attributes"]).get("speaker")
        if speaker:
            found.setdefault((e["source"], speaker), []).append(e)
    return [
        {
            "source": source,
            "speaker": speaker,
            "kind": "named" if "Varga" in speaker else "role",
            "statements": len(rows),
            "direct": 1,
            "articles": len({r["article"] for r in rows}),
            "stories": json.dumps(["story-0"]),
        }
        for (source, speaker), rows in sorted(found.items())
    ]


def compared(articles: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    stories, pairs, passages, claims, claim_pairs = [], [], [], [], []
    for story in sorted({a["story"] for a in articles}):
        mine = sorted((a for a in articles if a["story"] == story), key=lambda a: (a["published"] or "9", a["id"]))
        stories.append(
            {
                "id": story,
                "title": mine[0]["title"],
                "first": mine[0]["published"][:10],
                "last": "2026-09-20",
                "articles": json.dumps([a["id"] for a in mine]),
                "sources": json.dumps(sorted({a["source"] for a in mine})),
            }
        )
        told = []
        for article in mine:
            for number, key, pattern in ((1, "people detained", r"(\d+) people"), (2, "ships waiting", r"(\d+) ships")):
                hit = re.search(pattern, article["text"])
                if hit:
                    claim = {
                        "id": f"{article['id']}:{number}",
                        "article": article["id"],
                        "source": article["source"],
                        "story": story,
                        "kind": "number",
                        "key": key,
                        "value": hit.group(1),
                        "start": hit.start(),
                        "end": hit.end(),
                        "text": hit.group(0),
                    }
                    claims.append(claim)
                    told.append(claim)
        for a, b in combinations(told, 2):
            voices = {a["source"], b["source"]}
            if a["key"] == b["key"] and len(voices) == 2 and "meridian-daily" not in voices:
                relation = "agrees" if a["value"] == b["value"] else "disputes"
                claim_pairs.append(
                    {
                        "a": a["article"],
                        "b": b["article"],
                        "claim_a": a["id"],
                        "claim_b": b["id"],
                        "relation": relation,
                        "similarity": 0.9,
                        "reason": f"{a['key']}: {a['value']} and {b['value']}",
                    }
                )
        for a, b in combinations(mine, 2):
            if a["source"] == "harbour-wire" and b["source"] == "meridian-daily" and a["id"][-1] == b["id"][-1]:
                pairs.append(
                    {
                        "a": a["id"],
                        "b": b["id"],
                        "kind": "copy",
                        "share": 0.61,
                        "first": a["id"],
                        "reason": "the later one credits Harbour Wire and was published 2 hours after",
                    }
                )
                n = min(len(a["text"]), len(b["text"]), 240)
                passages.append(
                    {
                        "a": a["id"],
                        "b": b["id"],
                        "a_start": 0,
                        "a_end": n,
                        "b_start": 0,
                        "b_end": n,
                        "a_text": a["text"][:n],
                        "b_text": b["text"][:n],
                        "changes": json.dumps([[13, 20, 13, 20]]),
                    }
                )
            else:
                pairs.append(
                    {
                        "a": a["id"],
                        "b": b["id"],
                        "kind": "same-story",
                        "share": 0.02,
                        "first": None,
                        "reason": "same names, same days",
                    }
                )
    return {
        name: frame(name, rows)
        for name, rows in {
            "stories": stories,
            "pairs": pairs,
            "passages": passages,
            "claims": claims,
            "claim_pairs": claim_pairs,
        }.items()
    }
