"""Judged sentences in, the words that made them loaded out, each with its kind and a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.extract.loaded.features import Scored
from audit.lexicon import Hits, Rule
from audit.parse import Parsed

LOUD = 0.0
"""Score above which a word counts as evidence: the best of steps of one half for the marked words of BABE's dev part."""

LEARNED = "“{text}” is used like {kind}s: it stands where they stand in 30 million words of news"


@dataclass(frozen=True)
class Judged:
    """Log-odds per sentence (float [s]), the log-odds from which one is loaded, scores of tokens, lexicon hits."""

    odds: npt.NDArray[np.float64]
    threshold: float
    scored: Scored
    hits: Hits


@dataclass(frozen=True)
class Token:
    """One loaded word or phrase. `found` tells whether the lexicon lists it or the model learned it."""

    document: int
    sentence: int
    start: int
    end: int
    kind: str
    reason: str
    weight: float
    quoted: bool
    own: bool
    found: str


def find(parsed: Parsed, judged: Judged, rules: tuple[Rule, ...]) -> Iterator[Token]:
    """The loaded words of all sentences judged loaded, in order."""
    loaded = judged.odds > judged.threshold
    rule_at = np.full(len(parsed.tokens), -1, np.int32)
    ends = np.zeros(len(parsed.tokens), np.int32)
    covered = np.zeros(len(parsed.tokens) + 1, np.int32)
    hits = judged.hits
    rule_at[hits.starts], ends[hits.starts] = hits.rules, hits.ends
    np.add.at(covered, hits.starts, 1)
    np.add.at(covered, hits.ends, -1)
    inside = np.cumsum(covered)[:-1] > 0
    score = np.where(judged.scored.row >= 0, judged.scored.scores[judged.scored.row, 0], -9.0)
    wanted = loaded[parsed.token_sentence] & ((rule_at >= 0) | (~inside & (score > LOUD) & parsed.is_word))
    for place in np.flatnonzero(wanted).tolist():
        yield _token(parsed, judged, rules, place, int(rule_at[place]), int(ends[place]))


def _token(parsed: Parsed, judged: Judged, rules: tuple[Rule, ...], place: int, rule: int, end: int) -> Token:
    sentence = int(parsed.token_sentence[place])
    listed = rule >= 0
    if not listed:
        kinds = judged.scored.scores[judged.scored.row[place], 1:5]
        rule, end = int(np.argmax(kinds)), place + 1
    quoted = bool(parsed.quoted[place])
    kind = rules[rule]
    row = judged.scored.row[place]
    return Token(
        document=int(parsed.token_document[place]), sentence=sentence,
        start=int(parsed.starts[place]), end=int(parsed.ends[end - 1]), kind=kind.id,
        reason=kind.reason if listed else LEARNED.replace("{kind}", kind.title.lower()),
        weight=round(float(judged.scored.scores[row, 0]), 2) if row >= 0 else kind.weight,
        quoted=quoted, own=not quoted and not parsed.sentence_quoted[sentence], found="lexicon" if listed else "model",
    )  # fmt: skip
