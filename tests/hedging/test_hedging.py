"""Hedges with their kind and voice, on invented sentences; the lexicon's own examples are tested with all lexicons."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.extract.hedging import QUANTITIES, extractor
from audit.parse import parse
from audit.records import Article, Finding

KINDS = {"epistemic", "doxastic", "investigation", "condition", "weasel", "booster"}

# sentence -> the cues that must be found, with their kind (weasels and boosters left out)
CASES = {
    "The minister may resign before the vote.": [("may", "epistemic")],
    "The plant could close by winter.": [("could", "epistemic")],
    "Prices will probably rise again.": [("probably", "epistemic")],
    "It is not clear who signed the order.": [("not clear", "epistemic")],
    "There is no evidence that the bank knew.": [("no evidence", "epistemic")],
    "Officials are skeptical that the truce will hold.": [("skeptical", "epistemic")],
    "Analysts believe that the dollar is too dear.": [("believe", "doxastic")],
    "The bank is expected to cut its rates.": [("expected", "doxastic")],
    "Reporters asked whether the bridge was safe.": [("whether", "investigation")],
    "If the dam breaks, the valley is lost.": [("If", "condition")],
    "Trump May Fire Mueller": [("May", "epistemic")],
}
NO_HEDGE = [
    "The talks in May ended early.",
    "Theresa May spoke in London.",
    "The singer appears on stage at eight.",
    "He walked as if nothing had happened.",
    "Please answer as soon as possible.",
    "As a boy he could read at four.",
    "The council bought three new buses.",
    "",
]


def find(text: str) -> Finding:
    return extractor.extract(parse([Article("a", "test", text)]))[0]


def cues(text: str) -> list[tuple[str, str]]:
    hits = (e for e in find(text).evidence if e.feature == "hedging" and e.rule != "weasel")
    return [(text[e.start : e.end], e.rule) for e in hits]


def rates(text: str) -> dict[str, tuple[float, float]]:
    return {m.feature: (m.count, m.base) for m in find(text).measures}


@pytest.mark.parametrize("text", CASES)
def test_cue_and_kind(text: str) -> None:
    assert cues(text) == CASES[text]


@pytest.mark.parametrize("text", NO_HEDGE)
def test_no_hedge(text: str) -> None:
    assert cues(text) == []


def test_a_speaker_hedges_in_their_own_voice() -> None:
    text = "\"We may lose the harbour,\" said the owner. The town may lose its school."
    assert [e.quoted for e in find(text).evidence if e.rule == "epistemic"] == [True, False]
    found = rates(text)
    assert found["hedging"] == (1, 1)
    assert found["hedging.quoted"] == (1, 1)
    assert found["hedging.epistemic"] == (1, 1)


def test_a_quotation_mark_before_a_cue_changes_nothing() -> None:
    plain, marked = find("The bridge could fall soon."), find("The bridge \"could fall\" soon.")
    assert [e.weight for e in plain.evidence] == [e.weight for e in marked.evidence]


def test_boosters_never_count_as_hedges() -> None:
    text = "Of course the minister lied."
    assert [(e.feature, e.rule) for e in find(text).evidence] == [("hedging.booster", "booster")]
    assert rates(text)["hedging"] == (0, 1)
    assert rates(text)["hedging.booster"] == (1, 1)


def test_weasels_are_counted_apart() -> None:
    text = "Many people say the film is the best of its decade."
    assert [e.rule for e in find(text).evidence] == ["weasel"]
    assert rates(text)["hedging"] == (0, 1)
    assert rates(text)["hedging.weasel"] == (1, 1)


@pytest.mark.parametrize("list_of_names", [", including Ann Lee,", ", such as Ann Lee,", " of it, notably Ann Lee,"])
def test_a_weasel_that_gives_a_name_is_none(list_of_names: str) -> None:
    without = "Some critics{} say that the film is the best of its decade."
    assert [e.rule for e in find(without.format("")).evidence] == ["weasel"]
    assert [e.rule for e in find(without.format(", including children,")).evidence] == ["weasel"]
    assert find(without.format(list_of_names)).evidence == ()
    assert rates(without.format(list_of_names))["hedging.weasel"] == (0, 1)


def test_without_own_sentences_the_rate_is_absent() -> None:
    for measure in find("").measures:
        assert measure.absent
        assert measure.rate is None


def test_every_hit_says_why_and_how_sure() -> None:
    (hit,) = find("The minister may resign before the vote.").evidence
    assert "\"may\"" in hit.reason
    assert f"{hit.weight:.2f}" in hit.reason
    assert hit.attributes == {"kind": "epistemic"}


WORDS = ["may", "May", "could", "if", "some", "many", "critics", "say", "no", "evidence", "of", "course", "\"", "“",
         "”", "'", ".", ",", "\n", "it", "is", "unclear", "whether", "Ö", "the", "bank", "?"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), max_size=4))
def test_spans_and_counts_hold_for_any_text(texts: list[str]) -> None:
    articles = [Article(str(i), "test", text) for i, text in enumerate(texts)]
    findings = extractor.extract(parse(articles))
    assert len(findings) == len(texts)
    for text, finding in zip(texts, findings, strict=True):
        edges = [(e.start, e.end) for e in finding.evidence]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in edges)
        assert {e.rule for e in finding.evidence} <= KINDS
        assert [m.feature for m in finding.measures] == [q.feature for q in QUANTITIES]
        assert all(m.count <= m.base for m in finding.measures)


def test_an_article_is_judged_alike_alone_and_in_company() -> None:
    texts = [*CASES, *NO_HEDGE]
    together = extractor.extract(parse([Article("a", "test", text) for text in texts]))
    for text, finding in zip(texts, together, strict=True):
        alone = find(text)
        assert [(e.start, e.rule) for e in alone.evidence] == [(e.start, e.rule) for e in finding.evidence]
        assert alone.measures == finding.measures
