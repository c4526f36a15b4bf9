"""A browser, and pages to open in it: reports from invented results and of the demonstration corpus, single pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.api import read, scan
from audit.handout import save
from audit.pipeline import run
from audit.records import Article
from audit.report import write
from audit.report.scanned import scanned
from audit.results import Results
from audit.terminal import changes
from tests.conftest import ROOT
from tests.report.conftest import demo, handed
from tests.report.invented import results

__all__ = ["demo", "handed"]

AXE = ("AUDIT_AXE", "node_modules/axe-core/axe.min.js")


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report from invented results, written once."""
    folder = tmp_path_factory.mktemp("browser") / "report"
    given = results()
    write(given, folder, quantities=given.quantities)
    return folder


@pytest.fixture(scope="session", params=["invented", "demo"])
def report(request: pytest.FixtureRequest, invented: Path) -> Path:
    """Each report in turn: one from invented results, and that of the demonstration corpus."""
    return invented if request.param == "invented" else Path(request.getfixturevalue("demo").directory)


@pytest.fixture(scope="session")
def samples(report: Path) -> list[Path]:
    """One page of each kind of a report."""
    return largest(report)


def largest(report: Path) -> list[Path]:
    """The comparison, and of each other kind of page the largest."""
    kinds = [
        sorted((report / kind).glob("*.html"), key=lambda path: (-path.stat().st_size, path.name))
        for kind in ("sources", "articles", "stories")
    ]
    return [report / "index.html", *(found[0] for found in kinds if found)]


@pytest.fixture(scope="session")
def alone(demo: Results, handed: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages that stand alone: a source to mail, what changed between two runs, what `audit scan` prints."""
    folder = tmp_path_factory.mktemp("alone")
    other = run([ROOT / "seeds" / name for name in ("harbour-wire", "north-ledger")], folder / "other")
    save(folder / "changed.html", changes(demo, other, "html"))
    articles = [item for item in read([ROOT / "seeds" / "the-lantern"]) if isinstance(item, Article)]
    found = ((article, [piece for one in findings for piece in one.evidence]) for article, findings in scan(articles))
    save(folder / "scan.html", scanned(found))
    mails = sorted((path for path in handed.values() if path.suffix == ".html"), key=lambda path: path.name)
    return [mails[0], folder / "changed.html", folder / "scan.html"]


@pytest.fixture(scope="session", params=["invented", "demo", "alone"])
def pages(request: pytest.FixtureRequest, invented: Path) -> list[Path]:
    """One page of each kind of each report, and those that stand alone."""
    if request.param == "alone":
        return list(request.getfixturevalue("alone"))
    return largest(invented if request.param == "invented" else request.getfixturevalue("demo").directory)


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; at the end no page may have complained, or asked for anything but itself."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(path: Path, width: int = 1280, fragment: str = "", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{path.name}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"{path.name}: {error}"))
        page.on(
            "request", lambda sent: sent.url.startswith("file:") or wrong.append(f"{path.name}: asked for {sent.url}")
        )
        page.goto(path.resolve().as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe-core, from its npm package."""
    for place in (os.environ.get(AXE[0]), root / AXE[1]):
        if place and Path(place).exists():
            return Path(place).read_text(encoding="utf-8")
    pytest.skip("axe-core is not there; `npm install --no-save axe-core` brings it, or AUDIT_AXE names axe.min.js")
