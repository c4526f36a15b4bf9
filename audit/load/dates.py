"""Dates as pages write them. In: a line or a field; out: an ISO 8601 date, date and time, or period.

Only what is written counts: a date without a year, or 03/04/2020 (March or April?), stays unknown. A date without a
time zone stays a date as the page gave it.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero janvier januar janeiro gennaio januari",
            "february feb febrero février februar fevereiro febbraio februari",
            "march mar marzo mars märz março maart",
            "april apr abril avril aprile",
            "may mayo mai maio maggio mei",
            "june jun junio juin juni junho giugno",
            "july jul julio juillet juli julho luglio",
            "august aug agosto août augustus",
            "september sep sept septiembre septembre setembro settembre",
            "october oct octubre octobre oktober outubro ottobre",
            "november nov noviembre novembre novembro",
            "december dec diciembre décembre dezember dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month{0}>[A-Za-zéûäç]{{3,10}})\.?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th|\.|º)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_TO = r"\s?(?:-|–|—|to|until|through)\s?"
_WEEKDAY = r"(?:[A-Za-zéáç]{3,10}\.?,?\s)?"
# 4:05 pm, 10.15 a.m. ET, 18:30 GMT: only hours and minutes, since the zone's letters are not a zone that ISO knows.
_CLOCK = (
    r"(?:,?\s?(?:(?:at|@|\||-|–|•)\s?)?\d{1,2}(?:[:.]\d{2}){0,2}\s?(?:[AaPp]\.?\s?[Mm]\.?)?\s?(?:\(?[A-Z]{2,5}\)?)?)?"
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?\s?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2},\s)?(?P<day>\d{1,2})\s(?P<month>[A-Z][a-z]{2})\s(?P<year>(?:19|20)\d{2})\s"
    r"(?P<time>\d{2}:\d{2}(?::\d{2})?)\s?(?P<zone>[+-]\d{4}|GMT|UTC|Z)?"
)
_SINGLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH.format('')}\s{_DAY.format('')},?\s{_YEAR}",
        rf"{_WEEKDAY}{_DAY.format('')}\s(?:de\s)?{_MONTH.format('')},?\s(?:de\s)?{_YEAR}",
        rf"{_YEAR}/(?P<month>\d{{2}})/(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}",
        rf"(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]{_YEAR}",
        rf"(?P<day>\d{{1,2}})-{_MONTH.format('')}-{_YEAR}",
    )
)
_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MONTH.format(1)}\s{_DAY.format(1)}(?:,\s(?P<year1>\d{{4}}))?{_TO}{_MONTH.format('')}\s{_DAY.format('')},?\s{_YEAR}",
        rf"{_MONTH.format('')}\s{_DAY.format(1)}{_TO}{_DAY.format('')},?\s{_YEAR}",
        rf"{_DAY.format(1)}\s{_MONTH.format(1)}(?:\s(?P<year1>\d{{4}}))?{_TO}{_DAY.format('')}\s{_MONTH.format('')},?\s{_YEAR}",
        rf"{_DAY.format(1)}{_TO}{_DAY.format('')}\s{_MONTH.format('')},?\s{_YEAR}",
    )
)
_TIME_FIRST = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:[AaPp]\.?[Mm]\.?)?\s?(?:[A-Z]{2,5})?(?:,|\son|\s-|\s\|)?\s(?=\S)")
_CLOCK_AFTER = re.compile(_CLOCK)
_NO_YEAR = re.compile(rf"{_WEEKDAY}(?:{_MONTH.format('')}\s{_DAY.format('')}|{_DAY.format(2)}\s{_MONTH.format(2)})")
_PATH_DATE = re.compile(r"/((?:19|20)\d{2})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$|-)")


def read_date(text: str) -> str | None:
    """The date that `text` is (the whole of it), as ISO 8601, or None. Day and month must be certain."""
    found = read_period(text)
    return found[1] if found else None


def read_period(text: str) -> tuple[str, str] | None:
    """First and last day that `text` names; both are the same for a single date, which may carry a time."""
    text = " ".join(text.split())
    if not 6 <= len(text) <= 80 or not any(character.isdigit() for character in text):
        return None
    for exact in (_ISO, _RFC):
        if match := exact.fullmatch(text):
            stamp = _stamp(match)
            return (stamp, stamp) if stamp else None
    if match := _TIME_FIRST.match(text):
        text = text[match.end() :]
    for pattern in _RANGES:
        match = pattern.match(text)
        if match and _CLOCK_AFTER.fullmatch(text, match.end()):
            return _range(match)
    for pattern in _SINGLE:
        match = pattern.match(text)
        if match and _CLOCK_AFTER.fullmatch(text, match.end()):
            day = _single(match)
            if day:
                return day, day
    return None


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a date without a year ("September 11", "11 Sept."), or None."""
    match = _NO_YEAR.fullmatch(text)
    if match is None:
        return None
    month, day = _month(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    return (month, day) if _iso(2000, month, day) else None


def date_in_path(url: str | None) -> str | None:
    """The day that a URL's path spells, as in /2020/09/11/ or /2020/sep/11/, or None."""
    match = _PATH_DATE.search(url or "")
    if not match:
        return None
    year, month, day = match.groups()
    return _iso(int(year), int(month) if month.isdigit() else _MONTHS.get(month, 0), int(day))


def _stamp(match: re.Match[str]) -> str | None:
    month = match["month"]
    day = _iso(int(match["year"]), int(month) if month.isdigit() else _month(month), int(match["day"]))
    if not day or not match["time"]:
        return day
    zone = match["zone"] or ""
    zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{match['time']}{zone}" if match["time"] < "24" else day


def _single(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year = int(groups["year"])
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        if first > 12 or first == second:
            return _iso(year, second, first)
        return _iso(year, first, second) if second > 12 else None
    month = groups["month"]
    return _iso(year, int(month) if month.isdigit() else _month(month), int(groups["day"]))


def _range(match: re.Match[str]) -> tuple[str, str] | None:
    groups = match.groupdict()
    year, month = int(groups["year"]), _month(groups["month"])
    first_month = _month(groups.get("month1") or groups["month"])
    # December 28 - January 3, 2021 opens in the year before.
    first_year = int(groups["year1"]) if groups.get("year1") else year - (first_month > month)
    first, last = _iso(first_year, first_month, int(groups["day1"])), _iso(year, month, int(groups["day"]))
    return (first, last) if first and last and first <= last else None


def _month(name: str) -> int:
    return _MONTHS.get(name.lower(), 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
