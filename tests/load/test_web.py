"""Quality of web extraction on sixty invented pages, and pages that are no articles."""

from __future__ import annotations

import re
from collections import Counter

from audit.load.draft import Draft
from audit.load.web import read_page
from tests.load.page_layouts import PAGES, expected_text

BAR = 0.95


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: str, expected: str) -> float:
    have, want = words(found), words(expected)
    same = (have & want).total()
    return 2 * same / (have.total() + want.total())


def drafts() -> list[tuple[str, Draft, float, bool, bool, bool]]:
    rows = []
    for layout, story in PAGES:
        draft = read_page(layout(story).encode(), "page.html")
        assert isinstance(draft, Draft), (layout.__name__, draft)
        text = f1(draft.text, expected_text(layout, story))
        author, date = draft.author == story.author, (draft.published or "")[:10] == story.date
        rows.append((layout.__name__, draft, text, draft.title == story.title, author, date))
    return rows


def test_sixty_pages_reach_the_bars() -> None:
    rows = drafts()
    assert len(rows) == 60
    missed = [
        (name, round(text, 3), title, author, date)
        for name, _, text, title, author, date in rows
        if text < BAR or not (title and author and date)
    ]
    for place, what in ((2, "text F1"), (3, "titles"), (4, "authors"), (5, "dates")):
        mean = sum(float(row[place]) for row in rows) / len(rows)  # type: ignore[arg-type]
        assert mean >= BAR, (what, mean, missed)
