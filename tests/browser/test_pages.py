"""Every page in a real browser: it stays in its width, asks for nothing, and works by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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


def test_the_evidence_behind_the_first_number_is_two_clicks_away(report: Path, visit: Callable[..., Any]) -> None:
    page = visit(report / "index.html")
    page.locator("table.compare tbody a.n").first.click()
    assert "/sources/" in page.url
    assert "#m-" in page.url
    page.locator("table.articles a[href*='#e']").first.click()
    assert "/articles/" in page.url
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


def test_everything_reads_without_javascript(samples: list[Path], visit: Callable[..., Any]) -> None:
    for path in samples:
        page = visit(path, java_script_enabled=False)
        assert page.locator("h1").inner_text()
        assert page.locator("main").inner_text().strip()
        assert page.locator(".js:visible").count() == 0


def test_dark_mode_is_dark(samples: list[Path], visit: Callable[..., Any]) -> None:
    for path in samples:
        assert sum(visit(path, color_scheme="light").evaluate(LUMINANCE)) > 700
        assert sum(visit(path, color_scheme="dark").evaluate(LUMINANCE)) < 100


def test_the_keyboard_reaches_the_content_first(samples: list[Path], visit: Callable[..., Any]) -> None:
    for path in samples:
        page = visit(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")


def test_a_source_prints_on_a_few_sheets(samples: list[Path], visit: Callable[..., Any]) -> None:
    page = visit(next(path for path in samples if path.parent.name == "sources"))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= A4 + 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(samples: list[Path], visit: Callable[..., Any], axe: str, scheme: str, width: int) -> None:
    found = []
    for path in samples:
        page = visit(path, width, color_scheme=scheme)
        page.evaluate(axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            f"{path.parent.name}/{path.name}: {one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]} "
            f"{one['nodes'][0]['failureSummary'][:300]}"
            for one in result["violations"]
        ]
    assert not found, "\n".join(found)
