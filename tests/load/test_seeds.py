"""The five real pages, where they are beside the checkout: what an attentive reader takes from each."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.records import Article
from tests.load.loading import load_all


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, Article]:
    articles, skipped = load_all(shared / "seeds")
    assert not skipped
    return {article.source[:3]: article for article in articles}


def test_each_page_is_a_source_of_its_own(pages: dict[str, Article]) -> None:
    assert sorted(pages) == ["000", "001", "002", "003", "004"]
    assert {page.language for page in pages.values()} == {"en"}


@pytest.mark.parametrize(
    ("page", "author", "published", "credit"),
    [
        ("000", "Anatol Pankouski", "2020-09-27", None),
        ("001", None, None, None),
        ("002", "Christina Kitova", None, None),
        ("003", None, "2020-09-11", "The Moscow Times"),
        ("004", "George Holan", None, "cadenaser.com"),
    ],
)
def test_metadata(
    pages: dict[str, Article], page: str, author: str | None, published: str | None, credit: str | None
) -> None:
    found = pages[page]
    assert (found.author, found.published, found.credit) == (author, published, credit)


def test_the_bulletin_keeps_the_days_it_covers(pages: dict[str, Article]) -> None:
    assert pages["000"].meta["period"] == "2020-09-21/2020-09-27"


@pytest.mark.parametrize(("page", "words"), [("000", 334), ("001", 526), ("002", 606), ("003", 713), ("004", 717)])
def test_the_story_and_nothing_else(shared: Path, pages: dict[str, Article], page: str, words: int) -> None:
    (path,) = (shared / "seeds").glob(f"{page}*.txt")
    raw = path.read_text(encoding="utf-8")
    text = pages[page].text
    assert len(text.split()) == words
    paragraphs = [line.strip() for line in raw.split("\n") if len(line.split()) > 28]
    kept = [line for line in paragraphs if line in text]
    # The newsletter's blurb of 000 is the one long paragraph that is not the story.
    assert len(kept) == len(paragraphs) - (page == "000")
