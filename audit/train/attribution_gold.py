"""Labelled articles in, one label per token out (see `audit.extract.attribution.labels`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.labels import CONTENT, CUE, SOURCE, label
from audit.parse import Parsed, parse
from audit.records import Article

Range = tuple[int, int]


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parsed(rows: Sequence[dict[str, Any]]) -> Parsed:
    """One parse of all rows."""
    return parse([Article(str(number), "", row["text"]) for number, row in enumerate(rows)])


def labels(rows: Sequence[dict[str, Any]], text: Parsed) -> npt.NDArray[np.int32]:
    """int32 [n]. Where spans overlap, a cue wins over a source and a source over a content: 1 token in 10,000."""
    out = np.zeros(len(text.tokens), np.int32)
    for document, row in enumerate(rows):
        first, last = (int(edge) for edge in text.documents[document : document + 2])
        starts, ends = text.starts[first:last], text.ends[first:last]

        def ranges(spans: list[list[int]], base: int = first, starts: Any = starts, ends: Any = ends) -> list[Range]:
            found = [(base + int(np.searchsorted(ends, a, "right")), base + int(np.searchsorted(starts, b, "left")))
                     for a, b in sorted(spans)]
            return [(a, b) for a, b in found if a < b]

        relations = [{role: ranges(one.get(role) or []) for role in ("source", "cue", "content")}
                     for one in row["attributions"]]
        _mark(out, relations)
    return out


def _mark(out: npt.NDArray[np.int32], relations: list[dict[str, list[Range]]]) -> None:
    for one in relations:
        anchors = [start for start, _ in one["cue"] or one["source"]]
        for start, end in one["content"]:
            _fill(out, start, end, CONTENT, 1 if anchors and min(anchors) >= start else -1)
    gaps: dict[Range, list[int]] = {}
    for one in relations:
        for span in one["source"]:
            gaps.setdefault(span, []).extend([start - span[0] for start, _ in one["cue"]] or [1])
    for (start, end), distances in gaps.items():
        _fill(out, start, end, SOURCE, 1 if min(distances, key=abs) > 0 else -1)
    for one in relations:
        for start, end in one["cue"]:
            _fill(out, start, end, CUE, 0)


def _fill(out: npt.NDArray[np.int32], start: int, end: int, role: int, side: int) -> None:
    out[start:end] = label(role, side, opens=False)
    out[start] = label(role, side, opens=True)
