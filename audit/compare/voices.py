"""Pairs of reuse in, voices out: texts that repeat one another are one voice, a tree from its origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit.compare.sketch import Sketch
from audit.records import Pair

ONE_VOICE = 0.3
"""Share of a text that must come from another before both count as one voice; a single borrowed passage does not
silence the rest of an article, but claims inside the passage still never confirm each other."""


def voices(sketches: Sequence[Sketch], pairs: Sequence[Pair]) -> dict[str, str]:
    """Article to the article it repeats, one step up the tree; origins and lone articles are not keys."""
    items = {item.article: item for item in sketches}
    near: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.kind != "same-story" and pair.share >= ONE_VOICE:
            near.setdefault(pair.a, []).append(pair)
            near.setdefault(pair.b, []).append(pair)
    parents: dict[str, str] = {}
    seen: set[str] = set()
    for start in sorted(near):
        if start not in seen:
            group = _reach(start, near)
            seen.update(group)
            parents.update(_tree(group, near, items))
    return parents


def _reach(start: str, near: dict[str, list[Pair]]) -> list[str]:
    found, waiting = {start}, [start]
    while waiting:
        for pair in near[waiting.pop()]:
            for other in (pair.a, pair.b):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
    return sorted(found)


def _tree(group: list[str], near: dict[str, list[Pair]], items: dict[str, Sketch]) -> dict[str, str]:
    """Each member but the origin hangs on the text that it shares most with among those nearer the origin.

    The origin is the text that most others are known to follow, then the earliest, then the longest.
    """
    followers = {member: sum(pair.first == member for pair in near[member]) for member in group}
    following = {member: sum(pair.first not in (None, member) for pair in near[member]) for member in group}
    order = sorted(group, key=lambda m: (
        following[m], -followers[m], items[m].published or "~", -items[m].words, m
    ))  # fmt: skip
    parents, placed, rest = {}, {order[0]}, order[1:]
    while rest:
        options = [
            (-pair.share, rank, _other(pair, member), member)
            for rank, member in enumerate(rest) for pair in near[member] if _other(pair, member) in placed
        ]  # fmt: skip
        _, _, parent, member = min(options)
        parents[member] = parent
        placed.add(member)
        rest.remove(member)
    return parents


def _other(pair: Pair, member: str) -> str:
    return pair.b if pair.a == member else pair.a


def origins(parents: dict[str, str]) -> Callable[[str], str]:
    """A function from an article to the origin of its voice, itself when it repeats nobody."""

    def origin(article: str) -> str:
        while article in parents:
            article = parents[article]
        return article

    return origin
