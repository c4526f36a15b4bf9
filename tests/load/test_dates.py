"""Dates as pages write them."""

from __future__ import annotations

import pytest

from audit.load.dates import date_in_path, read_date, read_period

WRITTEN = [
    ("Friday, September 11, 2020", "2020-09-11"),
    ("September 11, 2020", "2020-09-11"),
    ("Sept. 11, 2020", "2020-09-11"),
    ("Sep 11 2020", "2020-09-11"),
    ("September 11th, 2020", "2020-09-11"),
    ("11 September 2020", "2020-09-11"),
    ("11 Sep. 2020", "2020-09-11"),
    ("Fri 11 September, 2020", "2020-09-11"),
    ("1st May 2019", "2019-05-01"),
    ("2020-09-11", "2020-09-11"),
    ("2020-09-11T08:15:00Z", "2020-09-11T08:15:00+00:00"),
    ("2020-09-11T08:15:00.123+0200", "2020-09-11T08:15:00+02:00"),
    ("2020-09-11 08:15", "2020-09-11T08:15"),
    ("Fri, 11 Sep 2020 10:00:00 +0000", "2020-09-11T10:00:00+00:00"),
    ("Fri, 11 Sep 2020 10:00:00 GMT", "2020-09-11T10:00:00+00:00"),
    ("2020/09/11", "2020-09-11"),
    ("11.09.2020", "2020-09-11"),
    ("25/12/2020", "2020-12-25"),
    ("12/25/2020", "2020-12-25"),
    ("05/05/2020", "2020-05-05"),
    ("11-Sep-2020", "2020-09-11"),
    ("September 11, 2020 at 4:05 p.m. ET", "2020-09-11"),
    ("September 11, 2020 | 16:05", "2020-09-11"),
    ("9:45 a.m. EDT, September 11, 2020", "2020-09-11"),
    ("11 de septiembre de 2020", "2020-09-11"),
    ("11. September 2020", "2020-09-11"),
    ("2 mars 2021", "2021-03-02"),
]
UNKNOWN = [
    "03/04/2020",  # March or April
    "September 11",
    "Sept. 31, 2020",
    "2020-13-01",
    "The 11 September 2020 attack was never explained",
    "September 11, 2020 was a quiet day",
    "Room 2020",
    "",
]


@pytest.mark.parametrize(("text", "date"), WRITTEN)
def test_reads(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize("text", UNKNOWN)
def test_stays_unknown(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("September 21 – September 27, 2020", "2020-09-21", "2020-09-27"),
        ("September 21–27, 2020", "2020-09-21", "2020-09-27"),
        ("21-27 September 2020", "2020-09-21", "2020-09-27"),
        ("28 September to 4 October 2020", "2020-09-28", "2020-10-04"),
        ("December 28 – January 3, 2021", "2020-12-28", "2021-01-03"),
        ("December 28, 2020 – January 3, 2021", "2020-12-28", "2021-01-03"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    assert read_period(text) == (first, last)


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.example/2020/09/11/story", "2020-09-11"),
        ("https://a.example/world/2020/sep/11/story", "2020-09-11"),
        ("https://a.example/2020/99/11/story", None),
        ("https://a.example/story-2020", None),
        (None, None),
    ],
)
def test_dates_in_paths(url: str | None, date: str | None) -> None:
    assert date_in_path(url) == date
