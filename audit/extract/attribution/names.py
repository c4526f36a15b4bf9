"""A parse in, the proper names of each document out: where they stand, whether a person, of which gender.

A name is a run of capitalised words. At the opening of a sentence a word counts only if it is mostly capitalised in
the middle of sentences too; how often that is, and how much a word behaves like the name of a person and of a woman,
was counted in unlabelled news and ships with the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.kinds import kinds
from audit.parse import Parsed

PERSON = 0.5
"""Mean likeness to the names of persons from which a name is one: the classifier's own threshold."""
FEMININE, MASCULINE = 0.45, 0.2
"""Share of "she" among the pronouns that follow a given name; 0.20 is the mean over all names, men being named more."""
CAPITAL = 0.5
"""Share of capitals in mid-sentence from which a word that opens a sentence is taken for a name."""


@dataclass(frozen=True)
class Statistics:
    """Counts from unlabelled news, per word of the model: 0 to 1."""

    words: dict[str, int]
    capital: npt.NDArray[np.float32]
    person: npt.NDArray[np.float32]
    female: npt.NDArray[np.float32]

    def of(self, column: npt.NDArray[np.float32], word: str, unknown: float) -> float:
        """One column's value for a word in lower case."""
        index = self.words.get(word)
        return unknown if index is None else float(column[index - 2])


@dataclass(frozen=True)
class Mention:
    """One name in one place. `words` are those of the name itself, `titles` the capitalised ones before it."""

    start: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    person: bool
    gender: str  # "f", "m" or "" when unknown

    @property
    def name(self) -> str:
        """The name as it is shown."""
        return " ".join(self.words).replace(" - ", "-").replace(" . ", ". ").replace(" .", ".").replace(" ’ ", "’")

    @cached_property
    def last(self) -> str:
        """The surname, or the last word."""
        plain = [word for word in self.words if word.lower() not in ("jr", "sr", "iii", "ii", ".")]
        return (plain or list(self.words))[-1].lower()


def runs(parsed: Parsed, statistics: Statistics) -> npt.NDArray[np.int64]:
    """int64 [m, 2]: token ranges of runs of capitalised words, joined over particles and initials' dots."""
    n = len(parsed.tokens)
    if not n:
        return np.zeros((0, 2), np.int64)
    capital = parsed.table("attribution:capital", lambda word: word[0].isupper() and word != "I", np.bool_)[parsed.tokens]
    usual = parsed.lower_table(
        "attribution:usual", lambda word: statistics.of(statistics.capital, word, 1.0) > CAPITAL, np.bool_
    )[parsed.lower]
    opens = np.zeros(n, np.bool_)
    opens[parsed.sentences[:-1]] = True
    opens[1:] |= ~parsed.is_word[:-1] & ~parsed.table("attribution:dot", lambda word: word in ".-&", np.bool_)[
        parsed.tokens[:-1]]
    titles = kinds().title
    titled = parsed.lower_table("attribution:title", titles.__contains__, np.bool_)[parsed.lower]
    following = np.append(capital[1:], False)
    named = capital & (usual | ~opens | titled | (following & opens & ~_function(parsed)))
    joined = named | _joints(parsed, named)
    edges = np.diff(np.concatenate(([0], joined.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    pieces = np.unique(np.concatenate((starts, parsed.sentences[:-1][joined[parsed.sentences[:-1]]])))
    limits = np.minimum(ends[np.searchsorted(ends, pieces, side="right")], np.append(pieces[1:], n))
    return np.stack((pieces, limits), 1)


def _function(parsed: Parsed) -> npt.NDArray[np.bool_]:
    words = kinds().boundary | kinds().determiner | frozenset("he she it they we i you but so yet if there here not".split())
    flags: npt.NDArray[np.bool_] = parsed.lower_table("attribution:function", words.__contains__, np.bool_)[parsed.lower]
    return flags


def _joints(parsed: Parsed, named: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """bool [n]: a particle between two names, a hyphen within one, or the dot of an initial or title."""
    before, after = np.append(False, named[:-1]), np.append(named[1:], False)
    particle = parsed.lower_table("attribution:particle", kinds().particle.__contains__, np.bool_)[parsed.lower]
    glue = parsed.table("attribution:hyphen", lambda word: word == "-", np.bool_)[parsed.tokens]
    tight = ~parsed.spaced & np.append(~parsed.spaced[1:], False)
    body = parsed.lower_table("attribution:body", (kinds().organisation | {"states"}).__contains__, np.bool_)[parsed.lower]
    of = parsed.table("attribution:of", lambda word: word == "of", np.bool_)[parsed.tokens]
    short = parsed.table(
        "attribution:short", lambda word: len(word) == 1 or word.lower() in ABBREVIATED, np.bool_)[parsed.tokens]
    dot = parsed.table("attribution:stop", lambda word: word == ".", np.bool_)[parsed.tokens]
    joints = before & after & particle & ~glue & (~of | np.append(False, body[:-1]))
    joints |= before & after & glue & tight
    joints |= before & after & dot & np.append(False, short[:-1]) & ~parsed.spaced
    return joints


ABBREVIATED = frozenset("mr mrs ms dr sen rep gov gen lt col maj capt sgt prof rev st jr".split())


def mentions(parsed: Parsed, statistics: Statistics) -> list[list[Mention]]:
    """The names of each document, in order."""
    found: list[list[Mention]] = [[] for _ in parsed.articles]
    ranges = runs(parsed, statistics)
    documents = parsed.token_document[ranges[:, 0]].tolist() if len(ranges) else []
    for (start, end), document in zip(ranges.tolist(), documents, strict=True):
        words = [parsed.vocabulary[token] for token in parsed.tokens[start:end].tolist()]
        mention = _mention(start, words, statistics)
        if mention:
            found[document].append(mention)
    return [list(_adopted(one)) for one in found]


def _mention(start: int, words: list[str], statistics: Statistics) -> Mention | None:
    lists = kinds()
    low = [word.lower() for word in words]
    skip = 0
    while skip < len(low) and (low[skip] in lists.determiner or low[skip] in ("but", "when", "if", "and")):
        skip += 1
    opening = skip
    if not lists.organisation.intersection(low[-1:]):
        while skip < len(low) and (low[skip] in lists.title or low[skip] in (".", "-", "of", "the")):
            skip += 1
    titles, name = tuple(low[opening:skip]), words[skip:]
    while name and name[0] in "-.&":
        name = name[1:]
    if not name:
        return None
    person = _is_person([word.lower() for word in name], titles, statistics)
    return Mention(start + len(words) - len(name), start + len(words), tuple(name), titles, person,
                   _gender(name[0].lower(), titles, statistics) if person else "")


def _is_person(low: list[str], titles: tuple[str, ...], statistics: Statistics) -> bool:
    if not kinds().organisation.isdisjoint(low):
        return False
    if titles and len(low) <= 3:
        return True
    plain = [word for word in low if len(word) > 1 and word not in kinds().particle]
    if not plain or len(low) > 6:
        return False
    likeness = [statistics.of(statistics.person, word, 0.6) for word in plain]
    return sum(likeness) / len(likeness) > PERSON


def _gender(given: str, titles: tuple[str, ...], statistics: Statistics) -> str:
    if not kinds().feminine.isdisjoint(titles):
        return "f"
    if not kinds().masculine.isdisjoint(titles):
        return "m"
    share = statistics.of(statistics.female, given, 0.3)
    return "f" if share > FEMININE else "m" if share < MASCULINE else ""


def _adopted(found: list[Mention]) -> Iterator[Mention]:
    """Single words that are the surname of a person named in full are that person too, and of the same gender."""
    persons = {one.last: one for one in reversed(found) if one.person and len(one.words) > 1}
    for one in found:
        full = persons.get(one.last)
        if full and len(one.words) == 1 and not one.person:
            yield replace(one, person=True, gender=full.gender)
        else:
            yield one
