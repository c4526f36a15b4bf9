"""Traces that machines leave in a text, found by rule: a partition in, spans with their rule out.

Every rule is an array expression over tokens; Python objects are made for hits only. What each rule means, and why,
stands in `lexicons/translation.en.toml`, beside the examples that test it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audit.extract.translation.artefact_words import (
    BORROWED,
    CAPITALISED,
    CLIPPED,
    COUNTED,
    FOREIGN,
    LARGE,
    LATIN,
    PERSON,
    PRONOUNS,
    REVERENT,
    UNFINISHED,
)
from audit.parse import Parsed

Bools = npt.NDArray[np.bool_]

DOUBLE_QUOTES = frozenset("“”\"")
LOW_QUOTES = frozenset("„‚«»‹›「」『』")
SPACED = frozenset(",.;!?")
LEAST_UNTRANSLATED = 2
"""One foreign word in an article is a loan or a name; two were left standing."""


class Hit(NamedTuple):
    """Tokens `start` up to `end` (exclusive) of the partition break `rule`."""

    start: int
    end: int
    rule: str


class Tokens:
    """Questions about tokens and their neighbours, answered for all tokens at once."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.size = len(parsed.tokens)
        self.opens = np.zeros(self.size, np.bool_)
        self.opens[parsed.sentences[:-1]] = True

    def of(self, key: str, test: Callable[[str], bool]) -> Bools:
        """Whether the token's word passes the test."""
        return np.asarray(self.parsed.table(f"artefact:{key}", test, np.bool_)[self.parsed.tokens])

    def moved(self, flags: Bools, distance: int) -> Bools:
        """The flag of the token `distance` later (earlier when negative); False beyond the ends."""
        result = np.zeros(self.size, np.bool_)
        if distance > 0:
            result[:-distance] = flags[distance:]
        else:
            result[-distance:] = flags[:distance]
        return result

    def same_sentence(self, distance: int) -> Bools:
        """Whether the token `distance` later is in the same sentence."""
        result = np.zeros(self.size, np.bool_)
        sentence = self.parsed.token_sentence
        result[:-distance] = sentence[distance:] == sentence[:-distance]
        return result


def _is_lower(word: str) -> bool:
    return word.isalpha() and word.islower()


def _glued_quotes(tokens: Tokens) -> list[Hit]:
    """the”word: a double quotation mark with a letter hard on both sides."""
    spaced = tokens.parsed.spaced
    quote = tokens.of("double", DOUBLE_QUOTES.__contains__) & ~spaced
    letters = tokens.of("letters", lambda word: word[0].isalpha() and len(word) > 1 and word not in CLIPPED)
    initial = tokens.of("initial", lambda word: len(word) == 1 and word.isupper())
    before = tokens.moved(tokens.of("starts", lambda word: word[0].isalpha()) & ~initial, -1)
    scare = tokens.moved(tokens.of("double", DOUBLE_QUOTES.__contains__), -2)  # “news”letter is meant
    scare &= tokens.moved(tokens.of("stem", lambda word: _is_lower(word) and len(word) > 3), 1)
    hits = quote & before & ~scare & tokens.moved(letters & ~spaced, 1) & tokens.same_sentence(1)
    return [Hit(place - 1, place + 2, "glued-quotes") for place in np.flatnonzero(hits).tolist()]


def _stray_capitals(tokens: Tokens) -> list[Hit]:
    """the baker He praised: a function word with a capital between two words without one, where no sentence ends.

    Headlines and captions run into the next sentence in many sources. So the word before must be one that ends no
    sentence, or, before a pronoun, a noun for a person or a name and a comma; and the first sentence is left out.
    """
    later = ~np.isin(tokens.parsed.token_sentence, tokens.parsed.document_sentences[:-1])
    capital = tokens.of("capitalised", CAPITALISED.__contains__) & ~tokens.opens & ~tokens.parsed.quoted & later
    lower = tokens.of("lower", _is_lower)
    unfinished = tokens.moved(tokens.of("unfinished", UNFINISHED.__contains__), -1)
    person = tokens.moved(tokens.of("person", PERSON.__contains__), -1)
    unfinished &= ~tokens.of("reverent", REVERENT.__contains__)
    pronoun = tokens.of("pronoun", PRONOUNS.__contains__)
    person &= pronoun
    upper = tokens.of("upper", lambda word: word[0].isupper())
    resumed = pronoun & tokens.moved(tokens.of("comma", ",".__eq__), -1) & tokens.moved(upper, -2)
    resumed &= ~tokens.moved(tokens.of("et", "et".__eq__), 1)  # He et al. are authors
    named = tokens.moved(upper, 2)
    named &= tokens.moved(tokens.of("the", "the".__eq__), 1)  # We the People
    hits = capital & (unfinished | person | resumed) & tokens.moved(lower, 1) & tokens.same_sentence(1) & ~named
    return [Hit(place - 1, place + 2, "stray-capital") for place in np.flatnonzero(hits).tolist()]


def _spaced_punctuation(tokens: Tokens) -> list[Hit]:
    """Tuesday , with: white space before a mark that closes up to the word in English, and after it."""
    spaced = tokens.parsed.spaced
    mark = tokens.of("spaced", SPACED.__contains__) & spaced & ~tokens.parsed.paragraph_starts
    word = tokens.moved(tokens.parsed.is_word, -1)
    after = tokens.moved(spaced, 1) | (np.arange(tokens.size) + 1 == tokens.size)
    dots = tokens.of("dot", ".".__eq__)
    run = dots & (tokens.moved(dots, 1) | tokens.moved(dots, -1))
    places = np.flatnonzero(mark & word & after & ~run).tolist()
    return [Hit(place - 1, place + 1, "spaced-punctuation") for place in places]


def _doubled_stops(tokens: Tokens) -> list[Hit]:
    """end. . Next: exactly two full stops with white space between or around them, then a new sentence."""
    dots = tokens.of("dot", ".".__eq__)
    stop = dots & tokens.moved(dots & tokens.parsed.spaced, 1) & ~tokens.moved(dots, -1) & ~tokens.moved(dots, 2)
    stop &= tokens.moved(tokens.parsed.is_word, -1) & ~tokens.moved(tokens.parsed.paragraph_starts, 1)
    stop &= ~tokens.moved(tokens.of("lower", _is_lower), 2)
    return [Hit(place, place + 2, "doubled-stop") for place in np.flatnonzero(stop).tolist()]


def _foreign_quotes(tokens: Tokens) -> list[Hit]:
    """„like this“: a quotation mark that English does not use; « and » only as a pair, since » alone is an arrow."""
    hits = tokens.of("foreign", LOW_QUOTES.__contains__)
    where, documents = tokens.parsed.token_document, len(tokens.parsed.articles)
    angles = [tokens.of(mark, mark.__eq__) for mark in "«»"]
    counts = [np.bincount(where[angle], minlength=documents) for angle in angles]
    hits &= ~((angles[0] | angles[1]) & (counts[0] != counts[1])[where])
    return [Hit(place, place + 1, "foreign-quotes") for place in np.flatnonzero(hits).tolist()]


def _untranslated(tokens: Tokens) -> list[Hit]:
    """A word of another language in small letters, outside quotations, between small letters."""

    def foreign(word: str) -> bool:
        if not word.isalpha() or not word.islower():
            return False
        if word in FOREIGN:
            return True
        broken = word.endswith("â")  # a curved mark that lost its encoding
        known = word in BORROWED or broken
        return len(word) > 3 and not word.isascii() and not known and all(char in LATIN for char in word)

    found = tokens.of("untranslated", foreign) & ~tokens.parsed.quoted
    capital = tokens.of("upper", lambda word: word[0].isupper())
    beside = tokens.moved(capital, 1) | (tokens.moved(capital, -1) & ~tokens.moved(tokens.opens, -1))
    hyphen = tokens.of("hyphen", lambda word: word in "-–—’'")
    beside |= tokens.moved(hyphen, 1) | tokens.moved(hyphen, -1)
    found &= ~beside
    where = tokens.parsed.token_document
    found &= (np.bincount(where[found], minlength=len(tokens.parsed.articles)) >= LEAST_UNTRANSLATED)[where]
    return [Hit(place, place + 1, "untranslated") for place in np.flatnonzero(found).tolist()]


def _foreign_numbers(tokens: Tokens) -> list[Hit]:
    """1,5 million; 12.000 euros; 24.12.2020."""
    comma = tokens.of("decimal-comma", lambda word: _shape(word) in ("d,d", "dd,d", "ddd,d", "d,dd", "dd,dd"))
    dotted = tokens.of("dotted-thousands", lambda word: _shape(word) in ("d.ddd", "dd.ddd", "ddd.ddd"))
    follows = tokens.same_sentence(1)
    measured = tokens.moved(tokens.of("measured", (COUNTED | LARGE).__contains__), 1) & follows
    counted = tokens.moved(tokens.of("counted", COUNTED.__contains__), 1) & follows
    date = tokens.of("date", lambda word: _shape(word) in ("d.d.dddd", "dd.d.dddd", "d.dd.dddd", "dd.dd.dddd"))
    figures = np.flatnonzero((comma & measured) | (dotted & counted)).tolist()
    hits = [Hit(place, place + 2, "foreign-number") for place in figures]
    return hits + [Hit(place, place + 1, "foreign-number") for place in np.flatnonzero(date).tolist()]


def _shape(word: str) -> str:
    """A number with each digit as d; nothing for any other word."""
    return "".join("d" if char.isdigit() else char for char in word) if word[0].isdigit() else ""


RULES = (
    _glued_quotes, _stray_capitals, _spaced_punctuation, _doubled_stops, _foreign_quotes, _untranslated,
    _foreign_numbers,
)  # fmt: skip


def find(parsed: Parsed) -> list[Hit]:
    """All hits in a partition, in order of their place."""
    if len(parsed.tokens) < 3:
        return []
    tokens = Tokens(parsed)
    return sorted(hit for rule in RULES for hit in rule(tokens))
