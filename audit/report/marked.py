"""An article's text and the spans to mark in it, the text as HTML out: every span reachable, overlaps legible.

Built by joining strings, since a run may hold ten thousand articles with hundreds of spans each. Everything that
comes from outside passes through `escape`, each time it is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

PARAGRAPH = re.compile(r"\S[^\r\n]*")
WINDOW = 90
"""Characters around a mark that a redacted article keeps: as many as the table of evidence."""

QUOTED = 90
"""Characters of a mark that its note repeats."""


@dataclass(frozen=True, slots=True)
class Span:
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


def body(text: str, spans: Sequence[Span], anchors: Iterable[tuple[int, str]], signals: Mapping[str, Signal],
         *, redact: bool = False) -> Markup:
    """The paragraphs of a text with their marks, and beside each paragraph what is marked in it and why.

    `anchors` are bare targets for links, as (place, id). A redacted text keeps only the surroundings of its marks.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.id))
    kept = _windows(ordered) if redact else [(0, len(text))]
    paragraphs = [found.span() for found in PARAGRAPH.finditer(text)]
    mine, targets = _shared_out(paragraphs, ordered, sorted(anchors))
    first = {span.id: _first(text, span) for span in ordered}
    out: list[str] = []
    for (start, end), marked, ids in zip(paragraphs, mine, targets, strict=True):
        if redact and not any(a < end and b > start for a, b in kept):
            out.append(f'<p class="cut">[{end - start:,} characters not shown]</p>\n')
            continue
        page = _Paragraph(text, start, end, kept, signals, {span.id for span in marked if start <= first[span.id] < end})
        notes = [span for span in marked if span.id in page.opening]
        out += ['<div class="row"><p dir="auto">', *page.runs(marked, ids), "</p>"]
        out += _notes(text, notes, signals) if notes else ()
        out.append("</div>\n")
    return Markup("".join(out))


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


def _windows(spans: Sequence[Span]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for span in spans:
        start, end = max(0, span.start - WINDOW), span.end + WINDOW
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


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
        """Stretches under the same spans. The first of a span is a link to its note and carries its id."""
        edges = {self.start, self.end}
        for span in spans:
            edges.update(place for place in (span.start, span.end) if self.start < place < self.end)
        places = sorted(edges)
        yield "".join(f'<i id="{escape(id)}"></i>' for place, id in anchors if place <= self.start)
        waiting = [pair for pair in anchors if pair[0] > self.start]
        active: list[Span] = []
        coming, seen = 0, set[str]()
        for left, right in zip(places, places[1:], strict=False):
            while coming < len(spans) and spans[coming].start <= left:
                active.append(spans[coming])
                coming += 1
            active = [span for span in active if span.end > left]
            while waiting and waiting[0][0] < right:
                yield f'<i id="{escape(waiting.pop(0)[1])}"></i>'
            if not active:
                yield from _bare(self.text, left, right, self.kept)
                continue
            fresh = [span for span in active if span.id in self.opening and span.id not in seen]
            seen.update(span.id for span in fresh)
            yield from self._run(left, right, active, fresh)

    def _run(self, left: int, right: int, covering: Sequence[Span], fresh: Sequence[Span]) -> Iterator[str]:
        notes = "\n".join(f"{self.signals[span.signal].title}: {span.note}" for span in covering)
        told = escape(notes).replace("\n", "&#10;")
        if fresh:
            yield from (f'<i id="{span.id}"></i>' for span in fresh[1:])
            id = fresh[0].id
            yield f'<a class="m" id="{id}" href="#n{id}" aria-describedby="n{id}" data-t="{told}">'
        else:
            yield f'<span class="m" data-t="{told}">'
        yield from _layers(self.text, left, right, covering, self.signals)
        yield "</a>" if fresh else "</span>"


def _layers(text: str, left: int, right: int, covering: Sequence[Span], signals: Mapping[str, Signal]) -> Iterator[str]:
    """The same words under one line per signal; a span's parts (source, cue, content) change its line."""
    edges = {left, right}
    for span in covering:
        for begin, finish, _ in span.parts:
            edges.update(place for place in (begin, finish) if left < place < right)
    places = sorted(edges)
    for a, b in zip(places, places[1:], strict=False):
        styles = dict.fromkeys(_style(span, a, b, signals) for span in covering)
        opened = "".join(f'<u class="{style}">' for style in styles)
        yield f"{opened}{escape(text[a:b])}{'</u>' * len(styles)}"


def _style(span: Span, a: int, b: int, signals: Mapping[str, Signal]) -> str:
    style = signals[span.signal].style
    role = next((role for begin, finish, role in span.parts if begin <= a and finish >= b), "")
    return f"{style} {role}" if role in ("source", "cue", "content") else style


def _bare(text: str, left: int, right: int, kept: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = left
    for a, b in kept:
        a, b = max(a, left), min(b, right)
        if a >= b:
            continue
        if a > at:
            yield f'<span class="cut">[{a - at:,} characters not shown]</span> '
        yield str(escape(text[a:b]))
        at = b
    if at < right and text[at:right].strip():
        yield f' <span class="cut">[{right - at:,} characters not shown]</span>'


def _notes(text: str, spans: Sequence[Span], signals: Mapping[str, Signal]) -> Iterator[str]:
    counts = Counter(signals[span.signal].title for span in spans)
    summary = ", ".join(f"{number}\N{NO-BREAK SPACE}{escape(title.lower())}" for title, number in counts.items())
    yield f'<details class="notes"><summary>{summary}</summary><ol>'
    for span in spans:
        words = " ".join(text[span.start : span.end].split())
        shown = words if len(words) <= QUOTED else words[: QUOTED - 30].rsplit(" ", 1)[0] + " … " + words[-25:]
        links = "".join(f' <a href="{escape(href)}"><bdi>{escape(name)}</bdi></a>' for name, href in span.links)
        signal = signals[span.signal]
        yield (f'<li id="n{span.id}"><b class="{signal.style}">{escape(signal.title)}</b> '
               f'<a href="#{span.id}"><bdi>{escape(shown)}</bdi></a> <bdi>{escape(span.note)}</bdi>{links}</li>')
    yield "</ol></details>"
