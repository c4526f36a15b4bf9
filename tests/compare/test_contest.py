"""What two sentences of one story are to each other: disputes must be beyond doubt."""

from __future__ import annotations

import pytest

from audit.compare import relate
from audit.compare.claims import pairs_of, told
from audit.compare.conflicts import Counterparts
from audit.compare.contest import contested, risen
from audit.compare.givers import Said, other_speakers
from audit.compare.sketch import sketch
from audit.compare.statement import statement
from audit.compare.stories import model
from audit.parse import parse
from tests.compare.corpus import article

FIGURES = [
    ("Guards held 33 miners at the gate of Tarn.", "At the gate of Tarn guards held 27 miners.", True),
    ("Guards held 33 miners at the gate of Tarn.", "At the gate of Tarn guards held at least 27 miners.", False),
    ("Guards held 33 miners at the gate of Tarn.", "At the gate of Tarn guards held 27 other miners.", False),
    ("Guards held 33 miners at the gate of Tarn in May 2011.", "Guards held 27 miners at the gate of Tarn.", False),
    ("Guards held 33 miners at the gate on Monday.", "Guards held 27 miners at the gate on Friday.", False),
    ("Guards held 33 miners at the gate of Tarn.", "The choir of Hove fed 27 miners with soup.", False),
    ("Guards held 20 to 33 miners at the gate.", "Guards held 27 miners at the gate.", False),
    ("The fund lent $2 trillion to banks in Tarn.", "The fund lent $2.2 trillion to banks in Tarn.", False),
    ("The boat lay 140 miles south of Tarn.", "The boat was at rest 90 miles south of Tarn.", False),
]


def counterparts(a: str, b: str) -> Counterparts:
    return Counterparts(statement(a).figures[-1], statement(b).figures[0], agree=False, tight=False)


@pytest.mark.parametrize(("a", "b", "expected"), FIGURES, ids=[f"{a}|{b}" for a, b, _ in FIGURES])
def test_figures_that_cannot_both_be_right(a: str, b: str, expected: bool) -> None:
    assert contested(statement(a), statement(b), counterparts(a, b), common=0.5) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The fire in Hove killed nine people.", "Twelve people died in the fire in Hove.", True),
        ("The council of Hove hired nine people.", "The council of Hove hired twelve people.", False),
        ("The fire in Hove killed nine people.", "Another twelve people were hurt in the fire.", False),
    ],
)
def test_a_toll_that_rises(a: str, b: str, expected: bool) -> None:
    assert risen(statement(a), statement(b), counterparts(a, b)) is expected


STATEMENTS = [
    ("The guards used a fire hose.", "The guards did not use a fire hose.", "disputes"),
    ("A fire hose was used to clear the yard.", "Guards did not use a fire hose to clear the yard.", "disputes"),
    ("Minister Ilva Dorn denied that anything had been paid before the sale.",
     "Minister Ilva Dorn paid a first part of the price three weeks before the sale.", "disputes"),
    ("Guards held 33 people.", "Guards held 27 people.", "disputes"),
    ("“We shut the gate only after three calls,” said Ilva Dorn.",
     "“We shut the gate after two long letters,” said Ilva Dorn.", "disputes"),
    ("The mill costs $1.5 billion.", "The mill costs 1.5bn dollars.", "agrees"),
    ("About 100 barns burned.", "More than 100 barns burned.", "agrees"),
    ("More than 100 barns burned.", "102 barns burned.", "agrees"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected"), STATEMENTS, ids=[f"{a}|{b}" for a, b, _ in STATEMENTS])
def test_statements(a: str, b: str, expected: str) -> None:
    assert relate(a, b).relation == expected
    assert relate(b, a).relation == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ilva Dorn sold the old mill of Tarn.", "Ilva Dorn would not sell the old mill of Tarn for a song."),
        (
            "Ilva Dorn answered the letters of the miners.",
            "Ilva Dorn did not immediately answer letters of the miners.",
        ),
        ("Otto Klemm answered the letters of the miners.", "Ilva Dorn did not answer the letters of the miners."),
        (
            "Dorn said “the plan is fu**ing late for all of us here”.",
            "Dorn said “the plan is very late for all of us”.",
        ),
    ],
)
def test_no_denial(a: str, b: str) -> None:
    assert relate(a, b).relation != "disputes"
    assert relate(b, a).relation != "disputes"


DORN, KLEMM = frozenset(["Ilva Dorn"]), frozenset(["Otto Klemm"])


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Said("“Go,” said Ilva Dorn.", "", DORN), Said("“Go,” said Otto Klemm.", "", KLEMM), True),
        (Said("“Go,” she said.", "Ilva Dorn rose.", DORN), Said("“Go,” said Otto Klemm.", "", KLEMM), True),
        (Said("“Go,” she said.", "Ilva Dorn saw Klemm.", DORN), Said("“Go,” said Otto Klemm.", "", KLEMM), False),
        (Said("“Go,” the mayor said.", "Ilva Dorn rose.", DORN), Said("“Go,” said Otto Klemm.", "", KLEMM), False),
        (
            Said("“Go,” she said.", "Ilva Dorn rose. The governor spoke.", DORN),
            Said("“Go,” said Otto Klemm.", "", KLEMM),
            False,
        ),
        (Said("“Go,” said Ilva Dorn.", "", DORN), Said("“Go,” said Dorn.", "", frozenset(["I. Dorn"])), False),
    ],
)
def test_words_given_to_another(one: Said, two: Said, expected: bool) -> None:
    assert bool(other_speakers(one, two)) is expected
    assert bool(other_speakers(two, one)) is expected


@pytest.mark.parametrize(
    ("sources", "days", "relations"),
    [
        (("Wire", "Wire"), ("2023-03-06", "2023-03-07"), ["updated"]),
        (("Wire", "Post"), ("2023-03-06", "2023-03-07"), ["updated"]),
        (("Wire", "Post"), ("2023-03-06", "2023-03-06"), ["disputes"]),
        (("Wire", "Wire"), ("2023-03-06", "2023-03-06"), []),
        (("Wire", "Post"), ("2023-03-06", None), []),
    ],
)
def test_a_source_updates_itself_and_never_disputes(
    sources: tuple[str, str], days: tuple[str, str | None], relations: list[str]
) -> None:
    texts = {
        "a": "The mudslide above the village of Hove killed nine people, the rescuers of the valley said.",
        "b": "The mudslide above the village of Hove killed twelve people, the rescuers of the valley said.",
    }
    articles = [
        article(name, text, source, day=day)
        for (name, text), source, day in zip(texts.items(), sources, days, strict=True)
    ]
    one, two = told(sketch(parse(articles), {}), texts.__getitem__, model().rarity)
    assert [pair.relation for pair in pairs_of(one, two, lambda _a, _b: False)] == relations


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("A fire hose was used to clear the yard of the mill.", "Guards used a fire hose to clear the yard.", "agrees"),
        ("A fire hose was used to clear the yard of the mill.", "Guards did not use a fire hose to clear the yard.",
         "disputes"),
        ("Some 250 people protested with drums before the gate of the mill.",
         "A gang of 250 protesters, all of them loud, beat drums at the gate.", "agrees"),
        ("© Copyright 2013 The Tarn Post.", "© Copyright 2019 The Tarn Post.", None),
    ],
)  # fmt: skip
def test_what_was_done_and_how_many_did_it(a: str, b: str, expected: str | None) -> None:
    texts = {"a": f"{a} The baker of Hove slept well.", "b": f"{b} Nobody in Hove owns a boat."}
    one, two = told(
        sketch(parse([article(name, text, name) for name, text in texts.items()]), {}), texts.__getitem__,
        model().rarity,
    )  # fmt: skip
    found = {pair.relation for pair in pairs_of(one, two, lambda _a, _b: False)}
    assert found == ({expected} if expected else set())
