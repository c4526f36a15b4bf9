"""Sketches of a whole corpus in, everything that comparing finds out: stories, reuse, voices, claims, agreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import msgspec

from audit.compare.agreement import tally
from audit.compare.claims import CROWD, Told, pairs_of, told
from audit.compare.direction import order
from audit.compare.findings import copied_spans, finding
from audit.compare.reuse import reuse
from audit.compare.sketch import Sketch
from audit.compare.speakers import counts, heard
from audit.compare.stories import WINDOW, joined, model, stories
from audit.compare.voices import origins, voices
from audit.records import Claim, ClaimPair, Comparison, Pair, Story
from audit.settings import Settings

UNDATED = 0.2
"""Share of articles without a date from which the pages warn: stories are then found by words alone."""

SHOWN = 40
"""Articles of a story up to which every two of them are listed as a pair."""


def compare(
    sketches: Sequence[Sketch],
    texts: Callable[[str], str],
    settings: Settings | None = None,
    owners: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare all articles. `texts` gives the text of an article id; it is asked for candidates only.

    `owners` maps a source to its owner: sources of one owner are not independent. The result does not depend on
    the order of the sketches.
    """
    items = {item.article: item for item in sorted(sketches, key=lambda item: item.article)}
    window = settings.compare.window_days if settings else WINDOW
    reused = reuse(list(items.values()), texts)
    found = joined(stories(list(items.values()), window), reused, items)
    parents = voices(list(items.values()), reused)
    voice = origins(parents)
    owner = owners or {}
    claims: list[Claim] = []
    claim_pairs: list[ClaimPair] = []
    borrowed = _borrowed(reused)
    for story in found:
        members = [_as_first_told(items[article], items[voice(article)]) for article in story.articles]
        sheets = told(members, texts, model().rarity)
        claims += [claim for sheet in sheets for claim in sheet.claims]
        for one, two in [*_independent(sheets, voice, owner), *_later(sheets)]:
            claim_pairs += pairs_of(one, two, borrowed)
    tallies = tally(found, claims, claim_pairs, items, voice)
    copied = copied_spans(reused, parents)
    unheard = counts(heard(found, items, voice), found, items)
    findings = {
        article: finding(item, tallies[article], copied.get(article, ()), unheard.get(article, (0, 0)), items, texts)
        for article, item in items.items()
    }
    pairs = (*reused, *_same_story(found, reused, items))
    return Comparison(
        found, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))), tuple(claims), tuple(claim_pairs), findings,
        dict(sorted(parents.items())), _notes(list(items.values())),
    )  # fmt: skip


def _as_first_told(item: Sketch, origin: Sketch) -> Sketch:
    """An article with the date of the text that it repeats: a reprint reports nothing later than its origin."""
    return msgspec.structs.replace(item, published=origin.published, day=origin.day) if origin.day else item


def _independent(
    sheets: Sequence[Told], voice: Callable[[str], str], owner: Mapping[str, str]
) -> list[tuple[Told, Told]]:
    """Pairs of articles by different sources, owners and voices."""
    pairs = []
    for left, right in combinations(range(len(sheets)), 2):
        one, two = sheets[left].item, sheets[right].item
        if right - left > CROWD or one.source == two.source:
            continue
        if owner.get(one.source, one.source) == owner.get(two.source, two.source):
            continue
        if voice(one.article) != voice(two.article):
            pairs.append((sheets[left], sheets[right]))
    return pairs


def _later(sheets: Sequence[Told]) -> list[tuple[Told, Told]]:
    """Articles of one source on different days: what it updates itself is shown, and is no dispute."""
    return [
        (one, two) for one, two in combinations(sheets, 2)
        if one.item.source == two.item.source and 0 < one.item.day != two.item.day > 0
    ]  # fmt: skip


def _borrowed(pairs: Sequence[Pair]) -> Callable[[Claim, Claim], bool]:
    """Whether two claims are the same borrowed words: both inside one aligned passage."""
    between = {frozenset((pair.a, pair.b)): pair for pair in pairs}

    def inside(one: Claim, two: Claim) -> bool:
        pair = between.get(frozenset((one.article, two.article)))
        if pair is None:
            return False
        a, b = (one, two) if one.article == pair.a else (two, one)
        return any(
            a.start < passage.a_end and passage.a_start < a.end and b.start < passage.b_end and passage.b_start < b.end
            for passage in pair.passages
        )

    return inside


def _same_story(found: Sequence[Story], reused: Sequence[Pair], items: Mapping[str, Sketch]) -> list[Pair]:
    """The other pairs of articles in one story."""
    known = {frozenset((pair.a, pair.b)) for pair in reused}
    pairs = []
    for story in found:
        if len(story.articles) > SHOWN:
            continue
        for left, right in combinations(sorted(story.articles), 2):
            if frozenset((left, right)) not in known:
                first, reason = order(items[left], items[right])
                a, b = (right, left) if first == right else (left, right)
                pairs.append(Pair(a, b, "same-story", 0.0, first, reason))
    return pairs


def _notes(items: Sequence[Sketch]) -> tuple[str, ...]:
    """What a reader must know of this comparison."""
    undated = sum(not item.day for item in items)
    if len(items) > 1 and undated > UNDATED * len(items):
        return (
            f"{undated} of {len(items)} articles have no date: stories were found by their words alone, and who "
            "published first is known only where a page says so.",
        )
    return ()
