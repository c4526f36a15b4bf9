"""A parsed partition in, scare quotes out: one to three words in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Ints = npt.NDArray[np.int32]

LONGEST = 3
SPOKEN = frozenset(
    "said say says saying told tell tells telling asked ask asks asking added according called call calls calling "
    "wrote write writes writing tweet tweets tweeted stated states statement describe describes describing "
    "described dubbed named titled entitled known nicknamed labeled labelled branded insisted insists insisting "
    "argued argues arguing claimed claims claiming warned warns warning replied read reads reading quoted quoting "
    "cited cites citing term terms word words phrase slogan sign chant chanted shouted shouting denounced denounces "
    "condemned dismissed urged urges criticized mocked blasted slammed compared comparing alleged alleges testified "
    "promised vowed declared declares pledged speech remarks interview report reports reported poll release "
    "headline memo letter email".split()
)
"""A sentence with one of these may quote what somebody said, wrote or is called; its marks are not held for scorn."""


def scare_quotes(parsed: Parsed) -> Ints:
    """int32 [q, 2]: token ranges between the marks, in order."""
    inner = parsed.quotes + np.array([1, -1], np.int32)
    inner = inner[_short(parsed, inner)]
    return inner[~_spoken(parsed)[parsed.token_sentence[inner[:, 0]]]]


def _short(parsed: Parsed, inner: Ints) -> npt.NDArray[np.bool_]:
    """One to three lower-cased words (hyphens between them), closed by a mark and in the middle of a sentence."""
    length = inner[:, 1] - inner[:, 0]
    good = (length >= 1) & (length <= 2 * LONGEST - 1)
    plain = parsed.table("loaded:plain", lambda word: word == "-" or (word.isalpha() and word.islower()), np.bool_)
    words = np.concatenate(([0], np.cumsum(parsed.is_word)))
    plains = np.concatenate(([0], np.cumsum(plain[parsed.tokens])))
    start, end = inner[:, 0].clip(0, len(parsed.tokens)), inner[:, 1].clip(0, len(parsed.tokens))
    spoken = words[end] - words[start]
    good &= (plains[end] - plains[start] == length) & (spoken >= 1) & (spoken <= LONGEST)
    first = parsed.sentences[parsed.token_sentence[start.clip(0, len(parsed.tokens) - 1)]]
    return np.asarray(good & (start - 1 > first))


def _spoken(parsed: Parsed) -> npt.NDArray[np.bool_]:
    """bool [s]: the sentence names an act of speaking, writing or naming."""
    cue = parsed.lower_table("loaded:spoken", SPOKEN.__contains__, np.bool_)[parsed.lower]
    spoken = np.zeros(len(parsed.sentences) - 1, np.bool_)
    spoken[parsed.token_sentence[cue]] = True
    return spoken
