"""The pages on bias: words side by side, shares of voices, who quotes whom, the study; every link leads somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from audit.report import write
from audit.report.view.study import study
from tests.report import invented
from tests.report.invented import Invented
from tests.report.invented_tables import frame

HOSTILE = '<img src=x onerror="alert(1)">'


def framed(results: Invented, source: str, word: str, others: int, story: str = "story-0") -> dict[str, Any]:
    articles = results.tables["articles"]
    mine = articles[(articles["source"] == source) & (articles["story"] == (story or "story-0"))].iloc[0]
    return {
        "story": story, "source": source, "way": "described", "key": "brandt", "name": f"Odile Brandt {HOSTILE}",
        "word": word, "count": 2, "base": 3, "others": others, "others_base": 9, "quoted": 1, "log_odds": 1.25,
        "low": -0.5 if story else 0.2, "high": 3.0, "places": json.dumps([[mine["id"], 4, 9]]), "shown": word,
        "before": "…the ", "after": " Odile Brandt left.",
    }  # fmt: skip


def balanced(source: str, name: str, kind: str = "group", story: str = "") -> dict[str, Any]:
    return {
        "story": story, "source": source, "kind": kind, "name": name, "count": 3, "base": 12, "others": 10,
        "others_base": 20, "articles": 5, "low": 0.1, "high": 0.4, "difference": -0.25, "difference_low": -0.4,
        "difference_high": 0.05,
    }  # fmt: skip


def quoted(results: Invented, source: str, speaker: str, sources: int) -> dict[str, Any]:
    articles = results.tables["articles"]
    mine = articles[(articles["source"] == source) & (articles["story"] == "story-0")].iloc[0]
    return {
        "story": "story-0", "speaker": speaker, "source": source, "kind": "named", "group": "expert", "party": "Greens",
        "statements": 2, "direct": 1, "sources": sources, "tellers": 4, "articles": json.dumps([mine["id"]]),
    }  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose tables hold every kind of row."""
    results = invented.results()
    first, second = "harbour-wire", "meridian-daily"
    results.tables["framing"] = frame("framing", [
        framed(results, first, "strongman", 0), framed(results, first, "leader", 1),
        framed(results, second, "leader", 1), framed(results, first, "strongman", 0, story=""),
    ])  # fmt: skip
    results.tables["balance"] = frame("balance", [
        balanced(first, "official"), balanced(first, "Greens", "party"), balanced(first, "official", story="story-0"),
        balanced(second, "Greens", "party", story="story-0"),
    ])  # fmt: skip
    results.tables["quoted"] = frame("quoted", [
        quoted(results, first, "Odile Brandt", 2), quoted(results, second, "Odile Brandt", 2),
        quoted(results, second, f"Nora Pell {HOSTILE}", 1),
    ])  # fmt: skip
    out = tmp_path_factory.mktemp("report")
    write(results, out, quantities=results.quantities)
    return out


def text(path: Path) -> str:
    """The words of a page: elements within a line leave nothing behind, others a space."""
    inline = re.sub(r"</?(?:a|b|bdi|mark|code|span)\b[^>]*>", "", path.read_text(encoding="utf-8"))
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def test_the_story_puts_words_side_by_side(report: Path) -> None:
    page = (report / "stories" / "story-0.html").read_text(encoding="utf-8")
    assert "<b><bdi>strongman</bdi></b>" in page
    assert "<b><bdi>leader</bdi></b>" not in page
    assert "+1.2 (\N{MINUS SIGN}0.5 to +3.0)" in page
    assert "Officials 3 0" in text(report / "stories" / "story-0.html")


def test_the_source_shows_words_in_context_and_shares(report: Path) -> None:
    page = text(report / "sources" / "harbour-wire.html")
    assert "the strongman Odile Brandt left." in page
    assert "2 of 3 words here, 0 of 9 elsewhere" in page
    assert "(there: leader ×2)" in page
    assert "1 more inside quotations" in page
    assert "3 of 12 10 of 20 \N{MINUS SIGN}25 \N{MINUS SIGN}40 to +5" in page
    assert "“strongman” to describe persons and bodies" in page
    assert "Greens" in page
    assert "strongman" in (report / "sources" / "harbour-wire.md").read_text(encoding="utf-8")


def test_the_comparison_tells_who_quotes_whom(report: Path) -> None:
    page = text(report / "index.html")
    assert "Odile Brandt experts, Greens" in page
    assert "only Meridian Daily, 2 statements 1 of 4 independent texts" in page


def test_every_link_to_a_word_leads_to_it(report: Path) -> None:
    for page in report.rglob("*.html"):
        for target in re.findall(r'href="([^"#]*articles/[^"#]+)#(w\d+)"', page.read_text(encoding="utf-8")):
            assert f'id="{target[1]}"' in (page.parent / target[0]).read_text(encoding="utf-8")


def test_names_from_outside_are_escaped(report: Path) -> None:
    assert all("<img" not in page.read_text(encoding="utf-8") for page in report.rglob("*.html"))


def test_the_study_stands_in_the_method_with_what_shows_nothing(report: Path) -> None:
    found, page = study(), (report / "index.html").read_text(encoding="utf-8")
    assert found is not None
    assert f"of {found['n']} measures, {found['shown']} part from 0" in text(report / "index.html")
    assert 0 < found["shown"] < found["n"]
    assert all(f"<code>{row['feature']}</code>" in page for row in found["rows"])
    assert "confounded" in page
