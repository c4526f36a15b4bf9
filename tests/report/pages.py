"""A written report in, what a checker needs to know of each page out: ids, links, elements, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = {"meta", "input", "br", "line", "circle", "rect", "use"}


@dataclass
class Page(HTMLParser):
    """One parsed page. `attributes` are (element, name, value); `text` is what a reader sees or hears."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.stack):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def pages(root: Path) -> dict[Path, Page]:
    """Every HTML page below a folder, by its resolved path."""
    return {path.resolve(): Page(path) for path in sorted(root.rglob("*.html"))}


def dead(found: dict[Path, Page], ignore: tuple[str, ...] = ("data", "audit.json")) -> list[str]:
    """Links within the report that lead to no page, or to no place on it."""
    missing = []
    for path, page in found.items():
        for link in page.links:
            if link.startswith(("http:", "https:")):
                continue
            file, _, fragment = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            if any(part in target.parts for part in ignore) or target.name in ignore:
                continue
            if target not in found or (fragment and fragment not in found[target].ids):
                missing.append(f"{path.name}: {link}")
    return missing
