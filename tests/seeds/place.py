"""Sets ids and offsets in `seeds/gold.jsonl` from the words that it lists: `python tests/seeds/place.py`.

In: gold rows with `words`; out: the same rows with `id`, `title` and offsets into the text as it is loaded. Words that
stand at several places need `near`, a longer stretch of the text that holds them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audit.pipeline import read
from audit.records import Article
from audit.settings import load

SEEDS = Path(__file__).parents[2] / "seeds"
GOLD = SEEDS / "gold.jsonl"
Row = dict[str, Any]
Span = list[int]


def articles() -> dict[str, Article]:
    """The loaded articles of the demonstration corpus by file, or by file#id where a file holds several."""
    found = {}
    for path in sorted(SEEDS.glob("*/*")):
        loaded = read([str(path)], load(), SEEDS / "sources.toml").articles
        for article in loaded:
            file = path.relative_to(SEEDS).as_posix()
            found[f"{file}#{article.id}" if len(loaded) > 1 else file] = article
    ids = {(article.title, article.text): article for article in read([str(SEEDS)], load()).articles}
    return {file: ids[article.title, article.text] for file, article in found.items()}


def place(row: Row, article: Article) -> Row:
    """The row with its id, title and offsets set from its words. Raises ValueError for words that are not there."""
    placed = {**row, "id": article.id, "title": article.title}
    placed["evidence"] = [_evidence(one, article.text) for one in row["evidence"]]
    if "attributions" in row:
        placed["attributions"] = [_attribution(one, article.text) for one in row["attributions"]]
    return placed


def _evidence(one: Row, text: str) -> Row:
    start = _only(text, one.get("near", one["words"]))
    start += one.get("near", one["words"]).index(one["words"])
    return {**one, "start": start, "end": start + len(one["words"])}


def _attribution(one: Row, text: str) -> Row:
    words = one["words"]
    content = _in_order(text, words["content"], one.get("near", ""))
    spans = {role: [_nearest(text, piece, content) for piece in words[role]] for role in ("source", "cue")}
    return {**one, **spans, "content": content}


def _in_order(text: str, pieces: Sequence[str], near: str) -> list[Span]:
    """Spans of the pieces, one after the other; the first must stand at one place only, or at the end of `near`."""
    spans: list[Span] = []
    for piece in pieces:
        first = _only(text, near) + near.rindex(piece) if near else None
        start = text.find(piece, spans[-1][1]) if spans else _only(text, piece) if first is None else first
        if start < 0:
            raise ValueError(f"not in the text: {piece!r}")
        spans.append([start, start + len(piece)])
    return spans


def _nearest(text: str, piece: str, content: Sequence[Span]) -> Span:
    """The span of the piece that is nearest to the content and outside of it, as whole words."""
    low, high = content[0][0], content[0][1]
    places = [start for start in _places(text, piece) if start + len(piece) <= low or start >= high]
    if not places:
        raise ValueError(f"not beside its content: {piece!r}")
    best = min(places, key=lambda start: low - start - len(piece) if start < low else start - high)
    return [best, best + len(piece)]


def _only(text: str, piece: str) -> int:
    places = _places(text, piece)
    if len(places) != 1:
        raise ValueError(f"{len(places)} places for {piece!r}; give words that stand at one place")
    return places[0]


def _places(text: str, piece: str) -> list[int]:
    """Starts of the piece where it is not a part of longer words."""
    starts, at = [], text.find(piece)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(piece) : at + len(piece) + 1]
        if not (before.isalnum() and piece[0].isalnum()) and not (after.isalnum() and piece[-1].isalnum()):
            starts.append(at)
        at = text.find(piece, at + 1)
    return starts


def main() -> None:
    """Write gold.jsonl again with ids and offsets of today's loader."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    found = articles()
    placed = []
    for row in rows:
        try:
            placed.append(place(row, found[row["file"]]))
        except ValueError as error:
            raise SystemExit(f"{row['file']}: {error}") from error
    GOLD.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in placed), encoding="utf-8")


if __name__ == "__main__":
    main()
