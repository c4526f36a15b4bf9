"""Sketches of a whole corpus in, everything that comparing finds out: stories, reuse, voices, claims, agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from audit.compare.agreement import tally
from audit.compare.balance import balance
from audit.compare.direction import order
from audit.compare.findings import copied_spans, finding
from audit.compare.framing import framing
from audit.compare.quoting import quoted
from audit.compare.reuse import reuse
from audit.compare.rewritten import rewritten
from audit.compare.sketch import Sketch
from audit.compare.speakers import counts, heard
from audit.compare.stories import WINDOW, joined, stories
from audit.compare.telling import Related, Telling, related
from audit.compare.voices import origins, voices
from audit.records import Claim, ClaimPair, Comparison, Pair, Story
from audit.settings import Settings

Map = Callable[[Callable[[Telling], Related], Iterable[Telling]], Iterable[Related]]

UNDATED = 0.2
"""Share of articles without a date from which the pages warn: stories are then found by words alone."""

SHOWN = 40
"""Articles of a story up to which every two of them are listed as a pair."""


def compare(
    sketches: Sequence[Sketch],
    texts: Callable[[str], str],
    settings: Settings | None = None,
    owners: Mapping[str, str] | None = None,
    map: Map = map,
) -> Comparison:
    """Compare all articles. `texts` gives the text of an article id; it is asked for candidates only.

    `owners` maps a source to its owner: sources of one owner are not independent. The result does not depend on
    the order of the sketches. `map` is the built-in one, or one that runs its task in other processes.
    """
    items = {item.article: item for item in sorted(sketches, key=lambda item: item.article)}
    window = settings.compare.window_days if settings else WINDOW
    reused = reuse(list(items.values()), texts)
    found = joined(stories(list(items.values()), window), reused, items)
    parents = voices(list(items.values()), reused)
    voice = origins(parents)
    claims: list[Claim] = []
    claim_pairs: list[ClaimPair] = []
    for told in map(related, _tellings(found, reused, items, texts, voice, owners or {})):
        claims += told.claims
        claim_pairs += told.pairs
    tallies = tally(found, claims, claim_pairs, items, voice, owners or {})
    copied = copied_spans(reused, parents)
    unheard = counts(heard(found, items, voice), found, items)
    swapped = rewritten(reused, items, texts)
    findings = {
        article: finding(item, tallies[article], copied.get(article, ()), unheard.get(article, (0, 0)), items, texts,
                         swapped.get(article, ()))
        for article, item in items.items()
    }  # fmt: skip
    pairs = (*reused, *_same_story(found, reused, items))
    return Comparison(
        found, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))), tuple(claims), tuple(claim_pairs), findings,
        dict(sorted(parents.items())), _notes(list(items.values())), framing(found, items, voice),
        balance(found, items, voice, settings.score if settings else None), quoted(found, items, voice),
    )  # fmt: skip


def _as_first_told(item: Sketch, origin: Sketch) -> Sketch:
    """An article with the date of the text that it repeats: a reprint reports nothing later than its origin."""
    return msgspec.structs.replace(item, published=origin.published, day=origin.day) if origin.day else item


def _tellings(
    found: Sequence[Story], reused: Sequence[Pair], items: Mapping[str, Sketch], texts: Callable[[str], str],
    voice: Callable[[str], str], owners: Mapping[str, str],
) -> Iterator[Telling]:
    """What relating the claims of each story takes."""
    home = {article: story.id for story in found for article in story.articles}
    shared: dict[str, list[Pair]] = {}
    for pair in reused:
        if home.get(pair.a) == home.get(pair.b):
            shared.setdefault(home.get(pair.a, ""), []).append(pair)
    for story in found:
        members = tuple(_as_first_told(items[article], items[voice(article)]) for article in story.articles)
        yield Telling(
            members, {article: texts(article) for article in story.articles},
            {article: voice(article) for article in story.articles},
            {item.source: owners[item.source] for item in members if item.source in owners},
            tuple(shared.get(story.id, ())),
        )  # fmt: skip


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
