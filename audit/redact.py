"""The tables of a run in, the same tables fit for sharing out: of each article no more than the words of its evidence.

What is not shown is covered character by character, so that every offset still holds. Three bounds keep what is left
from being the article: a piece of evidence is shown by its first and last words, no article shows more than half of
its words, and nothing shows more than `IN_A_ROW` words in a row.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow.parquet

from audit import tables
from audit.export import Writer
from audit.spool import Spool

COVER = "\N{FULL BLOCK}"
"""Stands for each character that is not shown."""

AROUND = 1
"""Words shown on each side of a short piece of evidence."""

SHORT, HEAD, TAIL = 6, 4, 2
"""A piece of up to `SHORT` words is shown whole, a longer one by its first and last words. On the demonstration corpus,
where nearly every sentence is evidence, two words in five remain; one more word on each side would leave half."""

CONTESTED = frozenset({"disputed", "updated"})
"""Rules whose sentences are shown whole, since what is told differently may be any word of them."""

NOT_SHOWN = frozenset({"alone", "copied"})
"""Rules that mark whole sentences or texts without saying anything about their words."""

IN_A_ROW, PAUSE = 24, 4
"""Most words in a row, and how many are covered then. A quotation in a review is seldom longer."""

SHARE = 0.5
"""Most of an article's words; the weightiest evidence comes first."""

WORD = re.compile(r"\S{1,40}")
HIDDEN = re.compile(r"[^\r\n]")
WORDS = frozenset({"title", "author", "credit", "reason", "key", "value", "speaker"})
"""Columns that may repeat words of an article."""

Row = dict[str, Any]
Bools = npt.NDArray[np.bool_]


def redact(data: Path) -> None:
    """Exchange the tables in the folder `data` of a run for redacted ones, partition by partition."""
    drafts = data / "redacted"
    drafts.mkdir()
    texts = Spool(data, str)
    with Writer(drafts, "articles") as articles, Writer(drafts, "evidence") as evidence:
        for rows, found in _partitions(data):
            shared = _covered(rows, found)
            for article, text in shared.items():
                texts.put(article, msgspec.msgpack.encode(text))
            articles.write(tables.table("articles", (_article(row) | {"text": shared[row["id"]]} for row in rows)))
            evidence.write(tables.table("evidence", (_evidence(row, shared[row["article"]]) for row in found)))
    rest: tuple[tuple[str, Callable[[Row], Row]], ...] = (
        ("claims", lambda row: short(row) | {"text": texts[row["article"]][row["start"]:row["end"]]}),
        ("passages", lambda row: row | {f"{side}_text": texts[row[side]][row[f"{side}_start"]:row[f"{side}_end"]]
                                        for side in "ab"}),
        ("framing", lambda row: row | {"before": "", "after": ""}),
        ("claim_pairs", short), ("pairs", short), ("stories", short), ("speakers", short),
    )
    for name, changed in rest:
        with Writer(drafts, name) as writer:
            for some in _groups(data / f"{name}.parquet"):
                writer.write(tables.table(name, map(changed, some)))
    for path in sorted(drafts.iterdir()):
        path.replace(data / path.name)
    drafts.rmdir()


def _groups(path: Path) -> Iterator[list[Row]]:
    """Rows of a table, one row group after the other."""
    with pyarrow.parquet.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group).to_pylist()


def _partitions(data: Path) -> Iterator[tuple[list[Row], list[Row]]]:
    """Rows of articles and of their evidence; both tables have a row group for each partition."""
    with (pyarrow.parquet.ParquetFile(data / "articles.parquet") as articles,
          pyarrow.parquet.ParquetFile(data / "evidence.parquet") as evidence):
        for group in range(articles.num_row_groups):
            yield articles.read_row_group(group).to_pylist(), evidence.read_row_group(group).to_pylist()


def _covered(articles: Iterable[Row], evidence: Iterable[Row]) -> dict[str, str]:
    """The redacted text of each article by id."""
    found: dict[str, list[Row]] = {}
    for row in evidence:
        found.setdefault(row["article"], []).append(row)
    return {row["id"]: covered(row["text"], found.get(row["id"], [])) for row in articles}


def covered(text: str, evidence: Iterable[Mapping[str, Any]]) -> str:
    """The text with all but the words of its evidence covered; line breaks stay.

    >>> evidence = {"rule": "epistemic", "start": 20, "end": 23, "weight": 1}
    >>> covered("Nobody knows why it may have rained so much.", [evidence])
    '█████████████████it may have████████████████'
    """
    words = [found.span() for found in WORD.finditer(text)]
    kept = _kept([start for start, _ in words], evidence)
    pieces, at = [], 0
    for first, last in _runs(kept):
        start, end = words[first][0], words[last - 1][1]
        pieces += [HIDDEN.sub(COVER, text[at:start]), text[start:end]]
        at = end
    return "".join([*pieces, HIDDEN.sub(COVER, text[at:])])


def _kept(starts: list[int], evidence: Iterable[Mapping[str, Any]]) -> Bools:
    """bool [words]: which words are shown."""
    kept = np.zeros(len(starts), np.bool_)
    left = int(len(starts) * SHARE)
    shown = (row for row in evidence if row["rule"] not in NOT_SHOWN)
    for row in sorted(shown, key=lambda row: (-row["weight"], row["start"], row["end"])):
        places = _places(row, starts)
        fresh = places[~kept[places]]
        if len(fresh) <= left:
            kept[fresh] = True
            left -= len(fresh)
    for first, last in list(_runs(kept)):
        for pause in range(first + IN_A_ROW, last, IN_A_ROW + PAUSE):
            kept[pause:min(pause + PAUSE, last)] = False
    return kept


def _places(row: Mapping[str, Any], starts: list[int]) -> npt.NDArray[np.int64]:
    """Which words one piece of evidence shows."""
    first = max(0, bisect_right(starts, row["start"]) - 1)
    last = max(first, bisect_left(starts, row["end"]))
    if row["rule"] in CONTESTED and last - first <= IN_A_ROW:
        return np.arange(first, last)
    if last - first <= SHORT:
        return np.arange(max(0, first - AROUND), min(len(starts), last + AROUND))
    return np.concatenate([np.arange(first, first + HEAD), np.arange(last - TAIL, last)])


def _runs(kept: Bools) -> Iterator[tuple[int, int]]:
    """Runs of words that are shown, as (first, after the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], kept, [False]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _article(row: Row) -> Row:
    earlier = [short(version) for version in json.loads(row["versions"])]
    notes = {key: _cut(value) for key, value in json.loads(row["notes"]).items()}
    return short(row) | {name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                         for name, value in (("versions", earlier), ("notes", notes))}


def _evidence(row: Row, text: str) -> Row:
    start, end = row["start"], row["end"]
    before, after = text[max(0, start - len(row["before"])):start], text[end:end + len(row["after"])]
    details = {key: _cut(value) for key, value in json.loads(row["attributes"]).items()}
    attributes = json.dumps(details, ensure_ascii=False, separators=(",", ":"))
    return short(row) | {"text": text[start:end], "before": before, "after": after, "attributes": attributes}


def short(row: Row) -> Row:
    """The row with what may repeat words of an article cut after `IN_A_ROW` words."""
    return {key: _cut(value) if key in WORDS and isinstance(value, str) else value for key, value in row.items()}


def _cut(text: str) -> str:
    words = [found.span() for found in WORD.finditer(text)]
    return text if len(words) <= IN_A_ROW else text[:words[IN_A_ROW - 1][1]] + " …"
