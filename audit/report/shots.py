"""A written report in, the pictures of the README out: `python -m audit.report.shots DIR OUT`, in a real browser.

Needs the test extras (playwright) and a Chromium; AUDIT_CHROMIUM names one that is not in /usr/bin.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = os.environ.get("AUDIT_CHROMIUM", "/usr/bin/chromium")
WIDTH = 1200
HEIGHTS = {"comparison": 940, "source": 700, "article": 660, "story": 700}
"""Pixels of the pictures, which together stay under 600 kB."""


def main(directory: Path, out: Path) -> None:
    """Photograph the comparison, a source, an article and a story, the richest of each kind."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, path, place in pictures(directory):
            page: Any = browser.new_page(viewport={"width": WIDTH, "height": HEIGHTS[name]})
            page.goto(path.resolve().as_uri())
            if place:
                page.locator(place).first.evaluate("place => place.scrollIntoView()")
            page.screenshot(path=out / f"{name}.png")
            page.close()
        browser.close()


def pictures(directory: Path) -> Iterator[tuple[str, Path, str]]:
    """Name of the picture, page, and the place on it to show; the largest page of a kind has most to show."""
    yield "comparison", directory / "index.html", ""
    for name, folder, place in (
        ("source", "sources", "#signals"),
        ("article", "articles", "#text-h"),
        ("story", "stories", ""),
    ):
        pages = sorted((directory / folder).glob("*.html"), key=lambda path: (-path.stat().st_size, path.name))
        if pages:
            yield name, pages[0], place


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m audit.report.shots DIR OUT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
