"""Sketches in, pairs out: which text took from which, how much, and how we know the direction.

Candidates share rare runs of words and are found through one sorted list of shingle keys; alignment is the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from audit.compare.align import Match, Text, extended, matches, meetings, passages, spans_of, text_of
from audit.compare.direction import direction
from audit.compare.shelf import Chosen
from audit.compare.sketch import SAMPLED, U32, Sketch
from audit.records import Pair

MEETINGS = 3
"""Sampled shingles that two articles must share before they are aligned."""

GROUP = 24
"""Articles with one shingle up to which all are paired; in larger groups each is paired with the first and the next."""

PROOF = 16.0
"""Words of agreeing frame that prove reuse: a verbatim word counts 1, a word of a sentence of which half is common 0.
Set on `reuse/`: heavy edits give 24 and more, independent articles on one event 14 and less in 99 of 100."""

BUCKET = 4_000_000
"""Shingles that are sorted together: some 20,000 articles of 900 words, 150 MB while they are paired."""

FIXTURE, FIXTURE_DAYS = 3, 60
"""A run of words in so many articles over so many days is a fixture (an author's line, an offer, a definition) and
proves nothing: a text that is copied is copied while it is news."""

COPY = 0.9
"""Share of the later text, and of the common words in its aligned sentences, from which `derived` becomes `copy`."""

SAME_SOURCE = 0.3
"""Share needed within one source, whose articles repeat its own boilerplate."""

KEPT = 256
"""Texts whose word offsets are kept at hand; pairs come sorted, so neighbours ask for the same ones."""

Ids = list[tuple[int, int]]
Ints = npt.NDArray[np.int64]
Kind = Literal["copy", "derived"]


def candidates(sketches: Sequence[Sketch]) -> tuple[Ids, U32]:
    """Pairs (i < j) that share at least `MEETINGS` sampled shingles, sorted; and the shingles that are fixtures.

    Shingles are spread over buckets by their key, and one bucket lies open at a time: memory is bounded by it.
    """
    days = np.array([item.day for item in sketches], np.int64)
    sizes = [len(item.shingles) // 4 for item in sketches]
    buckets = max(1, -(-sum(sizes) // BUCKET))
    size = len(sketches)
    codes, counts, chained, fixtures = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), []
    for bucket in range(buckets):
        every, owner = _postings(sketches, bucket, buckets)
        found = _fixtures(every, owner, days)
        fixtures.append(found)
        kept = ~np.isin(every, found)
        met, far = _meetings(every[kept], owner[kept], size)
        codes, counts = _added(codes, counts, met)
        chained = np.union1d(chained, far)  # however many large groups two articles share, it counts once
    codes, counts = _added(codes, counts, chained)
    pairs = [divmod(code, max(1, size)) for code in codes[counts >= MEETINGS].tolist()]
    return pairs, np.sort(np.concatenate(fixtures))


def _added(codes: Ints, counts: Ints, more: Ints) -> tuple[Ints, Ints]:
    """Sorted codes and their counts, with more codes counted in."""
    found, times = np.unique(more, return_counts=True)
    joined, place = np.unique(np.concatenate((codes, found)), return_inverse=True)
    return joined, np.bincount(place, np.concatenate((counts, times)), len(joined)).astype(np.int64)


def _postings(sketches: Sequence[Sketch], bucket: int, buckets: int) -> tuple[U32, Ints]:
    """The shingles of one bucket, sorted, with the article of each."""
    found, owner = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
    for number, item in enumerate(sketches):
        keys = np.frombuffer(item.shingles, np.uint32)
        if buckets > 1:
            keys = keys[keys // SAMPLED % buckets == bucket]
        found.append(keys)
        owner.append(np.full(len(keys), number, np.int64))
    every, owners = np.concatenate(found), np.concatenate(owner)
    order = np.lexsort((owners, every))
    return every[order], owners[order]


def _meetings(every: U32, owner: Ints, size: int) -> tuple[Ints, Ints]:
    """Pairs of articles as i * size + j: once for every shingle that they share, and those of large groups apart."""
    edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
    sizes = np.diff(edges)
    pairs = [np.zeros(0, np.int64)]
    for gap in range(1, GROUP):
        start = _starts(edges, sizes, gap, GROUP)
        pairs.append(owner[start] * size + owner[start + gap])
    return np.concatenate(pairs), _chained(owner, edges, sizes, np.int64(size))


def _fixtures(every: U32, owner: Ints, days: Ints) -> U32:
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


def reuse(sketches: Sequence[Sketch], texts: Callable[[str], str]) -> tuple[Pair, ...]:
    """All pairs of which one text took from the other, sorted by id; `a` is the earlier where that is known."""
    ordered = Chosen.by(sketches, lambda item: item.article)
    parsed: dict[int, Text] = {}
    pairs = []

    @lru_cache(maxsize=KEPT)
    def spans(article: str) -> Ints:
        return spans_of(texts(article))

    found, fixtures = candidates(ordered)
    for (left, right), done in _last_uses(found):
        for index in (left, right):
            if index not in parsed:
                parsed[index] = text_of(ordered[index], fixtures)
        pair = related(ordered[left], ordered[right], parsed[left], parsed[right], spans)
        if pair:
            pairs.append(pair)
        for index in done:
            parsed.pop(index, None)
    return tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b)))


def _last_uses(pairs: Ids) -> list[tuple[tuple[int, int], tuple[int, ...]]]:
    """Each pair with the articles that no later pair needs, so that their words can be let go."""
    last: dict[int, int] = {}
    for place, pair in enumerate(pairs):
        for index in pair:
            last[index] = place
    return [(pair, tuple(i for i in pair if last[i] == place)) for place, pair in enumerate(pairs)]


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
