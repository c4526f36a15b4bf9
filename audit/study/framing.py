"""News in known stories in, how often a word's interval leaves out 0 out: with the true outlets, and by chance.

By chance means that the outlets of each story are exchanged among its articles: then no outlet has words of its own,
and every interval that leaves out 0 is a mistake.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from audit import partition
from audit.compare.framing import framing
from audit.compare.mentions import SLOTS
from audit.compare.sketch import Sketch
from audit.compare.voices import origins
from audit.records import Article, Story
from audit.settings import load

SEEDS = (1, 2, 3)
"""Exchanges of outlets that are averaged."""

PARTITION = 400
DIGITS = 4


def study(path: Path) -> dict[str, Any]:
    """Words over all shared stories, and the share of them whose interval leaves out 0, in all and by way of naming."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    items = _sketches(rows)
    by_story: dict[str, list[str]] = {}
    for row in rows:
        by_story.setdefault(str(row["story"]), []).append(row["id"])
    stories = [Story(name, tuple(ids), "") for name, ids in sorted(by_story.items()) if len(ids) > 1]
    chance = [_parted(stories, _exchanged(stories, items, seed)) for seed in SEEDS]
    return {
        "articles": len(rows),
        "stories": len(stories),
        "outlets": _parted(stories, items),
        "exchanged": {key: round(sum(one[key] for one in chance) / len(chance), DIGITS) for key in chance[0]},
    }


def _sketches(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sketch]:
    found: dict[str, Sketch] = {}
    for start in range(0, len(rows), PARTITION):
        articles = [
            Article(id=row["id"], source=row["source"], text=row["text"], title=row.get("title"))
            for row in rows[start : start + PARTITION]
        ]
        found |= {item.article: item for item in partition.measure(articles, load())[1]}
    return found


def _exchanged(stories: Sequence[Story], items: Mapping[str, Sketch], seed: int) -> dict[str, Sketch]:
    """The articles with the outlets of each story in another order."""
    random, found = np.random.default_rng(seed), dict(items)
    for story in stories:
        others = random.permutation(len(story.articles)).tolist()
        for article, other in zip(story.articles, others, strict=True):
            source = items[story.articles[other]].source
            found[article] = msgspec.structs.replace(items[article], source=source)
    return found


def _parted(stories: Sequence[Story], items: Mapping[str, Sketch]) -> dict[str, float]:
    """Words over all shared stories, and the shares whose interval leaves out 0."""
    rows = [row for row in framing(stories, items, origins({})) if not row.story]
    words = Counter(row.way for row in rows)
    parted = Counter(row.way for row in rows if row.low > 0 or row.high < 0)
    shares = {way: round(parted[way] / max(1, words[way]), DIGITS) for way in SLOTS}
    return {"words": len(rows), "share": round(parted.total() / max(1, len(rows)), DIGITS), **shares}


def markdown(found: dict[str, Any]) -> str:
    """The figures as a table."""
    ways = ["words", "share", *SLOTS]
    lines = [
        f"Words of each outlet over {found['stories']} shared stories, {found['articles']} articles: how many, and "
        "the share whose 95 % interval leaves out 0, in all and by way of naming; with the true outlets, and with "
        f"the outlets of each story exchanged (mean of {len(SEEDS)} times).",
        "",
        "| outlets | " + " | ".join(ways) + " |",
        "|---" * (1 + len(ways)) + "|",
    ]
    for title, key in (("true", "outlets"), ("exchanged", "exchanged")):
        cells = [f"{found[key][way]:,.0f}" if way == "words" else f"{found[key][way]:.3f}" for way in ways]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
