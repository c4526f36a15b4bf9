"""Values in, small pieces of inline SVG out: a dot with its interval over a band of reference news.

Places are per cent of the drawing's width, so one drawing fits a phone and a wide screen without scaling its strokes.
Every drawing is decoration beside figures that the page prints as text, so screen readers pass it over.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

MIDDLE = 9
"""Height of the middle line of a bar, in pixels; the style sheet makes bars twice as high."""

DOT, PEER = 4.5, 3


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear scale from `low` to `high`, which are values, drawn over the full width."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Where a value lies between the ends, 0 to 1; values beyond the ends lie on the ends."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return min(1.0, max(0.0, share))

    def at(self, value: float) -> str:
        """The same as an SVG length."""
        return f"{100 * self.share(value):.1f}".removesuffix(".0") + "%"


def axis(values: Iterable[float | None], *, grade: bool = False) -> Axis:
    """A scale that holds all values: from zero for rates, from a round number below the least for grades."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    top = max(known, default=1.0)
    least = min(known, default=0.0)
    if grade or least < 0:
        step = _nice((top - least) / 4 or 1.0, (1, 2, 5, 10))
        return Axis(math.floor(least / step) * step, math.ceil(top / step) * step)
    return Axis(0.0, _nice(top) if top > 0 else 1.0)


def _nice(value: float, steps: Sequence[float] = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)) -> float:
    """The least step times a power of ten that is not below the value."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in steps if step * power >= value * 0.9999)


def backdrop(id: str, axis: Axis, reference: dict[str, float] | None, median: float | None) -> Markup:
    """What all bars of one column share, drawn once: the base line, the reference band, the peers' median."""
    return Markup(f'<g id="{escape(id)}">{_back(axis, reference, median)}</g>')  # noqa: S704


def _back(axis: Axis, reference: dict[str, float] | None, median: float | None) -> str:
    drawn = f'<line class="base" x1="0" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    if reference:
        low, high = axis.at(reference["p25"]), axis.at(reference["p75"])
        width = f"{max(0.8, float(high[:-1]) - float(low[:-1])):.1f}%"
        drawn = f'<rect class="ref" x="{low}" width="{width}" y="2" height="14"/>{drawn}'
    if median is not None:
        place = axis.at(median)
        drawn += f'<line class="med" x1="{place}" x2="{place}" y1="0" y2="18"/>'
    return drawn


def bar(axis: Axis, value: float, low: float | None, high: float | None, back: str, *, peer: bool = False) -> Markup:
    """A dot and its interval over the backdrop of that id. `peer` draws it small, for sources to compare with."""
    interval = ""
    if low is not None and high is not None:
        interval = f'<line class="iv" x1="{axis.at(low)}" x2="{axis.at(high)}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    kind, radius = ("peer", PEER) if peer else ("dot", DOT)
    return _svg(f'<use href="#{escape(back)}"/>{interval}{_circle(kind, axis.at(value), MIDDLE, radius)}')


def _svg(drawn: str, kind: str = "bar") -> Markup:
    """A drawing beside figures. All that it is made of is our own, but for the ids, which are escaped."""
    return Markup(f'<svg class="{kind}" aria-hidden="true">{drawn}</svg>')  # noqa: S704


def _circle(kind: str, x: str, y: int | str, radius: float) -> str:
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius}"/>'


TALL, EDGE = 52, 6
"""Height of a course over time, and how far its outermost dots stay from its edge, in pixels."""


def course(axis: Axis, values: Sequence[float | None], usual: float | None) -> Markup:
    """Values in equal steps of time as dots joined by lines, over a line for the value of the whole time."""
    places = [
        (f"{100 * (step + 0.5) / len(values):.1f}%", _height(axis, value)) if value is not None else None
        for step, value in enumerate(values)
    ]
    drawn = f'<line class="base" x1="0" x2="100%" y1="{TALL - 1}" y2="{TALL - 1}"/>'
    if usual is not None:
        height = _height(axis, usual)
        drawn += f'<line class="usual" x1="0" x2="100%" y1="{height}" y2="{height}"/>'
    for one, other in pairwise(places):
        if one and other:
            drawn += f'<line class="way" x1="{one[0]}" y1="{one[1]}" x2="{other[0]}" y2="{other[1]}"/>'
    return _svg(drawn + "".join(_circle("dot", *place, PEER) for place in places if place), "bar tall")


def _height(axis: Axis, value: float) -> str:
    return f"{TALL - EDGE - axis.share(value) * (TALL - 2 * EDGE):.0f}"


def strip(axis: Axis, values: tuple[float, ...], mine: float | None, back: str) -> Markup:
    """Many sources in one bar: a small ring for each of the values, which ascend, but one that equals `mine`."""
    rings = _rings(axis, values)
    at = len(values) if mine is None else bisect_left(values, mine)
    return _svg(f'<use href="#{escape(back)}"/>{"".join(rings[:at])}{"".join(rings[at + 1 :])}')


@lru_cache(maxsize=64)
def _rings(axis: Axis, values: tuple[float, ...]) -> list[str]:
    """The rings of all sources, which stand on the page of each."""
    return [_circle("peer", axis.at(value), MIDDLE, PEER) for value in values]


Drawn = tuple[float, float | None, float | None]
"""A value and the ends of its interval, where it has one."""

ABOVE, BELOW = 4, 13
"""Heights of the two lines of a bar that shows a value before and after, in pixels."""


def moved(axis: Axis, before: Drawn, after: Drawn) -> Markup:
    """A value before (a ring, above) and after (a dot, below), each with its interval."""
    drawn = _back(axis, None, None)
    for (value, low, high), y, line, dot, size in (
        (before, ABOVE, "was", "peer", PEER),
        (after, BELOW, "iv", "dot", DOT),
    ):
        if low is not None and high is not None:
            drawn += f'<line class="{line}" x1="{axis.at(low)}" x2="{axis.at(high)}" y1="{y}" y2="{y}"/>'
        drawn += _circle(dot, axis.at(value), y, size)
    return _svg(drawn)
