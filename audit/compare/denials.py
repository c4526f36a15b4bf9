"""Two statements in, whether one denies what the other says out.

A denial is the clause of a negation. It counts when the other statement says of the same people the same verb, not
negated, and neither clause has much that the other statement lacks.
"""

from __future__ import annotations

import re

from audit.compare import vocabulary
from audit.compare.conflicts import Conflict
from audit.compare.features import weight
from audit.compare.statement import Statement
from audit.compare.words import code

CONTAINED = 0.8
"""Share of the denied clause's content (by weight) that must stand in the other statement."""

ANSWERED = 0.45
"""The same for the other's clause, in the statement that denies; so much a longer telling leaves."""

SHARED = 3
"""Content words that both must share, the verb among them."""

REACH = 3
"""Words after a negation among which the denied verb must stand."""

UNSURE = frozenset(["whether", "if", "could", "may", "might"])
"""Words that leave open what the other says."""

DENYING = frozenset(["denied", "denies", "deny", "denying"])
"""Verbs that negate the clause after them."""

VERBAL = frozenset(["not", "never", "n't"])
"""Negations of a verb; "no" and "nothing" deny a thing, mostly a smaller one than the other statement tells."""

LIMITED = frozenset(
    """only just merely simply yet necessarily even immediately solely alone always a an the all every everyone in on of
    for to so as because""".split()
)
"""Words after "not" that leave the verb standing."""

HELPING = frozenset("is are was were be been do does did has have had will would can could should".split())
"""Verbs before "not" when it negates a verb, and no part of a list."""

OPEN = frozenset(["since", "until", "till"])
"""Words that set an end to what is denied."""

MODAL = frozenset("will would can could should may might must shall if whether unless want wants wanted".split())
"""Words that speak of what is possible or wished: denied only where the other says them too."""

PERSONS = frozenset("i we you they he she it".split())
"""Pronouns as the subject of a denial; the other statement must have the same."""

ANY = frozenset(["any", "anything", "anyone", "anybody"])
"""Words that widen a denial to whatever the other statement names."""

BEFORE = 8
"""Words before the verb among which its subject stands."""

SHORT = {"used": "use", "uses": "use", "using": "use"}
"""Forms of a verb too short for the stemmer."""

BREAK = re.compile(r"[,;:.!?()—–“”\"]")
"""Marks between clauses."""

JOINING = frozenset("and but that which who because while when as although though if whether where so than".split())
"""Words between clauses."""


def negated(a: Statement, b: Statement) -> list[Conflict]:
    """One statement denies what the other says of the same people and things."""
    for denying, other in ((a, b), (b, a)):
        for at, word in enumerate(denying.words):
            if _negation(word) in VERBAL | DENYING and _denies(denying, at, other):
                return [Conflict("negation", f"only one of them says “{word}”")]
    return []


def _negation(word: str) -> str:
    lower = word.lower().replace("’", "'")
    if lower in DENYING or lower not in vocabulary.load().negations:
        return lower if lower in DENYING else ""
    return "n't" if lower.endswith(("n't", "nt")) else lower


def _denies(denying: Statement, at: int, other: Statement) -> bool:
    """Whether the negation at a word contradicts the other statement."""
    indirect = _negation(denying.words[at]) in DENYING
    clause = _clause(denying, at, joined=indirect)
    words = [denying.words[place].lower().replace("’", "'") for place in clause]
    following = [denying.words[place].lower() for place in clause if place > at]
    if not following or following[0] in LIMITED:
        return False
    verb = _verb(denying, [place for place in clause if place > at], reach=2 * REACH if indirect else REACH)
    if verb is None or _modals(words) - {word.lower() for word in other.words}:
        return False
    if OPEN & set(words) or not (indirect or _helped(denying, at)) or _hedged(other):
        return False
    content = _content(denying, clause) - {denying.codes[at]}
    shared = content & {_code(other, place) for place in range(len(other.codes))}
    if len(shared) < SHARED or _weight(shared) < CONTAINED * _weight(content):
        return False
    wide = bool(ANY & {word.lower() for word in following})
    return any(
        _code(other, place) == _code(denying, verb)
        and _asserted(other, place, denying, wide)
        and _same_form(denying.words[verb], other.words[place])
        and (
            _same_subject(denying, [spot for spot in clause if spot < at], other, place)
            or _passive(denying, [spot for spot in clause if spot > verb], other, place)
        )
        for place in range(len(other.codes))
    )


def _asserted(other: Statement, place: int, denying: Statement, wide: bool) -> bool:
    """Whether the verb at a place is said without negation, of what the denial is about."""
    around = {other.words[at].lower() for at in _clause(other, place, joined=True)}
    if around & (vocabulary.load().denials | UNSURE):
        return False
    content = _content(other, _clause(other, place, joined=False))
    return wide or _weight(content & _content(denying, range(len(denying.codes)))) >= ANSWERED * _weight(content)


def _helped(said: Statement, at: int) -> bool:
    """Whether a negation belongs to a verb: "did not", "hasn't", "never"."""
    return _negation(said.words[at]) != "not" or bool(at and said.words[at - 1].lower() in HELPING)


def _hedged(other: Statement) -> bool:
    """Whether the other statement negates anything itself, "not a minute too soon" aside."""
    for at, word in enumerate(other.words):
        following = other.words[at + 1].lower() if at + 1 < len(other.words) else ""
        if _negation(word) and not (_negation(word) == "not" and following in ("a", "an")):
            return True
    return False


def _same_form(one: str, two: str) -> bool:
    return one.lower().endswith("ing") == two.lower().endswith("ing")


def _same_subject(denying: Statement, before: list[int], other: Statement, place: int) -> bool:
    """Whether the word that stands nearest before the negation, helping verbs aside, is the subject there too."""
    ahead = range(max(0, place - BEFORE), place)
    for spot in reversed(before):
        word = denying.words[spot].lower()
        if word in PERSONS:
            return word in {other.words[at].lower() for at in ahead[-2:]}
        if denying.codes[spot] & 1:
            return denying.codes[spot] in {other.codes[at] for at in ahead}
    return False


def _passive(denying: Statement, after: list[int], other: Statement, place: int) -> bool:
    """Whether the other tells the same of the object and names nobody who did it: "a car was used"."""
    if not place or other.words[place - 1].lower() not in ("was", "were", "been") or "by" in other.words:
        return False
    things = [denying.codes[spot] for spot in after if denying.codes[spot] & 1][:2]
    return len(things) == 2 and set(things) <= {other.codes[at] for at in range(place)}


def _modals(words: list[str]) -> set[str]:
    """Modal words of a clause, contracted ones too ("won't", "cannot")."""
    spelled = {"won't": "will", "wouldn't": "would", "can't": "can", "cannot": "can", "couldn't": "could",
               "shouldn't": "should"}  # fmt: skip
    return {spelled.get(word, word) for word in words} & MODAL


def _clause(said: Statement, at: int, joined: bool) -> range:
    """The words around a place up to the next mark or joining word; `joined`: up to the next mark only."""
    low = high = at
    while low > 0 and not _broken(said, low - 1, joined):
        low -= 1
    while high + 1 < len(said.words) and not _broken(said, high, joined):
        high += 1
    return range(low, high + 1)


def _broken(said: Statement, left: int, joined: bool) -> bool:
    """Whether a clause ends between a word and the next one."""
    gap = said.text[said.places[left] + len(said.words[left]) : said.places[left + 1]]
    return bool(BREAK.search(gap)) or (not joined and said.words[left + 1].lower() in JOINING)


def _verb(said: Statement, places: list[int], reach: int) -> int | None:
    """The first content word in lower case after the negation."""
    for place in places[:reach]:
        if said.codes[place] & 1 and said.words[place].lower() not in ANY:
            return place if said.words[place][0].islower() and place not in said.figure_at else None
    return None


def _content(said: Statement, places: range) -> set[int]:
    skipped = ANY | DENYING
    return {
        _code(said, place) for place in places
        if said.codes[place] & 1 and place not in said.figure_at and said.words[place].lower() not in skipped
    }  # fmt: skip


def _code(said: Statement, place: int) -> int:
    short = SHORT.get(said.words[place].lower())
    return code(short) if short else said.codes[place]


def _weight(codes: set[int]) -> float:
    return sum(map(weight, sorted(codes)))
