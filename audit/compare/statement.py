"""One statement's text in, the view of it that relating needs out: words, stems, figures, names, quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from audit.compare import vocabulary
from audit.compare.figures import Figure, figures
from audit.compare.words import FUNCTION_WORDS, TOKEN, code

FIGURE = "\x00figure"
"""With its unit, the word that stands for a figure: figures align by their place, values are compared afterwards."""

QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{3,400})[\"”“»]")


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement as relating sees it; the lists are parallel, one entry per word, a figure being one word."""

    text: str
    words: tuple[str, ...]
    codes: tuple[int, ...]
    places: tuple[int, ...]
    figure_at: dict[int, Figure]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in order."""
        return tuple(self.figure_at.values())

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words that are no opening word, month or day."""
        lists = vocabulary.load()
        return frozenset(
            word for at, word in enumerate(self.words)
            if at and at not in self.figure_at and word[0].isupper() and word.lower() not in FUNCTION_WORDS
            and word.lower() not in lists.months and word.lower() not in lists.weekdays
        )  # fmt: skip

    @cached_property
    def negated(self) -> frozenset[str]:
        """The negation words, "n't" for all contracted ones."""
        negations = vocabulary.load().negations
        found = (word.lower().replace("’", "'") for word in self.words)
        return frozenset("n't" if word.endswith(("n't", "nt")) else word for word in found if word in negations)

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Spans of quotations in the text, marks excluded."""
        return tuple(match.span(1) for match in QUOTED.finditer(self.text))


@lru_cache(maxsize=4096)
def statement(text: str) -> Statement:
    """Take a statement apart."""
    found = figures(text)
    spans = [(figure.start, figure.end, figure) for figure in found]
    words: list[str] = []
    codes: list[int] = []
    places: list[int] = []
    figure_at: dict[int, Figure] = {}
    following = 0
    for match in TOKEN.finditer(text):
        while following < len(spans) and spans[following][1] <= match.start():
            following += 1
        figure = spans[following][2] if following < len(spans) and spans[following][0] < match.end() else None
        if figure and figure in figure_at.values():
            continue
        if figure:
            figure_at[len(words)] = figure
        words.append(figure.text if figure else match.group())
        codes.append(code(FIGURE + figure.family) if figure else code(match.group()))
        places.append(match.start())
    return Statement(text, tuple(words), tuple(codes), tuple(places), figure_at)
