"""A compact language model of real news: how often words, and pairs of words, stand together.

In: `Words`. Out: small codes per token that say how usual the word is, and how usual it is beside its neighbours.
A rewriter that swaps words for synonyms leaves common words in company that nobody puts them in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.extract.translation.words import EDGE, Hashes, Words, joined

Codes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

SALTS = {1: np.uint64(0x51), 2: np.uint64(0x52)}
CHANCE = np.array([-6, -4, -2, -1, 0, 1, 2], np.float32)
"""Edges in bits, for pairs never seen: log2 of how often chance alone would have put the two words together."""
BOND = np.array([-1, 0, 1, 2, 4, 6, 8], np.float32)
"""Edges in bits, for pairs seen: their pointwise mutual information (Church and Hanks 1990)."""
SEEN = len(CHANCE) + 1
NOTHING = 2 * SEEN
STATES = NOTHING + 1
COMMON = 16


@dataclass(frozen=True, eq=False)
class Counts:
    """Sorted 32-bit hashes and, for each, twice the log2 of its count, rounded."""

    keys: npt.NDArray[np.uint32]
    levels: npt.NDArray[np.uint8]

    def of(self, hashes: Hashes) -> Floats:
        """log2 of the count of each hash, -1 where it was never counted."""
        wanted, inverse = np.unique((hashes >> np.uint64(32)).astype(np.uint32), return_inverse=True)
        place = np.searchsorted(self.keys, wanted)  # in order, so that neighbours are looked up in the same memory
        place[place == len(self.keys)] = 0
        known = self.keys[place] == wanted
        return np.where(known, self.levels[place].astype(np.float32) / 2, np.float32(-1))[inverse]


@dataclass(frozen=True, eq=False)
class News:
    """The language model: counts of words, of adjacent pairs, and of pairs with one word between.

    total   log2 of the number of tokens that were counted
    """

    single: Counts
    pairs: Counts
    skips: Counts
    total: float


@dataclass(frozen=True, eq=False)
class Company:
    """What company each token keeps.

    common   how usual the word is: log2 of its count, 0 to 15
    sides    for the neighbour on the left, the right, two to the left and two to the right: 0 to 7 = never seen
             together (by CHANCE), 8 to 15 = seen (by BOND), 16 = no such neighbour in the sentence
    """

    common: Codes
    sides: tuple[Codes, Codes, Codes, Codes]


def pair_hashes(words: Words, distance: int) -> Hashes:
    """For each token, the hash of it with the token `distance` later; EDGE where the sentence ends before."""
    later = words.after(words.masked, distance)
    return np.where(later == EDGE, EDGE, joined(words.masked + SALTS[distance], later))


def company(words: Words, news: News) -> Company:
    """How usual each token is, alone and beside its neighbours."""
    single = news.single.of(words.masked)
    found: list[Codes] = []
    for distance, table in ((1, news.pairs), (2, news.skips)):
        hashes = pair_hashes(words, distance)
        together = table.of(hashes)
        later = np.zeros(len(single), np.float32)
        later[:-distance] = single[distance:]
        expected = np.maximum(single, 0) + np.maximum(later, 0) - np.float32(news.total)
        seen = together >= 0
        code = np.where(seen, SEEN + np.searchsorted(BOND, together - expected), np.searchsorted(CHANCE, expected))
        code[hashes == EDGE] = NOTHING
        right = code.astype(np.uint8)
        found += [_moved(right, words, distance), right]
    common = np.clip(single, 0, COMMON - 1).astype(np.uint8)
    return Company(common, (found[0], found[1], found[2], found[3]))


def _moved(right: Codes, words: Words, distance: int) -> Codes:
    """The code of the pair that ends at each token, from the code of the pair that it opens."""
    left = np.full(len(right), NOTHING, np.uint8)
    same = words.sentence[distance:] == words.sentence[:-distance]
    left[distance:] = np.where(same, right[:-distance], NOTHING)
    return left


def crossed(found: Company) -> npt.NDArray[np.int32]:
    """int32 [n, 6]: places in one table of CROSSES weights, one for each pair of codes that is weighed together."""
    left, right, left2, right2 = (side.astype(np.int32) for side in found.sides)
    common = found.common.astype(np.int32) * STATES
    block, square = COMMON * STATES, STATES * STATES
    places = [common + side + number * block for number, side in enumerate((left, right, left2, right2))]
    places += [4 * block + left * STATES + right, 4 * block + square + left2 * STATES + right2]
    return np.stack(places, axis=1)


CROSSES = 4 * COMMON * STATES + 2 * STATES * STATES
