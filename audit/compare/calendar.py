"""Words of a parsed document in, the months, weekdays and latest year that it speaks of out.

Articles without a date still tell when they were written: two that name no month or weekday in common are seldom
about the same event.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec""".split()
)
UNSURE = frozenset(["may", "march", "mar", "sep", "jan", "jun", "dec"])
"""Words that mean a month only beside a figure."""

Ints = npt.NDArray[np.int64]


def _code(word: str) -> int:
    """1 to 12 for months, 21 to 27 for weekdays, the year for years, -month where a figure must stand beside it."""
    lower = word.lower()
    if word[0].isupper() and lower in NAMES:
        month = MONTHS.index(lower[:3]) + 1
        return -month if lower in UNSURE else month
    if word[0].isupper() and lower.endswith("day") and lower[:3] in DAYS and len(lower) <= 9:
        return 21 + DAYS.index(lower[:3])
    if len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"):
        return int(word)
    return 0


def mentions(parsed: Parsed) -> Ints:
    """What each token says of time, int64 [n]: see `_code`; 0 for all other words."""
    codes = parsed.table("calendar:code", _code, np.int64)[parsed.tokens]
    figure = parsed.table("calendar:figure", lambda word: word[0].isdigit(), np.bool_)[parsed.tokens]
    beside = np.zeros(len(codes), np.bool_)
    beside[1:] |= figure[:-1]
    beside[:-1] |= figure[1:]
    return np.where(codes < 0, np.where(beside, -codes, 0), codes)


def packed(codes: Ints) -> int:
    """A document's mentions in one number: months in bits 0-11, weekdays in bits 12-18, the latest year above."""
    months, days = codes[(codes > 0) & (codes <= 12)], codes[(codes > 20) & (codes < 30)]
    years = codes[codes >= 1900]
    bits = sum(1 << (month - 1) for month in sorted(set(months.tolist())))
    bits += sum(1 << (day - 9) for day in sorted(set(days.tolist())))
    return int(bits + (int(years.max()) << 19 if len(years) else 0))


def shared(one: Ints, two: Ints) -> npt.NDArray[np.float64]:
    """Features [p, 5] of pairs of packed mentions: months shared, months apart, weekdays shared, weekdays apart, and
    whether the latest years differ; "apart" means that both name some and none in common."""
    columns = []
    for low, width in ((0, 12), (12, 7)):
        mask = ((1 << width) - 1) << low
        left, right = one & mask, two & mask
        columns += [(left & right) != 0, (left != 0) & (right != 0) & ((left & right) == 0)]
    years = one >> 19, two >> 19
    columns.append((years[0] > 0) & (years[1] > 0) & (years[0] != years[1]))
    return np.column_stack(columns).astype(np.float64)
