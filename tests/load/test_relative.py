"""Dates that count from the day a page was saved: counted where that day is known, unknown otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.errors import SettingsError
from audit.load.draft import Draft
from audit.load.relative import is_relative, read_relative, saved_on
from audit.load.text import read_text
from audit.load.web import read_page
from tests.load.loading import STORY, load_all

SAVED = "2021-05-03T10:31:04+02:00"
COUNTED = [
    ("3 hours ago", "2021-05-03"),
    ("11 hours ago", "2021-05-02"),
    ("an hour ago", "2021-05-03"),
    ("about 40 mins ago", "2021-05-03"),
    ("2 days ago", "2021-05-01"),
    ("Yesterday", "2021-05-02"),
    ("Yesterday at 5:14 pm", "2021-05-02"),
    ("today, 09:05", "2021-05-03"),
    ("just now", "2021-05-03"),
    ("May 2", "2021-05-02"),
    ("24 December", "2020-12-24"),
    ("9 days ago", None),  # pages round beyond a week
    ("2 weeks ago", None),
    ("30 February", None),
    ("Monday", None),
    ("The vote was three hours ago", None),
]


@pytest.mark.parametrize(("text", "date"), COUNTED)
def test_counts_from_the_saved_day(text: str, date: str | None) -> None:
    assert read_relative(text, SAVED) == date


@pytest.mark.parametrize("text", ["3 hours ago", "2 days ago", "yesterday", "May 2"])
def test_unknown_without_it(text: str) -> None:
    assert read_relative(text, None) is None


def test_hours_need_a_time_to_count_from() -> None:
    assert read_relative("3 hours ago", "2021-05-03") is None
    assert read_relative("yesterday", "2021-05-03") == "2021-05-02"


@pytest.mark.parametrize(("text", "labelled", "wanted"), [
    ("3 hours ago", False, True), ("yesterday", True, True), ("Yesterday", False, False), ("May 2", True, True),
    ("September 11", False, False), ("Three hours ago the bridge fell", True, False),
])
def test_a_heading_is_no_date(text: str, labelled: bool, wanted: bool) -> None:
    assert is_relative(text, labelled) is wanted


@pytest.mark.parametrize(("note", "saved"), [
    ("<!--\n Page saved with SingleFile \n url: https://a.example/ \n saved date: Mon May 03 2021 10:31:04 GMT+0200 "
     "(Central European Summer Time)\n-->", SAVED),
    ('<meta name="savepage-date" content="Mon May 03 2021 10:31:04 GMT+0200 (CEST)">', SAVED),
    ("<!-- Mirrored from a.example/b.html by HTTrack Website Copier [XR&CO'2014], Mon, 03 May 2021 08:31:04 GMT -->",
     "2021-05-03T08:31:04+00:00"),
    ("<!--\n FILE ARCHIVED ON 08:31:04 May 03, 2021 AND RETRIEVED FROM THE INTERNET ARCHIVE -->",
     "2021-05-03T08:31:04+00:00"),
    ("<!-- Mon May 03 2021 -->", None),
])  # fmt: skip
def test_what_saved_the_page_says_when(note: str, saved: str | None) -> None:
    assert saved_on(f"<html><head>{note}</head></html>") == saved


PAGE = (
    "<html><head><title>Bridge to close</title>{}</head><body><article><h1>Bridge to close</h1>"
    "<p class='byline'>By Nora Vance</p><time class='posted'>Posted 3 hours ago</time>"
    f"{''.join(f'<p>{part}</p>' for part in STORY.split(chr(10)) * 3 if part)}</article></body></html>"
)


def test_a_page_that_says_when_it_was_saved() -> None:
    page = PAGE.format("<!-- Page saved with SingleFile saved date: Mon May 03 2021 10:31:04 GMT+0200 (CEST) -->")
    draft = read_page(page.encode(), "a.html")
    assert isinstance(draft, Draft)
    assert (draft.published, draft.meta["dated"]) == ("2021-05-03", f"“3 hours ago” on {SAVED}")


def test_a_page_that_does_not() -> None:
    draft = read_page(PAGE.format("").encode(), "a.html")
    assert isinstance(draft, Draft)
    assert (draft.published, draft.meta["date"]) == (None, "3 hours ago")


@pytest.mark.parametrize("head", ["By Nora Vance | 2 days ago", "Posted 2 days ago", "Published: May 1"])
def test_plain_text(head: str) -> None:
    text = f"Bridge to close\n\n{head}\n\n{STORY}"
    draft = read_text(text.encode(), "a.txt", saved="2021-05-03")
    assert isinstance(draft, Draft)
    assert (draft.published, draft.text) == ("2021-05-01", STORY)
    draft = read_text(text.encode(), "a.txt")
    assert isinstance(draft, Draft)
    assert (draft.published, draft.text) == (None, STORY)


def test_the_setting_as_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Bridge to close\n\nPosted yesterday\n\n{STORY}", encoding="utf-8")
    os.utime(path, (1620000000, 1620000000))  # 3 May 2021
    assert [article.published for article in load_all(path)[0]] == [None]
    assert [article.published for article in load_all(path, as_of="2021-05-10")[0]] == ["2021-05-09"]
    assert [article.published for article in load_all(path, as_of="file")[0]] == ["2021-05-02"]
    with pytest.raises(SettingsError, match="neither a date"):
        load_all(path, as_of="last week")
