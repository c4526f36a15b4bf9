"""One quotation in two articles in, two different persons to whom it is given out, where that is beyond doubt.

Resolving "he" errs more often than papers do, so a pronoun counts only where the other person is not named nearby.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.compare import vocabulary
from audit.compare.statement import QUOTED
from audit.compare.words import FUNCTION_WORDS

BESIDE = 2
"""Words to either side of a role in which the name of its holder stands."""

PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A sentence with a quotation, the text before it, and the names of its speakers."""

    text: str
    before: str
    speakers: frozenset[str]

    @property
    def outside(self) -> str:
        """The sentence without what is quoted in it."""
        return QUOTED.sub(" ", self.text)


def other_speakers(one: Said, two: Said) -> tuple[str, str] | None:
    """Both speakers, when each article gives the words to a person whom the other does not name there."""
    if len(one.speakers) != 1 or len(two.speakers) != 1:
        return None
    (first,), (second,) = one.speakers, two.speakers
    words = [_words(name) for name in (first, second)]
    if not words[0] or not words[1] or words[0] & words[1]:
        return None
    if not _given(one, words[0], words[1]) or not _given(two, words[1], words[0]):
        return None
    return first, second


def _given(said: Said, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the words around the quotation name the speaker, or "he" follows only that name."""
    outside = {word.lower() for word in re.findall(r"\w+", said.outside)}
    near = {word.lower() for word in re.findall(r"\w+", said.before)}
    if theirs & (outside | near):
        return False
    return bool(mine & outside) or bool(PRONOUN.search(said.outside) and mine & near and not _other_role(said, mine))


def _other_role(said: Said, mine: frozenset[str]) -> bool:
    """Whether somebody who is only called by a role ("the president") stands before, whom "he" may mean as well."""
    words = re.findall(r"\w+", said.before)
    roles = vocabulary.load().roles
    return any(
        word in roles
        and not any(near[0].isupper() and near.lower() not in FUNCTION_WORDS for near in words[max(0, at - 1) : at + 2])
        and not mine & {near.lower() for near in words[max(0, at - BESIDE) : at + BESIDE + 1]}
        for at, word in enumerate(words)
    )


def _words(name: str) -> frozenset[str]:
    """The words of a person's name; empty for a role or a single common word."""
    roles = vocabulary.load().roles
    found = frozenset(word.lower() for word in name.split())
    return frozenset() if not found - roles or len(found) < 2 else found - roles
