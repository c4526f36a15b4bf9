"""A statement's text in, its figures out: value as an interval, unit, what is counted, and the exact span.

"about 100", "more than 100" and "102" overlap; "33" and "thirty-three" are one value; "$1.5 billion" and
"1.5bn dollars" are one value and one unit; "30 miles" and "48 kilometres" are one length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from audit.compare import vocabulary
from audit.compare.numerals import PIECE, Number, Pieces, hint, lower, number, opens, plain
from audit.compare.words import FUNCTION_WORDS, stem

ABOUT = 0.1
"""How far "about" reaches, as a share of the value."""

ROUNDED = 0.05
"""How far rounding may move a value: 1.2 million stands for 1,234,000, but 20,000 does not stand for 22,000."""

OPEN = 1.5
"""How far "more than" reaches: half as much again; a writer who knows of more says more."""

VAGUE = frozenset(["other", "additional", "total", "percent", "out"])
"""Words after a figure that do not name what is counted."""

REACH = 4
"""Words after a figure among which the counted thing is looked for."""

UNCOUNTED = frozenset(["clock", "day", "year", "decade"])
"""Units of a time, which counts nothing."""

DOLLARS = {"a": "aud", "c": "cad", "hk": "hkd", "nz": "nzd"}
"""Letters before the dollar sign."""

DATES = frozenset(["year", "day", "ordinal"])
"""Units that a bare number can stand for, but only with the same value."""

SEASON = re.compile(r"[-–/](?:\d\d?|\d{4})(?!\d)")
"""The second half of a year such as 1983-84."""


THOUSAND = 1000
SPREAD = 10
"""How many times the lower end of a range its upper end may be."""


@dataclass(frozen=True)
class Figure:
    """A number in a statement. `low` to `high` is what it allows; `grain` the step of its last digit, 0 if
    exact. `counted` is the word for what is counted, `thing` its stem."""

    start: int
    end: int
    low: float
    high: float
    value: float
    unit: str
    thing: str
    counted: str
    grain: float
    bound: str
    text: str

    def agrees(self, other: Figure) -> bool:
        """Whether both may speak of the same value: the same, one the other rounded, or one leaves room for the other.

        "about 100" leaves room for 102, but "about 100" and "about 110", "more than 80" and "more than 100" differ.
        """
        if self.unit != other.unit and _measures().get(self.unit) and _measures().get(other.unit):
            one, two = self._converted(), other._converted()
            gap = abs(one.value - two.value)
            return gap <= max(one.grain, two.grain) / 2 or gap <= ROUNDED * one.value or one._overlaps(two)
        if (self.unit in DATES) != (other.unit in DATES) and self.value != other.value:
            return False
        coarse = max(self.grain, other.grain)
        gap = abs(self.value - other.value)
        if gap <= 1e-9 * max(1.0, self.value) or (gap <= min(coarse / 2, ROUNDED * self.value) and self.rounds(other)):
            return True
        return self._overlaps(other)

    def _overlaps(self, other: Figure) -> bool:
        return self.bound != other.bound and self.low <= other.high and other.low <= self.high

    def _converted(self) -> Figure:
        """The figure in the base unit of its dimension."""
        by = _measures()[self.unit][1]
        return replace(self, value=self.value * by, low=self.low * by, high=self.high * by, grain=self.grain * by)

    def rounds(self, other: Figure) -> bool:
        """Whether one was written more coarsely than the other."""
        return self.grain != other.grain and bool(self.grain and other.grain)

    @property
    def family(self) -> str:
        """Units that may stand for each other: a bare number can be a year, a day or a count, only its place tells; a
        length in miles can be one in metres."""
        if self.unit in _measures():
            return _measures()[self.unit][0]
        return "" if self.unit in DATES else self.unit


@cache
def _words() -> vocabulary.Vocabulary:
    return vocabulary.load()


@cache
def _measures() -> dict[str, tuple[str, float]]:
    """Units that can be converted: their dimension and the size in its base unit."""
    return _words().measures


def figures(text: str) -> list[Figure]:
    """The figures of a statement, in order."""
    if not hint().search(text):
        return []
    pieces = [(match.group(), match.start(), match.end()) for match in PIECE.finditer(text)]
    found: list[Figure] = []
    at = 0
    while at < len(pieces):
        told = number(pieces, at) if opens(pieces[at][0]) else None
        if told is None or told.after <= at:
            at += 1
            continue
        figure, at = _figure(text, pieces, at, told)
        if figure is None:
            continue
        joined = _range(text, found[-1], figure) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(figure)
    return found


def _figure(text: str, pieces: Pieces, first: int, told: Number) -> tuple[Figure | None, int]:
    """The figure that begins at a place, and the place after it."""
    value, grain, after, unit = told.value, told.grain, told.after, told.unit
    start, end = pieces[first][1], pieces[after - 1][2]
    if not unit:
        unit, start = _currency(pieces, first, start)
    step = after + 1 if lower(pieces, after) == "-" else after
    if not unit:
        unit, size = _unit(pieces, step)
        if size:
            after, end = step + size, pieces[step + size - 1][2]
    if not unit and _dated(pieces, first, after):
        unit = "day"
    digits = pieces[first][0]
    if not unit and len(digits) == 4 and digits.isdigit() and 1500 <= value <= 2100 and grain <= 1000:
        unit, grain = "year", 0.0
        season = SEASON.match(text, end)
        while season and after < len(pieces) and pieces[after][1] < season.end():
            end, after = pieces[after][2], after + 1
    if _in_name(pieces, first):
        unit = "name"
    alone = digits.lower() == "one" and after == first + 1 and not unit
    if alone and lower(pieces, after) in ("of", "another", ",", ".", ""):
        return None, after  # a pronoun
    low, high, start, bound = _bounds(pieces, first, start, value)
    if told.low is not None and told.high is not None:
        low, high, bound = told.low, told.high, "vague"
    elif not bound:
        low, high, bound, after = _followed(pieces, after, value)
        end = max(end, pieces[after - 1][2])
    if unit in UNCOUNTED or unit == "ordinal":
        low = high = value
    counted = _thing(pieces, after, unit)
    thing = stem(counted) if counted else ""
    return Figure(start, end, low, high, value, unit, thing, counted, grain, bound, text[start:end]), after


def _currency(pieces: Pieces, first: int, start: int) -> tuple[str, int]:
    """The currency before a figure ("$", "US$", "USD", "Rs"), and where it begins."""
    before = lower(pieces, first - 1)
    unit = _words().currencies.get(before, "")
    if not unit:
        return "", start
    start = pieces[first - 1][1]
    if lower(pieces, first - 2) in ("us", "u.s", *DOLLARS) and pieces[first - 2][2] == start:
        unit = DOLLARS.get(lower(pieces, first - 2), unit) if unit == "usd" else unit
        start = pieces[first - 2][1]
    return unit, start


def _unit(pieces: Pieces, at: int) -> tuple[str, int]:
    """The unit at a place and how many pieces it takes."""
    for size in (3, 2, 1):
        phrase = " ".join(lower(pieces, at + step) for step in range(size))
        unit = _words().units.get(phrase)
        if unit:
            return unit, size
    return "", 0


def _in_name(pieces: Pieces, first: int) -> bool:
    """A figure that is part of a name: "COVID-19", "Boeing-737"."""
    if first < 2 or pieces[first - 1][0] != "-" or not pieces[first - 2][0].isalpha():
        return False
    return pieces[first - 2][2] == pieces[first - 1][1] and pieces[first - 1][2] == pieces[first][1]


def _dated(pieces: Pieces, first: int, after: int) -> bool:
    """A day of the month: "May 25", "Feb. 11", "25 May", "the 25th of May"."""
    months = _words().months
    stop = 2 if first > 1 and pieces[first - 1][0] == "." else 1
    value = plain(pieces, first)
    if value is None or not 1 <= value <= 99 or value % 1:
        return False
    return (first > 0 and lower(pieces, first - stop) in months) or lower(pieces, after) in months


def _bounds(pieces: Pieces, first: int, start: int, value: float) -> tuple[float, float, int, str]:
    """The interval that words before the figure leave open, and where those words begin."""
    at = first - 1
    while at >= 0 and pieces[at][1] >= start:
        at -= 1
    if at > 0 and lower(pieces, at) in ("a", "an"):
        at -= 1
    for size in (3, 2, 1):
        phrase = " ".join(lower(pieces, at - size + 1 + step) for step in range(size))
        kind = _words().bounds.get(phrase)
        if kind:
            return *_opened(kind, value), pieces[at - size + 1][1], kind
    return value, value, start, ""


def _opened(kind: str, value: float) -> tuple[float, float]:
    """The interval of a bound."""
    low = {"about": value * (1 - ABOUT), "under": value / OPEN, "nearly": value * (1 - ABOUT)}.get(kind, value)
    return low, {"about": value * (1 + ABOUT), "over": value * OPEN}.get(kind, value)


def _followed(pieces: Pieces, after: int, value: float) -> tuple[float, float, str, int]:
    """The interval that words after the figure leave open ("100 or more", "100-plus"), and the place after them."""
    for size in (2, 1):
        phrase = " ".join(lower(pieces, after + step) for step in range(size))
        kind = _words().trailing.get(phrase)
        if kind:
            return *_opened(kind, value), kind, after + size
    return value, value, "", after


def _range(text: str, one: Figure, two: Figure) -> Figure | None:
    """One figure for "between 20 and 30", "20 to 30 people", "$3-5 million"; scores and spans of years are none."""
    gap = text[one.end : two.start].strip().lower()
    before = text[max(0, one.start - 12) : one.start].rstrip().lower()
    between = before.endswith("between") and gap in ("and", "to")
    told = gap in ("to", "-", "–", "—") and not before.endswith("from") and bool(two.thing or two.unit or one.unit)
    units = {one.unit, two.unit} - {""}
    if one.unit == two.unit == "percent" and not between:
        return None  # the two sides of a vote
    if not (between or told) or len(units) > 1 or units & {*UNCOUNTED, "ordinal", "name"} or one.bound == "vague":
        return None
    low = one.low if one.value * THOUSAND > two.value else one.low * _scale(two.value)
    if not low < two.value <= SPREAD * low:
        return None
    return replace(two, start=one.start, low=low, unit=next(iter(units), ""), bound="range",
                   text=text[one.start : two.end])  # fmt: skip


def _scale(value: float) -> float:
    """The thousand, million or billion in which a value is told."""
    steps = (1, THOUSAND, THOUSAND**2, THOUSAND**3, THOUSAND**4)
    return float(max((step for step in steps if step <= value), default=1))


def _thing(pieces: Pieces, after: int, unit: str) -> str:
    """What is counted: the first content word after the figure, its unit set aside."""
    if unit in UNCOUNTED:
        return ""
    for at in range(after, min(after + REACH, len(pieces))):
        word = lower(pieces, at)
        if word in (",", ";", ".", "(", ")") or word in _words().numbers or pieces[at][0][0].isdigit():
            break
        if word == "others":
            return word
        if word.isalpha() and word not in FUNCTION_WORDS and word not in VAGUE:
            return word
    return ""
