"""Two statements in, whether they quote one utterance of a speaker with different words out.

Cut, filled-in, bowdlerised and contracted quotations are the same words; two utterances on one matter are no rendering
of each other. What remains has the same frame and at least one word replaced by another.
"""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from audit.compare.conflicts import Conflict
from audit.compare.statement import Statement, statement

RENDERED = 0.6
"""Share of words in common, in order, between the first and the last common word: one utterance, told twice."""

LONG = 8
"""Distinct words from which a quotation by "he" is known for the same as another by "he"."""

FRAME = 4
"""Words in common that such a frame needs."""

EDGE = 3
"""Words that may be replaced at either end; more are another sentence."""

SPELT = 75.0
"""Likeness of letters, in per cent, from which two words are one in two spellings."""

SHORTEST = 15
"""Characters of a quotation that is compared."""

EDITED = frozenset("[](){}…*")
"""Marks of a quotation that was shortened or filled in by an editor; such ones are not compared word by word."""

CONTRACTED = ("n't", "'re", "'ve", "'ll", "'m", "'d", "'s", "cannot", "gonna", "gotta", "wanna")
"""Endings of short forms, which editors write out."""


def quoted_otherwise(a: Statement, b: Statement) -> list[Conflict]:
    """The same speaker is quoted with other words: each quotation has a word in the place of another one."""
    for left in _quotations(a):
        for right in _quotations(b):
            both = left.text + right.text
            if EDITED & set(both) or "..." in both or "--" in both:
                continue
            if _replaced(left, right) and _speaker(a, left) & _speaker(b, right):
                return [Conflict("quotation", f"“{left.text}” and “{right.text}” are quoted")]
    return []


def _replaced(left: Statement, right: Statement) -> bool:
    """Whether two quotations share a frame in which a content word stands for another one."""
    equal = [op for op in LCSseq.opcodes(left.codes, right.codes) if op.tag == "equal"]
    common = sum(op.src_end - op.src_start for op in equal)
    if common < FRAME or common / min(len(left.codes), len(right.codes)) < RENDERED:
        return False
    if 2 * common / (len(left.codes) + len(right.codes)) < RENDERED:
        return False
    at = [0, 0]
    for op in [*equal, None]:
        ends = (op.src_start, op.dest_start) if op else (len(left.codes), len(right.codes))
        inner = bool(op) and any(at)
        short = max(ends[0] - at[0], ends[1] - at[1]) <= EDGE
        if (inner or short) and _other_words(left, right, range(at[0], ends[0]), range(at[1], ends[1])):
            return True
        if op:
            at = [op.src_end, op.dest_end]
    return False


def _other_words(left: Statement, right: Statement, one: range, two: range) -> bool:
    """Whether both stretches hold words of their own, at least one of them a content word on either side."""
    mine, theirs = [left.words[at] for at in one], [right.words[at] for at in two]
    if not mine or not theirs or any(_contracted(word) for word in (*mine, *theirs)):
        return False
    own = [
        [said.words[at] for at in stretch if said.codes[at] & 1 and said.codes[at] not in other.codes]
        for said, stretch, other in ((left, one, right), (right, two, left))
    ]
    if not own[0] or not own[1]:
        return False
    solid = ["".join(said.words).lower() for said in (left, right)]
    fresh = [word for word in own[0] if word.lower() not in solid[1]], [w for w in own[1] if w.lower() not in solid[0]]
    return bool(fresh[0] and fresh[1]) and all(
        fuzz.ratio(word.lower(), known.lower()) < SPELT for word in fresh[0] for known in theirs
    )


def _contracted(word: str) -> bool:
    return word.lower().replace("’", "'").endswith(CONTRACTED)


def _quotations(one: Statement) -> list[Statement]:
    return [statement(one.text[start:end].strip(" ,.")) for start, end in one.quotes if end - start > SHORTEST]


def _speaker(one: Statement, quotation: Statement) -> set[str]:
    """Names outside the quotation, and "he" or "she"."""
    quoted = set(quotation.words)
    pronouns = {word.lower() for word in one.words if word.lower() in ("he", "she")} if len(quoted) >= LONG else set()
    return pronouns | {name.lower() for name in one.names} - {word.lower() for word in quoted}
