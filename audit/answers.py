"""Questions about single words in, answers for many words out, kept from one partition to the next.

Of the distinct words of a partition most came in partitions before, so that only the new ones are asked about.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

REMEMBERED = 100_000
"""Distinct words after which the memory starts anew, so that it stays bounded. 3,600 articles of corpus/allsides_10k
have 66,686, and 54,459 in lower case; with their answers to all signals these take 23 MB."""


class Numbers(dict[str, int]):
    """Numbers strings in order of first appearance."""

    def __missing__(self, piece: str) -> int:
        self[piece] = number = len(self)
        return number


class Answers:
    """Words by number, and for each question, known by its key, the answers so far: one per word, in order."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.words: list[str] = []
        self._of: dict[tuple[str, int], npt.NDArray[Any]] = {}
        self._models: dict[int, object] = {}  # kept, so that no other gets the number of one that is gone

    def places(self, words: Sequence[str]) -> npt.NDArray[np.int32]:
        """int32 [w]: the number of each word; new ones are taken up."""
        found = np.fromiter(map(self.numbers.__getitem__, words), np.int32, len(words))
        if len(self.numbers) > len(self.words):
            self.words = list(self.numbers)
        return found

    def to(
        self, key: str, function: Callable[[str], Any], dtype: npt.DTypeLike, model: object = None
    ) -> npt.NDArray[Any]:
        """`function` of every word taken up so far. Of one key and model it must always say the same of a word."""
        place = key, id(model)
        known = self._of.get(place)
        done = 0 if known is None else len(known)
        if known is None or done < len(self.words):
            new = np.fromiter(map(function, self.words[done:]), dtype, len(self.words) - done)
            known = self._of[place] = new if known is None else np.concatenate((known, new))
            self._models[id(model)] = model
        return known


class _Kept(threading.local):
    """Each thread has its own, so that two cannot take up words at once."""

    def __init__(self) -> None:
        self.cased, self.lower, self.pieces = Answers(), Answers(), Answers()


_kept = _Kept()


def cased() -> Answers:
    """What is known of words as they are written."""
    if len(_kept.cased.numbers) > REMEMBERED:
        _kept.cased = Answers()
    return _kept.cased


def lower() -> Answers:
    """What is known of words in lower case."""
    if len(_kept.lower.numbers) > REMEMBERED:
        _kept.lower = Answers()
    return _kept.lower


def pieces() -> Answers:
    """What is known of words with the marks that are written to them."""
    if len(_kept.pieces.numbers) > REMEMBERED:
        _kept.pieces = Answers()
    return _kept.pieces


def forget() -> None:
    """Start anew, as in another process; for measuring."""
    _kept.cased, _kept.lower, _kept.pieces = Answers(), Answers(), Answers()
