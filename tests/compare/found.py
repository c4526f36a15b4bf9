"""The steps of comparing one at a time: stories, reuse and linkage of some sketches or pairs, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from audit.compare.catalogue import Catalogue
from audit.compare.linkage import Linkage
from audit.compare.reuse import proven
from audit.compare.sketch import Sketch
from audit.compare.stories import gathered, grouped
from audit.records import Pair, Story


def stories_of(sketches: Sequence[Sketch]) -> tuple[Story, ...]:
    """The stories, before those are joined of which one article took its text from another's."""
    known = Catalogue.of(sketches)
    return tuple(gathered(sketches, known, grouped(sketches, known)))


def reuse_of(sketches: Sequence[Sketch], texts: Callable[[str], str]) -> tuple[Pair, ...]:
    """The pairs of which one text took from the other, sorted by id."""
    found = proven(sketches, Catalogue.of(sketches), texts)
    return tuple(sorted((one.pair for one in found), key=lambda pair: (pair.a, pair.b)))


def linked(size: int, edges: Iterable[tuple[int, int, float]], threshold: float, missing: float) -> list[int]:
    """The group of each of `size` items, all pairs (i, j, score) known at once."""
    linkage = Linkage(size, threshold, missing)
    linkage.add(edges)
    linkage.settle(size)
    return linkage.groups.tolist()
