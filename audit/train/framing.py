"""Real news in, how often it names things by which words out: `audit/compare/prior.en.toml`, the prior of framing."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from audit.api import read
from audit.compare.framing import counted_as
from audit.compare.logodds import FILE
from audit.compare.mentions import SLOTS, named
from audit.extract import extract
from audit.parse import parse
from audit.records import Article

CORPUS = "corpus/allsides_10k.jsonl"
ARTICLES = 4000
"""More articles hardly move the counts of words that are used at all often."""

FEWEST = 3
"""Uses below which a word is left out; it then counts as unseen."""

PARTITION = 500

HEAD = f"""# How often news names things by which word (its stem), by way of naming: {ARTICLES:,} articles of
# English-language outlets, 2012 to 2020, gathered by AllSides. Written by `python -m audit.train framing --data DIR`.
"""


def train(data: Path) -> None:
    """Count the words in the outlets' own voice and write them."""
    counts: dict[str, Counter[str]] = {way: Counter() for way in SLOTS}
    loaded = (item for item in read([str(data / CORPUS)]) if isinstance(item, Article))
    for _ in range(0, ARTICLES, PARTITION):
        parsed = parse(list(islice(loaded, PARTITION)))
        for words in named(parsed, extract(parsed, ["attribution"])["attribution"]):
            for word in words:
                if not word.quoted:
                    counts[word.slot][counted_as(word)] += 1
    FILE.write_text(HEAD + "".join(map(_table, counts.items())), encoding="utf-8")


def _table(found: tuple[str, Counter[str]]) -> str:
    way, counts = found
    lines = [f'"{word}" = {n}\n' for word, n in sorted(counts.items()) if n >= FEWEST and '"' not in word]
    return f"\n[{way}]\n" + "".join(lines)
