"""Texts in, the counts that all readability formulas need out, in one pass over a partition.

The texts are cut as textstat cuts them, so that the formulas agree with textstat to the last digit: a word is what
stands between white space, less its punctuation ("well-known" is one word), and a sentence runs to the next full
stop, exclamation or question mark and counts when it has three words or more ("U.S." ends two that do not count).
What depends on a piece alone is worked out once per distinct piece.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import answers
from audit.answers import Numbers
from audit.extract.readability.dictionary import asker

Ints = npt.NDArray[np.integer[Any]]

LOOSE_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
PUNCTUATION = re.compile(r"[^\w\s']")
NOT_LETTER = re.compile(r"[^\w\s]")
STOPS = re.compile(r"[.!?]+")
BEFORE = '"“‘([$'
AFTER = ".,;:!?\"”’')]"

COLUMNS = ("words", "chars", "letters", "syllables", "easy", "long_spoken", "mini", "long", "hard", "hard_2", "hard_3")
STOP, HEAD, TAIL = len(COLUMNS), len(COLUMNS) + 1, len(COLUMNS) + 2
FEATURES = np.dtype((np.int32, len(COLUMNS) + 3))

SHORTEST_SENTENCE = 3
LINSEAR_WORDS = 100


@dataclass(frozen=True)
class Counts:
    """One int64 array [d] a count; the three of `first_*` are of each text's first hundred words."""

    pieces: Ints
    sentences: Ints
    sums: dict[str, Ints]
    first_easy: Ints
    first_hard: Ints
    first_sentences: Ints


def count(texts: Sequence[str]) -> Counts:
    """Count all texts at once. An empty text has zeros everywhere; any other has at least one sentence."""
    ids = Numbers()
    cut = [np.fromiter(map(ids.__getitem__, found), np.int32, len(found)) for found in map(str.split, texts)]
    flat = np.concatenate([np.zeros(0, np.int32), *cut])
    edges = np.concatenate(([0], np.cumsum([len(found) for found in cut], dtype=np.int64)))
    known = answers.pieces()
    places = known.places(list(ids))
    table = np.ascontiguousarray(known.to("readability", _features, FEATURES)[places].T)
    sums = {name: _sums(table[column][flat], edges) for column, name in enumerate(COLUMNS)}
    first, first_edges = _first_words(table[0], flat, edges)
    not_empty = np.array([bool(text) for text in texts], np.bool_)
    return Counts(
        pieces=np.diff(edges),
        sentences=_sentences(table, flat, edges, not_empty),
        sums=sums,
        first_easy=_sums(table[COLUMNS.index("easy")][first], first_edges),
        first_hard=_sums(table[COLUMNS.index("long_spoken")][first], first_edges),
        first_sentences=_sentences(table, first, first_edges, np.diff(first_edges) > 0),
    )


def _sums(values: Ints, edges: Ints) -> Ints:
    """Sums between edges; texts without pieces give zero."""
    sums = np.zeros(len(edges) - 1, np.int64)
    filled = np.flatnonzero(np.diff(edges))
    if len(filled):
        sums[filled] = np.add.reduceat(values, edges[filled], dtype=np.int64)
    return sums


def _features(piece: str) -> tuple[int, ...]:
    """The columns of one piece, then: has it a stop inside, is there a word before its first, one after its last."""
    word, letters, ends = _cut(piece)
    if not word:
        return (0, len(piece), letters, *(0,) * (len(COLUMNS) - 3), *ends)
    syllables, easy = asker()(word.lower())
    hard = not easy
    return (
        1, len(piece), letters, syllables, 0 < syllables < 3, syllables >= 3, 0 < letters <= 3, letters > 6,
        hard, hard and syllables >= 2, hard and syllables >= 3, *ends,
    )  # fmt: skip


def _cut(piece: str) -> tuple[str, int, tuple[bool, bool, bool]]:
    """The word in a piece, its letters, and (stop, head, tail). Most pieces are a word with marks around it."""
    word = piece.rstrip(AFTER).lstrip(BEFORE)
    if word.isalnum():
        stop = not word.endswith(piece[-1]) and bool(STOPS.search(piece))
        return word, len(word), (stop, stop, False)
    word = PUNCTUATION.sub("", LOOSE_APOSTROPHE.sub("", piece))
    parts = STOPS.split(piece)
    stop = len(parts) > 1
    head, tail = (bool(NOT_LETTER.sub("", part)) for part in (parts[0], parts[-1]))
    return word, len(NOT_LETTER.sub("", piece)), (stop, head, tail)


def _first_words(word: Ints, flat: Ints, edges: Ints) -> tuple[Ints, Ints]:
    """The pieces of each text's first hundred words, one text after the other, and the edges between texts."""
    running = np.concatenate(([0], np.cumsum(word[flat])))
    ends = np.minimum(np.searchsorted(running, running[edges[:-1]] + LINSEAR_WORDS), edges[1:])
    lengths = ends - edges[:-1]
    first_edges = np.concatenate(([0], np.cumsum(lengths)))
    places = np.arange(first_edges[-1]) + np.repeat(edges[:-1] - first_edges[:-1], lengths)
    return flat[places], first_edges


def _sentences(table: Ints, flat: Ints, edges: Ints, not_empty: npt.NDArray[np.bool_]) -> Ints:
    """How many stretches between stops have three words or more; a text that is not empty has at least one."""
    stop = table[STOP][flat]
    stops = np.concatenate(([0], np.cumsum(stop)))
    texts = len(edges) - 1
    stretch = stops[:-1] + np.repeat(np.arange(texts), np.diff(edges))  # a stop opens the next stretch, so does a text
    before = np.where(table[STOP] > 0, table[HEAD], table[0])  # a word with a stop inside is cut by it
    at_stop = np.flatnonzero(stop)
    size = int(stops[-1]) + texts
    words = np.bincount(stretch, before[flat], size) + np.bincount(
        stretch[at_stop] + 1, table[TAIL][flat[at_stop]], size
    )
    long = np.concatenate(([0], np.cumsum(words >= SHORTEST_SENTENCE)))
    bounds = stops[edges] + np.arange(texts + 1)
    return np.where(not_empty, np.maximum(1, np.diff(long[bounds])), 0)
