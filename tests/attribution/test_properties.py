"""Any text is read without an error, spans stay inside it, and an article's neighbours do not change what is found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract.attribution import extract
from audit.parse import parse
from audit.records import Article

WORDS = st.sampled_from(
    "Ana Lorne said told “ ” \" ' ’s , . ; : — - the a of who she he it they I according to minister Mr. Mrs. U.N. "
    "Ministry some experts adding that rain fell \n \n\n ( ) & 5 Ki-moon said: spokesman,".split(" ")
)
LISTS = st.lists(WORDS, max_size=60)
TEXTS = st.one_of(st.text(max_size=200), LISTS.map(" ".join), LISTS.map("".join))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_spans_lie_in_the_text_and_parts_in_the_span(texts: list[str]) -> None:
    articles = [Article(str(number), "s", text) for number, text in enumerate(texts)]
    findings = extract(parse(articles))
    assert len(findings) == len(articles)
    for article, finding in zip(articles, findings, strict=True):
        for one in finding.evidence:
            assert 0 <= one.start < one.end <= len(article.text)
            assert min(part.start for part in one.parts) == one.start
            assert max(part.end for part in one.parts) == one.end
            assert [part.role for part in one.parts].count("cue") == 1
            assert any(part.role == "content" for part in one.parts)
        for measure in finding.measures:
            assert measure.count >= 0
            assert measure.absent or measure.base > 0


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_an_article_is_read_alike_alone_and_among_others(texts: list[str]) -> None:
    articles = [Article(str(number), "s", text) for number, text in enumerate(texts)]
    together = extract(parse(articles))
    assert together == [extract(parse([article]))[0] for article in articles]
    assert together[::-1] == extract(parse(articles[::-1]))
