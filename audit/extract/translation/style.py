"""How sentences are put together: hashed n-grams of words and of word skeletons, and their learned weights.

In: a partition and its `Words`. Out: for each token, what the n-grams that it opens say for each judgement, in
log-odds. A skeleton keeps function words and reduces the others to their ending, so that grammar speaks, not topic.
The judgement `typed` asks what `machine` asks, of the words as they are typed: marks, names and spelling included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from audit.extract.translation.words import NAME, Hashes, Words, hashed, joined, mix, normal
from audit.parse import Parsed

JUDGEMENTS = ("machine", "rewritten", "translated", "typed")
TEMPLATES = ("w", "ww", "www", "ws", "sw", "wsw", "sws", "sss", "ssss", "sssss", "t", "tt", "ttt")
"""w = the word, s = its skeleton, t = the word as typed; one letter a token."""
PLAIN = 10
"""So many templates leave typography out; the others are for the judgement `typed` alone."""
SALTS = {template: np.uint64(hashed(template)) for template in TEMPLATES}
BITS = 22
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Table:
    """Learned weights: int8 [2 ** BITS, judgements], and what a step of each judgement is worth, float32."""

    weights: npt.NDArray[np.int8]
    steps: Floats

    @cached_property
    def wide(self) -> npt.NDArray[np.uint32]:
        """uint32 [2 ** BITS]: the weights of a place in one number, since whole numbers are gathered much faster."""
        return self.weights.view(np.uint32)[:, 0]


def skeletons(parsed: Parsed, words: Words, function_words: frozenset[str]) -> Hashes:
    """uint64 [n]: hash of each token's skeleton; names inside a sentence are all one."""

    known = cache(hashed)  # many words have one skeleton

    def skeleton(token: str) -> int:
        form = normal(token)
        if form in function_words or not form[0].isalpha():
            return known(form)
        return known("-" + form[-3:] if len(form) > 4 else "-" + form[-2:])

    key = f"translation:skeleton:{hash(function_words)}"
    return np.where(words.name, NAME, parsed.table(key, skeleton, np.uint64)[parsed.tokens])


def places(parsed: Parsed, words: Words, function_words: frozenset[str]) -> Iterator[npt.NDArray[np.int32]]:
    """For each template, int32 [n]: where in the table of weights the n-gram that each token opens has its own."""
    letters = {"w": words.masked, "s": skeletons(parsed, words, function_words), "t": words.typed}
    shifted = {(letter, step): words.after(values, step) if step else values
               for letter, values in letters.items() for step in range(5 if letter == "s" else 3)}
    shift = np.uint64(64 - BITS)
    for template in TEMPLATES:
        parts = [shifted[letter, step] for step, letter in enumerate(template)]
        yield (mix(joined(parts[0] + SALTS[template], *parts[1:])) >> shift).astype(np.int32)


def lengths(parsed: Parsed) -> Floats:
    """float32 [s]: what a sentence's sum is divided by, so that long sentences do not shout."""
    roots: Floats = np.sqrt(np.diff(parsed.sentences).astype(np.float32) * np.float32(PLAIN))
    return roots


def votes(parsed: Parsed, words: Words, function_words: frozenset[str], table: Table) -> Floats:
    """float32 [n, judgements]: each token's share in its sentence's log-odds."""
    total = np.zeros((len(parsed.tokens), len(JUDGEMENTS)), np.int16)
    for place in places(parsed, words, function_words):
        total += table.wide[place].view(np.int8).reshape(-1, len(JUDGEMENTS))
    return total * table.steps / lengths(parsed)[parsed.token_sentence][:, None]
