"""Two statements in, whether one denies the other or quotes other words out."""

from __future__ import annotations

from rapidfuzz import fuzz
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


SPELT = 75.0
"""Likeness of letters, in per cent, from which two words are one in two spellings."""

EDITED = frozenset("[](){}…")
"""Marks of a quotation that was shortened or filled in by an editor; such ones are not compared word by word."""


def negated(a: Statement, b: Statement) -> list[Conflict]:
    """One statement denies what the other says of the same people and things."""
    if bool(a.negated) == bool(b.negated):
        return []
    denying, other = (a, b) if a.negated else (b, a)
    if any(word.lower() == "whether" for word in denying.words):
        return []
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
            if _own(left, b) and _own(right, a) and not EDITED & set(left.text + right.text):
                return [Conflict("quotation", f"“{left.text}” and “{right.text}” are quoted")]
    return []


def _own(quotation: Statement, other: Statement) -> bool:
    """Whether a quotation has a content word that the other statement lacks in any spelling."""
    solid = "".join(other.words).lower()
    lacking = [
        word.lower() for word, code in zip(quotation.words, quotation.codes, strict=True)
        if code & 1 and code not in other.codes and word.lower() not in solid
    ]  # fmt: skip
    return any(max(fuzz.ratio(word, known.lower()) for known in other.words) < SPELT for word in lacking)


def _quotations(one: Statement) -> list[Statement]:
    return [statement(one.text[start:end].strip(" ,.")) for start, end in one.quotes if end - start > 15]


def _speaker(one: Statement, quotation: Statement) -> set[str]:
    """Names outside the quotation."""
    return {name.lower() for name in one.names} - {word.lower() for word in quotation.words}
