"""Pieces of a statement in, the number that begins at one of them out: digits, words, scales, fractions, clock times.

"33" and "thirty-three", "1.5bn" and "one and a half billion", "a third" and "33 percent", "one in five" and "20%" come
out as one value in one unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from audit.compare import vocabulary

PIECE = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:[A-Za-z]\.){2,}|[½¼¾⅓⅔]|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]"
)
"""Figures, words and single marks: "1.5bn" is a figure and a word, "12th" too."""

SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
"""Words for a part, and in how many a whole is cut; "thirds" and the like are known by their singular."""

WHOLES = frozenset([2, 3, 4, 5, 6, 8, 10, 20, 100])
"""Numbers of which so many are told as a share: "one in 100"."""

PART_GRAIN = 5.0
"""Percentage points between the shares that people tell as fractions."""

AFTER_PART = frozenset(". , ; of by in from to since over off less more lower higher smaller larger as and or".split())
"""What follows a part that stands for a share; "a third time" and "the third quarter" are none."""

OF_HALF = frozenset("of the its their all those his her".split())
"""What follows "half" where it is a share."""

NOON = 12

WORDS_KEPT = 65_536
"""Distinct words of which it is remembered how they are read."""

Pieces = list[tuple[str, int, int]]


@dataclass(frozen=True)
class Number:
    """A value, the step of its last digit (0 if exact), the place after it, and a unit that the words themselves tell.

    `low` and `high` are set where the words leave them open ("dozens").
    """

    value: float
    grain: float
    after: int
    unit: str = ""
    low: float | None = None
    high: float | None = None


@cache
def _words() -> vocabulary.Vocabulary:
    return vocabulary.load()


@cache
def hint() -> re.Pattern[str]:
    """What a text with any number has."""
    lists = _words()
    every = {*lists.numbers, *lists.scales, *lists.vague, *PARTS, "thirds", "quarters", "fifths", "tenths"}
    return re.compile(r"[\d½¼¾⅓⅔]|\b(?:" + "|".join(sorted(every)) + r")\b", re.IGNORECASE)


def lower(pieces: Pieces, at: int) -> str:
    """The word at a place in lower case, without a full stop; empty outside the statement."""
    return _lower(pieces[at][0]) if 0 <= at < len(pieces) else ""


@lru_cache(maxsize=WORDS_KEPT)
def _lower(word: str) -> str:
    return word.lower().rstrip(".") or word


@lru_cache(maxsize=WORDS_KEPT)
def opens(word: str) -> bool:
    """Whether a number can begin with this word: most cannot, and are passed by."""
    if word[0].isdigit() or word in SIGNS:
        return True
    lists, small = _words(), _lower(word)
    return small in lists.numbers or small in PARTS or small in lists.vague or small in lists.scales


def number(pieces: Pieces, at: int) -> Number | None:
    """The number that begins at a place."""
    word = pieces[at][0]
    if not opens(word):
        return None
    found = _clock(pieces, at) or _share(pieces, at) or _ratio(pieces, at)
    if word[0].isdigit() or word in SIGNS:
        return found or _digits(pieces, at)
    return _vague(pieces, at) or found or _spelled(pieces, at)


def plain(pieces: Pieces, at: int) -> float | None:
    """The value of digits or of one number word."""
    word = lower(pieces, at)
    if word[:1].isdigit():
        return float(word.replace(",", ""))
    return _words().numbers.get(word)


def _clock(pieces: Pieces, at: int) -> Number | None:
    """A clock time such as 5:41, 2.30 a.m. or 5 p.m., in hours since midnight."""
    hours, after = plain(pieces, at), at + 1
    if hours is None:
        return None
    told = False
    if lower(pieces, at + 1) == ":" and at + 2 < len(pieces) and pieces[at][2] == pieces[at + 1][1]:
        minutes = pieces[at + 2][0]
        if not minutes.isdigit() or len(minutes) != 2 or pieces[at + 1][2] != pieces[at + 2][1]:
            return None
        hours, after, told = hours + float(minutes) / 60, at + 3, True
    half = lower(pieces, after).replace(".", "")
    if half not in ("am", "pm") or hours >= NOON + 1:
        return Number(hours, 0.0, after, "clock") if told else None
    if not told and hours % 1:
        hours = hours // 1 + hours % 1 * 100 / 60
    return Number(hours % NOON + (NOON if half == "pm" else 0), 0.0, after + 1, "clock")


def _digits(pieces: Pieces, at: int) -> Number | None:
    """Digits, with a mixed fraction, a scale or an ordinal ending."""
    word = pieces[at][0]
    if word in SIGNS:
        return _scaled(pieces, at + 1, SIGNS[word], 0.01, "")
    value, grain, after = float(word.replace(",", "")), _grain(word), at + 1
    if lower(pieces, after) in SIGNS:
        value, grain, after = value + SIGNS[lower(pieces, after)], 0.01, after + 1
    elif lower(pieces, after + 1) == "/" and at + 3 < len(pieces) and pieces[at + 3][0].isdigit() and value % 1 == 0:
        top, bottom = plain(pieces, after), plain(pieces, at + 3)
        if top and bottom and top < bottom and pieces[after][2] == pieces[after + 1][1]:
            value, grain, after = value + top / bottom, 0.01, at + 4
    return _scaled(pieces, after, value, grain, word)


def _grain(word: str) -> float:
    """The step of the last written digit: 1.5 gives .1, 590,000 gives 10,000, small whole numbers 1."""
    if "." in word:
        return float(10.0 ** -len(word.split(".")[1]))
    digits = word.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10**zeros) if zeros >= 3 else 1.0


def _spelled(pieces: Pieces, at: int) -> Number | None:
    """A number in words: "thirty-three", "two hundred and fifty", "a million", "half a million", "two and a half"."""
    numbers, scales = _words().numbers, _words().scales
    word = lower(pieces, at)
    if word in PARTS:
        step = at + 1 + (lower(pieces, at + 1) == "of")
        if lower(pieces, step) == "a" and lower(pieces, step + 1) in scales and len(lower(pieces, step + 1)) > 1:
            return Number(scales[lower(pieces, step + 1)] / PARTS[word], 1.0, step + 2)
        return None
    if word not in numbers and (lower(pieces, at - 1) != "a" or word not in scales or len(word) == 1):
        return None
    total, after = _summed(pieces, at) if word in numbers else (1.0, at)
    if _and_half(pieces, after):
        return _scaled(pieces, after + 3, total + 0.5, 0.5, "")
    found = _scaled(pieces, after, total, 1.0, "")
    if found.value > total and _and_half(pieces, found.after):
        return Number(found.value * (1 + 0.5 / total), found.grain, found.after + 3)
    return found


def _and_half(pieces: Pieces, at: int) -> bool:
    """Whether "and a half" stands at a place."""
    return [lower(pieces, at + step) for step in range(3)] == ["and", "a", "half"]


def _summed(pieces: Pieces, at: int) -> tuple[float, int]:
    """The number words from a place on, added and multiplied, and the place after them."""
    numbers = _words().numbers
    total = numbers[lower(pieces, at)]
    at += 1
    while at < len(pieces):
        step = at + 1 if lower(pieces, at) in ("-", "and") else at
        following = numbers.get(lower(pieces, step))
        if following is None:
            break
        if (following >= 100 and step == at) or lower(pieces, step) == "dozen":
            total *= following
        elif (total % 10 == 0 and following < 10 and total >= 20) or (total % 100 == 0 and following < 100 and total):
            total += following
        else:
            break
        at = step + 1
    return total, at


def _scaled(pieces: Pieces, at: int, value: float, grain: float, digits: str) -> Number:
    """Apply "million", "bn", "k", "dozen" and ordinal endings."""
    word = lower(pieces, at)
    glued = 0 < at < len(pieces) and pieces[at][1] == pieces[at - 1][2]
    if digits and glued and word in ("st", "nd", "rd", "th"):
        return Number(value, 0.0, at + 1, "ordinal")
    if digits and glued and word == "s":
        return Number(value, 0.0, at + 1, "decade")
    if word == "-" and lower(pieces, at + 1) in _words().scales:
        at, word, glued = at + 1, lower(pieces, at + 1), True
    scale = _words().scales.get(word)
    if scale and (len(word) > 1 or (digits and glued)):
        finer = grain if grain < 1 else 1.0
        return Number(value * scale, finer * scale, at + 1)
    return Number(value, grain, at)


def _share(pieces: Pieces, at: int) -> Number | None:
    """A part of a whole in words or as 3/4: a share in percent."""
    top, after = 1.0, at
    if lower(pieces, at + 1) == "/":
        return _slashed(pieces, at)
    if lower(pieces, at) not in PARTS:
        told = plain(pieces, at)
        after = at + 1 + (lower(pieces, at + 1) == "-")
        if told is None or told >= 10 or told % 1:
            return None
        top = told
    part = PARTS.get(lower(pieces, after).removesuffix("s")) or PARTS.get(lower(pieces, after))
    if not part or top >= part:
        return None
    before, following = lower(pieces, at - 1), lower(pieces, after + 1)
    if part == 2 and (following not in OF_HALF or before in ("first", "second", "other", "latter")):
        return None
    if part > 2 and after == at and (before != "a" or following not in {"", *AFTER_PART}):
        return None
    if after == at and following == "of" and lower(pieces, after + 2) == "a" and _scale_word(pieces, after + 3):
        return None
    return Number(100 * top / part, PART_GRAIN, after + 1, "percent")


def _slashed(pieces: Pieces, at: int) -> Number | None:
    """ "3/4 of": a share in percent."""
    top, whole = plain(pieces, at), plain(pieces, at + 2)
    if not top or not whole or top >= whole or whole not in PARTS.values() or lower(pieces, at + 3) != "of":
        return None
    return Number(100 * top / whole, PART_GRAIN, at + 3, "percent")


def _scale_word(pieces: Pieces, at: int) -> bool:
    return len(lower(pieces, at)) > 1 and lower(pieces, at) in _words().scales


def _ratio(pieces: Pieces, at: int) -> Number | None:
    """ "One in five", "three out of four": a share in percent."""
    top, step = plain(pieces, at), at + 1
    step += 2 if (lower(pieces, step), lower(pieces, step + 1)) == ("out", "of") else lower(pieces, step) == "in"
    whole = plain(pieces, step) if step > at + 1 else None
    if not top or not whole or top % 1 or top > 2 * whole or top == whole:
        return None
    spelled = not pieces[at][0][0].isdigit()
    if whole not in WHOLES or (not spelled and not pieces[step][0][0].isdigit()) or _span(pieces, step + 1):
        return None
    return Number(100 * top / whole, PART_GRAIN, step + 1, "percent")


def _span(pieces: Pieces, at: int) -> bool:
    """Whether a unit or month follows: "two in 10 days", "one in 5 May"."""
    word = lower(pieces, at + (lower(pieces, at) == "-"))
    return word in _words().units or word in _words().months or word in _words().scales


def _vague(pieces: Pieces, at: int) -> Number | None:
    """ "Dozens", "hundreds of thousands": what the plural leaves open."""
    ends = _words().vague.get(lower(pieces, at))
    if ends is None or (lower(pieces, at) in ("scores", "tens") and lower(pieces, at + 1) != "of"):
        return None
    low, high = ends
    after = at + 1
    if lower(pieces, after) == "of" and lower(pieces, after + 1) in _words().vague:
        by = _words().vague[lower(pieces, after + 1)][0] / 2
        low, high, after = low * by, high * by, after + 2
    elif lower(pieces, after) == "of" and _scale_word(pieces, after + 1):
        by = _words().scales[lower(pieces, after + 1)]
        low, high, after = low * by, high * by, after + 2
    return Number(low, 1.0, after, "", low, high)
