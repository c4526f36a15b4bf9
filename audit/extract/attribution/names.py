"""A parse in, the proper names of each document out: where they stand, whether a person, of which gender.

A name is a run of capitalised words. At the opening of a sentence a word counts only if it is mostly capitalised in
the middle of sentences too; how often that is, and how much a word behaves like the name of a person and of a woman,
was counted in unlabelled news and ships with the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from audit.extract.attribution.kinds import kinds
from audit.parse import Parsed

PERSON = 0.5
"""Mean likeness to the names of persons from which a name is one: the classifier's own threshold."""
FEMININE, MASCULINE = 0.6, 0.12
"""Share of "she" among the pronouns that follow a given name, above and below which its gender is taken as known;
0.20 is the mean over all names, men being named more. In between, either pronoun may mean the name."""
HEADLINE = 0.6
"""Share of capitalised words above which a sentence is set like a headline; running text stays below one third."""
CAPITAL = 0.5
"""Share of capitals in mid-sentence from which a word that opens a sentence is taken for a name."""
GLUED = re.compile(r" ([.'’])")
"""Marks that stand on the word before them."""
INITIALS = re.compile(r"(?:[a-z]\.){2,}")
"""U.N. or U.S.: such names are not persons'."""
UNSPOKEN = frozenset(["jr", "sr", "iii", "ii", "."])
"""What follows a surname."""
FUNCTION = frozenset("he she it they we i you but so yet if there here not".split())


@dataclass(frozen=True)
class Statistics:
    """Counts from unlabelled news, per word of the model: 0 to 1."""

    words: dict[str, int]
    capital: Sequence[float]
    person: Sequence[float]
    female: Sequence[float]

    def of(self, column: Sequence[float], word: str, unknown: float) -> float:
        """One column's value for a word in lower case."""
        index = self.words.get(word)
        return unknown if index is None else column[index - 2]


class Form(msgspec.Struct, frozen=True, gc=False):
    """What a name is by its words alone. `words` are those of the name itself, `titles` the capitalised ones before it.

    `rare` marks a single word that the counts do not know: most are surnames. `could_be`: two or three words, none of
    them the head of a body's name; enough for a person where the sentence expects one.
    """

    words: tuple[str, ...]
    titles: tuple[str, ...]
    person: bool
    gender: str  # "f", "m" or "" when unknown
    rare: bool
    name: str  # as it is shown
    last: str  # the surname, or the last word
    could_be: bool


class Mention(Form, frozen=True, gc=False):
    """One name in one place: a range of tokens."""

    start: int
    end: int


def _form(
    words: list[str], low: list[str], titles: tuple[str, ...], person: bool, gender: str, rare: bool
) -> Form:
    plain = [word for word in low if word not in UNSPOKEN]
    could_be = len(low) in (2, 3) and kinds().organisation.isdisjoint(low)
    name = " ".join(words)
    if len(low) > 2:  # with a mark inside
        name = GLUED.sub(r"\1", name.replace(" - ", "-"))
    return Form(tuple(words), titles, person, gender, rare, name, (plain or low)[-1], could_be)


def _at(form: Form, start: int) -> Mention:
    return Mention(form.words, form.titles, form.person, form.gender, form.rare, form.name, form.last, form.could_be,
                   start, start + len(form.words))


def runs(parsed: Parsed, statistics: Statistics) -> npt.NDArray[np.int64]:
    """int64 [m, 2]: token ranges of runs of capitalised words within sentences, joined over particles and initials."""
    if not len(parsed.tokens):
        return np.zeros((0, 2), np.int64)
    capital = _capital(parsed)
    usual = parsed.lower_table("attribution:usual", lambda word: statistics.of(statistics.capital, word, 1.0) > CAPITAL,
                               np.bool_, model=statistics)[parsed.lower]
    function = _lower(parsed, "function", (kinds().boundary | kinds().determiner | FUNCTION).__contains__)
    opens = np.append(True, ~parsed.is_word[:-1] & ~_words(parsed, "inner", ".-&".__contains__)[:-1])
    opens[parsed.sentences[:-1]] = True
    headline = _headlines(parsed, capital)
    followed = np.append(capital[1:], False) & ~function & ~headline
    titled = _lower(parsed, "title", kinds().title.__contains__)
    named = capital & (usual | ~(opens | headline) | followed | titled)
    named &= ~_lower(parsed, "calendar", kinds().calendar.__contains__)
    joined = named | _joints(parsed, named)
    joined[2:] |= joined[1:-1] & _hyphens(parsed)[1:-1] & named[:-2] & parsed.is_word[2:]
    breaks = np.append(parsed.token_sentence[1:] != parsed.token_sentence[:-1], True)
    starts = joined & (~np.append(False, joined[:-1]) | np.append(True, breaks[:-1]))
    ends = joined & (~np.append(joined[1:], False) | breaks)
    return np.stack((np.flatnonzero(starts), np.flatnonzero(ends) + 1), 1)


def _headlines(parsed: Parsed, capital: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """bool [n]: the token stands in a sentence where most words are capitalised, so that capitals say little."""
    running = np.concatenate(([0], np.cumsum(capital)))
    capitals = np.diff(running[parsed.sentences])
    headlines: npt.NDArray[np.bool_] = capitals > HEADLINE * parsed.sentence_words
    return np.repeat(headlines, np.diff(parsed.sentences))


def _capital(parsed: Parsed) -> npt.NDArray[np.bool_]:
    return _words(parsed, "capital", lambda word: word[0].isupper() and word[:2] not in FIRST_PERSON)


def _hyphens(parsed: Parsed) -> npt.NDArray[np.bool_]:
    tight = ~parsed.spaced
    flags: npt.NDArray[np.bool_] = _words(parsed, "hyphen", "-".__eq__) & tight & np.append(tight[1:], False)
    return flags


def _words(parsed: Parsed, name: str, test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """bool [n]: a test of each distinct word, for every token."""
    flags: npt.NDArray[np.bool_] = parsed.table(f"attribution:{name}", test, np.bool_)[parsed.tokens]
    return flags


def _lower(parsed: Parsed, name: str, test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    flags: npt.NDArray[np.bool_] = parsed.lower_table(f"attribution:{name}", test, np.bool_)[parsed.lower]
    return flags


def _joints(parsed: Parsed, named: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """bool [n]: a particle or "of" between two names, a hyphen, the dot of an initial, the apostrophe of a plural."""

    def after(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.append(False, flags[:-1])

    between = after(named) & np.append(named[1:], False)
    tight = ~parsed.spaced
    hyphen = _hyphens(parsed) & after(named)
    body = _lower(parsed, "body", (kinds().organisation | {"states"}).__contains__)
    of = _words(parsed, "of", "of".__eq__)
    particle = _lower(parsed, "particle", kinds().particle.__contains__) & ~_words(parsed, "hyphen", "-".__eq__)
    dot = _words(parsed, "dot", ".".__eq__) & tight
    short = _words(parsed, "short", lambda word: len(word) == 1 or (len(word) < 5 and word.lower() in ABBREVIATED))
    mark = _words(parsed, "apostrophe", "'’".__contains__) & tight
    plural = _lower(parsed, "plural", lambda word: word[-1] == "s")
    joints = (particle & (~of | after(body))) | (dot & after(short)) | (mark & after(plural))
    result: npt.NDArray[np.bool_] = (between & joints) | hyphen
    return result


FIRST_PERSON = ("I", "I'", "I’")
ABBREVIATED = frozenset("mr mrs ms dr sen rep gov gen lt col maj capt sgt prof rev st jr".split())


OPENINGS = frozenset("but when if and so yet in on at for as while after".split())


def mentions(parsed: Parsed, statistics: Statistics) -> list[list[Mention]]:
    """The names of each document, in order."""
    found: list[list[Mention]] = [[] for _ in parsed.articles]
    ranges = runs(parsed, statistics)
    documents = parsed.token_document[ranges[:, 0]].tolist() if len(ranges) else []
    vocabulary, tokens, low, roles = parsed.vocabulary, parsed.tokens.tolist(), parsed.lower_words, kinds().role
    forms: dict[tuple[tuple[int, ...], str], Form | None] = {}  # most names come often
    for (start, end), document in zip(ranges.tolist(), documents, strict=True):
        role = low[start - 1] if start and low[start - 1] in roles else ""
        key = tuple(tokens[start:end]), role
        if key not in forms:
            forms[key] = _named([vocabulary[token] for token in key[0]], role, statistics)
        form = forms[key]
        if form:
            found[document].append(_at(form, end - len(form.words)))
    unnamed = _unnamed(parsed, found)
    return [list(_adopted(_with_surnames(parsed, places, one))) for places, one in zip(unnamed, found, strict=True)]


def _unnamed(parsed: Parsed, found: list[list[Mention]]) -> Iterator[list[int]]:
    """Of each document the capitalised words that belong to no name."""
    capital = _capital(parsed)
    change = np.zeros(len(capital) + 1, np.int8)  # names do not overlap
    change[[one.start for names in found for one in names]] += 1
    change[[one.end for names in found for one in names]] -= 1
    places = np.flatnonzero(capital & (np.cumsum(change, dtype=np.int8)[:-1] == 0))
    edges = np.searchsorted(places, parsed.documents).tolist()
    for first, last in pairwise(edges):
        yield places[first:last].tolist()


def _with_surnames(parsed: Parsed, places: list[int], found: list[Mention]) -> list[Mention]:
    """Adds places where the surname of a person named in full stands alone and was not seen as a name ("Ham said")."""
    persons = {one.last: one for one in found if one.person and len(one.words) > 1}
    words = parsed.lower_words
    added = []
    for place in places if persons else ():
        if words[place] in persons:
            alone, low = parsed.vocabulary[parsed.tokens[place]], words[place]
            added.append(_at(_form([alone], [low], (), True, persons[low].gender, False), place))
    return sorted([*found, *added], key=lambda one: one.start) if added else found


def _named(words: list[str], role: str, statistics: Statistics) -> Form | None:
    """What a run of capitalised words is, given the role word before it or ""; None where only titles are left."""
    lists = kinds()
    low = [word.lower() for word in words]
    opening = 0
    while opening < len(low) and (low[opening] in lists.determiner or low[opening] in OPENINGS):
        opening += 1
    skip = opening
    titled = [place for place in range(opening, len(low) - 1) if low[place] in lists.title]
    if titled and lists.organisation.isdisjoint(low[titled[-1] + 1 :]):
        skip = titled[-1] + 1
    titles = tuple(low[opening:skip])
    roles = (role,) if role and not skip else ()
    while skip < len(words) and words[skip] in "-.&":
        skip += 1
    if skip == len(words):
        return None
    name, low = words[skip:], low[skip:]
    person = _is_person(low, titles + roles, statistics)
    return _form(name, low, titles, person, _gender(low[0], titles, statistics) if person else "",
                 len(name) == 1 and low[0] not in statistics.words and not name[0].isupper())


def _is_person(low: list[str], titles: tuple[str, ...], statistics: Statistics) -> bool:
    lists = kinds()
    if not lists.organisation.isdisjoint(low):
        return False
    if any("." in word and INITIALS.fullmatch(word) for word in low):
        return False
    plain = [word for word in low if len(word) > 1 and word not in lists.particle]
    if titles and len(plain) <= 3:
        return True
    if not plain or len(low) > 6:
        return False
    if len(plain) == 1:
        return statistics.of(statistics.person, plain[0], 0.0) > PERSON
    likeness = [statistics.of(statistics.person, word, 0.6) for word in plain]
    return max(sum(likeness) / len(likeness), likeness[0]) > PERSON


def _gender(given: str, titles: tuple[str, ...], statistics: Statistics) -> str:
    if not kinds().feminine.isdisjoint(titles):
        return "f"
    if not kinds().masculine.isdisjoint(titles):
        return "m"
    share = statistics.of(statistics.female, given, 0.3)
    return "f" if share > FEMININE else "m" if share < MASCULINE else ""


def _adopted(found: list[Mention]) -> Iterator[Mention]:
    """Single words that are the surname of a person named in full are that person too."""
    persons = {one.last: one for one in reversed(found) if one.person and len(one.words) > 1}
    for one in found:
        full = persons.get(one.last)
        if full and len(one.words) == 1 and not one.person:
            yield msgspec.structs.replace(one, person=True)
        else:
            yield one
