"""A statement's text in, its figures out: value as an interval, unit, what is counted, and the exact span.

"about 100", "more than 100" and "102" overlap; "33" and "thirty-three" are one value; "$1.5 billion" and
"1.5bn dollars" are one value and one unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit.compare import vocabulary
from audit.compare.words import FUNCTION_WORDS, stem

PIECE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")
"""Figures, words and single marks: "1.5bn" is a figure and a word, "12th" too."""

ABOUT = 0.1
"""How far "about" reaches, as a share of the value."""

ROUNDED = 0.05
"""How far rounding may move a value: 1.2 million stands for 1,234,000, but 20,000 does not stand for 22,000."""

OPEN = 1.5
"""How far "more than" reaches: half as much again; a writer who knows of more says more."""

VAGUE = frozenset(["other", "others", "additional", "total", "percent"])
"""Words after a figure that do not name what is counted."""

REACH = 4
"""Words after a figure among which the counted thing is looked for."""


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
        coarse = max(self.grain, other.grain)
        gap = abs(self.value - other.value)
        if gap <= 1e-9 * max(1.0, self.value) or (gap <= min(coarse / 2, ROUNDED * self.value) and self.rounds(other)):
            return True
        return self.bound != other.bound and self.low <= other.high and other.low <= self.high

    def rounds(self, other: Figure) -> bool:
        """Whether one was written more coarsely than the other."""
        return self.grain != other.grain and bool(self.grain and other.grain)

    @property
    def family(self) -> str:
        """Units that may stand for each other: a bare number can be a year, a day or a count, only its place tells."""
        return "" if self.unit in ("year", "day", "ordinal") else self.unit


@cache
def _words() -> vocabulary.Vocabulary:
    return vocabulary.load()


@cache
def _hint() -> re.Pattern[str]:
    """What a text with any figure has."""
    return re.compile(r"\d|\b(?:" + "|".join(sorted(_words().numbers)) + r")\b", re.IGNORECASE)


def figures(text: str) -> list[Figure]:
    """The figures of a statement, in order; spelled-out ones up to billions, fractions of days as clock times."""
    if not _hint().search(text):
        return []
    pieces = [(match.group(), match.start(), match.end()) for match in PIECE.finditer(text)]
    found = []
    at = 0
    while at < len(pieces):
        word = pieces[at][0]
        if not word[0].isdigit() and word.lower() not in _words().numbers:
            at += 1
            continue
        number = _clock(pieces, at) or _number(pieces, at)
        if number:
            figure, at = _figure(text, pieces, at, *number)
            if figure:
                found.append(figure)
        else:
            at += 1
    return found


Pieces = list[tuple[str, int, int]]


def _lower(pieces: Pieces, at: int) -> str:
    return pieces[at][0].lower().rstrip(".") if 0 <= at < len(pieces) else ""


def _clock(pieces: Pieces, at: int) -> tuple[float, float, int, str] | None:
    """A clock time such as 5:41."""
    if at + 2 >= len(pieces) or pieces[at + 1][0] != ":" or pieces[at][2] != pieces[at + 1][1]:
        return None
    minutes = pieces[at + 2][0]
    hours = _plain(pieces[at][0])
    if hours is None or not minutes.isdigit() or len(minutes) != 2 or pieces[at + 1][2] != pieces[at + 2][1]:
        return None
    return hours + float(minutes) / 60, 0.0, at + 3, "clock"


def _plain(word: str) -> float | None:
    """The value of digits or of one number word."""
    if word[0].isdigit():
        return float(word.replace(",", ""))
    return _words().numbers.get(word.lower())


def _number(pieces: Pieces, at: int) -> tuple[float, float, int, str] | None:
    """Value, grain, the place after it, and a unit already known ("" otherwise)."""
    word = pieces[at][0]
    if word[0].isdigit():
        value = float(word.replace(",", ""))
        return _scaled(pieces, at + 1, value, _grain(word), word)
    if _lower(pieces, at) not in _words().numbers:
        return None
    value, at = _spelled(pieces, at)
    return _scaled(pieces, at, value, 1.0, "")


def _grain(word: str) -> float:
    """The step of the last written digit: 1.5 gives .1, 590,000 gives 10,000, small whole numbers 1."""
    if "." in word:
        return float(10.0 ** -len(word.split(".")[1]))
    digits = word.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10**zeros) if zeros >= 3 else 1.0


def _spelled(pieces: Pieces, at: int) -> tuple[float, int]:
    """A number in words: "thirty-three", "two hundred and fifty", "a dozen" (the "a" adds nothing)."""
    numbers = _words().numbers
    total = numbers[_lower(pieces, at)]
    at += 1
    while at < len(pieces):
        step = at + 1 if _lower(pieces, at) in ("-", "and") else at
        following = numbers.get(_lower(pieces, step))
        if following is None:
            break
        if following >= 100 and step == at:
            total *= following
        elif (total % 10 == 0 and following < 10 and total >= 20) or (total % 100 == 0 and following < 100 and total):
            total += following
        else:
            break
        at = step + 1
    return total, at


def _scaled(pieces: Pieces, at: int, value: float, grain: float, digits: str) -> tuple[float, float, int, str]:
    """Apply "million", "bn", "k" and ordinal endings."""
    word = _lower(pieces, at)
    glued = 0 < at < len(pieces) and pieces[at][1] == pieces[at - 1][2]
    if digits and glued and word in ("st", "nd", "rd", "th"):
        return value, 0.0, at + 1, "ordinal"
    if digits and glued and word == "s":
        return value, 0.0, at + 1, "decade"
    if word == "-" and _lower(pieces, at + 1) in _words().scales:
        at, word, glued = at + 1, _lower(pieces, at + 1), True
    scale = _words().scales.get(word)
    if scale and (len(word) > 1 or (digits and glued)):
        finer = grain if grain < 1 else 1.0
        return value * scale, finer * scale, at + 1, ""
    return value, grain, at, ""


def _figure(
    text: str, pieces: Pieces, first: int, value: float, grain: float, after: int, unit: str
) -> tuple[Figure | None, int]:
    words = _words()
    start, end = pieces[first][1], pieces[after - 1][2]
    before, following = _lower(pieces, first - 1), _lower(pieces, after)
    if not unit and before in words.currencies:
        unit, start = words.currencies[before], pieces[first - 1][1]
        if _lower(pieces, first - 2) in ("us", "u.s", "a", "c", "hk") and pieces[first - 2][2] == start:
            start = pieces[first - 2][1]
    step = after + 1 if following == "-" else after
    if not unit and _lower(pieces, step) in words.units:
        unit, end, after = words.units[_lower(pieces, step)], pieces[step][2], step + 1
    if not unit and _dated(pieces, first, after):
        unit = "day"
    digits = pieces[first][0]
    if not unit and len(digits) == 4 and digits.isdigit() and 1500 <= value <= 2100 and grain <= 1000:
        unit, grain = "year", 0.0
    if _in_name(pieces, first):
        unit = "name"
    low, high, start, bound = _bounds(pieces, first, start, value)
    if unit in ("clock", "ordinal", "decade", "day", "year"):
        low = high = value
    if digits.lower() == "one" and after == first + 1 and not unit and following in ("of", "another", ",", ".", ""):
        return None, after  # a pronoun
    counted = _thing(pieces, after, unit)
    thing = stem(counted) if counted else ""
    figure = Figure(start, end, low, high, value, unit, thing, counted, grain, bound, text[start:end])
    return figure, after


def _in_name(pieces: Pieces, first: int) -> bool:
    """A figure that is part of a name: "COVID-19", "Boeing-737"."""
    if first < 2 or pieces[first - 1][0] != "-" or not pieces[first - 2][0].isalpha():
        return False
    return pieces[first - 2][2] == pieces[first - 1][1] and pieces[first - 1][2] == pieces[first][1]


def _dated(pieces: Pieces, first: int, after: int) -> bool:
    """A day of the month: "May 25", "Feb. 11", "25 May"."""
    months = _words().months
    stop = 2 if first > 1 and pieces[first - 1][0] == "." else 1
    value = _plain(pieces[first][0])
    if value is None or not 1 <= value <= 99 or value % 1:
        return False
    return (first > 0 and _lower(pieces, first - stop) in months) or _lower(pieces, after) in months


def _bounds(pieces: Pieces, first: int, start: int, value: float) -> tuple[float, float, int, str]:
    """The interval that words before the figure leave open, and where those words begin."""
    at = first - 1
    while at >= 0 and pieces[at][1] >= start:
        at -= 1
    for size in (2, 1):
        phrase = " ".join(_lower(pieces, at - size + 1 + step) for step in range(size))
        kind = _words().bounds.get(phrase)
        if kind:
            low = {"about": value * (1 - ABOUT), "under": value / OPEN, "nearly": value * (1 - ABOUT)}.get(kind, value)
            high = {"about": value * (1 + ABOUT), "over": value * OPEN}.get(kind, value)
            return low, high, pieces[at - size + 1][1], kind
    return value, value, start, ""


def _thing(pieces: Pieces, after: int, unit: str) -> str:
    """What is counted: the first content word after the figure, its unit set aside."""
    if unit in ("clock", "day", "year", "decade"):
        return ""
    for at in range(after, min(after + REACH, len(pieces))):
        word = _lower(pieces, at)
        if word in (",", ";", ".", "(", ")") or word in _words().numbers or pieces[at][0][0].isdigit():
            break
        if word.isalpha() and word not in FUNCTION_WORDS and word not in VAGUE:
            return word
    return ""
