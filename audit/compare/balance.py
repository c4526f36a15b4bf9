"""Stories and the grouped speakers of their articles in, whose voices each source lets speak out.

Per article the share of each group is a measure like any other, with an interval and a place among the sources. Here
it is also held against the other sources of the same stories: every article against the other voices of its story,
with an interval from resampling the articles (Efron 1979), parties that the text names included.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec
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


class Side(msgspec.Struct, array_like=True, gc=False):
    """One article and the other voices of its story: how often each group and party speaks, and all statements."""

    story: str
    mine: dict[str, int]
    theirs: dict[str, int]
    base: int
    others: int


def balance(
    found: Sequence[Story], items: Mapping[str, Sketch], voice: Callable[[str], str], settings: Scoring | None = None
) -> tuple[Balance, ...]:
    """Rows per story, source and group or party, then rows per source over all shared stories.

    A text that repeats another counts among the others once, with its origin.
    """
    sides: dict[str, list[Side]] = {}
    rows: list[Balance] = []
    for story in found:
        mine, told = in_story(story, items, voice)
        rows += mine
        for source, some in told.items():
            sides.setdefault(source, []).extend(some)
    return (*rows, *overall(sides, settings))


def in_story(
    story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]
) -> tuple[list[Balance], dict[str, list[Side]]]:
    """The rows of one story, and the articles of each source against the others, from which `overall` makes its own."""
    told = _told(story, items, voice)
    return [row for source in sorted(told) for row in _in_story(story.id, source, told[source])], told


def overall(sides: Mapping[str, Sequence[Side]], settings: Scoring | None = None) -> Iterator[Balance]:
    """Rows per source over all stories, which came in their order."""
    settings = settings or load().score
    for source in sorted(sides):
        yield from _overall(source, sides[source], settings)


def _told(story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]) -> dict[str, list[Side]]:
    """The articles of each source with statements, each against the origins that other sources wrote."""
    said = {article: Counter(_keys(items[article])) for article in sorted(story.articles)}
    bases = {article: _groups(counts) for article, counts in said.items()}
    total: Counter[str] = Counter()
    of_source: dict[str, Counter[str]] = {}
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
        others = _groups(theirs)
        if bases[article] and others:
            sides.setdefault(source, []).append(Side(story.id, counts, theirs, bases[article], others))
    return sides


def _groups(counts: Mapping[str, int]) -> int:
    """How many statements have a group, as all have that are counted."""
    return sum(count for key, count in counts.items() if _kind(key)[0] == "group")


def _keys(item: Sketch) -> Iterator[str]:
    for one in item.spoken():
        if one.group:
            yield f"group:{one.group}"
        if one.group and one.party:
            yield f"party:{one.party}"


def _kind(key: str) -> Key:
    kind, _, name = key.partition(":")
    return ("group" if kind == "group" else "party"), name


def _named(sides: Iterable[Side]) -> list[str]:
    """Groups in their order, then parties in alphabetical order, that anybody lets speak."""
    seen = {key for side in sides for key in (*side.mine, *side.theirs)}
    groups = [f"group:{name}" for name in GROUPS]
    return sorted(seen, key=lambda key: (groups.index(key), "") if key in groups else (len(groups), key))


def _in_story(story: str, source: str, sides: Sequence[Side]) -> Iterator[Balance]:
    base, others = sum(side.base for side in sides), max(side.others for side in sides)
    widest = max(sides, key=lambda side: side.others)
    for key in _named(sides):
        yield Balance(
            story, source, *_kind(key), sum(side.mine.get(key, 0) for side in sides), base, widest.theirs.get(key, 0),
            others, len(sides),
        )  # fmt: skip


def _overall(source: str, sides: Sequence[Side], settings: Scoring) -> Iterator[Balance]:
    """Shares over all shared stories, their difference to the others, both with their intervals."""
    keys = _named(sides)
    base = np.array([side.base for side in sides], float)
    others = np.array([side.others for side in sides], float)
    weight = base / others  # each story weighs among the others as much as it does here
    mine = [np.array([side.mine.get(key, 0) for side in sides], float) for key in keys]
    theirs = [np.array([side.theirs.get(key, 0) for side in sides], float) * weight for key in keys]
    enough = len(sides) >= settings.min_articles
    ends = _intervals(source, base, mine, theirs, settings) if enough else [(None, None, None, None)] * len(keys)
    told = {side.story: side for side in sides}.values()  # the others once a story, however often this source tells it
    for key, own, their, (low, high, gap_low, gap_high) in zip(keys, mine, theirs, ends, strict=True):
        share, elsewhere = own.sum() / base.sum(), their.sum() / base.sum()
        yield Balance(
            "", source, *_kind(key), int(own.sum()), int(base.sum()), sum(side.theirs.get(key, 0) for side in told),
            sum(side.others for side in told), len(sides), low, high, round(float(share - elsewhere), DIGITS), gap_low,
            gap_high,
        )  # fmt: skip


def _intervals(
    source: str, base: Floats, mine: Sequence[Floats], theirs: Sequence[Floats], settings: Scoring
) -> list[list[float]]:
    """Of each key the ends of the interval of its share, then of the difference to the others' share; by resampling."""
    random = np.random.default_rng([settings.seed, zlib.crc32(source.encode()), zlib.crc32(b"balance")])
    draws = random.multinomial(len(base), np.full(len(base), 1 / len(base)), settings.resamples).astype(float)
    total = draws @ base
    shares = [draws @ own / total for own in mine]
    gaps = [share - draws @ their / total for share, their in zip(shares, theirs, strict=True)]
    ends = [(1 - settings.confidence) / 2, (1 + settings.confidence) / 2]
    found = np.quantile(np.array([shares, gaps]), ends, axis=2)  # [ends, shares or gaps, keys]
    return [[round(float(value), DIGITS) for value in found[:, :, at].T.ravel()] for at in range(len(mine))]
