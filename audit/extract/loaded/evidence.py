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
"""Score from which an unlisted word counts: best of steps of one half for the words that BABE's dev part marks."""

UNKNOWN = -9.0  # the score of names and unknown words, below every other
LEARNED = "“{text}” is no listed word; in news it is used like the words listed under “{kind}”"


@dataclass(frozen=True)
class Judged:
    """Log-odds per sentence (float64 [s]), the log-odds from which one is loaded, scores of tokens, lexicon hits."""

    odds: npt.NDArray[np.float64]
    threshold: float
    scored: Scored
    hits: Hits


@dataclass(frozen=True)
class Found:
    """One loaded word or phrase, with the sentence and the document that it stands in.

    `weight` is its score, the log-odds that a word is used like loaded ones. `own` is False in a speaker's words.
    `listed` tells whether the lexicon has it, or the model learned it.
    """

    document: int
    sentence: int
    start: int
    end: int
    rule: Rule
    weight: float
    own: bool
    listed: bool

    def reason(self, text: str) -> str:
        """Why it counts, in one sentence."""
        sentence = self.rule.reason if self.listed else LEARNED.replace("{kind}", self.rule.title.lower())
        return sentence.replace("{text}", text)


def find(
    parsed: Parsed, judged: Judged, rules: tuple[Rule, ...], learned: tuple[Rule, ...], aside: str
) -> Iterator[Found]:
    """The loaded words of all sentences judged loaded, in order.

    `learned` are the rules that the score columns stand for, from column 1 on. Hits of the rule named `aside` are the
    outlet's own although they stand in quotation marks.
    """
    hits, scored = judged.hits, judged.scored
    loaded = judged.odds > judged.threshold
    score = np.where(scored.row >= 0, scored.scores[scored.row, 0], UNKNOWN)
    listed = np.zeros(len(parsed.tokens) + 1, np.int64)
    np.add.at(listed, hits.starts, 1)
    np.add.at(listed, hits.ends, -1)
    alone = (np.cumsum(listed)[:-1] == 0) & (score > LOUD)
    hit_at = np.full(len(parsed.tokens), -1, np.int64)
    hit_at[hits.starts] = np.arange(len(hits))
    for place in np.flatnonzero(loaded[parsed.token_sentence] & (alone | (hit_at >= 0))).tolist():
        hit = int(hit_at[place])
        if hit >= 0:
            rule, end = rules[hits.rules[hit]], int(hits.ends[hit])
        else:
            rule, end = learned[int(np.argmax(scored.scores[scored.row[place], 1:]))], place + 1
        known = scored.row[place] >= 0
        yield Found(
            document=int(parsed.token_document[place]), sentence=int(parsed.token_sentence[place]),
            start=int(parsed.starts[place]), end=int(parsed.ends[end - 1]), rule=rule,
            weight=round(float(score[place]), 2) if known else rule.weight,
            own=rule.id == aside or not parsed.quoted[place], listed=hit >= 0,
        )  # fmt: skip
