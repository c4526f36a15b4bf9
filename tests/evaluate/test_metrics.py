"""The metrics on cases small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from audit.evaluate import groups, labels, spans
from audit.evaluate.counts import Counts, area, pearson, recall_at
from audit.records import Evidence, Part

TEXT = "The mayor said that the bridge is safe. Critics doubt it."
GOLD = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 38]]}  # content: that the bridge is safe


def found(source: tuple[int, int], content: tuple[int, int], cue: tuple[int, int] = (10, 14)) -> Evidence:
    parts = tuple(Part(role, *span) for role, span in (("source", source), ("cue", cue), ("content", content)))
    return Evidence("a", "attribution", "reported", 0, 38, "", parts=parts)


def attribution(*given: Evidence) -> dict[str, float]:
    return spans.attribution([{"id": "a", "text": TEXT, "attributions": [GOLD]}], {"a": given})


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        ("one two three", (0, 3), {0}),
        ("one two three", (2, 5), {0, 1}),
        ("one two three", (3, 4), set()),
        ("one two three", (0, 13), {0, 1, 2}),
        ("", (0, 0), set()),
    ],
)
def test_a_span_holds_the_words_that_it_touches(text: str, span: tuple[int, int], words: set[int]) -> None:
    assert spans.Ruler(text).words([span]) == words


def test_the_same_relation_is_found_at_every_overlap() -> None:
    figures = attribution(found((0, 9), (15, 38)))
    assert {value for name, value in figures.items() if name.endswith(("p", "r", "f1"))} == {1.0}


def test_half_the_content_counts_at_the_loose_overlap_only() -> None:
    figures = attribution(found((0, 9), (15, 23)))  # two of five words
    assert figures["relation_content@0.3.f1"] == 1.0
    assert figures["relation_content@0.8.f1"] == 0.0
    assert figures["token_content.r"] == 0.4


def test_a_wrong_source_counts_for_content_alone() -> None:
    figures = attribution(found((40, 47), (15, 38)))
    assert figures["relation_content@0.8.f1"] == 1.0
    assert figures["relation_content+source@0.8.f1"] == 0.0


def test_a_second_find_of_one_relation_is_a_false_alarm() -> None:
    figures = attribution(found((0, 9), (15, 38)), found((0, 9), (15, 30)))
    assert figures["relation_content@0.3.p"] == 0.5
    assert figures["relation_content@0.3.r"] == 1.0


def test_nothing_found_is_zero_and_no_exception() -> None:
    assert attribution()["relation_content@0.3.f1"] == 0.0


def sentence(number: int, label: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "text": "It may rain.", "label": label, **more}


def hedge(number: int, kind: str = "epistemic") -> list[Evidence]:
    return [Evidence(str(number), "hedging", kind, 3, 6, "", attributes={"kind": kind})]


def test_sentences_are_found_or_not() -> None:
    rows = [sentence(0, 1), sentence(1, 1), sentence(2, 0), sentence(3, 0)]
    figures = labels.sentences(rows, {"0": hedge(0), "1": [], "2": hedge(2), "3": []})
    assert figures == {"sentence.p": 0.5, "sentence.r": 0.5, "sentence.f1": 0.5, "macro_f1": 0.5}


def test_kinds_that_labels_do_not_know_are_set_aside() -> None:
    rows = [sentence(0, 1), sentence(1, 0)]
    given = {"0": hedge(0), "1": hedge(1, "weasel")}
    assert labels.sentences(rows, given)["sentence.p"] == 0.5
    assert labels.sentences(rows, given, ["weasel"])["sentence.p"] == 1.0


def test_cues_are_held_against_labelled_words() -> None:
    figures = labels.sentences([sentence(0, 1, cues=[[3, 11, "epistemic"]])], {"0": hedge(0)})
    assert figures["cue_tokens_in_hedged.p"] == 1.0
    assert figures["cue_tokens_in_hedged.r"] == 0.5


def test_translation_figures_leave_out_texts_without_a_value() -> None:
    rows = [{"id": str(number), "kind": kind} for number, kind in enumerate(
        ["machine_translation", "machine_rewritten", "human_translation", "original", "original"])]
    figures = labels.translation(rows, {"0": 0.9, "1": 0.4, "2": 0.6, "3": 0.1, "4": None})
    assert figures["n"] == 4
    assert figures["auc"] == 0.75
    assert figures["auc_vs_original"] == 1.0
    assert figures["auc_vs_human_translation"] == 0.5
    assert figures["accuracy@0.5"] == 0.5
    assert figures["brier"] == round((0.01 + 0.36 + 0.36 + 0.01) / 4, 4)


def test_translation_without_any_value() -> None:
    assert labels.translation([{"id": "a", "kind": "original"}], {"a": None}) == {"n": 0}


def test_stories() -> None:
    rows = [{"id": one, "story": story} for one, story in (("a", "x"), ("b", "x"), ("c", "y"))]
    figures = groups.stories(rows, {"a": "1", "b": "1", "c": "1"})
    assert figures["bcubed.p"] == round((2 / 3 + 2 / 3 + 1 / 3) / 3, 4)
    assert figures["bcubed.r"] == 1.0
    assert groups.stories(rows, {})["bcubed.p"] == 1.0


def test_reuse() -> None:
    rows = [{"a": "a", "b": "b", "label": 1}, {"a": "a", "b": "c", "label": 1}, {"a": "b", "b": "c", "label": 0}]
    assert groups.reuse(rows, {frozenset("ab"), frozenset("bc")}) == {"p": 0.5, "r": 0.5, "f1": 0.5}


def test_claims() -> None:
    rows = [{"a": a, "b": "", "relation": relation} for a, relation in (
        ("agrees", "agrees"), ("disputes", "agrees"), ("disputes", "disputes"), ("unrelated", "not-agrees"))]
    figures = groups.claims(rows, lambda a, _: a)
    assert figures["agrees.r"] == 0.5
    assert figures["disputes.p"] == 0.5
    assert figures["accuracy"] == 0.75


def test_area_gives_half_for_ties_and_nothing_for_one_class() -> None:
    assert area([(0.5, True), (0.5, False)]) == 0.5
    assert area([(0.1, False), (0.9, True), (0.9, False), (0.2, True)]) == 0.625
    assert area([(0.5, True)]) is None


def test_recall_at_a_rate_of_false_alarms() -> None:
    points = [(0.9, True), (0.3, True), *((value / 100, False) for value in range(50))]
    assert recall_at(points, 0.01) == 0.5


def test_pearson() -> None:
    assert pearson([(0, 0), (1, 2), (2, 4)]) == pytest.approx(1)
    assert pearson([(1, 0), (1, 2)]) == 0
    assert Counts().figures() == {"p": 0.0, "r": 0.0, "f1": 0.0}
