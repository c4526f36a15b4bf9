"""The labelled sentences of the hedging model: files in, parsed sets with a true kind per candidate out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.hedging.decide import Candidates, candidates, select, semantic_hits
from audit.extract.hedging.model import KINDS
from audit.parse import Parsed, parse
from audit.records import Article

NEWS = Path(__file__).parent / "hedging_news.json"
"""Our own labels of news sentences to train on: the digest of each, where it stands, and its cues; no text."""
CORPUS = "corpus/allsides_10k.jsonl"

Row = dict[str, Any]


@dataclass(frozen=True)
class Set:
    """Labelled sentences, parsed, with the semantic candidates in them and the true kind of each (0 = no hedge)."""

    rows: list[Row]
    parsed: Parsed
    found: Candidates
    kinds: npt.NDArray[np.int64]  # [candidates]
    news: bool  # our own labels


def lines(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def news(data: Path, labels: Path = NEWS) -> list[Row]:
    """Our labelled sentences with their text, cut again from the corpus.

    Raises ValueError where the text is not the one that was labelled.
    """
    wanted = json.loads(labels.read_text(encoding="utf-8"))
    texts = {row["id"]: row["text"] for row in lines(data / CORPUS)}
    rows = []
    for number, label in enumerate(wanted):
        text = texts[label["article"]][label["start"] : label["end"]]
        if hashlib.sha256(text.encode()).hexdigest() != label["sha256"]:
            raise ValueError(f"{labels.name}: sentence {number} is not the one that was labelled; use the same corpus")
        rows.append({"id": f"news-{number}", "text": text, "label": label["label"], "cues": label["cues"]})
    return rows


def parsed_rows(rows: list[Row]) -> Parsed:
    """The rows as one partition, each a document."""
    return parse([Article(id=str(row["id"]), source="unknown", text=row["text"]) for row in rows])


def build(rows: list[Row]) -> Set:
    """Candidates of the lexicon in labelled rows, each with the kind of the cue that it overlaps."""
    parsed = parsed_rows(rows)
    truth = np.zeros(len(parsed.tokens), np.int64)
    for row, first, last in zip(rows, parsed.documents[:-1], parsed.documents[1:], strict=True):
        starts, ends = parsed.starts[first:last], parsed.ends[first:last]
        for start, end, kind in row["cues"]:
            truth[first:last][(starts < end) & (ends > start)] = KINDS.index(kind)
    hits = lexicon.load("hedging").find(parsed)
    found = candidates(parsed, select(hits, semantic_hits(parsed, hits)))
    kinds = [truth[a:b].max() for a, b in zip(found.hits.starts, found.hits.ends, strict=True)]
    return Set(rows, parsed, found, np.array(kinds, np.int64), rows[0]["id"].startswith("news-"))
