"""Credits, datelines and bylines."""

from __future__ import annotations

import pytest

from audit.load.byline import Byline, read_byline
from audit.load.credit import known_outlet, read_credit, read_dateline

CREDITS = [
    ("From the MT:", "The Moscow Times"),
    ("From The Guardian:", "The Guardian"),
    ("Via Reuters", "Reuters"),
    ("Source: AFP", "Agence France-Presse"),
    ("Source: Lorne Valley Post", "Lorne Valley Post"),
    ("lornevalley.example.com", "lornevalley.example.com"),
    ("https://www.themoscowtimes.com/2021/05/03/a-story-a123", "The Moscow Times"),
    ("This article was originally published in the Lorne Valley Post.", "Lorne Valley Post"),
    ("This story first appeared on The Conversation. Read the original article.", "The Conversation"),
    ("Reprinted with permission from Harbour Weekly.", "Harbour Weekly"),
    ("The Associated Press contributed to this report.", "Associated Press"),
    ("Mary Poole and Reuters contributed to this story.", "Reuters"),
    ("Contributing: Leo Marsh, Nora Vance; The Associated Press", "Associated Press"),
    ("This report contains material from Reuters and the Associated Press.", "Reuters"),
]
NO_CREDITS = [
    "From Russia with love",
    "From Monday the bridge is closed.",
    "Source: the county, which asked not to be named in this report",
    "Leo Marsh contributed to this report.",
    "https://www.youtube.com/watch?v=abc",
    "This story was originally published on October 21, 2019.",
    "report.pdf",
    "She told the MT that it was over.",
    "",
]


@pytest.mark.parametrize(("line", "outlet"), CREDITS)
def test_credits(line: str, outlet: str) -> None:
    assert read_credit(line) == outlet


@pytest.mark.parametrize("line", NO_CREDITS)
def test_no_credit_is_invented(line: str) -> None:
    assert read_credit(line) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MINSK (AFP) - The county said", ("MINSK", "Agence France-Presse")),
        ("WASHINGTON, Sept 11 (Reuters) - The county said", ("WASHINGTON", "Reuters")),
        ("HARROW, Lorne (AP) — The county said", ("HARROW, Lorne", "Associated Press")),
        ("The county (which is poor) - as it said", None),
        ("HARROW (LVP) - The county said", None),
    ],
)
def test_datelines(text: str, found: tuple[str, str] | None) -> None:
    assert read_dateline(text) == found


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Nora Vance", Byline("Nora Vance")),
        ("BY NORA VANCE", Byline("NORA VANCE")),
        ("by Nora van der Vance and Leo O’Marsh", Byline("Nora van der Vance, Leo O’Marsh")),
        ("By Nora Vance, Staff Writer | May 3, 2021", Byline("Nora Vance", "2021-05-03")),
        ("Posted by Nora Vance on May 3, 2021 at 9:06 PM", Byline("Nora Vance", "2021-05-03")),
        ("By Nora Vance, Associated Press", Byline("Nora Vance", None, "Associated Press")),
        ("By Reuters", Byline(None, None, "Reuters")),
        ("Author: Nora Vance", Byline("Nora Vance")),
        ("By mid-morning the crowd had left.", None),
        ("By Monday Harrow had no water left in its tanks.", None),
        ("By the time Nora Vance came, it was over", None),
        ("By Our Staff", None),
    ],
)
def test_bylines(line: str, byline: Byline | None) -> None:
    assert read_byline(line) == byline


def test_short_forms_are_read_as_written_only() -> None:
    assert known_outlet("MT") == "The Moscow Times"
    assert known_outlet("mt") is None
    assert known_outlet("new york times") == "The New York Times"
    assert known_outlet("https://news.bbc.co.uk/x") == "BBC"
