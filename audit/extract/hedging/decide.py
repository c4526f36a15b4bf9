"""Which candidates of the lexicon are hedges in their context: a partition in, the hits that stay out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.hedging.features import Hashes, Window
from audit.extract.hedging.model import KINDS, Floats, probabilities
from audit.lexicon import Hits
from audit.parse import Parsed

# The operating point: a candidate is a hedge at this probability or above. Set where the sentence F1 of the Szeged
# sets and of the labelled news sentences, all by cross-validation, is highest on average.
THRESHOLD = 0.42

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hits that stay, in order of their place: token ranges, documents, the kind decided, and its weight."""

    starts: Ints
    ends: Ints
    documents: Ints
    kinds: list[str]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Hits of the lexicon with the hashes by which the models know their entries and rules."""

    hits: Hits
    window: Window
    entries: Hashes
    rules: Hashes


def candidates(parsed: Parsed, hits: Hits) -> Candidates:
    """The hits of the shipped lexicon as the models see them."""
    entries, rules = _hashes()
    window = Window(parsed, hits.starts.astype(np.int64), hits.ends.astype(np.int64))
    return Candidates(hits, window, entries[hits.rules, hits.entries], rules[hits.rules])


@cache
def _hashes() -> tuple[Hashes, Hashes]:
    """uint64 [rules, entries] and [rules]: hashes of the entries' own text, so that their order does not matter."""
    words = lexicon.load("hedging")
    longest = max(len(rule.entries) for rule in words.rules)
    table = np.zeros((len(words.rules), longest), np.uint64)
    for row, rule in enumerate(words.rules):
        table[row, : len(rule.entries)] = [zlib.crc32(entry.encode()) for entry in rule.entries]
    return table, np.array([zlib.crc32(rule.id.encode()) for rule in words.rules], np.uint64)


def select(hits: Hits, keep: npt.NDArray[np.bool_]) -> Hits:
    """Some of the hits, in their order."""
    return Hits(hits.starts[keep], hits.ends[keep], hits.rules[keep], hits.entries[keep], hits.documents[keep])


def decide(parsed: Parsed) -> Hedges:
    """The hedges and boosters of a partition."""
    words = lexicon.load("hedging")
    hits = words.find(parsed)
    ids = np.array([rule.id for rule in words.rules], dtype=object)
    kinds = ids[hits.rules]
    weights = np.ones(len(hits), np.float32)
    semantic = np.isin(kinds, KINDS)
    keep = kinds == "booster"
    if semantic.any():
        found = candidates(parsed, select(hits, semantic))
        chances = probabilities(found.window, found.entries, found.rules, found.hits.rules)
        weights[semantic] = 1 - chances[:, 0]
        kinds[semantic] = np.array(KINDS, dtype=object)[1 + chances[:, 1:].argmax(axis=1)]
        keep[semantic] = weights[semantic] >= THRESHOLD
    stay = select(hits, keep)
    return Hedges(stay.starts, stay.ends, stay.documents, kinds[keep].tolist(), weights[keep])
