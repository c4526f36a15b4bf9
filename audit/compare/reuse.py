"""Sketches in, pairs out: which text took from which, how much, and how we know the direction.

Candidates share rare runs of words and are found through sorted lists of shingle keys; alignment is the proof.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from audit.compare.align import Match, Text, among, extended, matches, meetings, passages, spans_of, text_of
from audit.compare.catalogue import Catalogue, Rows
from audit.compare.direction import direction
from audit.compare.held import Held, Job, Keeper, Parts
from audit.compare.shelf import DIGEST, digest
from audit.compare.sketch import SAMPLED, U32, Sketch
from audit.compare.spill import Spill
from audit.compare.vectors import AT_ONCE
from audit.records import Pair

MEETINGS = 3
"""Sampled shingles that two articles must share before they are aligned."""

GROUP = 24
"""Articles with one shingle up to which all are paired; in larger groups each is paired with the first and the next."""

PROOF = 16.0
"""Words of agreeing frame that prove reuse: a verbatim word counts 1, a word of a sentence of which half is common 0.
Set on `reuse/`: heavy edits give 24 and more, independent articles on one event 14 and less in 99 of 100."""

BUCKET = 2_000_000
"""Shingles that are sorted together: some 10,000 articles of 900 words, 75 MB while they are paired."""

FIXTURE, FIXTURE_DAYS = 3, 60
"""A run of words in so many articles over so many days is a fixture (an author's line, an offer, a definition) and
proves nothing: a text that is copied is copied while it is news."""

COPY = 0.9
"""Share of the later text, and of the common words in its aligned sentences, from which `derived` becomes `copy`."""

SAME_SOURCE = 0.3
"""Share needed within one source, whose articles repeat its own boilerplate."""

KEPT = 1024
"""Texts whose words are kept at hand, some 50 MB; pairs come sorted, so neighbours ask for the same ones."""

LEFT = 16_384
"""Articles whose meetings with later ones are counted together."""

ROW = np.uint64(0xFFFFFFFF)
"""The half of a shingle on the disk that has the place of its article; the upper half is its key."""

Ints = npt.NDArray[np.int64]
Kind = Literal["copy", "derived"]


class Proven(NamedTuple):
    """Two sketches by their places, and what one took from the other."""

    left: int
    right: int
    pair: Pair


class Meetings:
    """Which articles share at least `MEETINGS` sampled shingles; articles are counted in order of their ids.

    Shingles are spread over buckets by their key, then pairs by their first article, on the disk; one bucket lies open
    at a time: memory is bounded by it. `fixtures` are the shingles that are, sorted.
    """

    def __init__(self, sketches: Sequence[Sketch], known: Catalogue, folder: Path | None = None) -> None:
        self.size = max(1, len(sketches))
        self.near, self.far = Spill(np.int64, folder), Spill(np.int64, folder)
        days, fixtures = known.days[known.by_id], [np.zeros(0, np.uint32)]
        buckets = max(1, -(-int(known.shingles.sum(dtype=np.int64)) // BUCKET))
        with _shingles(sketches, known, buckets, folder) as postings:
            for bucket in range(buckets):
                some = postings.read(bucket)
                some.sort()
                every, owner = (some >> 32).astype(np.uint32), (some & ROW).astype(np.int64)
                found = _fixtures(every, owner, days)
                fixtures.append(found)
                kept = ~np.isin(every, found)
                self._meet(every[kept], owner[kept])
        self.fixtures = np.sort(np.concatenate(fixtures))

    def _meet(self, every: U32, owner: Ints) -> None:
        """Note pairs of articles as i * size + j: once for every shingle that they share, and those of large groups
        apart. Shingles are sorted, with the article of each."""
        edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
        sizes = np.diff(edges)
        for gap in range(1, GROUP):
            start = _starts(edges, sizes, gap, GROUP)
            codes = owner[start] * self.size + owner[start + gap]
            self.near.spread(codes, codes // self.size // LEFT)
        codes = _chained(owner, edges, sizes, np.int64(self.size))
        self.far.spread(codes, codes // self.size // LEFT)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs (i < j), sorted."""
        for bucket in range(-(-self.size // LEFT)):
            far = np.unique(self.far.read(bucket))  # however many large groups two articles share, it counts once
            codes, counts = np.unique(np.concatenate((self.near.read(bucket), far)), return_counts=True)
            for code in codes[counts >= MEETINGS].tolist():
                yield divmod(code, self.size)

    def __enter__(self) -> Meetings:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.near.file.close()
        self.far.file.close()


def _shingles(sketches: Sequence[Sketch], known: Catalogue, buckets: int, folder: Path | None) -> Spill:
    """The shingles of all articles by bucket, each with the place of its article among the ids."""
    spill, places = Spill(np.uint64, folder), np.empty(len(known.by_id), np.uint64)
    places[known.by_id] = np.arange(len(places), dtype=np.uint64)
    every, start = iter(sketches), 0
    while some := [item.shingles for item in islice(every, AT_ONCE)]:
        stop = start + len(some)
        keys = np.frombuffer(b"".join(some), np.uint32)
        owner = np.repeat(places[start:stop], known.shingles[start:stop])
        spill.spread(keys.astype(np.uint64) << 32 | owner, (keys // SAMPLED % buckets).astype(np.int64))
        start = stop
    return spill


def _fixtures(every: U32, owner: Ints, days: Rows) -> U32:
    """The shingles (sorted, with the article of each) that stand in `FIXTURE` articles over `FIXTURE_DAYS`."""
    dated = days[owner] > 0
    every, when = every[dated], days[owner[dated]]
    if not len(every):
        return every
    starts = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1])))
    span = np.maximum.reduceat(when, starts) - np.minimum.reduceat(when, starts)
    sizes = np.diff(np.append(starts, len(every)))
    return every[starts[(sizes >= FIXTURE) & (span >= FIXTURE_DAYS)]]


def _starts(edges: Ints, sizes: Ints, gap: int, limit: int) -> Ints:
    """Every place in a group of at most `limit` that has a member `gap` places on."""
    some = (sizes > gap) & (sizes <= limit)
    counts = sizes[some] - gap
    ends = np.cumsum(counts)
    if not len(ends):
        return np.zeros(0, np.int64)
    return np.arange(ends[-1]) - np.repeat(ends - counts, counts) + np.repeat(edges[:-1][some], counts)


def _chained(owner: Ints, edges: Ints, sizes: Ints, size: np.int64) -> Ints:
    """Pairs of large groups: each member with the first and with the one before."""
    large = np.flatnonzero(sizes > GROUP)
    if not len(large):
        return np.zeros(0, np.int64)
    places = np.concatenate([np.arange(edges[group] + 1, edges[group + 1]) for group in large])
    first = np.repeat(edges[large], sizes[large] - 1)
    return np.unique(np.concatenate([owner[first] * size + owner[places], owner[places - 1] * size + owner[places]]))


def proven(
    sketches: Sequence[Sketch], known: Catalogue, texts: Callable[[str], str], folder: Path | None = None,
    keeper: Keeper | None = None,
) -> Iterator[Proven]:
    """All pairs of which one text took from the other, one after the other, in order of the smaller id of the two;
    `a` is the earlier where that is known."""
    keeper = keeper or Held()
    with Meetings(sketches, known, folder) as met:
        opened = Opened(sketches, known, texts, met.fixtures)
        pairs, waiting = met.pairs(), deque[tuple[int, int]]()

        def jobs() -> Iterator[Job]:
            for left, right in pairs:
                waiting.append((left, right))
                yield Job(opened.decided(left) + opened.decided(right), partial(_both, opened, left, right))

        for key in keeper.run(taken, jobs(), here=True):
            left, right = waiting.popleft()
            pair = msgspec.msgpack.decode(keeper.part(key), type=Pair | None)
            if pair:
                yield Proven(int(known.by_id[left]), int(known.by_id[right]), pair)


class Opened:
    """The articles that are held against each other, by their places in order of id; the last ones at hand."""

    def __init__(
        self, sketches: Sequence[Sketch], known: Catalogue, texts: Callable[[str], str], fixtures: U32
    ) -> None:
        self.sketches, self.known, self.texts, self.fixtures = sketches, known, texts, fixtures
        self.decided = lru_cache(maxsize=KEPT)(self._decided)
        self.text = lru_cache(maxsize=KEPT)(self._text)
        self.spans = lru_cache(maxsize=KEPT)(lambda article: spans_of(texts(article)))

    def _decided(self, place: int) -> bytes:
        """All that decides what an article has in common with others: the sketch, and which of its shingles are
        fixtures."""
        row = int(self.known.by_id[place])
        shingles = np.frombuffer(self.sketches[row].shingles, np.uint32)
        fixed = blake2b(shingles[among(shingles, self.fixtures)].tobytes(), digest_size=DIGEST)
        return digest(self.sketches, row) + fixed.digest()

    def _text(self, place: int) -> tuple[Sketch, Text]:
        item = self.sketches[int(self.known.by_id[place])]
        return item, text_of(item, self.fixtures)


def _both(opened: Opened, left: int, right: int) -> tuple[Opened, int, int]:
    return opened, left, right


def taken(job: tuple[Opened, int, int]) -> Parts:
    """What one of two articles took from the other, None when nothing proves it."""
    opened, left, right = job
    (one, one_text), (two, two_text) = opened.text(left), opened.text(right)
    return [msgspec.msgpack.encode(related(one, two, one_text, two_text, opened.spans))]


def related(one: Sketch, two: Sketch, one_text: Text, two_text: Text, spans: Callable[[str], Ints]) -> Pair | None:
    """The pair of two articles, or None when nothing proves that one took from the other."""
    met = meetings(one_text, two_text)
    forth, back = matches(one_text, two_text, met), matches(two_text, one_text, met[:, ::-1])
    if max(proof(forth), proof(back)) < PROOF:
        return None
    forth, back = extended(one_text, two_text, met), extended(two_text, one_text, met[:, ::-1])
    shares = share(back, one_text), share(forth, two_text)
    if one.source == two.source and max(shares) < SAME_SOURCE:
        return None
    first, reason = direction(one, two, shares)
    if first == two.article:
        one, two, one_text, two_text = two, one, two_text, one_text
        forth, back, shares = back, forth, shares[::-1]
    reverse = sum(match.common for match in back) / max(1, len(two_text.codes))
    taken = max(shares[1], reverse) if first else max(shares)
    close = sum(match.common for match in forth) >= COPY * sum(match.end - match.start for match in forth)
    found = forth or [
        Match(m.a_start, m.a_end, m.start, m.end, m.common) for m in sorted(back, key=lambda m: m.a_start)
    ]
    aligned = passages(one_text, two_text, found, spans(one.article), spans(two.article))
    kind: Kind = "copy" if taken >= COPY and close else "derived"
    return Pair(one.article, two.article, kind, round(min(taken, 1.0), 4), first, reason, aligned)


def proof(found: list[Match]) -> float:
    """Words of agreeing frame, see `PROOF`."""
    total = 0.0
    for match in found:
        total += match.common * max(0.0, 2 * match.common / (match.end - match.start) - 1)
    return total


def share(found: list[Match], text: Text) -> float:
    """Part of a text's words outside quotations that stand in aligned sentences of the other text."""
    return sum(match.common for match in found) / max(1, len(text.codes))
