"""Which candidates of the lexicon are hedges in their context: a partition in, the hits that stay out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.hedging.features import Hashes, Window
from audit.extract.hedging.model import KINDS, Floats, Trained, probabilities, shipped
from audit.extract.hedging.named import named
from audit.extract.hedging.patterns import token_rules
from audit.extract.hedging.weasel import strongest
from audit.lexicon import Hits
from audit.parse import Parsed

# A candidate is a hedge of its likeliest kind at this probability or above; of no kind, never (`KINDS`). In
# cross-validation over documents of the training sets sentence F1 on Wikipedia rises from .8726 with .49 for all kinds
# to .8751, and on biology it stays within a thousandth (.8998, .8993).
THRESHOLDS = np.array([np.inf, 0.5, 0.49, 0.45, 0.55], np.float32)
# A sentence leans on nobody in particular at this probability or above. In cross-validation on CoNLL-2010 the F1 of all
# hits together is flat between .20 and .28; a higher cut flags less of the news.
WEASEL_THRESHOLD = 0.26

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hits that stay, in order of their place, with the kind decided and its probability."""

    hits: Hits
    kinds: list[str]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Candidates:
    """Hits of the lexicon, with the hashes by which the models know their entries and rules."""

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
    rules = lexicon.load("hedging").rules
    table = np.zeros((len(rules), max(len(rule.entries) for rule in rules)), np.uint64)
    for row, rule in enumerate(rules):
        table[row, : len(rule.entries)] = [zlib.crc32(entry.encode()) for entry in rule.entries]
    return table, np.array([zlib.crc32(rule.id.encode()) for rule in rules], np.uint64)


def of_rules(hits: Hits, *names: str) -> Bools:
    """bool [hits]: the hit is of one of these rules."""
    wanted = np.array([rule.id in names for rule in lexicon.load("hedging").rules])
    return wanted[hits.rules]


def semantic_hits(parsed: Parsed, hits: Hits) -> Bools:
    """bool [hits]: candidates of the four kinds, without "May" where it is a month or a name.

    "May" inside a sentence is neither when it stands between capitalised words, as a headline writes the verb.
    """
    keep = of_rules(hits, *KINDS)
    may = parsed.table("hedging:may", "May".__eq__, np.bool_)
    for index in np.flatnonzero(keep & may[parsed.tokens[hits.starts]]):
        place = hits.starts[index]
        first, last = parsed.sentences[parsed.token_sentence[place] + np.arange(2)]
        around = parsed.capital[max(first, place - 1) : min(last, place + 2)]
        keep[index] = place == first or bool(around.all())
    return keep


def select(hits: Hits, keep: Bools) -> Hits:
    """Some of the hits, in their order."""
    return Hits(hits.starts[keep], hits.ends[keep], hits.rules[keep], hits.entries[keep], hits.documents[keep])


def chances(found: Candidates, trained: Trained) -> Floats:
    """float32 [candidates, kinds]: how likely each is no hedge, or a hedge of each kind."""
    return probabilities(found.window, found.entries, found.rules, found.hits.rules, trained)


def likely(found: Floats) -> tuple[npt.NDArray[np.int64], Bools]:
    """int64 [candidates]: the likeliest kind of hedge (index into `KINDS`); bool: likely enough to be one at all."""
    kinds = 1 + found[:, 1:].argmax(axis=1)
    return kinds, 1 - found[:, 0] >= THRESHOLDS[kinds]


def by_group(groups: npt.NDArray[np.int32], number: int, found: Floats) -> Floats:
    """float32 [number, kinds]: per group the strongest probability of any hedge, then of each kind."""
    strongest_of = np.zeros((number, found.shape[1]), np.float32)
    np.maximum.at(strongest_of, groups, np.hstack([1 - found[:, :1], found[:, 1:]]))
    return strongest_of


def decide(parsed: Parsed, trained: Trained | None = None) -> Hedges:
    """The hedges and boosters of a partition, by the shipped model when no other is given."""
    trained = trained or shipped()
    hits = lexicon.load("hedging").find(parsed)
    kinds = np.array([rule.id for rule in lexicon.load("hedging").rules], dtype=object)[hits.rules]
    weights = np.ones(len(hits), np.float32)
    keep = of_rules(hits, "booster")
    semantic, weasel = semantic_hits(parsed, hits), of_rules(hits, "weasel")
    sentence_kinds = np.zeros((len(parsed.sentences) - 1, len(KINDS)), np.float32)
    if semantic.any():
        found = chances(candidates(parsed, select(hits, semantic)), trained)
        weights[semantic] = 1 - found[:, 0]
        number, keep[semantic] = likely(found)
        kinds[semantic] = np.array(KINDS, dtype=object)[number]
        sentence_kinds = by_group(parsed.token_sentence[hits.starts[semantic]], len(sentence_kinds), found)
    if weasel.any():
        some = candidates(parsed, select(hits, weasel))
        weights[weasel], best = strongest(
            parsed, some.hits.starts, some.hits.ends, some.entries, sentence_kinds, token_rules(parsed, hits), trained
        )
        keep[weasel] = best & (weights[weasel] >= WEASEL_THRESHOLD) & ~named(parsed, some.hits)
    return Hedges(select(hits, keep), kinds[keep].tolist(), weights[keep])
