"""Every example of every lexicon, through the signal that uses it: the brackets mark the exact spans to be found."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest

from audit import entries, lexicon
from audit.extract import extract
from audit.lexicon import Rule
from audit.parse import parse
from audit.records import Article
from audit.reference import firing
from tests.core.test_cli import call

LEXICONS = {path.name: lexicon.read(path) for path in lexicon.shipped()}
CASES = [(name, rule, text) for name, found in LEXICONS.items() for rule in found.rules for text in rule.examples]
CLEAN = [(name, rule, text) for name, found in LEXICONS.items() for rule in found.rules for text in rule.clean]

Span = tuple[int, int]


def marked(example: str) -> tuple[str, list[Span]]:
    """The sentence without its brackets, and the spans that they marked."""
    text, spans, start = "", [], 0
    for piece in re.split(r"([\[\]])", example):
        if piece == "[":
            start = len(text)
        elif piece == "]":
            spans.append((start, len(text)))
        else:
            text += piece
    return text, spans


@cache
def found(name: str) -> dict[tuple[str, str], list[Span]]:
    """Spans by rule and sentence, for all sentences of a lexicon in one pass."""
    texts = sorted({marked(text)[0] for given, _, text in [*CASES, *CLEAN] if given == name})
    feature, language = LEXICONS[name].feature, LEXICONS[name].language
    articles = [Article(str(number), "test", text, language=language) for number, text in enumerate(texts)]
    spans: dict[tuple[str, str], list[Span]] = {}
    for text, finding in zip(texts, extract(parse(articles), [feature])[feature], strict=True):
        for evidence in finding.evidence:
            spans.setdefault((evidence.rule, text), []).append((evidence.start, evidence.end))
    return {key: sorted(value) for key, value in spans.items()}


def label(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)[:40]


@pytest.mark.parametrize(("name", "rule", "example"), CASES, ids=label)
def test_examples_are_found_at_their_offsets(name: str, rule: Rule, example: str) -> None:
    text, spans = marked(example)
    assert spans, "an example marks at least one span"
    assert found(name).get((rule.id, text), []) == spans


@pytest.mark.parametrize(("name", "rule", "sentence"), CLEAN, ids=label)
def test_clean_sentences_are_left_alone(name: str, rule: Rule, sentence: str) -> None:
    assert found(name).get((rule.id, sentence), []) == []


@pytest.mark.parametrize("name", LEXICONS)
def test_every_rule_explains_itself_and_shows_examples(name: str) -> None:
    for rule in LEXICONS[name].rules:
        assert rule.examples, rule.id
        assert rule.clean, rule.id
        for words in (rule.title, rule.what, rule.why, rule.limits, rule.reason):
            assert words.strip(), rule.id
    assert LEXICONS[name].source
    assert LEXICONS[name].licence


@pytest.mark.parametrize("name", LEXICONS)
def test_each_entry_finds_its_example(name: str) -> None:
    found = LEXICONS[name]
    examples = [lexicon.example(entry) for rule in found.rules for entry in rule.entries]
    parsed = parse([Article(str(number), "test", text) for number, text in enumerate(examples)])
    hits = found.find(parsed)
    whole = (hits.starts == parsed.documents[hits.documents]) & (hits.ends == parsed.documents[hits.documents + 1])
    missed = set(range(len(examples))) - set(hits.documents[whole].tolist())
    assert [examples[number] for number in sorted(missed)] == []


def test_each_entry_is_listed_with_kind_example_and_source() -> None:
    rows = list(entries.rows())
    assert len(rows) == sum(len(rule.entries) for found in LEXICONS.values() for rule in found.rules)
    for row in rows:
        assert all((row.kind, row.example, row.sentence, row.source, row.licence)), row


@pytest.mark.parametrize(("form", "opens"), [("csv", "signal,language,rule"), ("jsonl", '{"signal":"style"')])
def test_the_list_can_be_read_by_machines(form: str, opens: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "lexicon", "list", "style", "--format", form)
    assert code == 0
    assert out.startswith(opens)
    rows = list(csv.DictReader(out.splitlines())) if form == "csv" else [json.loads(line) for line in out.splitlines()]
    assert [row["entry"] for row in rows] == [row.entry for row in entries.rows(["style"])]


def test_an_unknown_signal_has_no_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "lexicon", "list", "mood")
    assert code == 2
    assert "the lexicons are attribution" in err


def test_figures_of_firings_add_up() -> None:
    """`python -m audit.evaluate.lexicons` measures them; a rule that is no longer there wants them measured again."""
    figures = json.loads(firing.FILE.read_text(encoding="utf-8"))
    assert figures["news"]["words"] > 1_000_000
    for feature, measured in figures["features"].items():
        assert {rule.id for rule in lexicon.load(feature).rules} >= set(measured["rules"])
        for numbers in measured["rules"].values():
            for fires, right, judged in (numbers["all"], *numbers["entries"].values()):
                assert fires >= 0
                assert 0 <= right <= judged


def test_an_entry_that_never_wins_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "style.en.toml"
    text = (lexicon.FOLDER / "style.en.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"secrets of"', '"secrets of", "just wait"'), encoding="utf-8")
    code, _, err = call(capsys, "lexicon", "check", path)
    assert code == 0
    line = re.search(re.escape(str(path)) + r":(\d+):\d+: 'just wait' never wins", err)
    assert line
    assert '"just wait"' in path.read_text(encoding="utf-8").splitlines()[int(line[1]) - 1]


def test_the_brackets_are_read() -> None:
    assert marked("She [may] or [might] go.") == ("She may or might go.", [(4, 7), (11, 16)])
