"""Two texts in, aligned passages out: what stands in both, quotations set aside.

Shared runs of content words point to where a sentence of one text may stand in the other; there the longest common
subsequence of all words, function words too, decides. Words that were dropped, swapped or replaced by synonyms lower
the share that is common but leave the frame; independent sentences on the same event do not share the frame.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from audit.compare.sketch import SAMPLED, U32, Sketch, grams, outside
from audit.parse import PIECE
from audit.records import Passage

FRAME = 0.6
"""Share of a sentence's words that must be common, in order. Set on `reuse/`: heavy edits keep .7 and more, sentences
of independent articles on the same event stay below .5."""

LOOSE = 0.45
"""The same once reuse is proven: spun sentences keep .45 and more, chance gives .35."""

ENOUGH = 7
"""Words of a sentence outside quotations; shorter ones prove nothing and count only beside one that is found."""

SHORT = 0.8
"""Share of a short sentence's words that must be common there."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Text:
    """The words of one article outside its quotations.

    kept int [n]: place of each among all words; codes [n]; content int [c]: indices of content words; grams [c-2]:
    order-free keys of three content words in a row, `ordered` their sorting order; edges int [s+1]: sentences;
    fixed bool [s]: the sentence is a fixture
    """

    article: str
    kept: Ints
    codes: U32
    content: Ints
    grams: U32
    ordered: Ints
    edges: Ints
    fixed: npt.NDArray[np.bool_]


def text_of(item: Sketch, fixtures: U32) -> Text:
    """The alignable words of an article. A sentence with mostly `fixtures` (sorted) among its sampled keys is one
    itself."""
    every = np.frombuffer(item.codes, np.uint32)
    free = outside(len(every), item.spans("quoted"))
    kept = np.flatnonzero(free)
    codes = every[kept]
    content = np.flatnonzero(codes & 1)
    found = grams(codes[content])
    before = np.concatenate(([0], np.cumsum(free)))
    edges = np.unique(before[np.frombuffer(item.sentence_words, np.int32)])
    size = max(len(edges) - 1, 1)
    homes = np.clip(np.searchsorted(edges, content[: len(found)], side="right") - 1, 0, size - 1)
    known = found % SAMPLED == 0
    common = np.bincount(homes[known & among(found, fixtures)], minlength=size)
    fixed = (common > 0) & (2 * common >= np.bincount(homes[known], minlength=size))
    return Text(item.article, kept, codes, content, found, np.argsort(found, kind="stable"), edges, fixed)


def among(keys: U32, known: U32) -> npt.NDArray[np.bool_]:
    """Which keys are known ones, sorted: without looking at each of those, of which a large corpus has millions."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    return np.asarray(known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys)


@dataclass(frozen=True)
class Match:
    """One sentence of `b` (words `start` to `end`) found in `a` (words `a_start` to `a_end`)."""

    start: int
    end: int
    a_start: int
    a_end: int
    common: int


def meetings(a: Text, b: Text) -> Ints:
    """Where the texts share three content words in a row: words [m, 2] of `a` and `b`."""
    ordered = a.grams[a.ordered]
    low, high = np.searchsorted(ordered, b.grams), np.searchsorted(ordered, b.grams, side="right")
    counts = high - low
    ends = np.cumsum(counts)
    if not len(ends) or not ends[-1]:
        return np.zeros((0, 2), np.int64)
    places = np.arange(ends[-1]) - np.repeat(ends - counts, counts) + np.repeat(low, counts)
    return np.column_stack([a.content[a.ordered[places]], np.repeat(b.content[: len(b.grams)], counts)])


def matches(a: Text, b: Text, met: Ints, frame: float = FRAME) -> list[Match]:
    """The sentences of `b` that stand in `a`, in the order of `b`. `met` are their meetings."""
    if not len(met):
        return []
    met = met[np.argsort(met[:, 1], kind="stable")]
    homes = np.searchsorted(b.edges, met[:, 1], side="right") - 1
    offsets = met[:, 0] - (met[:, 1] - b.edges[homes])
    hits: dict[int, list[int]] = {}
    for home, offset in zip(homes.tolist(), offsets.tolist(), strict=True):
        hits.setdefault(home, []).append(offset)
    found = []
    for home in sorted(hits):
        start, end = int(b.edges[home]), int(b.edges[home + 1])
        if end - start >= ENOUGH and not b.fixed[home]:
            match = _place(a, b, start, end, _origin(hits[home], _slack(start, end)), frame)
            found += [match] if match else []
    return found


def extended(a: Text, b: Text, met: Ints) -> list[Match]:
    """The sentences of `b` that stand in `a` in a looser frame, once reuse is proven: a rewriter leaves whole sentences
    without three words in a row, but in their place, after or before a sentence that is found."""
    found = {match.start: match for match in matches(a, b, met, LOOSE)}
    sentences = list(pairwise(b.edges.tolist()))
    for step in (1, -1):
        last: Match | None = None
        for start, end in sentences[::step]:
            if start not in found and last:
                origin = last.a_end if step > 0 else last.a_start - (end - start)
                match = _place(a, b, start, end, origin, LOOSE if end - start >= ENOUGH else SHORT)
                if match:
                    found[start] = match
            last = found.get(start)
    return [found[start] for start in sorted(found)]


def _slack(start: int, end: int) -> int:
    return max(4, (end - start) // 3)


def _origin(offsets: list[int], slack: int) -> int:
    """Where most shared runs say that the sentence begins."""
    near = Counter(offset // slack for offset in offsets)
    cell, _ = min(near.items(), key=lambda entry: (-entry[1] - near.get(entry[0] + 1, 0), entry[0]))
    return min(offset for offset in offsets if offset // slack in (cell, cell + 1))


def _place(a: Text, b: Text, start: int, end: int, origin: int, frame: float) -> Match | None:
    """Where in `a`, around `origin`, a sentence of `b` stands, if it does."""
    size = end - start
    slack = _slack(start, end)
    low, high = max(0, origin - slack), min(len(a.codes), max(0, origin) + size + 2 * slack)
    window, words = a.codes[low:high].tolist(), b.codes[start:end].tolist()
    common = int(LCSseq.similarity(words, window))
    if common < frame * size or not common:
        return None
    blocks = [op for op in LCSseq.opcodes(words, window) if op.tag == "equal"]
    return Match(start, end, low + blocks[0].dest_start, low + blocks[-1].dest_end, common)


def spans_of(text: str) -> Ints:
    """Code points [w, 2] of all words of a text, as the parse cuts them."""
    found = [match.span() for match in PIECE.finditer(text) if any(map(str.isalnum, match.group()))]
    return np.array(found, np.int64).reshape(-1, 2)


def passages(a: Text, b: Text, found: list[Match], a_spans: Ints, b_spans: Ints) -> tuple[Passage, ...]:
    """Matches that follow each other in both texts joined, each with the words that differ."""
    runs: list[list[Match]] = []
    for match in found:
        last = runs[-1][-1] if runs else None
        if last and 0 <= match.start - last.end <= ENOUGH and -3 <= match.a_start - last.a_end <= 2 * ENOUGH:
            runs[-1].append(match)
        else:
            runs.append([match])
    return tuple(_passage(a, b, run, a_spans[a.kept], b_spans[b.kept]) for run in runs)


def _passage(a: Text, b: Text, run: list[Match], a_spans: Ints, b_spans: Ints) -> Passage:
    a_low, a_high = min(match.a_start for match in run), max(match.a_end for match in run)
    low, high = run[0].start, run[-1].end
    changes = tuple(
        _span(a_spans, a_low + op.src_start, a_low + op.src_end)
        + _span(b_spans, low + op.dest_start, low + op.dest_end)
        for op in LCSseq.opcodes(a.codes[a_low:a_high].tolist(), b.codes[low:high].tolist()) if op.tag != "equal"
    )  # fmt: skip
    (a_start, a_end), (b_start, b_end) = _span(a_spans, a_low, a_high), _span(b_spans, low, high)
    return Passage(a.article, b.article, a_start, a_end, b_start, b_end, changes)


def _span(spans: Ints, start: int, end: int) -> tuple[int, int]:
    """Code points of the words `start` to `end`; an empty range lies before the next word."""
    if start >= end:
        place = int(spans[start, 0]) if start < len(spans) else int(spans[-1, 1])
        return place, place
    return int(spans[start, 0]), int(spans[end - 1, 1])
