"""A parsed partition in, per document the words that name or describe somebody or something out.

Four ways of naming are collected: words that describe a named person or body, verbs that introduce the person's
words, nouns for a counted number of people, and words for one kind of thing such as "government" and "regime".
`framing` aligns them across the texts of a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec
import numpy as np

from audit.compare import vocabulary
from audit.compare.described import Describer, could_be_person
from audit.compare.figures import figures
from audit.compare.names import lists
from audit.extract.attribution.kinds import kinds
from audit.extract.attribution.names import Mention, mentions
from audit.extract.attribution.tagger import statistics
from audit.parse import Parsed
from audit.records import Article, Evidence, Finding

DESCRIBED, SAID, COUNTED, KIND = "described", "said", "counted", "kind"
SLOTS = (DESCRIBED, SAID, COUNTED, KIND)
"""The ways of naming."""

FEWEST = 10
"""Counts from here on stand for one group of people in a story; "four" may count anything."""

REACH = 9
"""Words after a figure's first word among which a noun for people must stand."""

NOUNS = 4
"""Words of a counted group of people: "thirty-three young dock workers"."""

WINDOW = 80
"""Characters from a figure on in which its noun is looked for."""

NAMES_KEPT = 16_384
"""Names of which it is remembered how they are read: the same people speak in article after article."""


OWNED = ("those in power",)
"""Kinds of things that a name right before them owns: "the Brand government"; elsewhere only "Brand's" does."""

LETTERS = re.compile(r"[^\W\d_]+")


class Word(msgspec.Struct, frozen=True, array_like=True):
    """One word (lower case) for one thing: `key` is what is named, within its slot; `name` how it is shown."""

    slot: str
    key: str
    name: str
    word: str
    start: int
    end: int
    quoted: bool


Named = list[list[Word]]
"""Per document its words, in order of their places."""


def named(parsed: Parsed, attribution: Sequence[Finding] = ()) -> Named:
    """The words of each document. `attribution` gives the statements, of which the verbs are taken."""
    found: Named = [[] for _ in parsed.articles]
    if not len(parsed.tokens):
        return found
    describer = Describer(parsed)
    for document, names in enumerate(mentions(parsed, statistics())):
        found[document] += _descriptions(describer, names)
        persons = {word.key for word in found[document] if " " in word.name and word.key != word.name.lower()}
        statements = attribution[document].evidence if attribution else ()
        found[document] += _verbs(parsed.articles[document].text, statements, persons)
    for document, word in _counted(describer):
        found[document].append(word)
    taken = [{word.start for word in words} for words in found]
    for document, word in _kinds(describer):
        if word.start not in taken[document]:  # "opposition leader Ada Brand" describes one person
            found[document].append(word)
    return [
        sorted(set(words), key=lambda word: (word.start, word.end, word.slot, word.key)) if _english(article) else []
        for article, words in zip(parsed.articles, found, strict=True)
    ]


def _english(article: Article) -> bool:
    """Whether the word lists fit the article; a language that nobody told is taken for English, as everywhere."""
    return (article.language or "en").split("-")[0] == "en"


@lru_cache(maxsize=NAMES_KEPT)
def person_key(name: str) -> str:
    """By what a person is known within a story: the last word of the name."""
    plain = [word for word in name.lower().split() if word not in ("jr", "sr", "ii", "iii", "jr.", "sr.")]
    return plain[-1] if plain else ""


def known_as(key: str, name: str, forms: Iterable[str]) -> str:
    """By what somebody is known among the `forms` of all names with that key: in full, where two persons share it.

    First letters tell persons of one surname apart, so "D. Brand" and "Doran Brand" are one.
    """
    several = len({form[:1] for form in forms if " " in form and form.lower().endswith(key)}) > 1
    return name.lower() if several else key


def _persons(names: Sequence[Mention], tokens: Sequence[list[int]], describer: Describer) -> dict[str, str]:
    """Persons by the last word of the name: the name in full, or "" where two persons share the word."""
    full: dict[str, set[str]] = {}
    for one, described in zip(names, tokens, strict=True):
        if one.person or (could_be_person(one) and describer.tells_person(described)):
            full.setdefault(one.last, set()).add(without_office(" ".join(one.words)))
    persons = {}
    for last, forms in full.items():
        longer = {form for form in forms if " " in form} or forms
        alike = len({form[:1].lower() for form in longer}) == 1  # "D. Brand" and "Doran Brand" are one person
        persons[last] = max(longer, key=lambda form: (len(form), form)) if alike else ""
    return persons


@lru_cache(maxsize=NAMES_KEPT)
def without_office(name: str) -> str:
    """A name without words of an office that opened the sentence and so look like a part of it."""
    words = name.split()
    while len(words) > 2 and words[0].lower() in kinds().role | lists().person:
        words.pop(0)
    return " ".join(words)


def _descriptions(describer: Describer, names: Sequence[Mention]) -> Iterator[Word]:
    parsed = describer.parsed
    tokens = [describer.of(one) for one in names]
    persons = _persons(names, tokens, describer)
    for one, described in zip(names, tokens, strict=True):
        name = persons.get(one.last, one.name)
        if not name:
            continue
        offices = len(one.words) - len(without_office(" ".join(one.words)).split()) if one.last in persons else 0
        for token in (*described, *range(one.start, one.start + offices)):
            yield Word(
                DESCRIBED, person_key(name) if one.last in persons else name.lower(), name, describer.word(token),
                int(parsed.starts[token]), int(parsed.ends[token]), bool(parsed.quoted[token]),
            )  # fmt: skip


def _verbs(text: str, statements: Sequence[Evidence], persons: set[str]) -> Iterator[Word]:
    """The verb by which each statement of a named person or body is introduced; `persons` are known by a surname."""
    for one in statements:
        speaker, kind = one.attributes.get("speaker", ""), one.attributes.get("speaker_kind", "")
        cue = next((part for part in one.parts if part.role == "cue"), None)
        if cue is None or kind not in ("named", "organisation") or speaker == speaker.lower():
            continue
        for found in LETTERS.finditer(text, cue.start, cue.end):
            verb = found.group().lower()
            if lists().introduces(verb):
                surname = person_key(speaker)
                key = surname if kind == "named" or surname in persons else speaker.lower()
                yield Word(SAID, key, without_office(speaker), verb, found.start(), found.end(), one.quoted)
                break


def _counted(describer: Describer) -> Iterator[tuple[int, Word]]:
    """The nouns for a counted number of people: "33 people", "thirty-three troublemakers"."""
    parsed, known = describer.parsed, describer.known
    spelled = frozenset(vocabulary.load().numbers) - {"one"}
    number = parsed.lower_table("framing:number", lambda word: word[0].isdigit() or word in spelled, np.bool_)
    people = parsed.lower_table("framing:people", known.is_person, np.bool_)[parsed.lower]
    near = np.concatenate((np.cumsum(people), np.full(REACH, people.sum())))
    places = np.flatnonzero(number[parsed.lower])
    done = -1
    for place in places[near[places + REACH] > near[places]].tolist():
        if place <= done:
            continue
        document = int(parsed.token_document[place])
        end = int(parsed.sentences[parsed.token_sentence[place] + 1])
        start = int(parsed.starts[place])
        text = parsed.articles[document].text[start : start + WINDOW]
        figure = next(iter(figures(text)), None)
        if figure is None or figure.start or figure.unit or figure.value < FEWEST:
            continue
        at = place
        while at < end and parsed.starts[at] < start + figure.end:
            done, at = at, at + 1
        for token in _people(describer, at, min(at + NOUNS, end)):
            yield document, Word(
                COUNTED, f"{figure.value:g}", f"{figure.value:,.0f}", describer.word(token), int(parsed.starts[token]),
                int(parsed.ends[token]), bool(parsed.quoted[token]),
            )  # fmt: skip


def _people(describer: Describer, start: int, end: int) -> list[int]:
    """The plain words from `start` on up to the last of them that is a noun for people; none where there is none."""
    phrase: list[int] = []
    for token in range(start, end):
        if not describer.word(token).isalpha() or describer.known.is_function(describer.word(token)):
            break
        phrase.append(token)
    while phrase and not describer.known.is_person(describer.word(phrase[-1])):
        phrase.pop()
    return phrase


def _kinds(describer: Describer) -> Iterator[tuple[int, Word]]:
    """Words for one kind of thing, whose it is added where a name stands right before ("Ostrow's government")."""
    parsed, known = describer.parsed, describer.known.kinds
    listed = parsed.lower_table("framing:kind", known.__contains__, np.bool_)
    capital = parsed.table("framing:capital", lambda word: word[0].isupper(), np.bool_)
    for place in np.flatnonzero(listed[parsed.lower]).tolist():
        first = int(parsed.sentences[parsed.token_sentence[place]])
        if capital[parsed.tokens[place]] and place != first:
            continue  # a part of a name: "the Labour Party Conference"
        kind, word = known[describer.word(place)]
        before = place - 1
        owned = before > first and describer.word(before) in ("'s", "’s")
        before -= owned
        owner = ""
        if (owned or kind in OWNED) and before > first and capital[parsed.tokens[before]]:
            owner = describer.word(before)
        owner = "" if owner in kinds().calendar else owner
        key = f"{kind}|{owner}"
        name = f"{kind}, {parsed.vocabulary[parsed.tokens[before]]}" if owner else kind
        yield int(parsed.token_document[place]), Word(
            KIND, key, name, word, int(parsed.starts[place]), int(parsed.ends[place]), bool(parsed.quoted[place])
        )


__all__ = [
    "COUNTED", "DESCRIBED", "KIND", "SAID", "SLOTS", "Named", "Word", "known_as", "named", "person_key",
    "without_office",
]  # fmt: skip
