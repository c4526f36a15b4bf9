"""What a token is to the models: its hashed form, computed once per distinct word of a partition.

In: a `Parsed`. Out: arrays over its tokens. Digits, names and the style of quotation marks are masked, because
they tell the topic or the publishing system and not who wrote the sentence; `typed` alone keeps them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Hashes = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

QUOTES = frozenset("“”„«»\"‟")
APOSTROPHES = frozenset("’‘'`´")
DASHES = frozenset(("–", "—", "-", "--", "―"))


def hashed(text: str) -> int:
    """64 bits of BLAKE2b of the text: the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


NAME = np.uint64(hashed("<name>"))
EDGE = np.uint64(hashed("<edge>"))
SPACE = np.uint64(hashed("<space>"))


def normal(token: str) -> str:
    """The token lower-cased, with one form for all numbers, for all quotation marks and for all dashes."""
    if token[0].isalpha():
        return token.lower().replace("’", "'")
    if token[0].isdigit():
        return "<number>"
    if token in QUOTES:
        return '"'
    if token in APOSTROPHES:
        return "'"
    if token in DASHES:
        return "-"
    return token.lower().replace("’", "'")


def is_name(token: str) -> bool:
    """Written with a capital, and not the pronoun I."""
    return token[0].isupper() and token not in ("I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll")


DIGIT = re.compile(r"\d")


def as_typed(token: str) -> str:
    """The token in small letters, marks as they are, each digit as 0."""
    return DIGIT.sub("0", token.lower())


def mix(values: Hashes) -> Hashes:
    """The finaliser of MurmurHash3 (Appleby 2011), which spreads every bit over all others."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def joined(*parts: Hashes) -> Hashes:
    """One hash of several, where order matters."""
    result = parts[0]
    for part in parts[1:]:
        result = mix(result * np.uint64(0x9E3779B97F4A7C15) + part)
    return result


@dataclass(frozen=True, eq=False)
class Words:
    """Arrays over all tokens of a partition.

    forms     uint64: hash of the normal form
    masked    uint64: the same, but one value for all names inside a sentence
    name      bool: capitalised inside a sentence
    lower     bool: an alphabetic word that is not such a name
    typed     uint64: the token as it is typed, in small letters; marks after white space are other marks
    sentence  int32: the sentence that the token is in
    """

    forms: Hashes
    masked: Hashes
    name: Bools
    lower: Bools
    typed: Hashes
    sentence: npt.NDArray[np.int32]

    def after(self, values: Hashes, distance: int) -> Hashes:
        """For each token, the value of the one `distance` later in its sentence, else EDGE."""
        result = np.full(len(values), EDGE)
        if distance < len(values):
            same = self.sentence[distance:] == self.sentence[:-distance]
            result[:-distance][same] = values[distance:][same]
        return result

    def before(self, values: Hashes, distance: int) -> Hashes:
        """For each token, the value of the one `distance` earlier in its sentence, else EDGE."""
        result = np.full(len(values), EDGE)
        if distance < len(values):
            same = self.sentence[distance:] == self.sentence[:-distance]
            result[distance:][same] = values[:-distance][same]
        return result


def words(parsed: Parsed) -> Words:
    """Hash the tokens of a partition; one Python call per distinct word."""
    forms = parsed.table("translation:form", lambda token: hashed(normal(token)), np.uint64)[parsed.tokens]
    capital = parsed.table("translation:name", is_name, np.bool_)[parsed.tokens]
    alphabetic = parsed.table("translation:alphabetic", lambda token: token[0].isalpha(), np.bool_)[parsed.tokens]
    first = np.zeros(len(forms), np.bool_)
    first[parsed.sentences[:-1]] = True
    opener = first & ~parsed.is_word
    first[1:] |= opener[:-1]
    name = capital & ~first
    typed = parsed.table("translation:typed", lambda token: hashed(as_typed(token)), np.uint64)[parsed.tokens]
    typed = np.where(parsed.spaced & ~parsed.is_word, mix(typed + SPACE), typed)
    return Words(forms, np.where(name, NAME, forms), name, alphabetic & ~name, typed, parsed.token_sentence)
