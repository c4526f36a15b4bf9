"""Values in, the words and figures that pages print out: all rounding and all wording of numbers is here."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from audit.extract.base import Quantity

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
LONGEST_NAME = 240
"""Characters of a title or name that a page prints; the article's own page prints it in full."""

MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
"""Control characters and those that turn the direction of writing: a name must not rearrange the page around it."""

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})")
SMALL = 0.5


@lru_cache(maxsize=4096, typed=True)
def name(text: object, otherwise: str = "") -> str:
    """A title or name on one line, without characters that are not seen, cut at `LONGEST_NAME`."""
    shown = " ".join(UNSEEN.sub(" ", str(text)).split()) if text is not None else ""
    if len(shown) > LONGEST_NAME:
        shown = shown[: LONGEST_NAME - 1].rstrip() + "…"
    return shown or otherwise


def whole(value: float) -> str:
    """A count with thin grouping: 12,345. Counts that are not whole (weighted ones) keep one digit."""
    near = round(value)
    return f"{near:,}" if abs(value - near) < 0.05 else f"{value:,.1f}"


def plural(count: float, one: str, many: str = "") -> str:
    """The count and its noun: `1 article`, `2 articles`."""
    return f"{whole(count)}{SPACE}{one if count == 1 else many or one + 's'}"


def is_share(quantity: Quantity) -> bool:
    """Whether the quantity is a part of a whole, so that it reads as "9 of 10" and as per cent."""
    return quantity.kind in ("rate", "probability") and quantity.scale == 100 and not _per_hundred(quantity)


def _per_hundred(quantity: Quantity) -> bool:
    """Whether it is a density: things counted in words, which are not words themselves."""
    return (
        quantity.unit == "word"
        and quantity.kind == "rate"
        and quantity.scale == 100
        and not quantity.counted.startswith("words")
    )


def digits(value: float, quantity: Quantity) -> str:
    """A value without its unit, scaled: 0.152 of a share is `15`, 0.0312 per 100 words is `3.1`."""
    scaled = value * quantity.scale
    if quantity.kind == "count":
        return whole(scaled)
    if quantity.kind == "probability" and not is_share(quantity):
        return _signed(f"{scaled:.2f}")
    if is_share(quantity):
        return _signed(f"{scaled:.0f}" if abs(scaled) >= 10 or abs(scaled) < 0.05 else f"{scaled:.1f}")
    return _signed(f"{scaled:.1f}" if abs(scaled) < 100 else f"{scaled:,.0f}")


def _signed(text: str) -> str:
    return text.replace("-", MINUS) if float(text.replace(",", "")) else text.lstrip("-")


def value(amount: float, quantity: Quantity) -> str:
    """A value with its unit: `15 %`, `3.1 per 100 words`, `11.2`."""
    if is_share(quantity):
        return f"{digits(amount, quantity)}{SPACE}%"
    if _per_hundred(quantity):
        return f"{digits(amount, quantity)} per 100 words"
    return digits(amount, quantity)


def short(amount: float, quantity: Quantity) -> str:
    """A value as a cell of a table shows it, where the column's head gives the unit."""
    return f"{digits(amount, quantity)}{SPACE}%" if is_share(quantity) else digits(amount, quantity)


def between(low: float, high: float, quantity: Quantity) -> str:
    """Two ends of a range: `9–24 %`; `−3 to 5 %` where an end is below zero; `0 %` where both read alike."""
    ends = digits(low, quantity), digits(high, quantity)
    joined = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}" if low < 0 else f"{ends[0]}{DASH}{ends[1]}"
    return f"{joined}{SPACE}%" if is_share(quantity) else joined


NAMED_UNITS = {"probability": "probability, 0 to 1", "grade": "school grade"}


def unit(quantity: Quantity) -> str:
    """What one reads in a column's head: `% of own sentences`, `per 100 words`, `grade`."""
    if is_share(quantity):
        return f"% of {quantity.per}"
    if _per_hundred(quantity):
        return "per 100 words"
    return NAMED_UNITS.get(quantity.kind) or (
        f"per {quantity.unit}" if quantity.scale == 1 else f"per {quantity.scale:g} {quantity.per}"
    )


def counted(count: float, base: float, quantity: Quantity) -> str:
    """The count behind a value: `12 of 80 own sentences`; for a density `43 in 1,390 words`."""
    if quantity.kind == "grade":
        return plural(base, quantity.unit)
    noun = quantity.per.removeprefix("100 ")
    noun = noun.removesuffix("s") if base == 1 else noun
    if is_share(quantity):
        return f"{whole(count)} of {whole(base)}{SPACE}{noun}"
    what = f"{whole(count)} {quantity.counted}" if quantity.scale == 1 else whole(count)
    return f"{what} in {whole(base)}{SPACE}{noun}"


def percent(share: float) -> str:
    """A share between 0 and 1 as per cent; never 0 % or 100 % unless it is exactly that."""
    scaled = share * 100
    if 0 < scaled < SMALL:
        return f"under 1{SPACE}%"
    if 100 - SMALL < scaled < 100:
        return f"over 99{SPACE}%"
    return f"{scaled:.0f}{SPACE}%"


def place(percentile: float) -> str:
    """How much of reference news lies below, 0 to 100; its ends are unknown, so never all of it and never none."""
    return percent(min(max(percentile, SMALL / 2), 100 - SMALL / 2) / 100)


def chance(probability: float | None) -> str:
    """A probability of chance, in words."""
    if probability is None or math.isnan(probability):
        return ""
    if probability < 0.001:
        return "less than 1 in 1,000"
    return f"about 1 in {whole(max(1, round(1 / probability)))}" if probability < 0.2 else percent(probability)


def date(iso: str | None, otherwise: str = "date unknown") -> str:
    """An ISO date as precise as it is: `11 Sept 2020`, `Sept 2020`, `2020`."""
    found = DATE.match(iso or "")
    if not found:
        return otherwise
    year, month, day = found.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    named = f"{MONTHS[int(month) - 1]}{SPACE}{year}"
    return f"{int(day)}{SPACE}{named}" if day else named


def dates(first: str | None, last: str | None, otherwise: str = "dates unknown") -> str:
    """A range of dates without saying anything twice: `3–19 Sept 2020`, `28 Aug – 3 Sept 2020`."""
    a, b = date(first, ""), date(last, "")
    if not a or not b or a == b:
        return a or b or otherwise
    left, right = a.split(SPACE), b.split(SPACE)
    if len(left) == len(right) == 3 and left[1:] == right[1:]:
        return f"{left[0]}{DASH}{b}"
    if left[-1] == right[-1] and len(left) > 1:
        left.pop()
    return f"{SPACE.join(left)} {DASH} {b}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


def capital(sentence: str) -> str:
    """The sentence with its first letter in upper case, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def language(code: str) -> str:
    """The English name of a language, or its code."""
    return LANGUAGES.get(code.split("-")[0].lower(), name(code))


def tally(count: float, base: float, quantity: Quantity) -> str:
    """The count behind a value without its nouns, for the cell of a table: `12 of 80`, `43 in 1,390`."""
    if quantity.kind == "grade":
        return plural(base, quantity.unit)
    return f"{whole(count)} {'of' if is_share(quantity) else 'in'} {whole(base)}"


def moment(iso: str | None) -> str:
    """A date with its time of day, where it has one: `3 Sept 2026, 08:00`."""
    clock = CLOCK.match(iso or "")
    return f"{date(iso)}, {clock[1]}" if clock else date(iso)
