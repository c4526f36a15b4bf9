"""Every page in a real browser: it stays in its width, asks for nothing, and works by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.results import Results

WIDTHS = (390, 820, 1440)
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LUMINANCE = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
A4 = 4
"""Sheets on which the report of a source with a few articles prints."""


def every(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_or_complains(report: Path, browser: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: sent.url.startswith("file:") or wrong.append(sent.url))
    for path in every(report):
        page.goto(path.resolve().as_uri())
        if page.evaluate(SCROLLS):
            wrong.append(f"{path.name} is wider than {width}")
    context.close()
    assert not wrong


@pytest.mark.parametrize("width", WIDTHS)
def test_no_single_page_scrolls_sideways(alone: list[Path], visit: Callable[..., Any], width: int) -> None:
    for path in alone:
        assert not visit(path, width).evaluate(SCROLLS), path.name


@pytest.mark.parametrize("width", [*WIDTHS, 1180, 1280])
def test_the_comparison_fits_its_box(report: Path, visit: Callable[..., Any], width: int) -> None:
    page = visit(report / "index.html", width)
    assert not page.locator("table.compare").evaluate(
        "table => table.scrollWidth > table.parentElement.clientWidth || table.parentElement.scrollWidth > "
        "table.parentElement.clientWidth"
    )


def test_the_evidence_behind_the_first_number_is_two_clicks_away(report: Path, visit: Callable[..., Any]) -> None:
    page = visit(report / "index.html")
    page.locator("table.compare tbody a.n").first.click()
    page.wait_for_url("**/sources/*#m-*")
    page.locator("table.articles a[href*='#e']").first.click()
    page.wait_for_url("**/articles/*#e*")
    mark = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert mark.is_visible()
    assert mark.inner_text().strip()


def test_a_mark_tells_its_rule_and_reason_on_focus(samples: list[Path], visit: Callable[..., Any]) -> None:
    page = visit(next(path for path in samples if path.parent.name == "articles"))
    mark = page.locator("mark.m[tabindex]:visible").first
    mark.focus()
    told = mark.evaluate("mark => getComputedStyle(mark, '::after').content")
    assert "weight" in told
    note = page.locator(f"[id='{mark.get_attribute('aria-describedby')}']")
    assert "weight" in (note.text_content() or "")


def test_a_signal_can_be_switched_off(samples: list[Path], visit: Callable[..., Any]) -> None:
    page = visit(next(path for path in samples if path.parent.name == "articles"))
    box = page.locator(".legend input:checked").first
    style = (box.get_attribute("id") or "").removeprefix("show-")
    line = f"getComputedStyle(document.querySelector('.body .{style}')).textDecorationLine"
    assert page.evaluate(line) != "none"
    box.uncheck()
    assert page.evaluate(line) == "none"


def test_sources_can_be_sorted_and_filtered(report: Path, visit: Callable[..., Any]) -> None:
    page = visit(report / "index.html")
    names = page.locator("table.compare tbody th[scope=row] > a")
    before = names.all_inner_texts()
    page.get_by_role("button", name=re.compile("^Source")).click()
    page.get_by_role("button", name=re.compile("^Source")).click()
    assert names.all_inner_texts() == sorted(before, key=str.lower, reverse=True)
    page.locator("input[type=search]").fill(before[0])
    assert next(name for name in names.all() if name.is_visible()).inner_text() == before[0]
    assert page.locator("table.compare tbody tr:visible").count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_sorting_is_there_on_every_screen(report: Path, visit: Callable[..., Any], width: int) -> None:
    page = visit(report / "index.html", width)
    heads = page.locator("table.compare th[data-sort]")
    heads.nth(2).get_by_role("button").click()
    shown = [float(value) for cell in page.locator("table.compare tbody tr").all()
             if (value := cell.locator("td").nth(1).get_attribute("data-v"))]
    assert shown == sorted(shown, reverse=True)
    assert heads.nth(2).get_attribute("aria-sort") == "descending"


def test_everything_reads_without_javascript(pages: list[Path], visit: Callable[..., Any]) -> None:
    for path in pages:
        page = visit(path, java_script_enabled=False)
        assert page.locator("h1").inner_text()
        assert page.locator("main").inner_text().strip()
        assert page.locator(".js:visible").count() == 0


def test_dark_mode_is_dark(pages: list[Path], visit: Callable[..., Any]) -> None:
    for path in pages:
        assert sum(visit(path, color_scheme="light").evaluate(LUMINANCE)) > 700
        assert sum(visit(path, color_scheme="dark").evaluate(LUMINANCE)) < 100


def test_the_keyboard_reaches_the_content_first(pages: list[Path], visit: Callable[..., Any]) -> None:
    for path in pages:
        page = visit(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.wait_for_url("**#main")  # the browser goes there in its own time


def test_the_keyboard_alone_sorts_filters_switches_and_explains(
    report: Path, samples: list[Path], visit: Callable[..., Any]
) -> None:
    page = visit(report / "index.html")
    names = page.locator("table.compare tbody th[scope=row] > a")
    before = names.all_inner_texts()
    _tab_to(page, "button.sort")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert names.all_inner_texts() == sorted(before, key=str.lower, reverse=True)
    page = visit(next(path for path in samples if path.parent.name == "articles"))
    _tab_to(page, ".legend input")
    page.keyboard.press("Space")
    assert not page.locator(".legend input").first.is_checked()
    _tab_to(page, "mark.m")
    assert "weight" in page.evaluate("getComputedStyle(document.activeElement, '::after').content")
    _tab_to(page, ".notes summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def _tab_to(page: Any, wanted: str) -> None:
    """Press the Tab key until an element of that kind has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the Tab key does not reach {wanted}")


def test_a_link_to_a_mark_opens_the_text_of_a_mailed_page(alone: list[Path], visit: Callable[..., Any]) -> None:
    page = visit(alone[0])
    link = page.locator("main a[href^='#a1-e']").first
    link.click()
    page.wait_for_url("**#a1-e*")
    mark = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert mark.is_visible()


def test_every_source_prints_on_four_sheets(demo: Results, visit: Callable[..., Any]) -> None:
    for path in sorted((demo.directory / "sources").glob("*.html")):
        printed = visit(path).pdf(format="A4", prefer_css_page_size=True)
        sheets = printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ")
        assert sheets <= A4, f"{path.name} prints on {sheets}"


def test_every_kind_of_page_prints(pages: list[Path], visit: Callable[..., Any]) -> None:
    for path in pages:
        assert visit(path).pdf(format="A4").startswith(b"%PDF"), path.name


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing(pages: list[Path], visit: Callable[..., Any], axe: str, width: int, scheme: str) -> None:
    found = []
    for path in pages:
        page = visit(path, width, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{path.parent.name}/{path.name}: {one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]} "
            f"{one['nodes'][0]['failureSummary'][:300]}"
            for one in result["violations"]
        ]
    assert not found, "\n".join(found)
