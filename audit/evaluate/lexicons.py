"""Real news and labelled sets in, how often each rule and entry of the lexicons fires and is right out.

`python -m audit.evaluate.lexicons --data DIR` writes `audit/reference/lexicons.json`, which `audit explain RULE` and
`audit lexicon list` show. What fires is evidence: a phrase of the list that the signal also takes for one in its
context. A firing is right where the labels of a held-out set say so; sets without labels of that kind say nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from audit import lexicon
from audit.api import read
from audit.errors import AuditError
from audit.extract import extract, extractors
from audit.parse import parse
from audit.records import Article, Evidence
from audit.reference.firing import FILE

NEWS = "corpus/allsides_10k.jsonl"
EVERY = 4
"""One article of so many of the news: 2,500 articles give common entries hundreds of firings."""

BATCH = 200
Row = Mapping[str, Any]
Judge = Callable[[Row, Evidence], bool | None]


def _cue(row: Row, evidence: Evidence) -> bool | None:
    """Right where a labelled cue of the same kind overlaps; weasels and boosters have no labels in these sets."""
    if evidence.rule in ("weasel", "booster"):
        return None
    cues = ((start, end) for start, end, kind in row["cues"] if kind == evidence.rule)
    return any(start < evidence.end and evidence.start < end for start, end in cues)


def _sentence(row: Row, evidence: Evidence) -> bool | None:
    return bool(row["label"] == 1)


def _weasel(row: Row, evidence: Evidence) -> bool | None:
    return bool(row["label"] == 1) if evidence.rule == "weasel" else None


def _attributed(row: Row, evidence: Evidence) -> bool | None:
    """Right where the content overlaps that of a labelled attribution."""
    spans = [(part.start, part.end) for part in evidence.parts if part.role == "content"]
    wanted = [span for one in row["attributions"] for span in one["content"]]
    return any(start < b and a < end for start, end in spans for a, b in wanted)


def _machine(row: Row, evidence: Evidence) -> bool | None:
    return bool(row["kind"] == "machine_translation")


GOLD: tuple[tuple[str, str, Judge], ...] = (
    ("attribution", "attribution/polnear_dev", _attributed),
    ("hedging", "hedging/szeged_wiki_dev", _cue),
    ("hedging", "hedging/szeged_bio_dev", _cue),
    ("hedging", "hedging/conll2010_wiki_dev", _weasel),
    ("loaded", "loaded/babe_dev", _sentence),
    ("loaded", "loaded/semeval23t3_dev", _sentence),
    ("translation", "translation/wmt_dev", _machine),
)
"""Signal, held-out set, and what makes a firing right there."""


@dataclass
class Tally:
    """Firings in the news, and those right and judged in labelled sets, by rule and by entry."""

    fires: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    right: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    judged: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))

    def of(self, key: tuple[str, ...]) -> list[int]:
        """Fires in the news, right, judged."""
        return [self.fires.get(key, 0), self.right.get(key, 0), self.judged.get(key, 0)]


Fired = tuple[Article, Evidence, tuple[str, ...]]
"""An article, a piece of its evidence, and its key: feature and rule, or feature, rule and entry."""


def fired(articles: Iterable[Article], lists: Mapping[str, lexicon.Lexicon]) -> Iterator[Fired]:
    """All evidence of the signals in `lists`: once under its rule, once more under the entry that stands there."""
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH)):
        parsed = parse(batch)
        for feature, findings in extract(parsed, lists).items():
            listed = lists[feature]
            hits = listed.find(parsed)
            entries: dict[tuple[int, int], list[tuple[int, tuple[str, ...]]]] = {}
            columns = (hits.documents, hits.starts, hits.ends, hits.rules, hits.entries)
            for document, start, end, rule, entry in zip(*(column.tolist() for column in columns), strict=True):
                found = listed.rules[rule]
                place, last = (document, int(parsed.starts[start])), int(parsed.ends[end - 1])
                entries.setdefault(place, []).append((last, (feature, found.id, found.entries[entry])))
            for document, finding in enumerate(findings):
                for evidence in finding.evidence:
                    yield batch[document], evidence, (feature, evidence.rule)
                    first, until = _cue_of(evidence)
                    yield from ((batch[document], evidence, key)
                                for last, key in entries.get((document, first), ()) if last == until)


def _cue_of(evidence: Evidence) -> tuple[int, int]:
    """Where the listed words stand: at the cue of an attribution, else where the evidence does."""
    return next(((part.start, part.end) for part in evidence.parts if part.role == "cue"),
                (evidence.start, evidence.end))


def measure(data: Path) -> dict[str, Any]:
    """Figures of all shipped lexicons, in the form in which they are committed."""
    listed = (lexicon.read(path) for path in lexicon.shipped() if path.suffixes[0] == ".en")
    lists = {found.feature: found for found in listed if found.feature in extractors()}
    tally = Tally()
    seen: set[str] = set()
    words = 0

    def news() -> Iterator[Article]:
        nonlocal words
        articles = (item for item in read([data / NEWS]) if isinstance(item, Article))
        for article in islice(articles, 0, None, EVERY):
            seen.add(article.id)
            words += len(article.text.split())
            yield article

    for _, _, key in fired(news(), lists):
        tally.fires[key] += 1
    for feature, gold, judge in GOLD:
        file = data / f"{gold}.jsonl"
        rows = {str(row["id"]): row for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
        articles = (item for item in read([file]) if isinstance(item, Article))
        for article, evidence, key in fired(articles, {feature: lists[feature]}):
            verdict = judge(rows[article.id], evidence)
            if verdict is not None:
                tally.judged[key] += 1
                tally.right[key] += verdict
    return {
        "command": "python -m audit.evaluate.lexicons --data DIR",
        "news": {"articles": len(seen), "words": words},
        "features": {feature: _feature(found, tally) for feature, found in sorted(lists.items())},
    }


def _feature(found: lexicon.Lexicon, tally: Tally) -> dict[str, Any]:
    sets = [gold for feature, gold, _ in GOLD if feature == found.feature]
    rules = {}
    for rule in found.rules:
        entries = {entry: tally.of((found.feature, rule.id, entry)) for entry in rule.entries}
        rules[rule.id] = {"all": tally.of((found.feature, rule.id)),
                          "entries": {entry: row for entry, row in sorted(entries.items()) if any(row)}}
    return {"sha256": lexicon.digest(found.feature), "sets": sets, "rules": rules}


def main() -> int:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m audit.evaluate.lexicons", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the news and the labelled sets")
    try:
        figures = measure(parser.parse_args().data)
    except (AuditError, OSError) as error:
        print(f"audit.evaluate.lexicons: {error}", file=sys.stderr)
        return 2
    FILE.write_text(json.dumps(figures, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
