"""Two sketches of texts that share passages in, which came first out, and how we know it."""

from __future__ import annotations

import re

from audit.compare.sketch import Sketch

CONTAINED = 0.85
"""Share of a text found in a longer one from which it counts as contained: heavy trimming keeps .85 and more."""

LONGER = 1.2
"""How much longer the containing text must be."""


def direction(one: Sketch, two: Sketch, shares: tuple[float, float]) -> tuple[str | None, str]:
    """The id of the earlier article (None when unknown) and a sentence. `shares` are found parts of one and two."""
    for credited, credits in ((one, two), (two, one)):
        if _credits(credits, credited):
            return credited.article, f"{credits.source} names {credited.source} as its origin ({credits.credit})"
    first, reason = order(one, two)
    if first:
        return first, reason
    for inner, outer, part in ((one, two, shares[0]), (two, one, shares[1])):
        if part >= CONTAINED and outer.words >= LONGER * inner.words:
            return None, f"unknown: {part:.0%} of the text in {inner.source} stands in the longer one in {outer.source}"
    return None, reason


def order(one: Sketch, two: Sketch) -> tuple[str | None, str]:
    """Which was published first, by their dates alone."""
    early, late = sorted((one, two), key=lambda item: (_moment(item.published), item.article))
    if not early.day or not late.day:
        return None, "unknown: a date of publication is missing"
    if _moment(early.published) != _moment(late.published) and _comparable(early.published, late.published):
        return early.article, f"published {early.published} and {late.published}"
    return None, f"unknown: both were published on {early.published[:10]}"


def _moment(published: str) -> str:
    return published.replace(" ", "T")


def _comparable(one: str, two: str) -> bool:
    """Whether two dates can be put in order: on different days, or both with a time."""
    return bool(one and two) and (one[:10] != two[:10] or (len(one) > 10 and len(two) > 10))


def _name(text: str) -> str:
    """A source's name in letters and digits only, without a leading article or a web suffix."""
    plain = re.sub(r"^(https?://)?(www\.)?", "", text.lower())
    plain = re.sub(r"\.(com|org|net|co\.uk|co|uk|ru|de|fr|eu|info)\b.*$", "", plain)
    return re.sub(r"[\W_]+", "", re.sub(r"^the\s+", "", plain))


def _credits(item: Sketch, other: Sketch) -> bool:
    """Whether an article's credit line names the other's source."""
    credit, name = _name(item.credit), _name(other.source)
    return bool(credit and name) and item.source != other.source and (name in credit or credit in name)
