"""What a run writes of hostile articles: names that stay in the folder, cells that do not run, words as words."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from audit.report.names import RESERVED
from tests.hostile import payloads
from tests.report.pages import Page, dead, pages

FORMULA = re.compile(r"[=+\-@\t\r\n]")
NUMBER = re.compile(r"-?[\w.:-]*")
PLAIN = re.compile(r"[a-z0-9._-]+")
KINDS = ("sources", "articles", "stories")
TAGS = frozenset({
    "a", "b", "bdi", "blockquote", "body", "br", "button", "circle", "code", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure",
    "footer", "g", "h1", "h2", "h3", "h4", "head", "header", "html", "i", "input", "label", "legend", "li",
    "line", "main", "mark", "meta", "nav", "ol", "output", "p", "rect", "s", "script", "section", "small", "span",
    "strong", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "u", "ul", "use",
})  # fmt: skip
"""Elements that our templates use; a page with any other has one from outside."""


def test_every_file_lies_in_the_folder_under_a_name_that_any_system_takes(hostile: Path) -> None:
    assert {path.name for path in hostile.parent.iterdir()} == {"in", "out"}
    for kind in KINDS:
        names = [path.name for path in (hostile / kind).iterdir()]
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert PLAIN.fullmatch(name)
            assert len(name) < 143
            assert name.split(".")[0] not in RESERVED
    assert all(path.is_dir() or path.is_file() for path in hostile.rglob("*"))


def test_each_article_and_source_has_a_page_of_its_own(hostile: Path) -> None:
    run = json.loads((hostile / "audit.json").read_text(encoding="utf-8"))
    skipped = len([item for item in run["skipped"] if not item["where"].endswith(".docm")])
    written = len((hostile.parent / "in" / "all.jsonl").read_text(encoding="utf-8").splitlines())
    assert run["articles"] == written - skipped
    assert len(list((hostile / "articles").iterdir())) == run["articles"]
    assert len(list((hostile / "sources").glob("*.html"))) == len(run["sources"])


def test_no_page_has_an_element_or_attribute_from_outside(hostile: Path) -> None:
    found = pages(hostile)
    assert not dead(found)
    for page in found.values():
        assert not page.broken, page.path
        assert {tag for tag, _, _ in page.attributes} <= TAGS, page.path
        assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in ("src", "srcdoc")]
        assert all(not link.strip().lower().startswith(("javascript:", "data:", "vbscript:")) for link in page.links)
        assert page.path.read_text(encoding="utf-8").count("<script") <= 1


def test_templates_of_others_are_not_filled_in(hostile: Path) -> None:
    for path in [*hostile.rglob("*.html"), *hostile.rglob("*.md"), *hostile.rglob("*.csv")]:
        text = path.read_text(encoding="utf-8")
        assert str(7 * 7 * 191) not in text
        assert "133713371337" not in text


def test_no_name_turns_the_line_of_a_page(hostile: Path) -> None:
    for path in [hostile / "index.html", *(hostile / "sources").glob("*.html")]:
        head = Page(path).path.read_text(encoding="utf-8").partition("<main")[0]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", head), path


def test_no_cell_of_a_table_is_a_formula(hostile: Path) -> None:
    checked = 0
    for path in sorted((hostile / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), (path.name, cell)
                    checked += cell.startswith("'")
    assert checked >= len(payloads.FORMULAS)


def test_markdown_stays_text(hostile: Path) -> None:
    for path in (hostile / "sources").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\\)\]\((?:javascript|http)", text), path
        assert not re.search(r"(?<!\\)<[a-z!/]", text), path
