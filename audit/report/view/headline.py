"""Which numbers stand in the comparison, in which order, and the words for the best known of them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from audit.extract.base import Quantity
from audit.report import charts, wording
from audit.report.data import Book

ORDER = (
    "attribution",
    "attribution.named",
    "hedging",
    "loaded",
    "translation",
    "agreement.confirmed",
    "agreement.disputed",
    "agreement.copied",
    "readability",
)
"""Numbers that the comparison shows first, where a run has them. A signal that is not named here comes after."""

VERBS = {
    "attribution.named": "names its source for",
    "hedging": "hedges",
    "loaded": "has loaded words in",
}
"""What a source does, for a sentence "X hedges 12 of 80 own sentences"; other numbers are said with their noun."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number is drawn on one page: its axis, the id of its backdrop, its peers' median, reference news."""

    axis: charts.Axis
    back: str
    median: float | None
    reference: dict[str, float] | None


def headline(book: Book) -> list[Quantity]:
    """The numbers of the comparison, those without a single value left out."""
    main = [feature for feature in book.quantities if "." not in feature and feature not in ORDER]
    return [book.quantities[f] for f in (*ORDER, *main) if f in book.quantities and f in book.valued]


def signal(feature: str) -> str:
    """The signal that a number belongs to: `hedging` of `hedging.quoted`."""
    return feature.split(".", 1)[0]


def anchor(feature: str) -> str:
    """The id of a number's section in a source report."""
    return "m-" + feature.replace(".", "-").replace("_", "-")


def others(book: Book, feature: str, source: str | None = None) -> tuple[float, ...]:
    """The values of the sources in ascending order, without that of the one given."""
    if feature not in book.spreads:
        return ()
    mine = book.score(source, feature) if source is not None else None
    return book.spreads[feature].without(mine["value"] if mine else None)


def middle(values: tuple[float, ...]) -> float | None:
    """Their median."""
    return median(values) if values else None


def scale(book: Book, quantity: Quantity, source: str | None = None) -> Scale:
    """An axis that holds every source's value and interval, and the reference band."""
    feature = quantity.feature
    reference = book.reference(feature)
    ends = [*book.spreads[feature].ends] if feature in book.spreads else []
    ends += [reference["p25"], reference["p75"]] if reference else []
    axis = bounded(charts.axis(ends, grade=quantity.kind == "grade"), quantity)
    return Scale(axis, "k-" + anchor(feature), middle(others(book, feature, source)), reference)


def bounded(axis: charts.Axis, quantity: Quantity) -> charts.Axis:
    """The axis of a share or probability, which ends at one."""
    if wording.is_share(quantity) or quantity.kind == "probability":
        return charts.Axis(0.0, min(axis.high, 1.0))
    return axis


def done(count: float, base: float, quantity: Quantity) -> str:
    """What the source does, with its count: `hedges 12 of 80 own sentences`."""
    verb = VERBS.get(quantity.feature)
    if verb:
        return f"{verb} {wording.counted(count, base, quantity)}"
    if quantity.kind == "grade":
        return f"has a {quantity.title} of"
    if quantity.kind == "probability":
        of = f"has {wording.whole(count)} of {wording.whole(base)}{wording.SPACE}"
        return of + (quantity.title if quantity.title.startswith(quantity.per) else f"{quantity.per} {quantity.title}")
    if wording.is_share(quantity):
        return f"has {wording.whole(count)} {quantity.counted} among {wording.whole(base)}{wording.SPACE}{quantity.per}"
    return f"has {wording.whole(count)} {quantity.counted} in {wording.whole(base)} {quantity.per.removeprefix('100 ')}"
