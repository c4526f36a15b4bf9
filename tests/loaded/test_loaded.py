"""Loaded language: whose words count, that names do not, and that what is counted can be opened."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import models
from audit.extract.loaded import KINDS, extractor, judge, lexicon_of_loaded
from audit.extract.loaded.scare import scare_quotes
from audit.parse import parse
from audit.records import Article, Finding

PLAIN = "The council met on Tuesday and agreed to repair the bridge before winter."
LOADED = "The corrupt council gave a disgraceful and pathetic answer to the hoax on Tuesday."


def loaded(text: str) -> Finding:
    (finding,) = extractor.extract(parse([Article(id="a", source="s", text=text)]))
    return finding


def measure(finding: Finding, feature: str = "loaded") -> tuple[float, float]:
    return next((m.count, m.base) for m in finding.measures if m.feature == feature)


def words(text: str) -> list[str]:
    return [text[evidence.start : evidence.end] for evidence in loaded(text).evidence]


def test_a_plain_sentence_is_left_alone() -> None:
    assert loaded(PLAIN).evidence == ()
    assert measure(loaded(PLAIN)) == (0, 1)


def test_the_words_that_judge_are_the_evidence() -> None:
    assert words(LOADED) == ["corrupt", "disgraceful", "pathetic", "hoax"]
    assert measure(loaded(f"{PLAIN} {LOADED}")) == (1, 2)
    assert measure(loaded(LOADED), "loaded.charged-noun") == (1, 1)


def test_a_speakers_words_are_shown_but_not_counted() -> None:
    finding = loaded(f"“The corrupt council gave a disgraceful and pathetic answer to the hoax,” she said. {PLAIN}")
    assert finding.evidence
    assert all(evidence.quoted for evidence in finding.evidence)
    assert measure(finding) == (0, 1)


@pytest.mark.parametrize("name", ["Savage", "Crook", "Evil Genius Records"])
def test_names_are_no_evidence_for_the_model(name: str) -> None:
    text = f"The council met with {name} on Tuesday and agreed to repair the bridge."
    parsed = parse([Article(id="a", source="s", text=text)])
    scored = judge(parsed).scored
    capitals = [i for i, token in enumerate(parsed.tokens) if i and parsed.vocabulary[token][0].isupper()]
    assert capitals
    assert all(scored.row[i] == -1 for i in capitals)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Their pathetic “reform” is a fraud.", ["reform"]),
        ("The minister called it a “reform” of schools.", []),
        ("They sang “Silent Night” at the end.", []),
        ("“Reform” is due in May.", []),
        ("The plan has a “long and winding list of rules” in it.", []),
        ("One 'safe' road, one \"hard - won\" peace.", ["safe"]),
    ],
)
def test_scare_quotes(text: str, quoted: list[str]) -> None:
    parsed = parse([Article(id="a", source="s", text=text)])
    found = [parsed.text_of(0, int(start), int(end)) for start, end in scare_quotes(parsed)]
    assert [words for words in found if "won" not in words] == quoted


def test_scare_quotes_are_the_outlets_own() -> None:
    finding = loaded("Their pathetic “reform” is a disgusting fraud on taxpayers.")
    (evidence,) = [one for one in finding.evidence if one.rule == "scare-quotes"]
    assert not evidence.quoted
    assert measure(finding, "loaded.scare-quotes") == (1, 1)


def test_every_rule_of_the_lexicon_is_a_measure() -> None:
    assert {rule.id for rule in lexicon_of_loaded().rules} == set(KINDS)
    assert {measure.feature for measure in loaded(PLAIN).measures} == {q.feature for q in extractor.quantities}


def test_no_own_sentence_is_absent_not_zero() -> None:
    assert all(measure.absent for measure in loaded("").measures)
    assert all(measure.absent for measure in loaded("“They met on Tuesday.”").measures)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"“”\"'!?.,", "thug", "corrupt", "Paul", "the", "utterly", "of", "\n", "so-called"])))
def test_spans_slice_and_counts_add_up(pieces: list[str]) -> None:
    text = " ".join(pieces)
    finding = loaded(text)
    assert all(0 <= e.start < e.end <= len(text) and text[e.start : e.end].strip() for e in finding.evidence)
    ends = [e.end for e in finding.evidence]
    assert ends == sorted(ends)
    count, base = measure(finding)
    assert max(m.count for m in finding.measures[1:]) <= count <= base


def test_neighbours_do_not_matter() -> None:
    articles = [Article(id=str(i), source="s", text=text) for i, text in enumerate((PLAIN, LOADED, "", LOADED + PLAIN))]
    together = extractor.extract(parse(articles))
    assert together == [extractor.extract(parse([article]))[0] for article in articles]


FLOORS = {  # at the one threshold for all; BABE and BASIL were never trained on
    "babe_dev": ("macro_f1", 0.67), "basil_sent_dev": ("macro_f1", 0.59), "semeval23t3_dev": ("f1", 0.57),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOORS)
def test_figures_on_the_card_hold(name: str, shared) -> None:
    rows = [json.loads(line) for line in (shared / "data" / "loaded" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    found = extractor.extract(parse([Article(id=str(i), source="", text=row["text"]) for i, row in enumerate(rows)]))
    pairs = [(bool(row["label"]), bool(finding.evidence)) for row, finding in zip(rows, found, strict=True)]

    def f1(side: bool) -> float:
        right = sum(gold == guess == side for gold, guess in pairs)
        return 2 * right / (sum(gold == side for gold, _ in pairs) + sum(guess == side for _, guess in pairs))

    key, floor = FLOORS[name]
    value = f1(True) if key == "f1" else (f1(True) + f1(False)) / 2
    assert value >= floor
    assert value == pytest.approx(models.load("loaded").card["figures"][name][key], abs=0.0006)
