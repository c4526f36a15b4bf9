"""One story in, all that comparing finds within it out: a task of its own, so stories run side by side.

What a source does over all its stories is made from the `overall.Shares` of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from audit.compare.agreement import Tally, tally
from audit.compare.balance import in_story as balanced
from audit.compare.direction import order
from audit.compare.findings import Copied, finding
from audit.compare.framing import Usage
from audit.compare.framing import in_story as framed
from audit.compare.held import Parts
from audit.compare.overall import Shares
from audit.compare.quoting import in_story as quoted
from audit.compare.sketch import Sketch
from audit.compare.speakers import counts, heard
from audit.compare.telling import Telling, related
from audit.records import Balance, Evidence, Finding, Framed, Pair, Quoted, Story

SHOWN = 40
"""Articles of a story up to which every two of them are listed as a pair."""

ROWS, TOLD, SHARES, FINDINGS = 0, 1, 2, 3
"""The parts of what is found in a story: `Rows`, `telling.Related`, `overall.Shares`, and from there on a Finding of
each article."""


class Elsewhere(msgspec.Struct, frozen=True):
    """What the findings of some articles take from others, by article: what was copied, the evidence of a rewritten
    copy, and the sources of the articles that are named there."""

    copied: dict[str, list[Copied]]
    swapped: dict[str, tuple[Evidence, ...]]
    sources: dict[str, str]


class Rows(msgspec.Struct, frozen=True, gc=False):
    """Of one story the pairs of articles beside those of reuse, and the rows of framing, balance and speakers."""

    pairs: list[Pair]
    framing: list[Framed]
    balance: list[Balance]
    quoted: list[Quoted]


class Account(msgspec.Struct, frozen=True):
    """What the account of a story depends on."""

    story: Story
    telling: Telling
    elsewhere: Elsewhere


class Lone(msgspec.Struct, frozen=True):
    """The same of an article without a story; `text` may be empty where nothing was copied."""

    item: Sketch
    text: str
    elsewhere: Elsewhere


def account(given: Account) -> Parts:
    """All that is found in a story, see `ROWS`."""
    story, telling = given.story, given.telling
    items = {item.article: item for item in telling.members}
    voice = telling.voices.__getitem__
    claims = related(telling)
    tallies = tally([story], claims.claims, claims.pairs, items, voice, telling.owners)
    unheard = counts(heard([story], items, voice), [story], items)
    found = [
        _finding(items[article], tallies[article], unheard[article], given.elsewhere, telling.texts)
        for article in story.articles
    ]
    words, usages = framed(story, items, voice)
    shares, sides = balanced(story, items, voice)
    rows = Rows(_same_story(story, telling.pairs, items), words, shares, list(quoted(story, items, voice)))
    return [msgspec.msgpack.encode(part) for part in (rows, claims, Shares(_by_source(usages), sides), *found)]


def _by_source(usages: Sequence[Usage]) -> dict[str, list[Usage]]:
    found: dict[str, list[Usage]] = {}
    for one in usages:
        found.setdefault(one.source, []).append(one)
    return found


def alone(given: Lone) -> Parts:
    """The finding of an article without a story."""
    item = given.item
    found = _finding(item, Tally(), (0, 0), given.elsewhere, {item.article: given.text})
    return [msgspec.msgpack.encode(found)]


def _finding(
    item: Sketch, told: Tally, unheard: tuple[int, int], elsewhere: Elsewhere, texts: Mapping[str, str]
) -> Finding:
    copied, swapped = elsewhere.copied.get(item.article, ()), elsewhere.swapped.get(item.article, ())
    return finding(item, told, copied, unheard, elsewhere.sources, texts.__getitem__, swapped)


def _same_story(story: Story, reused: Sequence[Pair], items: Mapping[str, Sketch]) -> list[Pair]:
    """The other pairs of articles in one story."""
    if len(story.articles) > SHOWN:
        return []
    known = {frozenset((pair.a, pair.b)) for pair in reused}
    pairs = []
    for left, right in combinations(sorted(story.articles), 2):
        if frozenset((left, right)) not in known:
            first, reason = order(items[left], items[right])
            a, b = (right, left) if first == right else (left, right)
            pairs.append(Pair(a, b, "same-story", 0.0, first, reason))
    return pairs
