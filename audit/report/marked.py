"""An article's text and the spans to mark in it, the text as HTML out: every span reachable, overlaps legible.

Built by joining strings, since a run may hold ten thousand articles with hundreds of spans each. Everything that
comes from outside passes through `escape`, each time it is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

import msgspec
from markupsafe import Markup

from audit.redact import COVER

PARAGRAPH = re.compile(r"\S[^\r\n]*")
SHOWN = re.compile(f"[^{COVER}]+")
"""What a redacted text still shows."""

QUOTED = 90
"""Characters of a mark that its note repeats."""

SHORT, NAMED = 30, 6
"""Characters of words that the margin names, and how many it names."""

ROLES = ("source", "cue", "content")
"""Parts of a piece of evidence that have a line of their own."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """A stretch to mark. `id` is its anchor, `signal` what it belongs to, `note` why it is marked.

    `parts` are stretches within it as (start, end, role); `links` are ways on, as (words, address).
    """

    id: str
    signal: str
    start: int
    end: int
    note: str
    parts: tuple[tuple[int, int, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """How one signal is named, and the class that draws it."""

    title: str
    style: str


repeated = lru_cache(maxsize=4096)(escape)
"""`escape` for words that stand in many places: what a signal is called, why something is marked."""


def body(
    text: str,
    spans: Sequence[Span],
    anchors: Iterable[tuple[int, str]],
    signals: Mapping[str, Signal],
    *,
    redact: bool = False,
) -> Markup:
    """The paragraphs of a text with their marks, and beside each paragraph what is marked in it and why.

    `anchors` are bare targets for links, as (place, id). In a redacted text the gaps are told.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.id))
    kept = [found.span() for found in SHOWN.finditer(text)] if redact else [(0, len(text))]
    paragraphs = [found.span() for found in PARAGRAPH.finditer(text)]
    mine, targets = _shared_out(paragraphs, ordered, sorted(anchors))
    first = {span.id: _first(text, span) for span in ordered}
    out: list[str] = []
    hidden, lost = 0, list[str]()
    for (start, end), marked, ids in zip(paragraphs, mine, targets, strict=True):
        if not any(a < end and b > start for a, b in kept):
            hidden += end - start
            lost += [*(id for _, id in ids), *(span.id for span in marked if start <= first[span.id] < end)]
            continue
        out += [_cut(hidden, lost)] if hidden else ()
        hidden, lost = 0, []
        ids = sorted((place if any(a <= place < b for a, b in kept) else start, id) for place, id in ids)
        page = _Paragraph(
            text, start, end, kept, signals, {span.id for span in marked if start <= first[span.id] < end}
        )
        notes = [span for span in marked if span.id in page.opening]
        out += ['<div class="row"><p dir="auto">', *page.runs(marked, ids), "</p>"]
        out += _notes(text, notes, signals) if notes else ()
        out.append("</div>\n")
    out += [_cut(hidden, lost)] if hidden else ()
    return Markup("".join(out))  # noqa: S704 - every piece from outside went through escape above


def _cut(characters: int, ids: Iterable[str]) -> str:
    """A gap, which still is where links to the words in it lead."""
    targets = "".join(f'<i id="{escape(id)}"></i>' for id in ids)
    return f'<p class="cut">{targets}[{characters:,} characters not shown]</p>\n'


def _shared_out(
    paragraphs: Sequence[tuple[int, int]], spans: Sequence[Span], anchors: Sequence[tuple[int, str]]
) -> tuple[list[list[Span]], list[list[tuple[int, str]]]]:
    """The spans and the anchors of each paragraph; a span that crosses a line break is in both."""
    starts = [start for start, _ in paragraphs]
    mine: list[list[Span]] = [[] for _ in paragraphs]
    targets: list[list[tuple[int, str]]] = [[] for _ in paragraphs]
    for span in spans:
        for index in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
            if span.start < paragraphs[index][1]:
                mine[index].append(span)
    for place, id in anchors:
        if starts:
            targets[max(0, bisect_right(starts, place) - 1)].append((place, id))
    return mine, targets


def _first(text: str, span: Span) -> int:
    """The first character of a span that is seen."""
    found = PARAGRAPH.search(text, span.start, span.end)
    return found.start() if found else span.start


class _Tag(msgspec.Struct, frozen=True, gc=False):
    """A stretch that becomes an element: `opening` where it begins, `again` where a crossing one cut it in two."""

    start: int
    end: int
    opening: str
    again: str
    closing: str


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph on its way to HTML; `opening` are the ids of the spans that begin in it."""

    text: str
    start: int
    end: int
    kept: Sequence[tuple[int, int]]
    signals: Mapping[str, Signal]
    opening: set[str]

    def runs(self, spans: Sequence[Span], anchors: Sequence[tuple[int, str]]) -> Iterator[str]:
        """The text with its elements, nested; where two cross, the one that ends later is closed and opened again."""
        coming = sorted((tag for span in spans for tag in self._tags(span)), key=lambda tag: (tag.start, -tag.end))
        waiting = [(min(max(place, self.start), self.end - 1), id) for place, id in anchors]
        edges = {self.start, self.end, *(place for place, _ in waiting)}
        edges.update(place for tag in coming for place in (tag.start, tag.end))
        opened: list[_Tag] = []
        soonest = self.end
        at = 0
        for left, right in pairwise(sorted(edges)):
            while waiting and waiting[0][0] <= left:
                yield f'<i id="{escape(waiting.pop(0)[1])}"></i>'
            fresh: list[tuple[_Tag, str]] = []
            if opened and soonest <= left:
                kept = next(place for place, tag in enumerate(opened) if tag.end <= left)
                for tag in reversed(opened[kept:]):
                    yield tag.closing
                    if tag.end > left:
                        fresh.append((tag, tag.again))
                del opened[kept:]
                soonest = min((tag.end for tag in opened), default=self.end)
            while at < len(coming) and coming[at].start <= left:
                fresh.append((coming[at], coming[at].opening))
                at += 1
            if len(fresh) > 1:
                fresh.sort(key=lambda pair: -pair[0].end)
            for tag, element in fresh:
                yield element
                opened.append(tag)
                soonest = min(soonest, tag.end)
            if opened:
                yield escape(self.text[left:right])
            else:
                yield from _bare(self.text, left, right, self.kept)
        yield from (tag.closing for tag in reversed(opened))

    def _tags(self, span: Span) -> Iterator[_Tag]:
        """The element of a span, and one for each of its parts; what lies outside the paragraph is cut off."""
        signal = self.signals[span.signal]
        start, end = max(span.start, self.start), min(span.end, self.end)
        again = f'<mark class="m {signal.style}" data-t="{repeated(signal.title)}: {repeated(span.note)}"'
        reach = f' id="{span.id}" tabindex="0" aria-describedby="n{span.id}">' if span.id in self.opening else ">"
        yield _Tag(start, end, again + reach, again + ">", "</mark>")
        for begin, finish, role in span.parts:
            begin, finish = max(begin, start), min(finish, end)
            if begin < finish and role in ROLES:
                element = f'<u class="{signal.style} {role}">'
                yield _Tag(begin, finish, element, element, "</u>")


def _bare(text: str, left: int, right: int, kept: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = left
    for a, b in kept:
        a, b = max(a, left), min(b, right)
        if a >= b:
            continue
        if a > at:
            yield f'<span class="cut">[{a - at:,} characters not shown]</span> '
        yield escape(text[a:b])
        at = b
    if at < right and text[at:right].strip():
        yield f' <span class="cut">[{right - at:,} characters not shown]</span>'


def _notes(text: str, spans: Sequence[Span], signals: Mapping[str, Signal]) -> Iterator[str]:
    marked = [(span, " ".join(text[span.start : span.end].split())) for span in spans]
    yield f'<details class="notes"><summary>{"".join(_summary(marked, signals))}</summary><ol>'
    for span, words in marked:
        shown = words if len(words) <= QUOTED else words[: QUOTED - 30].rsplit(" ", 1)[0] + " … " + words[-25:]
        links = "".join(f' <a href="{escape(href)}"><bdi>{escape(name)}</bdi></a>' for name, href in span.links)
        signal = signals[span.signal]
        yield (
            f'<li id="n{span.id}"><b class="{signal.style}">{repeated(signal.title)}</b> '
            f'<a href="#{span.id}"><bdi>{escape(shown)}</bdi></a> <bdi>{repeated(span.note)}</bdi>{links}</li>'
        )
    yield "</ol></details>"


def _summary(marked: Sequence[tuple[Span, str]], signals: Mapping[str, Signal]) -> Iterator[str]:
    """The margin of a paragraph: per signal how often, and the words themselves where they are few."""
    by_signal: dict[str, list[str]] = {}
    for span, words in marked:
        by_signal.setdefault(span.signal, []).append(words)
    for name, mine in by_signal.items():
        different = dict.fromkeys(mine)
        short = [words for words in different if len(words) <= SHORT][:NAMED]
        cut = " …" if len(different) > len(short) else ""
        told = escape(", ".join(short))
        listed = f": <bdi>{told}</bdi>{cut}" if told else ""
        signal = signals[name]
        yield f'<span><b class="{signal.style}">{repeated(signal.title)}</b> {len(mine)}{listed}</span>'
