"""Dates that count from the day a page was saved. In: "3 hours ago", and when that was; out: an ISO 8601 date, or None.

When a page was saved is what the file itself says: the note of the program that saved it, the date of its record in a
web archive, or the setting `as_of`. The clock and the file's own date are never asked, unless `as_of = "file"` does:
the same bytes are to read the same everywhere.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from audit.load.dates import month_and_day, read_date

_SPELLED = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_SPELLED.split(), 1)} | {"a": 1, "an": 1}
_AGO = re.compile(
    rf"(?:about |around |over |almost )?(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s?"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|d) ago"
)
_CLOCK = r"(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?)"
_DAY = re.compile(rf"(?P<day>today|yesterday)(?P<clock>{_CLOCK})?|just now|this (?:morning|afternoon|evening)")
# "5 days ago" is counted back in days; beyond a week pages round, and a rounded date is no date.
_MOST_DAYS = 7
_SAVERS = (
    re.compile(r"Page saved with SingleFile.{0,3000}?saved date: (?P<date>[^\n(]{20,60})", re.DOTALL),
    re.compile(r"<meta name=\"savepage-date\" content=\"(?P<date>[^\"(]{20,60})"),
    re.compile(r"<!-- Mirrored from [^\n]{1,2000}? by HTTrack [^\n\]]{1,200}\], (?P<date>[^\n]{20,40}?) -->"),
    re.compile(r"FILE ARCHIVED ON (?P<time>[\d:]{8}) (?P<date>[A-Z][a-z]{2} \d{2}, \d{4})"),
)
_STAMP = re.compile(
    r"[A-Z][a-z]{2},? (?:(?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2})|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2})) "
    r"(?P<year>\d{4}) (?P<time>\d{2}:\d{2}:\d{2}) GMT(?P<zone>[+-]\d{4})?"
)


def is_relative(text: str, labelled: bool = False) -> bool:
    """Whether `text` is nothing but a date that counts from another day. Behind a label ("Posted") a day without its
    year is one as well; by itself it may be a heading."""
    text = " ".join(text.split()).lower()
    if len(text) > 40:
        return False
    found = _DAY.fullmatch(text)
    return bool(_AGO.fullmatch(text) or (found and (labelled or found["clock"])) or (labelled and month_and_day(text)))


def read_relative(text: str, saved: str | None) -> str | None:
    """The date that `text` means on a page saved at `saved` (ISO 8601). Hours and minutes need a time to count from."""
    text = " ".join(text.split()).lower()
    try:
        base = datetime.fromisoformat(saved or "")
    except ValueError:
        return None
    if match := _AGO.fullmatch(text):
        return _ago(match, base, timed="T" in (saved or ""))
    if match := _DAY.fullmatch(text):
        return (base - timedelta(days=match["day"] == "yesterday")).date().isoformat()
    found = month_and_day(text)
    years = (base.year, base.year - 1) if found else ()
    days = (read_date(f"{year}-{found[0]:02d}-{found[1]:02d}") for year in years) if found else iter(())
    return next((day for day in days if day and day <= base.date().isoformat()), None)


def _ago(match: re.Match[str], base: datetime, timed: bool) -> str | None:
    number = int(match["number"]) if match["number"].isdigit() else _NUMBERS[match["number"]]
    unit = match["unit"][0]
    if unit == "d":
        return (base - timedelta(days=number)).date().isoformat() if number <= _MOST_DAYS else None
    if not timed:
        return None
    step = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}[unit]
    return (base - number * step).date().isoformat()


def saved_on(markup: str) -> str | None:
    """When the program that saved a page says that it did, as ISO 8601; the notes of four common ones are known."""
    for pattern in _SAVERS:
        if match := pattern.search(markup):
            time = match.groupdict().get("time")
            day = read_date(match["date"])
            return f"{day}T{time}+00:00" if time and day else _stamp(match["date"])
    return None


def _stamp(text: str) -> str | None:
    """The date of a browser ("Sat May 08 2021 10:31:04 GMT+0200") or of a server ("Sat, 08 May 2021 08:31:04 GMT")."""
    match = _STAMP.match(text)
    if match is None:
        return None
    zone = match["zone"] or "+0000"
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    date = read_date(f"{day} {month} {match['year']}")
    return f"{date}T{match['time']}{zone[:3]}:{zone[3:]}" if date else None
