"""Stories and the grouped speakers of their articles in, whose voices each source lets speak out.

Per article the share of each group is a measure like any other, with an interval and a place among the sources. Here
it is also held against the other sources of the same stories: every article against the other voices of its story,
with an interval from resampling the articles (Efron 1979), parties that the text names included.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from audit.compare.groups import GROUPS
from audit.compare.sketch import Sketch
from audit.extract.base import Quantity
from audit.records import Balance, Measure, Story
from audit.settings import Scoring, load

Floats = npt.NDArray[np.float64]
Key = tuple[Literal["group", "party"], str]

NOBODY = "no statement with a speaker"
DIGITS = 6

quantities = tuple(
    Quantity(f"balance.{name}", f"statements of {plural}", f"statements of {plural}", "statements with a speaker",
             "statement", scale=100, higher=f"more of the statements are those of {plural}")
    for name, plural in GROUPS.items()
)  # fmt: skip
"""The share of each group, in the form in which extractors describe themselves."""


def measures(article: str, groups: Iterable[str]) -> list[Measure]:
    """Of one article the statements of each group among all that have a speaker; `groups` has one for each."""
    spoken = Counter(filter(None, groups))
    base = spoken.total()
    absent = None if base else NOBODY
    return [Measure(article, f"balance.{name}", spoken[name], base, "statement", absent) for name in GROUPS]


@dataclass(frozen=True)
class Side:
    """One article and the other voices of its story: how often each group and party speaks, and all statements."""

    story: str
    mine: Counter[Key]
    theirs: Counter[Key]
    base: int
    others: int


def balance(
    found: Sequence[Story], items: Mapping[str, Sketch], voice: Callable[[str], str], settings: Scoring | None = None
) -> tuple[Balance, ...]:
    """Rows per story, source and group or party, then rows per source over all shared stories.

    A text that repeats another counts among the others once, with its origin.
    """
    settings = settings or load().score
    sides: dict[str, list[Side]] = {}
    rows: list[Balance] = []
    for story in found:
        told = _told(story, items, voice)
        for source in sorted(told):
            rows += _in_story(story.id, source, told[source])
            sides.setdefault(source, []).extend(told[source])
    for source in sorted(sides):
        rows += _overall(source, sides[source], settings)
    return tuple(rows)


def _told(story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]) -> dict[str, list[Side]]:
    """The articles of each source with statements, each against the origins that other sources wrote."""
    said = {article: Counter(_keys(items[article])) for article in sorted(story.articles)}
    bases = {article: sum(n for (kind, _), n in counts.items() if kind == "group") for article, counts in said.items()}
    total: Counter[Key] = Counter()
    of_source: dict[str, Counter[Key]] = {}
    for article, counts in said.items():
        if voice(article) == article:
            total.update(counts)
            of_source.setdefault(items[article].source, Counter()).update(counts)
    sides: dict[str, list[Side]] = {}
    for article, counts in said.items():
        source, origin = items[article].source, voice(article)
        theirs = total - of_source.get(source, Counter())
        if origin in said and items[origin].source != source:
            theirs -= said[origin]
        others = sum(n for (kind, _), n in theirs.items() if kind == "group")
        if bases[article] and others:
            sides.setdefault(source, []).append(Side(story.id, counts, theirs, bases[article], others))
    return sides


def _keys(item: Sketch) -> Iterator[Key]:
    for one in item.spoken():
        if one.group:
            yield "group", one.group
        if one.group and one.party:
            yield "party", one.party


def _named(sides: Iterable[Side]) -> list[Key]:
    """Groups in their order, then parties in alphabetical order, that anybody lets speak."""
    seen = {key for side in sides for key in (*side.mine, *side.theirs)}
    groups = list(GROUPS)
    return sorted(seen, key=lambda key: (key[0], groups.index(key[1]) if key[0] == "group" else 0, key[1]))


def _in_story(story: str, source: str, sides: Sequence[Side]) -> Iterator[Balance]:
    base, others = sum(side.base for side in sides), max(side.others for side in sides)
    widest = max(sides, key=lambda side: side.others)
    for key in _named(sides):
        yield Balance(
            story, source, key[0], key[1], sum(side.mine[key] for side in sides), base, widest.theirs[key], others,
            len(sides),
        )  # fmt: skip


def _overall(source: str, sides: Sequence[Side], settings: Scoring) -> Iterator[Balance]:
    """Shares over all shared stories, their difference to the others, both with their intervals."""
    random = np.random.default_rng([settings.seed, zlib.crc32(source.encode()), zlib.crc32(b"balance")])
    draws = random.multinomial(len(sides), np.full(len(sides), 1 / len(sides)), settings.resamples).astype(float)
    base = np.array([side.base for side in sides], float)
    others = np.array([side.others for side in sides], float)
    enough = len(sides) >= settings.min_articles
    told = {side.story: side for side in sides}.values()  # the others once a story, however often this source tells it
    for key in _named(sides):
        mine = np.array([side.mine[key] for side in sides], float)
        theirs = np.array([side.theirs[key] for side in sides], float)
        weight = base / others  # each story weighs among the others as much as it does here
        share, elsewhere = mine.sum() / base.sum(), (theirs * weight).sum() / base.sum()
        shares, gaps = _drawn(draws, mine, theirs * weight, base)
        low, high = _ends(shares, settings.confidence) if enough else (None, None)
        gap_low, gap_high = _ends(gaps, settings.confidence) if enough else (None, None)
        yield Balance(
            "", source, key[0], key[1], int(mine.sum()), int(base.sum()), sum(side.theirs[key] for side in told),
            sum(side.others for side in told), len(sides), low, high, round(float(share - elsewhere), DIGITS), gap_low,
            gap_high,
        )  # fmt: skip


def _drawn(draws: Floats, mine: Floats, theirs: Floats, base: Floats) -> tuple[Floats, Floats]:
    """Of each resample the share, and its difference to the others' share."""
    total = draws @ base
    shares = draws @ mine / total
    return shares, shares - draws @ theirs / total


def _ends(values: Floats, confidence: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return round(float(low), DIGITS), round(float(high), DIGITS)
