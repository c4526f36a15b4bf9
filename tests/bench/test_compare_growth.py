"""The corpus that shows how comparing grows is as dense as the one that it was made from, and none of it meets."""

from __future__ import annotations

from audit.compare import compare, sketch
from audit.parse import parse
from audit.records import Article, Comparison
from tests.bench.compare_growth import altered, exchanged
from tests.compare.corpus import ORCHARD, STRIKE, STRIKE_ELSEWHERE, article

FOUND = [article("wire", STRIKE), article("other", STRIKE_ELSEWHERE), article("apples", ORCHARD, day="2023-04-21")]


def compared(articles: list[Article]) -> Comparison:
    texts = {one.id: one.text for one in articles}
    return compare(sketch(parse(articles), {}), texts.__getitem__)


def test_a_copy_has_the_stories_of_the_original_and_joins_none_of_them() -> None:
    instead = exchanged(FOUND)
    copies = [altered(one, 1, instead) for one in FOUND]
    both = compared([*FOUND, *copies])
    assert sorted(sorted(story.articles) for story in both.stories) == [["other", "wire"], ["other-1", "wire-1"]]
    assert {pair.kind for pair in both.pairs} == {"same-story"}


def test_a_copy_tells_other_words_numbers_and_dates() -> None:
    instead = exchanged(FOUND)
    copy = altered(FOUND[0], 2, instead)
    assert copy.published == "2083-03-06"
    assert "1,240" not in copy.text
    assert "Oskendal" not in copy.text
    assert len(copy.text.split()) == len(FOUND[0].text.split())
