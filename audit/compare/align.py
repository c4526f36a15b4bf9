"""Two texts in, aligned passages out: what stands in both, quotations set aside.

Shared runs of content words point to where a sentence of one text may stand in the other; there the longest common
subsequence of all words, function words too, decides. Words that were dropped, swapped or replaced by synonyms lower
the share that is common but leave the frame; independent sentences on the same event do not share the frame.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from audit.compare.sketch import I32, Sketch
from audit.compare.words import TOKEN, any_key, key
from audit.records import Passage

FRAME = 0.6
"""Share of a sentence's words that must be common, in order. Set on `reuse/`: heavy edits keep .7 and more, sentences
of independent articles on the same event stay below .5."""

ENOUGH = 7
"""Words of a sentence outside quotations; shorter ones are only part of a passage between two others."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Text:
    """The words of one article outside its quotations.

    starts, ends int [n] code points; codes int [n] key of every word; content int [c] indices of content words;
    grams int [c-2] order-free keys of three content words in a row; edges int [s+1] where sentences begin
    """

    article: str
    starts: Ints
    ends: Ints
    codes: Ints
    content: Ints
    grams: Ints
    edges: Ints


def text_of(item: Sketch, text: str) -> Text:
    """The alignable words of an article."""
    found = [(match.start(), match.end(), match.group()) for match in TOKEN.finditer(text)]
    starts = np.array([start for start, _, _ in found], np.int64)
    outside = ~_inside(starts, item.spans("quotes"))
    kept = [entry for entry, keep in zip(found, outside.tolist(), strict=True) if keep]
    starts = starts[outside]
    ends = np.array([end for _, end, _ in kept], np.int64)
    codes = np.array([any_key(word) for _, _, word in kept], np.int64)
    topics = np.array([key(word) for _, _, word in kept], np.int64)
    content = np.flatnonzero(topics)
    meant = topics[content]
    three = np.sort(np.column_stack([meant[:-2], meant[1:-1], meant[2:]]), axis=1) if len(meant) > 2 else None
    grams = np.zeros(0, np.int64) if three is None else three @ np.array([1, 3_001, 9_000_011])
    sentences = item.spans("sentences")[:, 0].astype(np.int64)
    edges = np.unique(np.append(np.searchsorted(starts, sentences), (0, len(starts))))
    return Text(item.article, starts, ends, codes, content, grams, edges)


def _inside(places: Ints, spans: I32) -> npt.NDArray[np.bool_]:
    """Which places fall inside one of the spans (sorted, half-open)."""
    if not len(spans):
        return np.zeros(len(places), np.bool_)
    at = np.searchsorted(spans[:, 0], places, side="right") - 1
    return np.asarray((at >= 0) & (places < spans[np.maximum(at, 0), 1]))


@dataclass(frozen=True)
class Match:
    """One sentence of `b` (words `start` to `end`) found in `a` (words `a_start` to `a_end`)."""

    start: int
    end: int
    a_start: int
    a_end: int
    common: int


def matches(a: Text, b: Text) -> list[Match]:
    """The sentences of `b` that stand in `a`, in the order of `b`."""
    places: dict[int, list[int]] = {}
    for place, gram in zip(a.content[: len(a.grams)].tolist(), a.grams.tolist(), strict=True):
        places.setdefault(gram, []).append(place)
    found = []
    sentence = np.searchsorted(b.edges, b.content[: len(b.grams)], side="right") - 1
    hits: dict[int, list[int]] = {}
    for at, gram, home in zip(b.content[: len(b.grams)].tolist(), b.grams.tolist(), sentence.tolist(), strict=True):
        for place in places.get(gram, ()):
            hits.setdefault(home, []).append(place - (at - int(b.edges[home])))
    for home in sorted(hits):
        match = _place(a, b, int(b.edges[home]), int(b.edges[home + 1]), hits[home])
        if match:
            found.append(match)
    return found


def _place(a: Text, b: Text, start: int, end: int, offsets: list[int]) -> Match | None:
    """Where in `a` a sentence of `b` stands, if it does: the window that most shared runs point to."""
    size = end - start
    if size < ENOUGH:
        return None
    slack = max(4, size // 3)
    near = Counter(offset // slack for offset in offsets)
    cell, _ = min(near.items(), key=lambda entry: (-entry[1] - near.get(entry[0] + 1, 0), entry[0]))
    origin = min(offset for offset in offsets if offset // slack in (cell, cell + 1))
    low, high = max(0, origin - slack), min(len(a.codes), origin + size + 2 * slack)
    window, words = a.codes[low:high].tolist(), b.codes[start:end].tolist()
    common = int(LCSseq.similarity(words, window))
    if common < FRAME * size:
        return None
    blocks = [op for op in LCSseq.opcodes(words, window) if op.tag == "equal"]
    return Match(start, end, low + blocks[0].dest_start, low + blocks[-1].dest_end, common)


def passages(a: Text, b: Text, found: list[Match]) -> tuple[Passage, ...]:
    """Matches that follow each other in both texts joined, each with the words that differ."""
    runs: list[list[Match]] = []
    for match in found:
        last = runs[-1][-1] if runs else None
        if last and 0 <= match.start - last.end <= ENOUGH and -3 <= match.a_start - last.a_end <= 2 * ENOUGH:
            runs[-1].append(match)
        else:
            runs.append([match])
    return tuple(_passage(a, b, run) for run in runs)


def _passage(a: Text, b: Text, run: list[Match]) -> Passage:
    a_low, a_high = min(match.a_start for match in run), max(match.a_end for match in run)
    low, high = run[0].start, run[-1].end
    changes = []
    for op in LCSseq.opcodes(a.codes[a_low:a_high].tolist(), b.codes[low:high].tolist()):
        if op.tag != "equal":
            changes.append((
                *_span(a, a_low + op.src_start, a_low + op.src_end), *_span(b, low + op.dest_start, low + op.dest_end)
            ))  # fmt: skip
    (a_start, a_end), (b_start, b_end) = _span(a, a_low, a_high), _span(b, low, high)
    return Passage(a.article, b.article, a_start, a_end, b_start, b_end, tuple(changes))


def _span(text: Text, start: int, end: int) -> tuple[int, int]:
    """Code points of the words `start` to `end`; an empty range lies before the next word."""
    if start >= end:
        place = int(text.starts[start]) if start < len(text.starts) else int(text.ends[-1])
        return place, place
    return int(text.starts[start]), int(text.ends[end - 1])
