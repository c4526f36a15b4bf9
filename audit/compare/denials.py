"""Two statements in, whether one denies the other or quotes other words out."""

from __future__ import annotations

from rapidfuzz.distance import LCSseq

from audit.compare import vocabulary
from audit.compare.conflicts import Conflict
from audit.compare.features import weight
from audit.compare.statement import Statement, statement

CONTAINED = 0.8
"""Share of the content (by weight) of the shorter statement that must stand in the other before a negation counts."""

SHARED = 3
"""Content words that both must share."""

REACH = 3
"""Words after a negation among which a shared content word must stand: what is denied."""

FAITHFUL, RELATED = 0.95, 0.5
"""Two quotations share so much of their words when they are the same, and so much when one renders the other."""


def negated(a: Statement, b: Statement) -> list[Conflict]:
    """One statement denies what the other says of the same people and things."""
    if bool(a.negated) == bool(b.negated):
        return []
    denying, other = (a, b) if a.negated else (b, a)
    if vocabulary.load().denials & {word.lower() for word in other.words}:
        return []
    content = [{code for at, code in enumerate(one.codes) if code & 1 and at not in one.figure_at} for one in (a, b)]
    shared = content[0] & content[1]
    least = min(sum(map(weight, side)) for side in content)
    if len(shared) < SHARED or sum(map(weight, shared)) < CONTAINED * least:
        return []
    for at, word in enumerate(denying.words):
        lower = word.lower().replace("’", "'")
        if lower in vocabulary.load().negations and shared & set(denying.codes[at + 1 : at + 1 + REACH]):
            return [Conflict("negation", f"only one of them says “{word}”")]
    return []


def quoted_otherwise(a: Statement, b: Statement) -> list[Conflict]:
    """The same speaker is quoted with other words: each quotation has words that the other statement lacks."""
    for left in _quotations(a):
        for right in _quotations(b):
            common = 2 * int(LCSseq.similarity(left.codes, right.codes)) / (len(left.codes) + len(right.codes))
            if not RELATED <= common < FAITHFUL or not _speaker(a, left) & _speaker(b, right):
                continue
            own = [
                [word for word, code in zip(one.words, one.codes, strict=True) if code & 1 and code not in other.codes]
                for one, other in ((left, b), (right, a))
            ]
            if own[0] and own[1]:
                return [Conflict("quotation", f"“{left.text}” and “{right.text}” are quoted")]
    return []


def _quotations(one: Statement) -> list[Statement]:
    return [statement(one.text[start:end].strip(" ,.")) for start, end in one.quotes if end - start > 15]


def _speaker(one: Statement, quotation: Statement) -> set[str]:
    """Names outside the quotation."""
    return {name.lower() for name in one.names} - {word.lower() for word in quotation.words}
