"""Two figures of two sentences of one story in, how they stand to each other out: they agree, dispute or were updated.

Measured on pairs of figures that were read and labelled one by one, see `audit.train.figure_pairs`.
"""

from __future__ import annotations

from typing import Literal

from audit.compare import vocabulary
from audit.compare.conflicts import Counterparts
from audit.compare.contest import FEW, MANY, MEASURES, MONEY, VAGUE, changing, contested, distinctive, labelled, risen
from audit.compare.figures import Figure
from audit.compare.statement import Statement
from audit.compare.words import stem

MAGNITUDE, ON_IT, PEOPLE = 3.0, 0.2, 0.1
"""Figures for the same thing that differ more than so many times, or whose sentences are less alike, count different
things: of 30 such pairs of allsides_dev looked at, most were a part and a whole.
People to whom the same happened need only be as much alike as `PEOPLE`."""

SUMS = 1.25
"""The same for amounts of money, of which one story has many: of four read that differ more, none was a dispute."""

ALIKE = 0.3
"""Cosine of two sentences from which a small figure, or one that only leaves room for the other, means the same."""

DOING = 40
"""Characters after "250 people" in which stands what they did."""

TEN, SCORE = 10, 20
"""Distances and weights are rounded to tens; up to a score, numbers are met by chance."""

Standing = Literal["agrees", "disputes", "updated"]


def standing(
    a: Statement, b: Statement, both: Counterparts, cosine: float, common: float, later: bool | None
) -> Standing | None:
    """How two figures stand, None when they have nothing to do with each other.

    `cosine` and `common` say how much alike their sentences are, `later` that a count can have changed between them;
    None where a date is missing, so that nobody can tell: then a toll is neither updated nor disputed.
    """
    if agreeing(a, b, both, cosine):
        return "agrees"
    if both.agree or cosine < (PEOPLE if both.one.thing == "person" else ON_IT) or not _near(both):
        return None
    if later and risen(a, b, both):
        return "updated"
    grown = later is not False and (changing(a, both.one) or changing(b, both.two))
    small = min(both.one.value, both.two.value) <= FEW
    whole = not small or (not _partial(a) and not _partial(b))
    return "disputes" if whole and not grown and contested(a, b, both, common) else None


def agreeing(a: Statement, b: Statement, both: Counterparts, cosine: float) -> bool:
    """Whether two figures that may be one value are told of one thing."""
    one, two = both.one, both.two
    if not both.agree:
        return _in_tens(one, two) and both.tight
    if labelled(a, one) != labelled(b, two) or not _one_month(a, one, b, two):
        return False
    if one.value != two.value and one.unit == two.unit:
        return cosine >= ALIKE
    if one.thing == two.thing or both.tight or one.unit:
        return True
    return (cosine >= ALIKE and one.value > 1) or one.value >= MANY or (distinctive(one) and one.value > SCORE)


def told_alike(a: Statement, b: Statement, both: Counterparts) -> bool:
    """Whether two figures that agree count a thing by which alone two sentences tell the same."""
    if not both.agree or both.one.family != both.two.family:
        return False
    if both.one.thing == both.two.thing:
        return both.one.thing not in VAGUE or _crowd(both)
    return both.one.value == both.two.value and (_doing(a, both.one, both.two) or _doing(b, both.two, both.one))


def _doing(said: Statement, people: Figure, named: Figure) -> bool:
    """Whether one counts people by what the other calls them: "250 people protested" and "250 protesters"."""
    if people.thing != "person" or named.thing in VAGUE:
        return False
    after = [word.lower() for word in said.text[people.end : people.end + DOING].split()]
    return named.thing in {stem(word.strip(".,;")) for word in after}


def _crowd(both: Counterparts) -> bool:
    """Whether both tell one large number of people, which in one story are the same people."""
    return both.one.thing == "person" and both.one.value == both.two.value >= MANY


def _near(both: Counterparts) -> bool:
    """Whether two figures are of one size."""
    far = SUMS if both.one.unit in MONEY else MAGNITUDE
    return both.two.value <= far * both.one.value <= far**2 * both.two.value


def _in_tens(one: Figure, two: Figure) -> bool:
    """Whether one measure is the other rounded to tens."""
    low, high = sorted((one.value, two.value))
    return one.unit == two.unit in MEASURES and any(
        coarse >= MANY and coarse % TEN == 0 and high - low <= TEN / 2 for coarse in (low, high)
    )


def _one_month(a: Statement, one: Figure, b: Statement, two: Figure) -> bool:
    """Whether two years are not those of two dates with other months."""
    if one.unit != "year" or two.unit != "year":
        return True
    months = [_month(said, figure) for said, figure in ((a, one), (b, two))]
    return not months[0] or not months[1] or months[0] == months[1]


def _month(said: Statement, figure: Figure) -> str:
    """The month before a year, by its first three letters."""
    before = said.text[max(0, figure.start - 16) : figure.start].lower().replace(",", " ").replace(".", " ").split()
    return next((word[:3] for word in reversed(before[-2:]) if word in vocabulary.load().months), "")


def _partial(one: Statement) -> bool:
    """Whether the statement counts a part or an addition, which another small count does not contradict."""
    return any(word.lower() in vocabulary.load().partial for word in one.words)
