"""A parsed partition in, what can be checked in each sentence out.

A figure, a date, a quotation, a name in a role, or a plain statement about somebody named, about some body such as the
police, or of what was done to something; the rest (questions, headings, remarks about nobody) is not counted as a
claim.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.compare import vocabulary
from audit.compare.words import key
from audit.parse import Parsed

KINDS = ("", "statement", "role", "quotation", "date", "figure")
"""Kinds of claims; the highest that a sentence has is its kind. The first means: nothing to check."""

TELLING = 4
"""Content words that a sentence needs to tell anything."""

SPOKEN = 0.5
"""Share of a sentence's words inside a quotation from which it is a quotation."""

WORDED = 6
"""Quoted words that are a claim by themselves: who said so can be checked."""

PASSIVE = frozenset(["was", "were", "been"])
PARTICIPLES = frozenset(
    """begun born bought broken brought built burnt caught chosen cut drawn driven fed felt forbidden forced found
    fought given held hidden hit hurt kept laid led left lost made met paid put read seen sent sealed set shot shut sold
    spent spread stolen struck sunk swept taken taught thrown told torn won worn written""".split()
)
"""Irregular past participles; the regular ones end in -ed."""

Bools = npt.NDArray[np.bool_]


def checkable(parsed: Parsed) -> npt.NDArray[np.uint8]:
    """The kind of each sentence: uint8 [s], an index into `KINDS`."""
    if not len(parsed.tokens):
        return np.zeros(0, np.uint8)
    lists = vocabulary.load()
    spelled = frozenset(lists.numbers) - {"one"}
    tokens, opens = parsed.tokens, parsed.sentences[:-1]
    topic = parsed.table("checkable:topic", lambda word: any(map(str.isalnum, word)) and key(word) != 0, np.bool_)[
        tokens
    ]
    digit = parsed.table("checkable:digit", lambda word: word[0].isdigit() or word.lower() in spelled, np.bool_)[tokens]
    month = parsed.table("checkable:month", lambda word: word[0].isupper() and word.lower() in lists.months, np.bool_)
    capital = parsed.table("checkable:name", lambda word: word[0].isupper() and key(word) != 0, np.bool_)[tokens]
    role = parsed.table("checkable:role", lambda word: word.lower() in lists.roles, np.bool_)[tokens]
    actor = parsed.table("checkable:actor", lambda word: word.lower() in lists.actors, np.bool_)[tokens]
    done = parsed.table("checkable:done", lambda word: word.islower() and (word.endswith("ed") or word in PARTICIPLES),
                        np.bool_)[tokens]  # fmt: skip
    deed = np.zeros_like(done)
    deed[1:] = parsed.table("checkable:passive", lambda word: word in PASSIVE, np.bool_)[tokens[:-1]]
    deed &= done & ~parsed.quoted
    name = capital.copy()
    name[opens] = False
    beside = np.zeros_like(name)
    beside[1:] |= name[:-1]
    beside[:-1] |= name[1:]
    year = parsed.table("checkable:year", lambda word: len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"),
                        np.bool_)[tokens]  # fmt: skip
    sums = {name_: np.add.reduceat(flags.astype(np.int32), opens) for name_, flags in (
        ("topic", topic), ("figure", digit & ~year), ("date", month[tokens] | year), ("name", name),
        ("role", role & beside), ("actor", actor), ("deed", deed), ("inside", parsed.quoted & parsed.is_word),
    )}  # fmt: skip
    words = np.maximum(parsed.sentence_words, 1)
    last = tokens[np.maximum(parsed.sentences[1:] - 1, 0)]
    asked = parsed.table("checkable:asked", lambda word: word == "?", np.bool_)[last]
    kind = np.select(
        [sums["inside"] > SPOKEN * words, sums["date"] > 0, sums["figure"] > 0, sums["role"] > 0, sums["name"] > 0,
         sums["inside"] >= WORDED, sums["actor"] > 0, sums["deed"] > 0],
        [3, 4, 5, 2, 1, 3, 1, 1], 0,
    )  # fmt: skip
    kind[(sums["date"] > 0) & (sums["figure"] > 1) & (kind == 4)] = 5
    kind[(sums["topic"] < TELLING) | asked] = 0
    return kind.astype(np.uint8)
