"""Whole reports from invented results: every link leads somewhere, every page is safe, small and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.report import write
from audit.report.render import SCRIPTED, policy
from tests.report.invented import Invented, results
from tests.report.pages import Page, dead, pages

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{ 7 * 7 }}'javascript:alert(1)"
KINDS = ("index.html", "sources", "articles", "stories", "data")
ALLOWED = {"https://example.org", "https://"}


@pytest.fixture(scope="module")
def given() -> Invented:
    return results()


@pytest.fixture(scope="module")
def report(given: Invented, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write(given, folder, quantities=given.quantities)
    return folder


@pytest.fixture(scope="module")
def found(report: Path) -> dict[Path, Page]:
    return pages(report)


def kind(page: Page) -> str:
    return next(value for tag, name, value in page.attributes if tag == "body" and name == "class")


def test_a_page_for_everything(report: Path, given: Invented) -> None:
    assert sorted(path.name for path in report.iterdir()) == sorted(KINDS)
    assert len(list((report / "articles").iterdir())) == len(given.articles)
    assert len(list((report / "stories").iterdir())) == len(given.stories)
    slugs = sorted(given.sources["slug"])
    assert sorted(path.name for path in (report / "sources").iterdir()) == sorted(
        slug + ending for slug in slugs for ending in (".html", ".md")
    )


def test_every_link_leads_to_a_place(found: dict[Path, Page]) -> None:
    assert not dead(found)


def test_every_page_is_well_formed(found: dict[Path, Page]) -> None:
    for page in found.values():
        assert not page.broken, page.path
        assert not page.stack, page.path
        assert len(page.ids) == len(set(page.ids)), page.path
        assert page.headings[0] == 1
        assert page.headings.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), (
            page.path
        )


def test_pages_fetch_nothing_and_style_nothing_inline(found: dict[Path, Page]) -> None:
    for page in found.values():
        names = {(tag, name) for tag, name, _ in page.attributes}
        assert not {name for _, name in names} & {"style", "src", "srcset", "action", "formaction", "ping"}
        assert not [name for _, name in names if name.startswith("on")]
        assert ("meta", "content", policy(kind(page))) in page.attributes
        assert not [value for tag, name, value in page.attributes if tag in ("link", "use") and "//" in value]


def test_every_number_of_the_comparison_leads_to_the_words(report: Path, found: dict[Path, Page]) -> None:
    index = found[(report / "index.html").resolve()]
    sources = [link for link in index.links if link.startswith("sources/") and "#m-" in link]
    assert len(sources) >= 30
    source = found[(report / sources[0].split("#")[0]).resolve()]
    assert [link for link in source.links if link.startswith("../articles/") and "#e" in link]


def test_few_articles_are_counted_and_not_compared(report: Path, found: dict[Path, Page]) -> None:
    text = found[(report / "sources/tiny-sheet.html").resolve()].text
    assert "Too few articles for an interval" in text
    assert "5 of 26 own sentences" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "95\N{NO-BREAK SPACE}% interval" not in text.split("Whose voices")[0]


def test_every_article_and_story_says_how_often_its_measures_are_right(found: dict[Path, Page]) -> None:
    for path, page in found.items():
        if path.parent.name in ("articles", "stories"):
            assert "In tests on " in page.text, path


def test_absent_is_said(report: Path, found: dict[Path, Page]) -> None:
    assert "not measured in any article" in found[(report / "index.html").resolve()].text
    articles = [page.text for path, page in found.items() if path.parent.name == "articles"]
    assert any("tells no claim in its own voice" in text for text in articles)
    assert any("date unknown" in text for text in articles)


def test_what_was_skipped_stands_on_the_page(report: Path, found: dict[Path, Page]) -> None:
    text = found[(report / "index.html").resolve()].text
    assert "feed.jsonl:17 : line 17 is not JSON" in text
    assert "Dates of one article are unknown." in text


def test_the_same_bytes_however_the_work_is_shared_out(given: Invented, report: Path, tmp_path: Path) -> None:
    def backwards(function, jobs):  # type: ignore[no-untyped-def]
        return [function(job) for job in reversed(list(jobs))]

    again = results()
    again.parts = 5
    write(again, tmp_path, quantities=given.quantities, map=backwards)
    for path in sorted(report.rglob("*.*")):
        assert path.read_bytes() == (tmp_path / path.relative_to(report)).read_bytes(), path.name


def test_hostile_names_titles_and_texts_stay_words(tmp_path: Path) -> None:
    given = results(hostile=HOSTILE)
    write(given, tmp_path, quantities=given.quantities)
    for page in pages(tmp_path).values():
        assert not page.broken, page.path
        assert len([1 for tag, _, _ in page.attributes if tag == "img"]) == 0
        assert page.path.read_text(encoding="utf-8").count("<script") == (kind(page) in SCRIPTED)
        assert all(not link.lower().startswith(("javascript", "data:")) for link in page.links)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "\u202e" not in index
    assert "{{ 7 * 7 }}" in index
    assert "<script>alert(1)" not in (tmp_path / "sources" / "harbour-wire.md").read_text(encoding="utf-8")


def test_a_redacted_report_says_so_on_each_article(given: Invented, tmp_path: Path) -> None:
    write(given, tmp_path, redact=True, quantities=given.quantities)
    texts = [page.text for path, page in pages(tmp_path).items() if path.parent.name == "articles"]
    assert all("cut to the surroundings of its marks" in text for text in texts)
    assert not dead(pages(tmp_path))


def test_one_source_alone_is_told_so(tmp_path: Path) -> None:
    given = results(("Lone Paper",))
    write(given, tmp_path, quantities=given.quantities)
    text = Page(tmp_path / "sources" / "lone-paper.html").text
    assert "There is no other source to compare with." in text
    assert "Nothing stands out" in Page(tmp_path / "index.html").text


def test_a_page_with_a_hundred_articles_is_small(tmp_path: Path) -> None:
    given = results(("Busy Courier", "Other Paper"), per_source=100)
    write(given, tmp_path, quantities=given.quantities)
    assert (tmp_path / "sources" / "busy-courier.html").stat().st_size < 400_000
    assert (tmp_path / "index.html").stat().st_size < 400_000
