"""What `audit explain` says: every signal, every rule, and the nearest names for one that is unknown."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet
import pytest

from audit import lexicon
from audit.compare.about import TOLD
from audit.errors import AuditError
from audit.explain import WIDTH, explain, method
from audit.extract import extractors
from audit.report.view import method as view

METHOD = {entry["name"]: entry for entry in method()}
RULES = [f"{name}.{rule['id']}" for name, entry in METHOD.items() for rule in entry["rules"]]
MEASURES = [(name, measure["feature"]) for name, entry in METHOD.items() for measure in entry["measures"]]


def flowing(text: str) -> str:
    """The text without line breaks, so that wrapped sentences can be looked for."""
    return " ".join(text.split())


def test_every_signal_and_agreement_are_listed() -> None:
    assert set(METHOD) == {*extractors(), "agreement", "framing", "balance"}
    for name in METHOD:
        assert f"\n{name} " in f"\n{explain()}"


@pytest.mark.parametrize("name", METHOD)
def test_a_signal_says_what_why_and_where_it_errs(name: str) -> None:
    text = flowing(explain(name))
    for part in ("what", "why", "limits", "title"):
        assert METHOD[name][part]
        assert flowing(METHOD[name][part]) in text
    for measure in METHOD[name]["measures"]:
        assert measure["feature"] in text


def test_every_rule_of_every_lexicon_is_explained() -> None:
    lexicons = [lexicon.read(path) for path in lexicon.installed()]
    listed = {f"{found.feature}.{rule.id}" for found in lexicons for rule in found.rules}
    told = {f"{name}.{rule.id}" for name, extractor in extractors().items() for rule in extractor.rules}
    assert set(RULES) == listed | told | {f"{name}.{rule.id}" for name, rules in TOLD.items() for rule in rules}


def test_all_evidence_of_the_demonstration_is_explained(root: Path) -> None:
    """The name that `audit scan` prints before a piece of evidence, feature and rule, is one that `explain` knows."""
    table = pyarrow.parquet.read_table(root / "reports" / "data" / "evidence.parquet", columns=["feature", "rule"])
    names = {f"{row['feature']}.{row['rule']}" for row in table.to_pylist()}
    assert names
    for name in sorted(names):
        assert "What it finds" in explain(name)


@pytest.mark.parametrize("name", sorted(set(RULES)))
def test_a_rule_shows_its_examples(name: str) -> None:
    feature, _, rule = name.partition(".")
    text = flowing(explain(name))
    for entry in (one for one in METHOD[feature]["rules"] if one["id"] == rule):
        for words in (entry["what"], entry["why"], entry["limits"], *entry["examples"], *entry["clean"]):
            assert flowing(words) in text


@pytest.mark.parametrize(("name", "wanted"), [
    ("hedging.epistemic", r"all of them: [\d,.]+, \d+ of \d+ right where labelled \(hedging/szeged_wiki_dev"),
    ("hedging.epistemic", r"could: [\d,.]+"),
    ("style.passive", r"all of them: [\d,.]+\n"),
])
def test_a_rule_tells_how_often_it_fires_and_is_right(name: str, wanted: str) -> None:
    assert re.search(wanted, explain(name))


@pytest.mark.parametrize(("signal", "measure"), MEASURES)
def test_a_measure_leads_to_its_signal(signal: str, measure: str) -> None:
    assert signal in explain(measure)


@pytest.mark.parametrize("name", METHOD)
def test_pages_and_the_command_say_the_same(name: str) -> None:
    """One text feeds both: what the method section of a report shows, `audit explain` shows word for word."""
    shown = {entry["name"]: entry for entry in view.signals(extractors())}
    assert shown[name]
    for part in ("title", "what", "why", "limits", "accuracy"):
        assert shown[name][part] == METHOD[name][part]
    assert all(flowing(words) in flowing(explain(name)) for words in shown[name]["accuracy"])


def test_accuracy_comes_from_the_models_card() -> None:
    cards = [card for entry in METHOD.values() for card in entry["models"] if card.get("figures")]
    assert cards
    for entry in METHOD.values():
        for card in entry["models"]:
            assert not card.get("figures") or f"Figures of the model {card['name']}" in explain(entry["name"])


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("hedgin", "hedging"),
        ("hedging.epistemik", "hedging.epistemic"),
        ("Hedging", "hedging"),
        ("zzz", "the signals are"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(name: str, near: str) -> None:
    with pytest.raises(AuditError, match=near):
        explain(name)


@pytest.mark.parametrize("name", [None, *METHOD])
def test_lines_fit_a_terminal(name: str | None) -> None:
    assert max(map(len, explain(name).splitlines())) <= WIDTH
