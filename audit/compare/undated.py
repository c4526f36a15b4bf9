"""Articles without a date in, the pairs worth scoring out: each may belong to any day, and all others are looked at.

They are found as those of a window are, but the others never lie open together: first their terms pass by, of which
each rare one leaves its first articles, then the chosen ones come again for their cosines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from audit.compare.catalogue import Rows
from audit.compare.near import CROWDED, Postings, found, rank
from audit.compare.sketch import Sketch
from audit.compare.vectors import Floats, Frequencies, Ints, Rarity, space

BLOCK = 2_000
"""Articles without a date that look for others together, and of the others that lie open with them: some 130 MB. For
each block all articles pass by once."""


def anywhere(
    sketches: Sequence[Sketch], by_day: Rows, block: range, rarity: Rarity, corpus: Frequencies
) -> tuple[Ints, Ints, Floats]:
    """Pairs (i < j) of the articles `block`, places in `by_day`, with all before them, in order of j and i; and the
    lengths of the articles of the block."""
    places = np.arange(block.start, block.stop)
    mine = space((sketches[row] for row in by_day[places].tolist()), rarity, corpus)
    before = corpus.of(mine.keys) - (len(sketches) - block.start)  # at least so many articles come before the block
    wanted = np.flatnonzero(before <= CROWDED)
    postings = Postings(block.stop, _passing(sketches, by_day, mine.keys, wanted, block.stop))
    others = list(found(mine, postings, places - block.start, np.zeros_like(places), places))
    return np.concatenate(others), np.repeat(places, list(map(len, others))), mine.length


def opened(left: Ints, block: range) -> Iterator[tuple[Ints, Ints, Ints]]:
    """So many of the pairs that `anywhere` gave as can lie open together: which of them they are; the places of their
    articles in `by_day`, the block first; and where among those the left one of each pair is."""
    needed, places = np.unique(left), np.arange(block.start, block.stop)
    for start in range(0, len(needed), BLOCK):
        some = needed[start : start + BLOCK]
        here = np.flatnonzero((left >= some[0]) & (left <= some[-1]))
        yield here, np.concatenate((places, some)), len(block) + np.searchsorted(some, left[here])


def _passing(
    sketches: Sequence[Sketch], by_day: Rows, keys: npt.NDArray[np.uint32], wanted: Ints, stop: int
) -> Ints:
    """Of each of the `wanted` columns, terms of a block, the first articles before `stop` that use it, one more than
    make it crowded: the codes of `Postings`."""
    codes, sought = np.zeros(0, np.int64), keys[wanted]
    for start in range(0, stop if len(sought) else 0, BLOCK):
        places = np.arange(start, min(start + BLOCK, stop))
        terms = [np.frombuffer(sketches[row].terms, np.uint32) for row in by_day[places].tolist()]
        every, rows = np.concatenate(terms), np.repeat(places, list(map(len, terms)))
        found = np.minimum(np.searchsorted(sought, every), len(sought) - 1)
        known = sought[found] == every
        codes = np.sort(np.concatenate((codes, wanted[found[known]] * stop + rows[known])))
        codes = codes[rank(codes // stop) <= CROWDED]
    return codes
