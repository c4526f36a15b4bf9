"""Numbers in, the cells of the long tables of a source's report out, as HTML or Markdown.

Built by joining strings: a source may have a thousand articles with ten numbers each, and the report of every source
is made anew when any of them changes. A template would take five times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

SHOWN = ("text", "count", "interval", "others", "percentile")
"""What a row of a signal's further numbers says, column by column."""


def cells(numbers: Iterable[Mapping[str, str]], root: str) -> Markup:
    """A cell for each number of an article: a link to its first mark, or why there is none. `root` is the way to the
    root of the report."""
    found = []
    for number in numbers:
        text = f'<a href="{root}{escape(number["href"])}">{escape(number["text"])}</a>'
        if number["absent"]:
            why = escape(number["absent"])
            text = f'<span class="none" title="{why}">absent<span class="v">: {why}</span></span>'
        found.append(f'<td class="num" data-v="{number["sort"]}">{text}</td>')
    return Markup("".join(found))  # noqa: S704 - every piece from outside went through escape above


def columns(numbers: Iterable[Mapping[str, str]]) -> Markup:
    """The same as columns of Markdown. The texts are figures, in which nothing has to be escaped."""
    return Markup("".join(f" {number['text'] or 'absent'} |" for number in numbers))  # noqa: S704


def lines(numbers: Iterable[Mapping[str, Any]], *, placed: bool) -> Markup:
    """A row for each further number of a signal; `placed` says whether any has a place among reference news."""
    shown = SHOWN if placed else SHOWN[:-1]
    found = []
    for number in numbers:
        figures = "".join(f'<td class="num">{escape(number[name])}</td>' for name in shown)
        head = f'{escape(number["title"])} <span class="of">{escape(number["unit"])}</span>'
        found.append(f'<tr id="{escape(number["id"])}"><th scope="row">{head}</th>{figures}</tr>\n')
    return Markup("".join(found))  # noqa: S704 - every piece from outside went through escape above


def periods(numbers: Iterable[Mapping[str, str]]) -> Markup:
    """A cell for each number of a period, with its count."""
    nothing = '<span class="none">not measured</span>'
    figures = (f"{escape(number['text'])}<small>{escape(number['count'])}</small>" if number["text"] else nothing
               for number in numbers)  # fmt: skip
    return Markup("".join(f'<td class="num">{figure}</td>' for figure in figures))  # noqa: S704 - escaped above
