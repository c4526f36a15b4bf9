"""Values in, small pieces of inline SVG out: a dot with its interval over a band of reference news.

Places are per cent of the drawing's width, so one drawing fits a phone and a wide screen without scaling its strokes.
Every drawing is decoration beside figures that the page prints as text, so screen readers pass it over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markupsafe import Markup

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
    return Markup('<g id="{}">{}</g>').format(id, _back(axis, reference, median))


def _back(axis: Axis, reference: dict[str, float] | None, median: float | None) -> Markup:
    parts = [Markup('<line class="base" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(MIDDLE)]
    if reference:
        low, high = axis.at(reference["p25"]), axis.at(reference["p75"])
        width = f"{max(0.8, float(high[:-1]) - float(low[:-1])):.1f}%"
        parts.insert(0, Markup('<rect class="ref" x="{}" width="{}" y="2" height="14"/>').format(low, width))
    if median is not None:
        parts.append(Markup('<line class="med" x1="{0}" x2="{0}" y1="0" y2="18"/>').format(axis.at(median)))
    return Markup("").join(parts)


def bar(axis: Axis, value: float, low: float | None, high: float | None, back: str, *, peer: bool = False) -> Markup:
    """A dot and its interval over the backdrop of that id. `peer` draws it small, for sources to compare with."""
    interval = Markup("")
    if low is not None and high is not None:
        interval = Markup('<line class="iv" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>').format(
            axis.at(low), axis.at(high), MIDDLE
        )
    dot = Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
        "peer" if peer else "dot", axis.at(value), MIDDLE, PEER if peer else DOT
    )
    return Markup('<svg class="bar" aria-hidden="true"><use href="#{}"/>{}{}</svg>').format(back, interval, dot)


TALL, EDGE = 52, 6
"""Height of a course over time, and how far its outermost dots stay from its edge, in pixels."""


def course(axis: Axis, values: Sequence[float | None], usual: float | None) -> Markup:
    """Values in equal steps of time as dots joined by lines, over a line for the value of the whole time."""
    places = [
        (f"{100 * (step + 0.5) / len(values):.1f}%", _height(axis, value)) if value is not None else None
        for step, value in enumerate(values)
    ]
    parts = [Markup('<line class="base" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(TALL - 1)]
    if usual is not None:
        parts.append(Markup('<line class="usual" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(_height(axis, usual)))
    for one, other in pairwise(places):
        if one and other:
            line = Markup('<line class="way" x1="{}" y1="{}" x2="{}" y2="{}"/>')
            parts.append(line.format(*one, *other))
    parts += [Markup('<circle class="dot" cx="{}" cy="{}" r="{}"/>').format(*place, PEER) for place in places if place]
    return Markup('<svg class="bar tall" aria-hidden="true">{}</svg>').format(Markup("").join(parts))


def _height(axis: Axis, value: float) -> str:
    return f"{TALL - EDGE - axis.share(value) * (TALL - 2 * EDGE):.0f}"


@cache
def _ring(place: str) -> Markup:
    """A source among many. There are a few hundred places, and as many rings on the page of each source."""
    return Markup('<circle class="peer" cx="{}" cy="{}" r="{}"/>').format(place, MIDDLE, PEER)


def strip(axis: Axis, values: Sequence[float], back: str) -> Markup:
    """Many sources in one bar: a small ring for each."""
    rings = Markup("".join(map(_ring, map(axis.at, sorted(values)))))  # noqa: S704 - all of them are markup
    return Markup('<svg class="bar" aria-hidden="true"><use href="#{}"/>{}</svg>').format(back, rings)


Drawn = tuple[float, float | None, float | None]
"""A value and the ends of its interval, where it has one."""

ABOVE, BELOW = 4, 13
"""Heights of the two lines of a bar that shows a value before and after, in pixels."""


def moved(axis: Axis, before: Drawn, after: Drawn) -> Markup:
    """A value before (a ring, above) and after (a dot, below), each with its interval."""
    parts = [_back(axis, None, None)]
    for (value, low, high), y, line, dot, size in (
        (before, ABOVE, "was", "peer", PEER),
        (after, BELOW, "iv", "dot", DOT),
    ):
        if low is not None and high is not None:
            ends = axis.at(low), axis.at(high)
            parts.append(Markup('<line class="{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>').format(line, *ends, y))
        parts.append(Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(dot, axis.at(value), y, size))
    return Markup('<svg class="bar" aria-hidden="true">{}</svg>').format(Markup("").join(parts))
