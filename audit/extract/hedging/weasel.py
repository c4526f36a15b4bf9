"""Which sentences lean on nobody in particular: hits of the rule `weasel` in, a probability for each hit out.

Two models of the sentence, their scores averaged: a linear one of hashed word sequences, of the lexicon entries that
hit and of the kinds of hedge found in it, and the network of `patterns`. Only sentences with a hit are looked at, and
only the hit that adds most to a sentence's linear score is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from audit.extract.hedging.features import Hashes, class_hashes, join, word_hashes
from audit.extract.hedging.model import Floats, Trained
from audit.extract.hedging.patterns import sentence_scores
from audit.parse import Parsed

SIZE = 1 << 17
# Scales of the three groups of features, chosen by cross-validation on the CoNLL-2010 training sentences.
SEQUENCE_SCALE, KIND_SCALE, ENTRY_SCALE = 3.0, 2.0, 3.0
# Which of some neighbouring words count as themselves (w), which by their class (c); "_" is any word.
PATTERNS = ("w", "ww", "w_w", "www", "wc", "cw", "cwc", "wcc")
FIRST_TEMPLATE = 400  # numbers of these templates, apart from those of a candidate's window
ENTRY_TEMPLATE = 399
NETWORK_SHARE = 0.3  # of the two scores; cross-validation is flat between .3 and .7
CLEAR = -2.0  # sentences of a lower linear score (a probability of .12) are not worth the network's time

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]


def sequences(parsed: Parsed, places: Ints, groups: Ints) -> Iterator[tuple[Ints, Ints]]:
    """For each pattern: where it opens (index into `places`), and its columns; a sequence stays inside its group.

    `places` are tokens in order, `groups` the sentence (in training: the labelled row) of each.
    """
    words = parsed.lower[places]
    tables = {"w": word_hashes(parsed)[words], "c": class_hashes(parsed)[words]}
    for number, pattern in enumerate(PATTERNS):
        reach = len(pattern) - 1
        opens = np.flatnonzero(groups[reach:] == groups[: len(groups) - reach])
        parts: list[Hashes] = [tables[what][opens + step] for step, what in enumerate(pattern) if what != "_"]
        yield opens, _column(join(FIRST_TEMPLATE + number, *parts))


def entry_columns(entries: Hashes) -> Ints:
    """The column of each hit's lexicon entry."""
    return _column(join(ENTRY_TEMPLATE, entries))


def _column(hashes: Hashes) -> Ints:
    return (hashes & np.uint64(SIZE - 1)).astype(np.int64)


def strongest(
    parsed: Parsed, starts: Places, ends: Places, entries: Hashes, kinds: Floats, rules: Ints, trained: Trained
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """float32 [hits]: the probability of each hit's sentence; bool [hits]: the hit adds most to it.

    `kinds` float32 [sentences, 5]: the strongest probability of any hedge, and of each kind, in every sentence;
    `rules` int64 [tokens]: `patterns.token_rules`.
    """
    arrays = trained[0]
    wanted, place = np.unique(parsed.token_sentence[starts], return_inverse=True)
    first, length = parsed.sentences[wanted].astype(np.int64), np.diff(parsed.sentences)[wanted]
    opens = np.cumsum(length) - length
    groups = np.repeat(np.arange(len(wanted)), length)
    places = np.arange(int(length.sum())) + np.repeat(first - opens, length)
    table, entry = arrays["weasel"], arrays["weasel"][entry_columns(entries)].astype(np.float32) * ENTRY_SCALE
    added = np.zeros(len(places) + 1)  # to the score, by the sequences that open at a token
    counted = np.zeros(len(wanted))
    for at, columns in sequences(parsed, places, groups):
        added[at] += table[columns]
        counted += np.bincount(groups[at], minlength=len(wanted))
    scale = SEQUENCE_SCALE / np.sqrt(np.maximum(1, counted))
    score = arrays["weasel_bias"] + KIND_SCALE * (kinds[wanted] @ arrays["weasel_kinds"])
    score += scale * np.bincount(groups, added[:-1], len(wanted)) + np.bincount(place, entry, len(wanted))
    doubtful = score > CLEAR
    edges = np.cumsum(length[doubtful]) - length[doubtful]
    found = sentence_scores(parsed, places[doubtful[groups]], edges, rules, trained)
    score[doubtful] += NETWORK_SHARE * (found - score[doubtful])
    running = np.concatenate([[0], np.cumsum(added)])
    shift = (opens - first)[place]
    own = entry + scale[place] * (running[ends + shift] - running[starts + shift])
    order = np.lexsort((starts, -own, place))
    best = np.zeros(len(starts), np.bool_)
    best[order[np.concatenate([[True], np.diff(place[order]) > 0])]] = True
    return (1 / (1 + np.exp(-score)))[place].astype(np.float32), best
