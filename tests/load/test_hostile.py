"""Pages and texts made to break a reader: each ends in an article or in a line, in bounded time, and nothing runs."""

from __future__ import annotations

import re
import time
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.load.draft import Draft
from audit.load.page_lines import tables
from audit.load.text import clean_page, read_text
from audit.load.web import plain_text, read_page
from audit.records import Skipped
from tests.load.loading import STORY, load_all

PARAGRAPH = f"<p>{STORY}</p>" * 3
PAGES = {
    "nested": "<html><body>" + "<div>" * 50_000 + PARAGRAPH + "</div>" * 50_000 + "</body></html>",
    "siblings": "<html><body>" + "<b>" * 300_000 + "</body></html>",
    "unclosed": "<html><body><!-- " + PARAGRAPH,
    "attributes": "<html><body><p " + "a='b' " * 50_000 + ">" + STORY + "</p></body></html>",
    "empty": "",
    "no article": "<html><body><nav>Home</nav></body></html>",
    "deep json": '<html><head><script type="application/ld+json">'
    + "[" * 100_000
    + "</script></head><body>"
    + PARAGRAPH,
    "wrong json": '<html><head><script type="application/ld+json">{"@type": ["NewsArticle", {}], "author": [[[]]], '
    '"headline": {"a": 1}, "datePublished": [5], "publisher": [[]]}</script></head><body>' + PARAGRAPH,
    "long title": f"<html><head><title>{'a' * 100_000}</title></head><body>{PARAGRAPH}</body></html>",
    "declared charset": '<html><head><meta charset="no-such-charset"></head><body>' + PARAGRAPH,
    "frames": "<html><frameset><frame src='a'></frameset></html>",
    "xml": '<?xml version="1.0" encoding="utf-16"?><html><body>' + PARAGRAPH + "</body></html>",
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages(name: str) -> None:
    began = time.process_time()
    found = read_page(PAGES[name].encode(), "page.html")
    assert time.process_time() - began < 10
    assert found.text.strip() if isinstance(found, Draft) else found.reason


def test_markup_of_scripts_is_not_text() -> None:
    last = f"<p onclick='x()'>{STORY} Last.</p>"
    page = f"<html><body><script>alert(1)</script><style>p {{}}</style>{PARAGRAPH}{last}</body></html>"
    draft = read_page(page.encode(), "page.html")
    assert isinstance(draft, Draft)
    assert "alert" not in draft.text
    assert "onclick" not in draft.text
    assert plain_text("<p>One</p><script>alert(1)</script><p>Two &amp; three</p>") == "One\n\nTwo & three"


TEXTS = {
    "a megabyte without spaces": "x" * 900_000,
    "quotation marks": "“" * 200_000,
    "blank lines": "\n" * 500_000 + STORY,
    "short lines": "Share\n" * 100_000,
    "byline": "By " + "Aa " * 100_000,
    "brackets": "[" * 200_000,
    "links": "[a](" * 100_000,
    "stars": "*a" * 200_000,
    "spaces": "a" + " " * 500_000 + "b",
    "pipes": " | ".join("ab" for _ in range(100_000)),
    "dashes": "- " * 300_000,
    "dates": "May 3, 2021 " * 50_000,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("marked", [False, True])
def test_hostile_texts(name: str, marked: bool) -> None:
    began = time.process_time()
    found = read_text(TEXTS[name].encode(), "a.txt", marked)
    assert time.process_time() - began < 5
    assert isinstance(found, (Draft, Skipped))


def test_every_pattern_is_linear() -> None:
    """An adversarial line of eight times the length may take 40 times as long in any pattern, not 64 times."""
    patterns = {}
    for path in sorted(Path(str(files("audit.load"))).glob("[a-z]*.py")):
        values = vars(import_module(f"audit.load.{path.stem}"))
        patterns |= {f"{path.stem}.{name}": value for name, value in values.items() if isinstance(value, re.Pattern)}
    for table in tables().values():
        patterns |= {text: re.compile(text) for text in table.get("patterns", ())}
    assert len(patterns) > 30
    for name, pattern in patterns.items():
        if isinstance(pattern.pattern, bytes):
            continue
        for unit in ("a", " ", "A ", "1", "a/", "[", "[a](", "*a", "a. ", "“", "-", "a | ", "> ", "(a", "a, "):
            long = unit * (6_000 // len(unit))
            if seconds(pattern, long, 1) > 0.03:
                slow, fast = seconds(pattern, long, 3), seconds(pattern, long[: len(long) // 8], 3)
                assert slow < 40 * fast, (name, unit, fast, slow)


def seconds(pattern: re.Pattern[str], line: str, rounds: int) -> float:
    """The least of some measurements of processor time, so that a busy machine does not fail the test."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        pattern.search(line)
        pattern.fullmatch(line)
        times.append(time.process_time() - began)
    return min(times)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_an_article_or_a_line(data: bytes) -> None:
    for found in (read_text(data, "a.txt"), read_text(data, "a.md", marked=True), read_page(data, "a.html")):
        assert isinstance(found, (Draft, Skipped))


@given(st.text(max_size=300))
@settings(deadline=None)
def test_cleaning_never_adds_words(text: str) -> None:
    assert set(clean_page(text, "a.txt").text.split()) <= set(text.split())


def test_names_of_sources_and_ids_are_kept_as_data(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "../../x", "source": "CON", "text": "Rain."}\n', encoding="utf-8")
    (article,), _ = load_all(path)
    assert (article.id, article.source) == ("../../x", "CON")
