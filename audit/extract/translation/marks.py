"""How a text is typeset: a partition in; out, shares of each document's apostrophes, quotation marks and dashes.

Engines mostly print straight marks and keep a comma where the source had it; people who translate for a newspaper
often type curved ones. Publishing systems change marks too, so these are a few features of the document, whose part
in the figures the card states, and never evidence against a text.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NAMES = ("apostrophes.curved", "apostrophes.mixed", "quotes.curved", "quotes.mixed",
         "en-dashes", "em-dashes", "hyphens", "stops.inside")
DASHED = 100.0
"""Dashes are counted per so many words, up to one: whether a text uses them, more than how often."""


def matrix(parsed: Parsed) -> Doubles:
    """float64 [d, NAMES]: features of each document; 0 where it has no such marks."""

    def flags(name: str, test: Callable[[str], bool]) -> Bools:
        return np.asarray(parsed.table(f"mark:{name}", test, np.bool_)[parsed.tokens])

    def count(found: Bools) -> Doubles:
        return np.bincount(parsed.token_document, found, len(parsed.articles)).astype(np.float64)

    columns: list[Doubles] = []
    for name, curved, straight in (("apostrophe", "’", "'"), ("quote", "“”", '"')):
        lengths = (2, 99) if name == "apostrophe" else (1, 1)  # within a word; alone
        sides = [count(flags(name + marks, _has(marks, *lengths))) for marks in (curved, straight)]
        columns += [_balance(*sides), 4 * sides[0] * sides[1] / np.maximum(1, sides[0] + sides[1]) ** 2]
    spaced = parsed.spaced
    hyphen = flags("hyphen", ("-", "--").__contains__)
    dashes = (flags("en", "–".__eq__) & spaced, flags("em", "—".__eq__), hyphen & spaced)
    words = np.maximum(1, parsed.document_words)
    columns += [np.minimum(1, DASHED * count(found) / words) for found in dashes]
    quote, stop = flags("close", ("”", '"').__contains__), flags("stop", (",", ".").__contains__)
    columns.append(_balance(count(_follows(quote & ~spaced, stop)), count(_follows(stop & ~spaced, quote))))
    return np.stack(columns, axis=1)


def _has(marks: str, least: int, most: int) -> Callable[[str], bool]:
    return lambda word: least <= len(word) <= most and any(mark in word for mark in marks)


def _follows(later: Bools, earlier: Bools) -> Bools:
    """Whether a token is one of `later`, right after one of `earlier`."""
    result = np.zeros(len(later), np.bool_)
    result[1:] = later[1:] & earlier[:-1]
    return result


def _balance(more: Doubles, less: Doubles) -> Doubles:
    """From 1, all are of the first sort, to -1."""
    shares: Doubles = (more - less) / np.maximum(1, more + less)
    return shares
