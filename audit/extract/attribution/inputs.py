"""What the tagger sees of a token: a word, an ending, a shape and four flags, as indices into small tables.

All but the flags depend on the word alone and are computed once per distinct word of a partition.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Ints = npt.NDArray[np.int32]

SHAPES = 16
FLAGS = 16
UNKNOWN = 1
"""Index of a word that the model has no vector for; 0 is the empty place between documents."""
PUNCTUATION = {
    '"': 9, "“": 9, "”": 9, "'": 10, "’": 10, "‘": 10, ",": 11, ".": 12, "!": 12, "?": 12,
    ":": 13, ";": 13, "-": 13, "–": 13, "—": 13, "(": 14, ")": 14, "[": 14, "]": 14,
}
OTHER = 15


@dataclass(frozen=True, slots=True)
class Inputs:
    """Indices of a partition: `words` and `suffixes` per distinct lower-cased word, `codes` per token.

    words, suffixes   int32 [lower vocabulary]
    codes             int32 [n]: shape * FLAGS + flags
    """

    words: Ints
    suffixes: Ints
    codes: Ints


def shape(word: str) -> int:
    """The look of a token, 1 to 15: year, number, lower case, capitals of several kinds, kinds of punctuation."""
    if word[0].isdigit():
        return 1 if len(word) == 4 and word.isdigit() else 2
    if not any(map(str.isalpha, word)):
        return PUNCTUATION.get(word, OTHER)
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) == 1 else 5
    if word[0].isupper():
        return 6 if word[1:].islower() else 7
    return 8


def suffix(word: str) -> str:
    """The last three letters."""
    return word[-3:]


def inputs(parsed: Parsed, words: dict[str, int], suffixes: dict[str, int]) -> Inputs:
    """The indices of a parsed partition, given the model's words and endings."""
    if not len(parsed.tokens):
        empty = np.zeros(0, np.int32)
        return Inputs(empty, empty, empty)
    opens_sentence = np.zeros(len(parsed.tokens), np.bool_)
    opens_sentence[parsed.sentences[:-1]] = True
    flags = parsed.spaced + 2 * parsed.quoted + 4 * parsed.paragraph_starts + 8 * opens_sentence
    shapes = parsed.table("attribution:shape", shape, np.int32)[parsed.tokens]
    return Inputs(
        parsed.lower_table("attribution:word", lambda word: words.get(word, UNKNOWN), np.int32, model=words),
        parsed.lower_table("attribution:suffix", lambda word: suffixes.get(suffix(word), 0), np.int32,
                           model=suffixes),
        (shapes * FLAGS + flags).astype(np.int32),
    )
