"""The words of all articles of a story in, which source names whom or what by which words out.

Aligned are words for the same person or body, verbs that introduce the same speaker, nouns for the same number of
people, and words for one kind of thing. A text that repeats another is not a second voice and counts with its origin
only. The work grows with the number of words, never with the number of pairs of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from audit.compare.logodds import log_odds, prior
from audit.compare.mentions import DESCRIBED, KIND, SAID, Word, known_as
from audit.compare.names import lists
from audit.compare.sketch import Sketch
from audit.compare.words import stem
from audit.records import Framed, Story

PLACES = 4
"""Places of a word that are kept."""

PERSONS = (DESCRIBED, SAID)

OTHERS = 1
"""Independent sources besides one that must name the thing in the same way."""

Thing = tuple[str, str]
"""A way of naming and what is named."""


@dataclass
class Used:
    """The words of one source for one thing: how often, how they look, where; those in quotations apart."""

    counts: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)
    shown: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    places: dict[str, list[tuple[str, int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, article: str, word: Word) -> None:
        """Count one word."""
        key = counted_as(word)
        if word.quoted:
            self.quoted[key] += 1
            return
        self.counts[key] += 1
        self.shown[key][word.word] += 1
        if len(self.places[key]) < PLACES:
            self.places[key].append((article, word.start, word.end))

    def join(self, other: Used | Usage) -> None:
        """Add the words of another thing, or of another story."""
        self.counts.update(other.counts)
        self.quoted.update(other.quoted)
        for key in other.counts:
            self.shown[key].update(other.shown[key])
            self.places[key] += other.places[key][: PLACES - len(self.places[key])]


def counted_as(word: Word) -> str:
    """The word under which all forms of a word are counted."""
    if word.slot == KIND:
        return word.word
    return lists().reported(word.word) if word.slot == SAID else stem(word.word)


class Usage(msgspec.Struct, array_like=True, gc=False):
    """The words of one source for all things of a story that it names in one way, as `Used`; and those of `others`."""

    source: str
    way: str
    counts: dict[str, int]
    quoted: dict[str, int]
    shown: Mapping[str, Mapping[str, int]]
    places: dict[str, list[tuple[str, int, int]]]
    others: dict[str, int]


def framing(found: Sequence[Story], items: Mapping[str, Sketch], voice: Callable[[str], str]) -> tuple[Framed, ...]:
    """Rows per story, source, thing and word, then rows per source and word over all shared stories."""
    rows: list[Framed] = []
    usages: list[Usage] = []
    for story in found:
        mine, used = in_story(story, items, voice)
        rows += mine
        usages += used
    return (*rows, *overall(usages))


def in_story(
    story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]
) -> tuple[list[Framed], list[Usage]]:
    """The rows of one story, and what each source adds to those over all stories."""
    rows: list[Framed] = []
    mine: dict[tuple[str, str], Used] = defaultdict(Used)
    theirs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    names, things = _things(story, items, voice)
    for (way, key), used in sorted(things.items()):
        speaking = {source: words for source, words in used.items() if words.counts}
        if len(speaking) <= OTHERS:
            continue
        total: Counter[str] = Counter()
        for words in speaking.values():
            total.update(words.counts)
        for source, words in sorted(speaking.items()):
            others = total - words.counts
            rows += _rows(story.id, source, (way, key), names[way, key], words, others)
            mine[source, way].join(words)
            theirs[source, way].update(others)
    return rows, [Usage(source, way, words.counts, words.quoted, words.shown, words.places, theirs[source, way])
                  for (source, way), words in sorted(mine.items())]


def overall(usages: Iterable[Usage]) -> Iterator[Framed]:
    """Rows per source and word over all stories, which come in their order."""
    mine: dict[tuple[str, str], Used] = defaultdict(Used)
    theirs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in usages:
        mine[one.source, one.way].join(one)
        theirs[one.source, one.way].update(one.others)
    for (source, way), words in sorted(mine.items()):
        yield from _rows("", source, (way, ""), "", words, theirs[source, way])


def _things(
    story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]
) -> tuple[dict[Thing, str], dict[Thing, dict[str, Used]]]:
    """What the story's texts name, how it is shown, and the words of each source for it."""
    told: list[tuple[str, Word]] = []
    for article in sorted(story.articles):
        if voice(article) == article:
            told += ((article, word) for word in items[article].words_for())
    names: dict[Thing, str] = {}
    forms: dict[str, set[str]] = defaultdict(set)
    for _, word in told:
        if word.slot in PERSONS:
            forms[word.key].add(word.name)
    things: dict[Thing, dict[str, Used]] = defaultdict(lambda: defaultdict(Used))
    for article, word in told:
        thing = word.slot, known_as(word.key, word.name, forms[word.key]) if word.slot in PERSONS else word.key
        names[thing] = max(names.get(thing, ""), word.name, key=lambda name: (len(name), name))
        things[thing][items[article].source].add(article, word)
    return names, things


def _rows(story: str, source: str, thing: Thing, name: str, words: Used, others: Counter[str]) -> Iterable[Framed]:
    way, key = thing
    base, others_base = words.counts.total(), others.total()
    for word, count in sorted(words.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        ratio, low, high = log_odds(
            count, base, others[word], others_base, prior().weight(way, word), prior().strength(way)
        )
        shown = min(words.shown[word], key=lambda form: (-words.shown[word][form], form))
        yield Framed(
            story, source, way, key, name, shown, count, base, others[word], others_base, words.quoted[word],
            ratio, low, high, tuple(words.places[word]),
        )  # fmt: skip
