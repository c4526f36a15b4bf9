"""Pieces of a sentence in, a sentence that a template can print as HTML or Markdown out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["text", "name", "strong"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence. `href` is a path from the root of the report, or `#fragment` of the same page."""

    text: str
    href: str = ""
    kind: Kind = "text"


Sentence = tuple[Run, ...]


def say(*parts: str | Run) -> Sentence:
    """A sentence of plain strings and runs."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def named(text: str, href: str = "") -> Run:
    """A name from outside, to be kept apart from the direction of the words around it."""
    return Run(text, href, "name")


def strong(text: str, href: str = "") -> Run:
    """The figure that the sentence is about."""
    return Run(text, href, "strong")


def plain(sentence: Sentence) -> str:
    """The words alone."""
    return "".join(run.text for run in sentence)


def web(url: object) -> str:
    """The address if a browser may follow it (http or https, with a host), else nothing."""
    if not isinstance(url, str) or any(character <= " " for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
