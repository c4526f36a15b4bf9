"""Cleaning scraped text: the edges go, the story stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.load.draft import Draft
from audit.load.text import clean_page, read_text
from tests.load.loading import STORY

HEADS = [
    (
        "Skip to content\nMenu\nHome » News » Local\n\nBridge to close until spring\n\nBy Nora Vance\nMay 3, 2021\n\n",
        "Nora Vance",
    ),
    ('Press "Enter" to skip to content\n\nBridge to close until spring\n\n', None),
    (
        "Local news\nBridge to close until spring\nA long winter\nBridge to close until spring\nby Nora Vance\n\n",
        "Nora Vance",
    ),
    ("Bridge to close until spring | Region\n\nNora Vance\nPublished: 3 May 2021\n5 min read\nShare\nTweet\n\n", None),
    (
        "Bridge to close until spring\n\nWritten by Nora Vance and Leo Marsh, Staff Writers | May 3, 2021\n\n",
        "Nora Vance, Leo Marsh",
    ),
    (
        "# Bridge to close until spring\n\nMonday, May 3, 2021"
        "\n\nThe Lorne at Harrow in spring. (Photo: L. Marsh/Example)\n\n",
        None,
    ),
]
TAILS = [
    "\n\n[ad_space_pro id=4]\n\nLeave a Reply"
    "\n\nYour email address will not be published. Required fields are marked *",
    "\n\nNora Vance\n\nNora Vance is a reporter at the Lorne Valley Post and writes about roads."
    "\n\nRelated Posts\n\nRoad tax to rise\n\nRead more",
    "\n\nSubscribe to our newsletter\n\nEvery week, we send you the best of the valley, and you can leave at any time."
    "\nEN\nDE/FR\nSubscribe\nView all",
    "\n\nShare this:\nFacebook\nTwitter\n\nFiled under: Roads, Bridges\n© 2021 Lorne Valley Post. All rights reserved.",
    "\n\n2 Comments\n\nhillwalker says:\n\nI have been saying so for years and nobody ever listened to me.\n\nReply",
    "\n\nNo comments:\n\nPost a Comment\n\nNote: Only a member of this blog may post a comment.",
    "\n\nRelated:\n\nRoad tax to rise again\nWho Will Pay For The New Bridge?\n\nAdvertisement",
    "\n\nPhoto: Leo Marsh\n\nTags: roads, bridges, winter",
]
STAYS = [
    "Nobody answered.",
    "“We will wait,” she said.",
    "We asked you, our readers, for your views on the bridge, and you wrote hundreds of letters about it.",
    "Share prices of the builder fell by a tenth on the news.",
    "Leo Marsh is a driver from Harrow who crosses the bridge every day.",
    "Comments were not to be had at the weekend.",
    "In the end, more than 2,000 people signed up for the newsletter that the county sends about the works.",
]


@pytest.mark.parametrize(("head", "author"), HEADS)
@pytest.mark.parametrize("tail", ["", TAILS[0], TAILS[5]])
def test_heads_are_read_and_dropped(head: str, author: str | None, tail: str) -> None:
    draft = clean_page(head + STORY + tail, "a.txt")
    assert draft.text == STORY
    assert draft.title == "Bridge to close until spring"
    assert draft.author == author


@pytest.mark.parametrize("tail", TAILS)
def test_tails_are_dropped(tail: str) -> None:
    assert clean_page(f"Bridge to close until spring\n\n{STORY}{tail}", "a.txt").text == STORY


@pytest.mark.parametrize("last", STAYS)
@pytest.mark.parametrize("tail", ["", TAILS[0], TAILS[2], TAILS[7]])
def test_the_last_sentence_of_a_story_stays(last: str, tail: str) -> None:
    assert clean_page(f"{STORY}\n\n{last}{tail}", "a.txt").text == f"{STORY}\n\n{last}"


@pytest.mark.parametrize(
    "inside", ["Read more", "Advertisement", "Subscribe to our newsletter", "[ad id=1]", "Leave a Reply"]
)
def test_nothing_inside_the_story_is_touched(inside: str) -> None:
    text = f"{STORY}\n\n{inside}\n\n{STORY}"
    assert clean_page(text, "a.txt").text == text


def test_a_box_names_the_author() -> None:
    assert clean_page(STORY + TAILS[1], "a.txt").author == "Nora Vance"


def test_a_period_ends_when_it_is_published() -> None:
    draft = clean_page(f"by\nMay 3 – May 9, 2021\n\nRoads this week\n\n{STORY}", "a.txt")
    assert (draft.published, draft.meta["period"]) == ("2021-05-09", "2021-05-03/2021-05-09")


def test_a_bare_text_keeps_everything_and_invents_nothing() -> None:
    draft = clean_page(STORY, "a.txt")
    assert (draft.text, draft.title, draft.author, draft.published, draft.credit) == (STORY, None, None, None, None)


def test_markdown_is_taken_off() -> None:
    front = "---\ntitle: Bridge\nauthor: Nora Vance\ndate: 2021-05-03\n---\n\n"
    source = f"{front}{STORY} The *whole* [county](https://a.example/x) was **cross**.\n"
    draft = read_text(source.encode(), "a.md", marked=True)
    assert isinstance(draft, Draft)
    assert (draft.title, draft.author, draft.published) == ("Bridge", "Nora Vance", "2021-05-03")
    assert draft.text == f"{STORY} The whole county was cross."


def test_invisible_marks_go_and_are_reported() -> None:
    draft = read_text("The coun\u00adty said\u200b that it \u202ewould wait for the spring.".encode(), "a.txt")
    assert isinstance(draft, Draft)
    assert draft.text == "The county said that it would wait for the spring."
    assert draft.meta["removed"] == "3 invisible characters, 1 of them sets the writing direction"


def test_mojibake_that_is_sure_is_mended() -> None:
    draft = read_text("The mayor didn’t like the café.".encode().decode("cp1252").encode(), "a.txt")
    assert isinstance(draft, Draft)
    assert draft.text == "The mayor didn’t like the café."


@given(st.lists(st.sampled_from([*STAYS, *TAILS, "", "Share", "By Nora Vance", "May 3, 2021", "x" * 50]), max_size=12))
def test_any_mixture_of_lines_gives_lines_of_the_page(lines: list[str]) -> None:
    page = "\n".join(lines)
    given_lines = {line.rstrip() for line in page.split("\n")}
    assert set(clean_page(page, "a.txt").text.split("\n")) <= given_lines | {""}
