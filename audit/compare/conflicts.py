"""Two statements in, what contradicts between them out: other figures for the same thing, other dates, a negation,
an opposite, an actor in another role, a quotation with other words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from audit.compare import vocabulary
from audit.compare.figures import Figure
from audit.compare.statement import Statement

NEAR = 2
"""Words to either side of two aligned figures among which one pair must be the same."""


RELATIVE = frozenset(["yesterday", "today", "tomorrow"])
"""Days that depend on the date of the text."""


@dataclass(frozen=True)
class Conflict:
    """What differs (`kind`: figure, date, negation, opposite, actor, quotation) and a sentence with both values."""

    kind: str
    reason: str


def aligned(a: Statement, b: Statement) -> list[tuple[int, int]]:
    """Word places that stand in both statements, in order (a longest common subsequence)."""
    pairs: list[tuple[int, int]] = []
    for op in LCSseq.opcodes(a.codes, b.codes):
        if op.tag == "equal":
            pairs += zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
    return pairs


@dataclass(frozen=True)
class Counterparts:
    """Figures of two statements that speak of the same thing. `tight`: the words on both sides are the same too."""

    one: Figure
    two: Figure
    agree: bool
    tight: bool


def figure_pairs(a: Statement, b: Statement, pairs: list[tuple[int, int]]) -> tuple[Counterparts, ...]:
    """Figures of both statements that speak of the same thing.

    Figures that stand in the same place come first, equal values next, then those with the same unit and thing.
    """
    left, right = dict(a.figure_at), dict(b.figure_at)
    found = []
    known = set(pairs)
    for i, j in pairs:
        if i in left and j in right:
            one, two = left[i], right[j]
            if {one.unit, two.unit} == {"day", "year"}:
                continue
            agree = one.agrees(two)
            if agree or _framed(a, b, i, j, known, NEAR) or (one.thing and one.thing == two.thing):
                found.append(Counterparts(one, two, agree, _framed(a, b, i, j, known, 1)))
                del left[i], right[j]
    for same in (True, False):
        for i, one in sorted(left.items()):
            for j, two in sorted(right.items()):
                if one.family == two.family and (one.agrees(two) if same else one.thing and one.thing == two.thing):
                    found.append(Counterparts(one, two, same, tight=False))
                    del left[i], right[j]
                    break
    return tuple(found)


def _framed(a: Statement, b: Statement, i: int, j: int, known: set[tuple[int, int]], near: int) -> bool:
    """Whether a word at most `near` places away is aligned as well, on either side."""
    sides = [
        any((i + side * far, j + side * off) in known for far in range(1, near + 1) for off in range(1, near + 1))
        for side in (-1, 1)
    ]
    edge = (i == 0 and j == 0, i == len(a.codes) - 1 and j == len(b.codes) - 1)
    return (sides[0] or edge[0]) and (sides[1] or edge[1])


def figure_conflicts(found: tuple[Counterparts, ...]) -> list[Conflict]:
    """Figures for the same thing whose values cannot both be right."""
    conflicts = []
    for both in found:
        if not both.agree:
            kind = "date" if both.one.unit in ("day", "year", "decade", "clock") else "figure"
            about = f" for {both.one.counted}" if both.one.thing and both.one.thing == both.two.thing else ""
            conflicts.append(Conflict(kind, f"{both.one.text} and {both.two.text}{about}"))
    return conflicts


def word_conflicts(a: Statement, b: Statement, pairs: list[tuple[int, int]]) -> list[Conflict]:
    """Months, weekdays and opposites in the same place of two statements that are otherwise alike."""
    lists = vocabulary.load()
    conflicts = []
    for one, two in _gaps(a, b, pairs):
        for left in one:
            for right in two:
                low, other = a.words[left].lower(), b.words[right].lower()
                named = lists.months if low in lists.months else lists.weekdays - RELATIVE
                if low in named and other in named and low[:3] != other[:3]:
                    conflicts.append(Conflict("date", f"{a.words[left]} and {b.words[right]}"))
                elif other in lists.opposites.get(low, ()):
                    conflicts.append(Conflict("opposite", f"“{a.words[left]}” and “{b.words[right]}”"))
    return conflicts


def _gaps(a: Statement, b: Statement, pairs: list[tuple[int, int]]) -> list[tuple[range, range]]:
    """Stretches between aligned words that have words on both sides."""
    edges = [(-1, -1), *pairs, (len(a.words), len(b.words))]
    gaps = [(range(i + 1, k), range(j + 1, m)) for (i, j), (k, m) in pairwise(edges)]
    return [(one, two) for one, two in gaps if len(one) and len(two)]


def swapped(a: Statement, b: Statement) -> Conflict | None:
    """The same words with two names exchanged: who did what to whom differs."""
    if sorted(a.codes) != sorted(b.codes) or a.codes == b.codes:
        return None
    moved = [(a.words[at], b.words[at]) for at in range(len(a.codes)) if a.codes[at] != b.codes[at]]
    names = [(one, two) for one, two in moved if one[0].isupper() and two[0].isupper()]
    if len(moved) == len(names) == 2:
        return Conflict("actor", f"{names[0][0]} and {names[0][1]} change places")
    return None
