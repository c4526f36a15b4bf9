"""The rules by which two figures can contradict each other, one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit.compare import contest, denials, standing
from audit.compare.conflicts import Counterparts, aligned, figure_conflicts, figure_pairs, word_conflicts
from audit.compare.figures import Figure, figures
from audit.compare.statement import Statement, statement
from audit.compare.wording import quoted_otherwise


def one(text: str) -> Figure:
    return figures(text)[0]


@pytest.mark.parametrize(("text", "expected"), [
    ("12 cows", False), ("13 cows", True), ("20 cows", False), ("99 cows", True), ("100 cows", False),
    ("110 cows", False), ("111 cows", True), ("1,200 cows", False), ("1,250 cows", True), ("9,900 cows", False),
    ("10,000 cows", False), ("12,000 cows", True), ("$9,999", False), ("$10,000", True), ("15 percent", False),
    ("dozens of cows", False), ("It opened in 1998.", False), ("at 5:41", False), ("13 miles", True),
])  # fmt: skip
def test_distinctive(text: str, expected: bool) -> None:
    assert contest.distinctive(one(text)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("at least 27 cows", "33 cows", True), ("at least 21 cows", "20 cows", False), ("over 20 cows", "90 cows", True),
    ("no more than 50 cows", "3 cows", True), ("no more than 50 cows", "51 cows", False), ("50 cows", "50 cows", True),
    ("20 to 33 cows", "33 cows", True), ("20 to 33 cows", "34 cows", False), ("dozens of cows", "400 cows", True),
])  # fmt: skip
def test_room(left: str, right: str, expected: bool) -> None:
    assert contest._room(one(left), one(right)) is expected
    assert contest._room(one(right), one(left)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("$2 trillion", "$2.2 trillion", True), ("$2 trillion", "$2.3 trillion", False), ("20 cows", "21 cows", False),
    ("about 20 cows", "22 cows", True), ("about 20 cows", "23 cows", False), ("two dozen cows", "26 cows", True),
    ("10,000 cows", "9,999 cows", True), ("10,000 cows", "8,700 cows", False),
])  # fmt: skip
def test_rounded(left: str, right: str, expected: bool) -> None:
    assert contest._rounded(one(left), one(right)) is expected
    assert contest._rounded(one(right), one(left)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("572 cows", "571 cows", True), ("572 cows", "543 cows", False), ("572 cows", "544 cows", True),
    ("20 cows", "20 cows", False), ("$10,000", "$10,400", True),
])  # fmt: skip
def test_beside(left: str, right: str, expected: bool) -> None:
    assert contest._beside(one(left), one(right)) is expected
    assert contest._beside(one(right), one(left)) is expected


OF_ONE: list[tuple[Callable[[Statement, Figure], object], str, object]] = [
    (contest._compound, "They hold a 12-vote lead.", True), (contest._compound, "They hold 12 votes.", False),
    (contest._compound, "They hold 12 - no more.", False), (contest._compound, "A thirty-three vote lead.", False),
    (contest.labelled, "The No. 2 baker slept.", True), (contest.labelled, "On Day 16 bakers slept.", True),
    (contest.labelled, "All 16 bakers slept.", False),
    (contest._part, "Guards held 27 other miners.", True), (contest._part, "Another 27 miners slept.", True),
    (contest._part, "Guards held 27 miners.", False), (contest._part, "Among 27 miners one slept.", True),
    (contest._part, "Guards held 27 miners, including Otto.", False),
    (contest._gone, "Guards held 27 miners two days ago.", {"ago"}), (contest._gone, "Guards held 27 miners.", set()),
    (contest._gone, "Last year guards held 27 miners.", {"last"}),
    (contest._gone, "Long ago the old guards of the tall mill held 27 miners.", set()),
    (contest.changing, "The fire killed 27 miners.", True), (contest.changing, "The mill hired 27 miners.", False),
    (contest.changing, "So far 27 miners slept.", True),
    (standing._month, "It opened in May 1998.", "may"), (standing._month, "It opened on Sept. 3, 1998.", "sep"),
    (standing._month, "It opened in 1998.", ""), (standing._month, "It may have opened in 1998.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), OF_ONE, ids=[f"{row[0].__name__} {row[1]}" for row in OF_ONE])
def test_of_one(rule: Callable[[Statement, Figure], object], text: str, expected: object) -> None:
    said = statement(text)
    assert rule(said, said.figures[-1] if rule is standing._month else said.figures[0]) == expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("He left on Monday.", "He left on Friday.", False), ("He left on Monday.", "He left on Monday, in May.", True),
    ("He left in May.", "He left in June.", False), ("He left in May.", "He left.", True),
    ("He left in 1998.", "He left.", False), ("He left in 1998.", "He left in 1998.", True),
    ("He left today.", "He left tomorrow.", True), ("He left in the 1980s.", "He left in 1983.", False),
])  # fmt: skip
def test_same_time(left: str, right: str, expected: bool) -> None:
    assert contest._same_time(statement(left), statement(right)) is expected
    assert contest._same_time(statement(right), statement(left)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("20 cows", "60 cows", True), ("20 cows", "61 cows", False), ("$20", "$25", True), ("$20", "$26", False),
])  # fmt: skip
def test_of_one_size(left: str, right: str, expected: bool) -> None:
    for both in ((left, right), (right, left)):
        assert standing._near(Counterparts(one(both[0]), one(both[1]), agree=False, tight=False)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("140 miles", "137 miles", True), ("140 miles", "135 miles", True), ("140 miles", "134 miles", False),
    ("145 miles", "143 miles", False), ("90 miles", "88 miles", False), ("140 cows", "137 cows", False),
])  # fmt: skip
def test_in_tens(left: str, right: str, expected: bool) -> None:
    assert standing._in_tens(one(left), one(right)) is expected
    assert standing._in_tens(one(right), one(left)) is expected


@pytest.mark.parametrize(("left", "right", "expected"), [
    ("The mill opened on 4 June.", "The mill opened on 9 June.", [("date", "4 and 9")]),
    ("The mill opened in 1998.", "The mill opened in 1999.", [("date", "1998 and 1999")]),
    ("The mill opened in the 1980s.", "The mill opened in the 1990s.", [("date", "1980s and 1990s")]),
    ("The mill opened at 5:30.", "The mill opened at 6:30.", [("date", "5:30 and 6:30")]),
    ("The mill holds 30 cows.", "The mill holds 40 cows.", [("figure", "30 and 40 for cows")]),
    ("The mill holds 30 cows.", "The mill holds 30 cows.", []),
    ("The mill opened on Monday.", "The mill opened on Friday.", [("date", "Monday and Friday")]),
    ("The mill opened in March.", "The mill opened in Mar.", []),
    ("The price of bread rose.", "The price of bread fell.", [("opposite", "“rose” and “fell”")]),
    ("The mill opened yesterday.", "The mill opened today.", []),
    ("The mill opened.", "On Friday the mill opened.", []),
])  # fmt: skip
def test_what_contradicts(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    a, b = statement(left), statement(right)
    pairs = aligned(a, b)
    found = [*figure_conflicts(figure_pairs(a, b, pairs)), *word_conflicts(a, b, pairs)]
    assert [(conflict.kind, conflict.reason) for conflict in found] == expected


DENIALS = [
    ("Guards did not use a hose in Tarn.", "Guards used a hose in Tarn.", True),
    ("Guards didn't use a hose in Tarn.", "Guards used a hose in Tarn.", True),
    ("Guards never used a hose in Tarn.", "Guards used a hose in Tarn.", True),
    ("Guards denied using a hose in Tarn.", "Guards were using a hose in Tarn.", True),
    ("Guards denied using a hose in Tarn.", "Guards used a hose in Tarn.", False),  # another form of the verb
    ("Guards used not a hose in Tarn.", "Guards used a hose in Tarn.", False),
    ("Guards did not only use a hose in Tarn.", "Guards used a hose in Tarn.", False),
    ("Guards would not use a hose in Tarn.", "Guards used a hose in Tarn.", False),
    ("Guards would not use a hose in Tarn.", "Guards would use a hose in Tarn.", True),
    ("Guards can't use a hose in Tarn.", "Guards can use a hose in Tarn.", True),
    ("Guards won't use a hose in Tarn.", "Guards can use a hose in Tarn.", False),
    ("Guards did not use a hose in Tarn until May.", "Guards used a hose in Tarn.", False),
    ("Guards did not use a hose in Tarn.", "Guards may have used a hose in Tarn.", False),
    ("Guards did not use a hose in Tarn.", "Nobody knows whether guards used a hose in Tarn.", False),
    ("Guards did not use a hose in Tarn.", "Guards used a hose in Tarn, not a minute too soon.", True),
    ("Guards did not use a hose in Tarn.", "Guards used a hose in Tarn, not once.", False),
    ("Guards did not use a hose in Tarn.", "Bakers used a hose in Tarn.", False),
    ("Guards did not use a hose in Tarn.", "A hose was used in Tarn.", False),
    ("Guards did not use a fire hose in Tarn.", "A fire hose was used in Tarn.", True),
    ("Guards did not use a fire hose in Tarn.", "A fire hose was used by bakers in Tarn.", False),
    ("He did not use a hose in Tarn.", "She used a hose in Tarn.", False),
    ("He did not use a fire hose in Tarn.", "He used a fire hose in Tarn.", True),
    ("Guards did not use a hose in Tarn.", "Guards sold a hose in Tarn.", False),
    ("Guards did not use anything in the yard of Tarn.", "Guards used a long ladder of tin in the yard of Tarn.", True),
    ("Guards did not sleep.", "Guards slept.", False),  # too little in common
    ("Guards did not.", "Guards used a hose in Tarn.", False),
]


@pytest.mark.parametrize(("denying", "other", "expected"), DENIALS, ids=[f"{a} {b}" for a, b, _ in DENIALS])
def test_denials(denying: str, other: str, expected: bool) -> None:
    for both in ((denying, other), (other, denying)):
        found = denials.negated(*map(statement, both))
        assert bool(found) is expected
        assert all(conflict.kind == "negation" for conflict in found)


GATE = "We shut the old gate of the mill after three calls"
QUOTES = [
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('calls', 'letters')},” said Dorn.", True),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('We', 'Guards')},” said Dorn.", False),  # "we" is no content word
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', 'door')},” said Dorn.", True),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', 'gates')},” said Dorn.", False),  # two spellings of one word
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', 'door')},” said Klemm.", False),
    (f"“{GATE},” he said.", f"“{GATE.replace('gate', 'door')},” he said.", True),
    (f"“{GATE},” she said.", f"“{GATE.replace('gate', 'door')},” she said.", True),
    (f"“{GATE},” she said.", f"“{GATE.replace('gate', 'door')},” he said.", False),
    ("“We shut old gates early,” he said.", "“We shut old doors early,” he said.", False),  # too short for "he"
    ("“We shut gates early,” said Dorn.", "“We shut doors early,” said Dorn.", False),
    ("“We shut the old gates early,” said Dorn.", "“We shut the old doors early,” said Dorn.", True),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', '[door]')},” said Dorn.", False),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', 'door ...')},” said Dorn.", False),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('gate', 'door--')},” said Dorn.", False),
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('old gate', 'gate')},” said Dorn.", False),  # cut, not replaced
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('old gate', 'mill')},” said Dorn.", False),  # a word of the other
    (f"“{GATE},” said Dorn.", f"“{GATE.replace('We shut', 'She has never once locked')},” said Dorn.", False),
    (f"“{GATE},” said Dorn.", "“Bakers sold the new house of a friend at noon,” said Dorn.", False),
]


@pytest.mark.parametrize(("left", "right", "expected"), QUOTES, ids=[f"{a} {b}" for a, b, _ in QUOTES])
def test_other_words_of_one_speaker(left: str, right: str, expected: bool) -> None:
    assert bool(quoted_otherwise(statement(left), statement(right))) is expected
    assert bool(quoted_otherwise(statement(right), statement(left))) is expected
