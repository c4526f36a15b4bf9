"""Every example of every lexicon, through the signal that uses it: the brackets mark the exact spans to be found."""

from __future__ import annotations

import re
from functools import cache

import pytest

from audit import lexicon
from audit.extract import extractors
from audit.lexicon import Rule
from audit.parse import parse
from audit.records import Article

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
    articles = [Article(str(number), "test", text, language="en") for number, text in enumerate(texts)]
    spans: dict[tuple[str, str], list[Span]] = {}
    for text, finding in zip(texts, extractors()[LEXICONS[name].feature].extract(parse(articles)), strict=True):
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


def test_the_brackets_are_read() -> None:
    assert marked("She [may] or [might] go.") == ("She may or might go.", [(4, 7), (11, 16)])
