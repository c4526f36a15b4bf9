"""One name in a text in, the words that describe it there out: titles, words before it, appositions, "is a ...".

Words and their order decide, as everywhere in this package; no parse tree is made. Where the words could also be a
verb or another phrase, nothing is taken: a missed description costs less than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from audit.compare.names import lists
from audit.extract.attribution.kinds import kinds
from audit.extract.attribution.names import Mention
from audit.parse import Parsed

BEFORE, LONGEST = 4, 6
"""Words of a description before a name, and of an apposition up to its end."""

OPENERS = frozenset(["'s", "’s"]) | kinds().determiner
ENDS = frozenset(", . ; : ) ( of for in at from with who whose which that to on — – -- after before during".split())
MODAL = frozenset("to will would can could may might must should shall not n't".split())
LINKS = frozenset("is was remains became becomes".split())
ARTICLES = frozenset("a an the his her their its our".split())
CLOSERS = frozenset(", . ; — –".split())
PLACING = frozenset("of in at on for from by to near with between under over into until since after before".split())


def could_be_person(mention: Mention) -> bool:
    """Two or three words, none of them the head of a body's name: a person where the sentence describes one."""
    return len(mention.words) in (2, 3) and kinds().organisation.isdisjoint(word.lower() for word in mention.words)


class Describer:
    """Asks one partition for the words that describe a name."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed, self.known = parsed, lists()
        self._letters = parsed.table("framing:letters", lambda word: word[0].isalpha(), np.bool_)
        self._small = parsed.table("framing:small", lambda word: word[0].islower(), np.bool_)

    def of(self, mention: Mention) -> list[int]:
        """Tokens of the words that describe the name in this place, in order."""
        first, end = self._edges(mention)
        if mention.end < end and self._goes_on(mention.end, person=mention.person):
            return []  # "the former British colony" describes a colony, "a former Brand aide" an aide
        titles = [token for token in range(mention.start - len(mention.titles), mention.start) if self._is_word(token)]
        before = self._before(first, titles[0] if titles else mention.start)
        opening = before[0] if before else titles[0] if titles else mention.start
        found = [*before, *titles]
        if mention.person or could_be_person(mention):
            for phrase in (self._apposed_before(first, end, opening, mention.end), self._after(mention.end, end)):
                if phrase and (mention.person or self.known.is_person(self.word(phrase[-1]))):
                    found += phrase
        return [token for token in sorted(set(found)) if self._tells(token)]

    def tells_person(self, tokens: Iterable[int]) -> bool:
        """Whether one of the words that describe a name is a noun for a person."""
        return any(self.known.is_person(self.word(token)) for token in tokens)

    def word(self, token: int) -> str:
        """The token in lower case."""
        text: str = self.parsed.lower_vocabulary[self.parsed.lower[token]]
        return text

    def _edges(self, mention: Mention) -> tuple[int, int]:
        sentence = self.parsed.token_sentence[mention.start]
        return int(self.parsed.sentences[sentence]), int(self.parsed.sentences[sentence + 1])

    def _is_word(self, token: int) -> bool:
        return bool(self._letters[self.parsed.tokens[token]])

    def _tells(self, token: int) -> bool:
        word = self.word(token)
        return self._is_word(token) and len(word) > 2 and word not in self.known.empty

    def _goes_on(self, token: int, *, person: bool) -> bool:
        """Whether a plain noun follows, which the name only qualifies; after a person's name a noun for a person."""
        word = self.word(token)
        if person and not self.known.is_person(word):
            return False
        small = bool(self._small[self.parsed.tokens[token]])
        return small and not self.known.is_function(word) and not self.known.is_verb(word) and not word.endswith("s")

    def _noun_phrase(self, token: int, first: int, most: int) -> tuple[list[int], int]:
        """The plain words that end at `token` (inclusive), leftwards, and the place of what opens them."""
        found: list[int] = []
        while token >= first and len(found) < most:
            if self.word(token) == "-" and found and not self.parsed.spaced[token]:
                token -= 1
                continue
            plain = self._is_word(token) and not self.known.is_function(self.word(token))
            if not plain or not (self._small[self.parsed.tokens[token]] or token == first):
                break
            found.insert(0, token)
            token -= 1
        return found, token

    def _before(self, first: int, place: int) -> list[int]:
        """Words right before a name: "the smug", "union baron", "Police spokeswoman"."""
        found, opener = self._noun_phrase(place - 1, first, BEFORE)
        if not found:
            return []
        opened = self.word(opener) if opener >= first else ""
        words = [self.word(token) for token in found]
        if opened in OPENERS:
            acts = words[-1].endswith("s") and not words[-1].endswith("ss") and not self.known.is_person(words[-1])
            return [] if acts or any(map(self.known.is_verb, words[1:])) else found
        if opened in MODAL or any(self.known.is_verb(word) for word in words) or not self.known.is_person(words[-1]):
            return []
        return found

    def _apposed_before(self, first: int, end: int, opening: int, closing: int) -> list[int]:
        """A description with a comma before the name: "Their shrill high priestess, Ada Brand,"."""
        if opening - 1 < first or self.word(opening - 1) != "," or closing >= end or self.word(closing) not in CLOSERS:
            return []
        found, opener = self._noun_phrase(opening - 2, first, BEFORE)
        if not found or opener < first or self.word(opener) not in OPENERS:
            return []
        if opener - 1 >= first and self.word(opener - 1) in PLACING:
            return []
        return found if self._heads(self.word(found[-1])) else []

    def _after(self, place: int, end: int) -> list[int]:
        """An apposition or a "is a" after the name: ", a bitter man with", "is the leader of"."""
        if place + 2 >= end:
            return []
        mark = self.word(place)
        if mark in LINKS and self.word(place + 1) in ("a", "an", "the"):
            return self._phrase(place + 2, end)
        if mark != ",":
            return []
        if self.word(place + 1) in ARTICLES:
            return self._phrase(place + 2, end)
        return self._phrase(place + 1, end) if self.known.is_person(self.word(place + 1)) else []

    def _phrase(self, place: int, end: int) -> list[int]:
        """The words of a noun phrase from `place` on, up to what ends it; nothing where a verb or a plural ends it."""
        found: list[int] = []
        while place < end and len(found) <= LONGEST:
            word = self.word(place)
            if word in ENDS:
                break
            if word == "-" or word[0].isdigit():
                place += 1
                continue
            if not self._is_word(place) or self.known.is_function(word):
                return []
            found.append(place)
            place += 1
        return found if found and place < end and self._heads(self.word(found[-1])) else []

    def _heads(self, word: str) -> bool:
        """Whether a word may head the description of one person."""
        if self.known.is_verb(word) or word in self.known.time:
            return False
        return not word.endswith("s") or word.endswith("ss") or word in kinds().role
