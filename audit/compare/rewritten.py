"""Pairs of reuse in, the swapped words of machine-rewritten copies out, as evidence on the later text; and its scores.

A rewriting tool swaps single words for synonyms and leaves the rest of a sentence standing. An editor's word fits its
place as well as the one it replaced; a tool's fits worse. The language model of news tells by how many bits:
evidence for a rewritten copy is the sum of bits over all swaps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

import msgspec
import numpy as np

from audit.compare.held import Parts
from audit.compare.sketch import Sketch
from audit.compare.words import FUNCTION_WORDS, stem
from audit.extract.translation.collocation import SALTS
from audit.extract.translation.weights import stored
from audit.extract.translation.words import EDGE, NAME, hashed, is_name, joined, normal
from audit.parse import PIECE
from audit.records import Evidence, Finding, Measure, Pair, Score

RULE = "rewritten-copy"
SLOPE, START = 0.143, 5.37
"""Log-odds for a rewritten copy: so much per bit, and so much against it at first. A logistic regression on pairs that
`reuse` found: 250 news texts with their WordNet-rewritten copies against 236 pairs of translations of one text, 194
edited copies of `reuse/` and 537 pairs of real outlets; at even odds it finds 95 of 100 of the first, and of the others
2 of 100, none and none."""

CAP = 6.0
"""Log-odds beyond which no such sum is to be believed: odds of 400 to one."""

CLIP = 16.0
"""Bits that one swap may count: a single pair of words never seen must not decide."""

TOGETHER = 3
"""Words that are swapped side by side, one by one; longer stretches were written anew."""

FLAGGED = 0.5
"""A probability from here on counts as a finding, as in the extractor."""

LEAST = 0.001
"""No reading is nearer to 0 or 1, as in the extractor."""

READINGS = ("translation", "translation.machine_translated", "translation.machine_rewritten", "translation.translated")
SENTENCE_ENDS = frozenset('.!?"“”')
Span = tuple[int, int]


class Swap(NamedTuple):
    """A word of the original and the one that stands in its place, as spans, and by how many bits the first fits the
    place better."""

    original: Span
    later: Span
    bits: float


@dataclass(frozen=True)
class Tokens:
    """The words and marks of a text: where each begins, and its hash."""

    text: str
    starts: list[int]
    words: list[str]

    @classmethod
    def of(cls, text: str) -> Tokens:
        """Cut a text as the parse does."""
        found = [match for match in PIECE.finditer(text) if not match.group().isspace()]
        return cls(text, [match.start() for match in found], [match.group() for match in found])

    def inside(self, span: Span) -> list[Span]:
        """The spans of the words of a stretch."""
        low, high = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [
            (self.starts[at], self.starts[at] + len(self.words[at]))
            for at in range(low, high) if any(map(str.isalnum, self.words[at]))
        ]  # fmt: skip

    def form(self, at: int) -> np.uint64:
        """The hash of a token as the language model counts it: names inside a sentence are one word."""
        if not 0 <= at < len(self.words):
            return EDGE
        inner = at > 0 and self.words[at - 1] not in SENTENCE_ENDS
        return NAME if inner and is_name(self.words[at]) else np.uint64(hashed(normal(self.words[at])))


def swaps(pair: Pair, original: str, later: str) -> list[Swap]:
    """The words of `original` (text `pair.a`) that `later` (text `pair.b`) replaced one by one."""
    replaced = [change for passage in pair.passages for change in _replaced(passage.changes)]
    if not replaced:
        return []
    one, two = Tokens.of(original), Tokens.of(later)
    known = [{stem(word.lower()) for word in said.words} for said in (one, two)]
    found = []
    for left, right in replaced:
        mine, theirs = one.inside(left), two.inside(right)
        if len(mine) != len(theirs) or not 0 < len(mine) <= TOGETHER:
            continue
        for first, second in zip(mine, theirs, strict=True):
            words = original[slice(*first)], later[slice(*second)]
            if _synonyms(*words, known):
                found.append(Swap(first, second, _bits(two, second, *words)))
    return found


def _replaced(changes: Iterable[tuple[int, int, int, int]]) -> list[tuple[Span, Span]]:
    """What was taken out where something was put in."""
    found = []
    last = None
    for change in sorted(changes):
        if last is not None:
            put, out = (last, change) if last[0] == last[1] else (change, last)
            if put[0] == put[1] and out[2] == out[3] and (put[0] == out[0] or put[2] == out[2]):
                found.append((out[:2], put[2:]))
                last = None
                continue
        last = change
    return found


def _synonyms(one: str, two: str, known: Sequence[set[str]]) -> bool:
    """Whether a content word was swapped for another: no figure, no name for a name, no other form of it, and not two
    words that only changed places."""
    lower = one.lower(), two.lower()
    if not one.isalpha() or not two.isalpha() or (one[0].isupper() and two[0].isupper()):
        return False
    stems = stem(lower[0]), stem(lower[1])
    if FUNCTION_WORDS & set(lower) or stems[0] == stems[1]:
        return False
    return stems[0] not in known[1] or stems[1] not in known[0]


def _bits(said: Tokens, span: Span, original: str, word: str) -> float:
    """By how many bits the original word fits the place of the other better, over its four nearest neighbours."""
    at = bisect_left(said.starts, span[0])
    forms = np.array([hashed(normal(original)), hashed(normal(word))], np.uint64)
    news = stored().weights.news
    fit = np.zeros(2)
    for step, table in ((1, news.pairs), (2, news.skips)):
        for place in (at - step, at + step):
            near = np.full(2, said.form(place), np.uint64)
            first, second = (forms, near) if place > at else (near, forms)
            fit += table.of(joined(first + SALTS[step], second)) + 1
    return float(np.clip(fit[0] - fit[1], -CLIP, CLIP))


def log_odds(found: Sequence[Swap]) -> float:
    """Log-odds that a machine swapped these words, at even odds before looking."""
    return min(SLOPE * sum(swap.bits for swap in found) - START, CAP)


class Way(NamedTuple):
    """One of two texts as a rewritten copy of the other: the log-odds, above 0, and what was swapped."""

    original: str
    later: str
    odds: float
    swapped: list[Swap]


def ways(pair: Pair, texts: Callable[[str], str]) -> Iterator[Way]:
    """What speaks for a rewritten copy; either way where nobody knows which text was first."""
    if pair.kind == "same-story":
        return
    found = swaps(pair, texts(pair.a), texts(pair.b))
    every = [(pair.a, pair.b, found)]
    if pair.first is None and found:
        every.append((pair.b, pair.a, swaps(_turned(pair), texts(pair.b), texts(pair.a))))
    for original, later, swapped in every:
        odds = log_odds(swapped)
        if odds > 0:
            yield Way(original, later, odds, swapped)


def tried(given: tuple[Pair, dict[str, str]]) -> Parts:
    """The same of a pair and its texts, as a task: a list of `Way`."""
    pair, texts = given
    return [msgspec.msgpack.encode(list(ways(pair, texts.__getitem__)))]


def rewritten(
    found: Iterable[Way], items: Mapping[str, Sketch], texts: Callable[[str], str]
) -> dict[str, tuple[Evidence, ...]]:
    """Evidence for each article that is a rewritten copy, against the text from which most speaks for it.

    Where nobody knows which text was first, it is the one whose words fit their places worse.
    """
    best: dict[str, Way] = {}
    for way in found:
        known = best.get(way.later)
        if known is None or (-way.odds, way.original) < (-known.odds, known.original):
            best[way.later] = way
    return {
        later: tuple(_evidence(later, items[way.original], way.swapped, way.odds, texts))
        for later, way in sorted(best.items())
    }


def _turned(pair: Pair) -> Pair:
    """The pair seen from the other text."""
    passages = tuple(
        msgspec.structs.replace(
            one, a=one.b, b=one.a, a_start=one.b_start, a_end=one.b_end, b_start=one.a_start, b_end=one.a_end,
            changes=tuple((c, d, a, b) for a, b, c, d in one.changes),
        )
        for one in pair.passages
    )  # fmt: skip
    return msgspec.structs.replace(pair, a=pair.b, b=pair.a, passages=passages)


def _evidence(
    later: str, original: Sketch, found: Sequence[Swap], odds: float, texts: Callable[[str], str]
) -> list[Evidence]:
    """A piece of evidence for each swap that speaks for it; their weights sum to the log-odds."""
    before, now = texts(original.article), texts(later)
    telling = sorted((swap for swap in found if swap.bits > 0), key=lambda swap: swap.later)
    total = sum(swap.bits for swap in telling)
    return [
        Evidence(
            later, "translation", RULE, *swap.later,
            f"“{now[slice(*swap.later)]}” stands where {original.source} has “{before[slice(*swap.original)]}”",
            weight=round(odds * swap.bits / total, 4),
            attributes={
                "kind": "machine_rewritten", "expected": before[slice(*swap.original)], "articles": original.article,
                "start": str(swap.original[0]), "end": str(swap.original[1]),
            },
        )
        for swap in telling
    ]  # fmt: skip


def weighed(found: Finding, compared: Finding) -> Finding:
    """The readings of `translation` with the evidence of a rewritten copy, `compared`, added; all else as it was.

    With r the probability of a machine-rewritten text by the text alone, z the sum of the evidence's weights and
    d = 1 + r (exp(z) - 1): machine_rewritten becomes r exp(z) / d, machine_translated and translated are divided by d,
    and translation t becomes (t + r (exp(z) - 1)) / d. That is Bayes' rule with exp(z) as the ratio of likelihoods.
    """
    z = sum(one.weight for one in compared.evidence if one.feature == "translation" and one.rule == RULE)
    scores = {score.feature: score for score in found.scores}
    if not z or not set(READINGS) <= set(scores):
        return found
    changed = {name: _raised(name, scores, exp(z) - 1) for name in READINGS}
    measures = tuple(
        Measure(one.article, one.feature, float(changed[one.feature].value >= FLAGGED), one.base, one.unit, one.absent)
        if one.feature in changed else one
        for one in found.measures
    )  # fmt: skip
    return Finding(found.evidence, measures, tuple(changed.get(one.feature, one) for one in found.scores))


def _raised(name: str, scores: Mapping[str, Score], more: float) -> Score:
    """One reading and its interval after the evidence."""
    rewritten_ = scores["translation.machine_rewritten"]
    one = scores[name]
    falls = name in ("translation.machine_translated", "translation.translated")

    def moved(value: float | None, by: float | None) -> float | None:
        if value is None or by is None:
            return None
        return min(max((value + (0.0 if falls else by * more)) / (1 + by * more), LEAST), 1 - LEAST)

    low, high = (rewritten_.high, rewritten_.low) if falls else (rewritten_.low, rewritten_.high)
    value = moved(one.value, rewritten_.value) or one.value
    return msgspec.structs.replace(one, value=value, low=moved(one.low, low), high=moved(one.high, high))
