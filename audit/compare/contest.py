"""Two sentences of one story whose figures differ in, whether they contradict each other out.

People are judged by disputes, so every doubt ends one: the same thing must be counted, of the same people, at the same
time, and no limit, range, part or rounding may explain the difference. Recall is what this costs.

Disputes of every kind, read by one person, not blind. On the 2,676 articles of allsides_train, on which the rules were
made: of 40 of the 162 disputes before there were rules 7 were real; of all 15 after them 14 (nine are quotations with
other words, five are figures). In allsides_dev and basil, on which no rule was made, 5 of 6 were real, and of two
updates one counts a part of the other. In 1,562 further articles of 700 stories of allsides_10k 5 of 7; one of the two
others was a copyright line, which is now passed over. How many were missed is known for pairs of figures only: of 12
labelled disputes 6 are found (`audit.train.figure_pairs`).
"""

from __future__ import annotations

import re
from math import inf

from audit.compare import vocabulary
from audit.compare.conflicts import Counterparts
from audit.compare.figures import Figure
from audit.compare.statement import Statement

AROUND = 7
"""Words to either side of a figure in which its subject, verb and object stand."""

BESIDE = 2
"""Words to either side of a figure that say that it is a part."""

AGO = 4
"""Words to either side of a figure among which one puts it in a time gone by."""

SHARED = 2
"""Content words near both figures that must be the same, besides what is counted."""

COMMON = 0.3
"""Share of the content words near the figure with fewer of them that must stand near the other one."""

HALF = 0.5
"""The same for small or round figures, which a story has many of."""

ROUNDED = 0.12
"""Difference, as a share, that a coarser figure may have from a finer one: "$2 trillion" for 2.2 trillion."""

CLOSE = 0.05
"""Difference, as a share, up to which two unusual figures are taken for one and the same count."""

FEW, MANY, RICH = 12, 100, 10_000
"""Numbers that articles give by chance end here: counts up to a dozen, round ones up to a hundred, small amounts."""

MONEY = frozenset(["usd", "eur", "gbp", "jpy", "inr", "rub", "aud", "cad", "cny", "chf"])

OF_ALL = frozenset(["including", "among"])
"""Words that open a part when they precede a figure, and follow the whole: "161 people, including 71 children"."""

VAGUE = frozenset("old point last person year day tim week month country stat percent vot".split()) | {""}
"""Counted things too common to tell by themselves that two figures are about the same."""

UNTOLD = frozenset(["ordinal", "decade", "name", "clock", "year", "day"])
"""Units that name a place in a row or in time; such figures differ without contradiction unless all else is alike."""

MEASURES = frozenset(
    "percent mile km metre cm mm yard foot inch degree kg gram ounce lb tonne minute second hour mph kmh mw gw".split()
)
SPEEDS = frozenset(["mph", "kph", "knot", "knots", "magnitud"])
"""Readings of the moment, which another hour changes without contradiction."""

TIGHT = 0.85
"""Share of words in common from which readings are those of one moment."""

AGE = "old"
"""What an age counts: two ages are mostly those of two persons."""

POSTED = re.compile(r"@\w|https?:|\bpic\.|[\w.]\.(?:com|co|ly)/|©|\b[Cc]opyright\b")
"""Marks of a post in a social network, or of the line that says whose a page is: their dates are no claims."""

RANGE = re.compile(
    r"\s*(?:-|–|—|to|or|and)\s*[$€£]?\d|\s*(?:out of|of the)\s+[\w$]|\s*in\s+(?:\d|every\b|two|three|four|five|ten)",
    re.IGNORECASE,
)
"""What follows a figure that is the lower end of a range, or a part of a whole."""

BEFORE_RANGE = re.compile(
    r"(?:\d\S*|\w+teen|\w+ty|ten|\bone|two|three|four|five|six|seven|eight|nine)\s*(?:-|–|to|or)\s*[$€£]?$",
    re.IGNORECASE,
)
"""What precedes a figure that is the upper end of a range."""

LABEL = re.compile(
    r"\b(?:No\.|number|category|day|week|phase|tier|title|section|article|chapter|page|level|group|flight|route|class|"
    r"type|part|version|agenda|age|aged|under|over|[A-Z]\.)\s*#?-?$",
    re.IGNORECASE,
)
"""What precedes a figure that labels and does not count."""

PAST = frozenset(["ago", "previously", "earlier", "last", "initially", "originally"])
"""Words of another time: a figure told with one is set against none told without."""


def contested(a: Statement, b: Statement, both: Counterparts, common: float) -> bool:
    """Whether two figures for the same thing, in sentences of one story, cannot both be right.

    `common` is the share of words that the sentences have in common, in order.
    """
    return (
        comparable(a, b, both)
        and not _room(both.one, both.two)
        and (common >= TIGHT or not _measured(both.one))
        and _same_time(a, b)
        and _gone(a, both.one) == _gone(b, both.two)
        and _same_matter(a, both.one, b, both.two, 1 if _beside(both.one, both.two) else SHARED)
    )


def comparable(a: Statement, b: Statement, both: Counterparts) -> bool:
    """Whether two figures count the same thing and differ by more than rounding."""
    one, two = both.one, both.two
    if both.agree or one.unit != two.unit or one.thing != two.thing or not (one.thing or both.tight):
        return False
    if {one.unit, two.unit} & UNTOLD or one.thing == AGE or posted(a, b):
        return False
    if one.thing in VAGUE - {"person", ""} and not both.tight:
        return False
    if _elsewhere(one, b) or _elsewhere(two, a):
        return False
    if _rounded(one, two) or _ranged(a, one) or _ranged(b, two) or _part(a, one) or _part(b, two):
        return False
    return _compound(a, one) == _compound(b, two)


def risen(a: Statement, b: Statement, both: Counterparts) -> bool:
    """Whether two counts told at different times are one that has changed: the time of the count is no matter here."""
    if not both.one.thing or not comparable(a, b, both) or not (changing(a, both.one) and changing(b, both.two)):
        return False
    return _same_matter(a, both.one, b, both.two, 1)


def changing(said: Statement, figure: Figure) -> bool:
    """Whether a toll, or a word that says that it grows, stands near the figure."""
    lists = vocabulary.load()
    near, beside = ({said.words[place].lower() for place in _places(said, figure, far)} for far in (AROUND, AGO))
    return bool(near & lists.tolls or beside & lists.updating)


def _part(said: Statement, figure: Figure) -> bool:
    """Whether the figure counts an addition or a part: "three others", "another 11", "the remaining two"."""
    at = _place(said, figure)
    return any(
        said.words[place].lower() in vocabulary.load().partial and said.words[place].lower() != figure.counted
        and not (place > at and said.words[place].lower() in OF_ALL)
        for place in _places(said, figure, BESIDE)
    )


def _measured(figure: Figure) -> bool:
    """Whether the figure is a reading of the moment (a distance, a speed, a share) and no count or sum."""
    return figure.thing in SPEEDS or figure.unit in MEASURES


def posted(a: Statement, b: Statement) -> bool:
    """Whether one of the two is a post with its signature."""
    return bool(POSTED.search(a.text) or POSTED.search(b.text))


def _room(one: Figure, two: Figure) -> bool:
    """Whether one leaves room for the other: "at least 27" for 33, but not "at least 21" for twenty."""
    (low, high), (other_low, other_high) = _reach(one), _reach(two)
    return low <= other_high and other_low <= high


def _reach(figure: Figure) -> tuple[float, float]:
    """The values that a figure allows, however far its bound is open."""
    low, high = figure.low, figure.high
    return 0.0 if figure.bound == "under" else low, inf if figure.bound in ("over", "vague") else high


def _beside(one: Figure, two: Figure) -> bool:
    """Whether both are unusual figures and nearly the same: 572 and 571 million hardly count different things."""
    return distinctive(one) and distinctive(two) and abs(one.value - two.value) <= CLOSE * max(one.value, two.value)


def _firm(figure: Figure) -> bool:
    """Whether the figure is large or unusual."""
    return distinctive(figure) or (figure.value >= MANY and figure.unit not in UNTOLD)


def _elsewhere(figure: Figure, said: Statement) -> bool:
    """Whether a statement tells the same figure in another place."""
    return any(
        figure.family == other.family and figure.value == other.value
        and (figure.value >= MANY or other.thing in (figure.thing, ""))
        for other in said.figures
    )


def distinctive(figure: Figure) -> bool:
    """Whether two articles of one story that give this figure hardly mean different things by it: no date, no share, no
    small or round number; an amount of money from 10,000 on."""
    if figure.unit in ("year", "day", "clock", "decade", "ordinal", "percent", "name") or figure.bound == "vague":
        return False
    if figure.unit in MONEY:
        return figure.value >= RICH
    digits = len(f"{figure.value:.0f}".rstrip("0"))
    return figure.value > FEW and digits > (1 if figure.value < MANY or figure.value >= RICH else 2)


def _rounded(one: Figure, two: Figure) -> bool:
    """Whether one may be the other told roughly."""
    gap = abs(one.value - two.value) / max(one.value, two.value, 1e-9)
    loose = one.grain != two.grain or "about" in (one.bound, two.bound) or "dozen" in (one.text + two.text).lower()
    return loose and gap <= ROUNDED


def _ranged(said: Statement, figure: Figure) -> bool:
    before, after = said.text[max(0, figure.start - 16) : figure.start], said.text[figure.end :]
    return bool(RANGE.match(after) or BEFORE_RANGE.search(before)) or labelled(said, figure)


def labelled(said: Statement, figure: Figure) -> bool:
    """Whether a figure is a label ("No. 2", "Day 16") and counts nothing."""
    return bool(LABEL.search(said.text[max(0, figure.start - 16) : figure.start]))


def _compound(said: Statement, figure: Figure) -> bool:
    """Whether the figure is part of an adjective ("a 12-vote lead")."""
    joined = "-" in figure.text and not figure.text[0].isalpha()
    return joined or said.text[figure.end : figure.end + 1] == "-"


def _same_time(a: Statement, b: Statement) -> bool:
    """Whether no sentence speaks of another day, month, year or of a time gone by."""
    lists = vocabulary.load()
    named = lists.months | (lists.weekdays - {"yesterday", "today", "tomorrow"})
    words = [{word.lower() for word in one.words} for one in (a, b)]
    for kind in (lists.months, lists.weekdays):
        left, right = words[0] & kind & named, words[1] & kind & named
        if left and right and not left & right:
            return False
    years = [{figure.value for figure in one.figures if figure.unit in ("year", "ordinal", "decade")} for one in (a, b)]
    return years[0] == years[1]


def _gone(said: Statement, figure: Figure) -> set[str]:
    """The words near a figure that put it in a time gone by."""
    return {said.words[place].lower() for place in _places(said, figure, AGO)} & PAST


def _same_matter(a: Statement, one: Figure, b: Statement, two: Figure, needed: int) -> bool:
    """Whether the words around both figures are largely the same ones, and no other name stands beside either."""
    near = [_near(a, one), _near(b, two)]
    shared = near[0] & near[1]
    least = min(len(side) for side in near)
    share = 0.0 if _beside(one, two) else COMMON if _firm(one) and _firm(two) else HALF
    if len(shared) < needed or len(shared) < share * least:
        return False
    names, words = ([{word.lower() for word in found} for found in pair]
                    for pair in ((a.names, b.names), (a.words, b.words)))  # fmt: skip
    return not names[0] or not names[1] or bool(names[0] & words[1] or names[1] & words[0])


def _near(said: Statement, figure: Figure) -> set[int]:
    """Codes of content words near a figure, what is counted set aside."""
    counted = figure.counted.lower()
    return {
        said.codes[place] for place in _places(said, figure, AROUND)
        if said.codes[place] & 1 and place not in said.figure_at and said.words[place].lower() != counted
    }  # fmt: skip


def _places(said: Statement, figure: Figure, far: int) -> range:
    """The places of the words at most so far from a figure."""
    at = _place(said, figure)
    return range(max(0, at - far), min(len(said.codes), at + far + 1))


def _place(said: Statement, figure: Figure) -> int:
    return next(place for place, found in said.figure_at.items() if found.start == figure.start)
