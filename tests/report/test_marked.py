"""Marks in a text: nothing lost, nothing escaped twice, every mark reachable, whatever the spans."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.redact import COVER
from audit.report.marked import Signal, Span, body

SIGNALS = {"attribution": Signal("Attribution", "s0"), "hedging": Signal("Hedging", "s1")}
PARAGRAPHS = re.compile(r'<p dir="auto">(.*?)</p>', re.DOTALL)
TAG = re.compile(r"<(/?)(\w+)[^>]*>")


def shown(html: str) -> list[str]:
    """The words of each paragraph."""
    return [unescape(TAG.sub("", paragraph)) for paragraph in PARAGRAPHS.findall(html)]


def nested(html: str) -> bool:
    """Whether every element closes in the order in which it opened."""
    stack: list[str] = []
    for closing, name in TAG.findall(html):
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def span(number: int, signal: str, start: int, end: int, parts: tuple[tuple[int, int, str], ...] = ()) -> Span:
    return Span(f"e{number}", signal, start, end, f"reason <{number}>", parts)


def test_one_mark() -> None:
    html = str(body("He may have left.", [span(0, "hedging", 3, 6)], [], SIGNALS))
    mark = (
        '<mark class="m s1" data-t="Hedging: reason &lt;0&gt;" id="e0" tabindex="0" aria-describedby="ne0">may</mark>'
    )
    assert f'<p dir="auto">He {mark} have left.</p>' in html
    assert '<li id="ne0"><b class="s1">Hedging</b> <a href="#e0"><bdi>may</bdi></a>' in html
    assert '<summary><span><b class="s1">Hedging</b> 1: <bdi>may</bdi></span></summary>' in html


def test_a_mark_within_a_mark_and_its_parts() -> None:
    spans = [span(0, "attribution", 0, 20, ((0, 5, "source"), (6, 10, "cue"))), span(1, "hedging", 11, 14)]
    html = str(body("Varga said may leave it.", spans, [], SIGNALS))
    assert '<u class="s0 source">Varga</u> <u class="s0 cue">said</u> <mark class="m s1"' in html
    assert nested(html)


def test_marks_that_cross_are_cut_and_stay_one_target() -> None:
    html = str(body("one two three four", [span(0, "attribution", 0, 13), span(1, "hedging", 4, 18)], [], SIGNALS))
    assert html.count('id="e0"') == html.count('id="e1"') == 1
    assert html.count('class="m s1"') == 2
    assert nested(html)


def test_a_mark_across_a_line_break_is_in_both_paragraphs_and_noted_once() -> None:
    html = str(body("end of one\n\nstart of two", [span(0, "hedging", 7, 17)], [], SIGNALS))
    assert shown(html) == ["end of one", "start of two"]
    assert html.count('id="e0"') == html.count('id="ne0"') == 1
    assert html.count('class="m s1"') == 2


def test_hostile_text_stays_text() -> None:
    text = '<script>alert("&")</script> may'
    html = str(body(text, [span(0, "hedging", 0, 8)], [(9, "c9")], SIGNALS))
    assert "<script" not in html
    assert shown(html) == [text]
    assert '<i id="c9"></i>' in html


def test_a_redacted_text_tells_its_gaps() -> None:
    text = COVER * 300 + "it may rain" + COVER * 300 + "\n\n" + COVER * 50
    html = str(body(text, [span(0, "hedging", 303, 306)], [(400, "c400")], SIGNALS, redact=True))
    assert html.count("[300 characters not shown]") == 2
    assert "[50 characters not shown]" in html
    assert COVER not in html
    assert "it <mark" in html
    assert '<i id="c400"></i>' in html


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "x"])
def test_texts_with_next_to_nothing(text: str) -> None:
    assert shown(str(body(text, [], [(0, "c0")], SIGNALS))) == ([text] if text.strip() else [])


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span], list[tuple[int, str]]]:
    text = draw(st.text(alphabet='ab <&"\n\r.é', min_size=1, max_size=80))
    places = st.integers(0, len(text))
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        if start < end:
            middle = draw(st.integers(start, end))
            parts = ((start, middle, "source"), (middle, end, "content")) if number % 2 else ()
            spans.append(span(number, ("attribution", "hedging")[number % 2], start, end, parts))
    anchors = [(place, f"c{place}") for place in sorted(draw(st.sets(st.integers(0, len(text) - 1), max_size=3)))]
    return text, spans, anchors


@given(marked())
def test_the_words_are_all_there_and_the_elements_nest(given: tuple[str, list[Span], list[tuple[int, str]]]) -> None:
    text, spans, anchors = given
    html = str(body(text, spans, anchors, SIGNALS))
    assert "".join("".join(shown(html)).split()) == "".join(text.split())
    assert nested(html)
    seen = [one for one in spans if text[one.start : one.end].strip()]
    for one in seen:
        assert html.count(f'id="{one.id}"') == html.count(f'id="n{one.id}"') == 1
    if text.strip():
        assert all(html.count(f'id="{id}"') == 1 for _, id in anchors)
