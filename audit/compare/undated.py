"""Articles without a date in, the pairs worth scoring out: each may belong to any day, and all others are looked at.

They are found as those of a window are, but the others never lie open together: first their terms pass by, of which
each rare one leaves its first articles, then the chosen ones come again for their cosines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np

from audit.compare.catalogue import Rows
from audit.compare.near import CROWDED, Postings, found, rank
from audit.compare.sketch import Sketch
from audit.compare.vectors import Floats, Frequencies, Ints, Rarity, Space, space

BLOCK = 2_000
"""Articles without a date that look for others together, and of the others that lie open with them: some 130 MB. For
each block all articles pass by once."""


def anywhere(
    sketches: Sequence[Sketch], by_day: Rows, block: range, rarity: Rarity, corpus: Frequencies
) -> tuple[Ints, Ints, Floats, Floats]:
    """Pairs (i < j) of the articles `block`, places in `by_day`, with all before them, in order of j and i; their
    cosines [p, 3]; and the lengths of the articles of the block."""

    def read(places: Ints) -> Iterator[Sketch]:
        return (sketches[row] for row in by_day[places].tolist())

    places = np.arange(block.start, block.stop)
    mine = space(read(places), rarity, corpus)
    postings = Postings(block.stop, _passing(read, mine, block.stop))
    others = list(found(mine, postings, places - block.start, np.zeros_like(places), places))
    left, right = np.concatenate(others), np.repeat(places, list(map(len, others)))
    cosines, needed = np.zeros((len(left), 3)), np.unique(left)
    for start in range(0, len(needed), BLOCK):
        some = needed[start : start + BLOCK]
        part = space(chain(read(places), read(some)), rarity, corpus)
        here = np.flatnonzero((left >= some[0]) & (left <= some[-1]))
        at = len(block) + np.searchsorted(some, left[here])
        edges = np.searchsorted(right[here], np.append(places, block.stop))
        for row, (low, high) in enumerate(pairwise(edges.tolist())):
            cosines[here[low:high]] = part.cosines(row, at[low:high])
    return left, right, cosines, mine.length


def _passing(read: Callable[[Ints], Iterator[Sketch]], mine: Space, stop: int) -> Ints:
    """Of each term of a block the first articles before `stop` that use it, one more than make it crowded: the codes
    of `Postings`."""
    codes = np.zeros(0, np.int64)
    for start in range(0, stop if len(mine.keys) else 0, BLOCK):
        places = np.arange(start, min(start + BLOCK, stop))
        terms = [np.frombuffer(item.terms, np.uint32) for item in read(places)]
        keys, rows = np.concatenate(terms), np.repeat(places, list(map(len, terms)))
        columns = np.minimum(np.searchsorted(mine.keys, keys), len(mine.keys) - 1)
        known = mine.keys[columns] == keys
        codes = np.sort(np.concatenate((codes, columns[known] * stop + rows[known])))
        codes = codes[rank(codes // stop) <= CROWDED]
    return codes
