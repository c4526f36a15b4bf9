"""What the model sees of a cue: hashed features of a candidate and of the words around it.

In: a parse and candidate token ranges. Out: one column index per feature and candidate, below `SIZE`. A feature is
the hash of its template's number and of the words it joins, so that no table of names has to be kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed
from audit.quotations import MARKS

BITS = 18
SIZE = 1 << BITS
REACH = 5  # words looked at on each side
BAG = 12  # words on each side that count without their order
BAG_WEIGHT = 0.4  # what each of these counts, so that they do not outvote the near words; chosen by cross-validation

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
T = TypeVar("T", bound=np.generic)

ODD = np.uint64(0xC2B2AE3D27D4EB4F)
STEP = 0x9E3779B97F4A7C15
OUTSIDE = 7  # the "word" beyond a sentence's edge
SUFFIXES = ("ing", "ed", "ly", "tion", "s", "able", "al", "ive", "ic", "ous", "er", "en")
GRAMMAR = frozenset(
    "the a an this that these those his her its their our my your of in on at by for with to from as and or but not no "
    "it he she they we i you who which what there is are was were be been being has have had do does did may might can "
    "could will would shall should must if whether than then so very more most some any all many only also just about "
    "n't don't doesn't didn't isn't wasn't won't can't".split()
)


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _class(word: str) -> str:
    """Grammar words as they are, others by their ending: close to a part of speech, and free."""
    if word in GRAMMAR or word in ',.;:()"-':
        return word
    if word[0].isdigit():
        return "0"
    if not word[0].isalnum():
        return "mark"
    if not word.endswith(SUFFIXES):
        return "word"
    for suffix in SUFFIXES:
        if len(word) > len(suffix) + 2 and word.endswith(suffix):
            return "-" + suffix
    return "word"


def _case(word: str) -> str:
    return ("X" if word[0].isupper() else "x") + ("X" if word[1:2].isupper() else "x")


def word_hashes(parsed: Parsed) -> Hashes:
    """uint64 [lower vocabulary]: a hash of each word."""
    return parsed.lower_table("hedging:word", _hash, np.uint64)


def class_hashes(parsed: Parsed) -> Hashes:
    """uint64 [lower vocabulary]: a hash of each word's class."""
    return parsed.lower_table("hedging:class", lambda word: _hash(_class(word)), np.uint64)


class Window:
    """The words around candidates `[start, end)`, as hashes: place 0 is the candidate, -1 the word before it.

    Quotation marks are left out, so that `it "may fall"` reads like `it may fall`: `lower` and `tokens` are the
    parse's without them, and all places here count in these.
    """

    def __init__(self, parsed: Parsed, starts: Ints, ends: Ints) -> None:
        keep = ~parsed.table("quotations:mark", MARKS.__contains__, np.bool_)[parsed.tokens]
        rank = np.concatenate(([0], np.cumsum(keep)))
        sentence = parsed.token_sentence[starts]
        self.parsed, self.lower, self.tokens = parsed, parsed.lower[keep], parsed.tokens[keep]
        self.starts, self.ends = rank[starts], rank[ends]
        self.first, self.last = rank[parsed.sentences[sentence]], rank[parsed.sentences[sentence + 1]]
        self.words = word_hashes(parsed)
        self.classes = class_hashes(parsed)
        self.suffixes = parsed.lower_table("hedging:suffix", lambda word: _hash("s" + word[-3:]), np.uint64)
        self.cases = parsed.table("hedging:case", lambda word: _hash(_case(word)), np.uint64)

    def at(self, table: npt.NDArray[T], place: int, cased: bool = False, outside: int = OUTSIDE) -> npt.NDArray[T]:
        """The table's value of the word at a place, `outside` beyond the sentence."""
        where = self.starts + place if place <= 0 else self.ends - 1 + place
        inside = (where >= self.first) & (where < self.last)
        tokens = (self.tokens if cased else self.lower)[np.where(inside, where, self.starts)]
        return np.where(inside, table[tokens], table.dtype.type(outside))

    def phrase(self) -> Hashes:
        """One hash for all words of the candidate."""
        out = np.zeros(len(self.starts), np.uint64)
        for step in range(int((self.ends - self.starts).max(initial=0))):
            where = self.starts + step
            inside = where < self.ends
            word = self.words[self.lower[np.where(inside, where, self.starts)]]
            out = np.where(inside, join(step, out, word), out)
        return out


def join(number: int, *parts: Hashes) -> Hashes:
    """One hash of a template's number and its words."""
    mixed = np.full(parts[0].shape, ((number + 1) * STEP) & 0xFFFFFFFFFFFFFFFF, np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * ODD
        mixed ^= mixed >> np.uint64(29)
    return mixed


def templates(window: Window, entry: Hashes, rule: Hashes) -> Iterator[tuple[Hashes, ...]]:
    """The parts of each feature: the candidate, its lexicon entry and rule, its ending, and the words around it."""
    w = {k: window.at(window.words, k) for k in range(-REACH, REACH + 1) if k}
    c = {k: window.at(window.classes, k) for k in range(-4, 5) if k}
    s = {k: window.at(window.suffixes, k) for k in (-2, -1, 1, 2)}
    x = {k: window.at(window.cases, k, cased=True) for k in (-1, 0, 1)}
    own = window.phrase()
    ending = window.at(window.suffixes, 0)
    for me in (own, entry):
        yield (me,)
        yield me, x[0]
        for k in (-3, -2, -1, 1, 2, 3):
            yield me, w[k]
            yield me, c[k]
        yield me, c[-1], c[1]
        yield me, c[-2], c[-1]
        yield me, c[1], c[2]
    for k in (-5, -4, 4, 5):
        yield own, w[k]
    for k in s:
        yield own, s[k]
    yield own, w[-1], w[1]
    yield own, w[-2], w[-1]
    yield own, w[1], w[2]
    yield own, c[1], c[2], c[3]
    yield own, c[-3], c[-2], c[-1]
    for me in (rule, ending):
        yield (me,)
        for k in (-2, -1, 1, 2):
            yield me, w[k]
            yield me, c[k]
        yield me, c[-1], c[1]
        yield me, x[0]
    for k in (-3, -2, -1, 1, 2, 3):
        yield (w[k],)
        yield (c[k],)
    for k in s:
        yield (s[k],)
    yield c[-1], c[1]
    yield c[-2], c[-1]
    yield c[1], c[2]
    yield w[-1], w[1]
    yield w[-2], w[-1]
    yield w[1], w[2]
    yield x[0], x[-1], x[1]


def columns(window: Window, entry: Hashes, rule: Hashes) -> npt.NDArray[np.int64]:
    """int64 [candidates, templates]: the column of every feature, below `SIZE`."""
    rows = [join(j, *parts) & np.uint64(SIZE - 1) for j, parts in enumerate(templates(window, entry, rule))]
    return np.stack(rows, axis=1).astype(np.int64)


def bags(window: Window) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Words near a candidate, order left out: (candidate, column) pairs, one for the word and one joined to the cue."""
    low = np.maximum(window.first, window.starts - BAG)
    high = np.minimum(window.last, window.ends + BAG)
    length = high - low
    row = np.repeat(np.arange(len(low)), length)
    place = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length) + np.repeat(low, length)
    side = (place > window.starts[row]).astype(np.uint64)
    outside = (place < window.starts[row]) | (place >= window.ends[row])
    row, place, side = row[outside], place[outside], side[outside]
    word = window.words[window.lower[place]]
    near = join(200, side, word) & np.uint64(SIZE - 1)
    joined = join(201, window.phrase()[row], word) & np.uint64(SIZE - 1)
    return np.concatenate([row, row]), np.concatenate([near, joined]).astype(np.int64)
