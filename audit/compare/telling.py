"""One story in, its claims and how they stand to each other out: a task of its own, so stories run side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import msgspec

from audit.compare.claims import CROWD, Told, pairs_of, told
from audit.compare.sketch import Sketch
from audit.compare.stories import model
from audit.records import Claim, ClaimPair, Pair


class Telling(msgspec.Struct, frozen=True):
    """A story's articles in order, with all that relating their claims depends on.

    texts     text by article; voices: the article that each repeats, itself when none
    owners    owner by source, where it is not the source itself; pairs: who took which passages from whom
    first     of articles that repeat another one its date and day: a reprint reports nothing later than its origin
    """

    members: tuple[Sketch, ...]
    texts: dict[str, str]
    voices: dict[str, str]
    owners: dict[str, str]
    pairs: tuple[Pair, ...]
    first: dict[str, tuple[str, int]] = {}


class Related(msgspec.Struct, frozen=True):
    """The claims of one story, and the pairs of them."""

    claims: tuple[Claim, ...]
    pairs: tuple[ClaimPair, ...]


def related(telling: Telling) -> Related:
    """The claims of a story, and how those of independent texts stand to each other."""
    members = [_as_first_told(item, telling.first.get(item.article)) for item in telling.members]
    sheets = told(members, telling.texts.__getitem__, model().rarity)
    borrowed = _borrowed(telling.pairs)
    pairs = [pair for one, two in [*_independent(sheets, telling.voices, telling.owners), *_later(sheets)]
             for pair in pairs_of(one, two, borrowed)]
    return Related(tuple(claim for sheet in sheets for claim in sheet.claims), tuple(pairs))


def _as_first_told(item: Sketch, first: tuple[str, int] | None) -> Sketch:
    return msgspec.structs.replace(item, published=first[0], day=first[1]) if first else item


def _independent(
    sheets: Sequence[Told], voice: Mapping[str, str], owner: Mapping[str, str]
) -> list[tuple[Told, Told]]:
    """Pairs of articles by different sources, owners and voices."""
    pairs = []
    for left, right in combinations(range(len(sheets)), 2):
        one, two = sheets[left].item, sheets[right].item
        if right - left > CROWD or one.source == two.source:
            continue
        if owner.get(one.source, one.source) == owner.get(two.source, two.source):
            continue
        if voice[one.article] != voice[two.article]:
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
