"""Spans against spans. In: labelled and found attributions of articles; out: token and relation figures.

Words are runs of letters and digits (`\\w+`), the same for gold and found, so tokenisers do not matter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit.evaluate.counts import Counts, Figures, pearson
from audit.records import Evidence

WORD = re.compile(r"\w+")
ROLES = ("content", "source", "cue")
OVERLAPS = (0.3, 0.8)
"""Jaccard overlaps of the content from which a found relation counts as the labelled one: loose and strict."""

Words = frozenset[int]
Relation = dict[str, Words]


class Ruler:
    """The words of one text, to turn spans into sets of word numbers."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in WORD.finditer(text)]
        self.starts, self.ends = [start for start, _ in found], [end for _, end in found]

    def __len__(self) -> int:
        return len(self.starts)

    def words(self, spans: Iterable[Sequence[Any]]) -> Words:
        """Numbers of the words that any span touches."""
        ranges = (range(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])) for span in spans)
        return frozenset(number for numbers in ranges for number in numbers)


def attribution(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Evidence]]) -> Figures:
    """Figures per role and per relation, summed over articles, and the correlation of densities.

    `rows` have `id`, `text` and `attributions`, each with lists of [start, end] under source, cue and content.
    """
    tokens = {role: Counts() for role in ROLES}
    loose = {(overlap, sourced): Counts() for overlap in OVERLAPS for sourced in (False, True)}
    densities = []
    for row in rows:
        ruler = Ruler(row["text"])
        wanted = [{role: ruler.words(one.get(role) or ()) for role in ROLES} for one in row["attributions"]]
        given = [_relation(ruler, one) for one in found[row["id"]]]
        for role in ROLES:
            tokens[role].add_sets(_union(wanted, role), _union(given, role))
        wanted = [one for one in wanted if one["content"]]
        given = [one for one in given if one["content"]]
        densities.append((len(wanted) / max(1, len(ruler)), len(given) / max(1, len(ruler))))
        for (overlap, sourced), counts in loose.items():
            matched = matches(wanted, given, overlap, sourced)
            counts.add(matched, len(given) - matched, len(wanted) - matched)
    figures: Figures = {}
    for role in ROLES:
        figures |= tokens[role].figures(f"token_{role}")
    for (overlap, sourced), counts in loose.items():
        figures |= counts.figures(f"relation_{'content+source' if sourced else 'content'}@{overlap}")
    return figures | {"density_pearson": round(pearson(densities), 4)}


def matches(wanted: Sequence[Relation], given: Sequence[Relation], overlap: float, sourced: bool) -> int:
    """How many labelled relations are found, each used once, the greatest overlap of content first.

    With `sourced`, a labelled source must also share a word with the found one.
    """
    pairs = sorted(
        ((jaccard(one["content"], other["content"]), i, j)
         for i, one in enumerate(wanted) for j, other in enumerate(given) if one["content"] & other["content"]),
        reverse=True,
    )
    left: set[int] = set()
    right: set[int] = set()
    for value, i, j in pairs:
        source = wanted[i]["source"]
        agrees = not (sourced and source) or bool(source & given[j]["source"])
        if value >= overlap and agrees and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


def jaccard(one: Words, other: Words) -> float:
    """Shared words by all words of two sets that are not both empty."""
    return len(one & other) / len(one | other)


def _relation(ruler: Ruler, evidence: Evidence) -> Relation:
    return {role: ruler.words([(part.start, part.end) for part in evidence.parts if part.role == role])
            for role in ROLES}


def _union(relations: Iterable[Relation], role: str) -> Words:
    return frozenset().union(*(relation[role] for relation in relations))
