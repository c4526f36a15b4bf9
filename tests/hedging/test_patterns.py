"""The sentence network, against a plain reading of its formula."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from audit import lexicon
from audit.extract.hedging import patterns
from audit.extract.hedging.model import Trained, Vectors
from audit.parse import Parsed, parse
from audit.records import Article

TEXT = "Some critics say the tax failed. No. It may rise, as many of the towns hope. Fine words, said nobody."
WORDS = ["some", "critics", "tax", "may", ".", "towns", "the"]
FILTERS = 4


def trained(seed: int = 0) -> Trained:
    random = np.random.default_rng(seed)
    rows = len(WORDS) + 2
    arrays: dict[str, npt.NDArray[Any]] = {
        "sentence_words": random.normal(size=(rows, 2)).astype(np.float16),
        "sentence_window": random.normal(size=(3, 5 + patterns.RULES, FILTERS)).astype(np.float16),
        "sentence_bias": random.normal(size=FILTERS).astype(np.float32),
        "sentence_out": random.normal(size=FILTERS).astype(np.float32),
        "sentence_out_bias": np.float32(0.3),
    }
    table = random.normal(size=(rows, 3)).astype(np.float32)
    return arrays, Vectors({word: row for row, word in enumerate(WORDS)}, table)


def scores(parsed: Parsed, model: Trained) -> npt.NDArray[np.float32]:
    rules = patterns.token_rules(parsed, lexicon.load("hedging").find(parsed))
    places = np.arange(len(parsed.tokens))
    return patterns.sentence_scores(parsed, places, parsed.sentences[:-1].astype(np.int64), rules, model)


def by_hand(parsed: Parsed, model: Trained, first: int, last: int) -> float:
    arrays, known = model
    rules = patterns.token_rules(parsed, lexicon.load("hedging").find(parsed))
    inputs = []
    for place in range(first, last):
        row = known.rows.get(parsed.lower_vocabulary[parsed.lower[place]], len(known.rows))
        rule = np.eye(patterns.RULES + 1)[rules[place]][1:]
        inputs.append(np.concatenate([patterns.VECTOR_GAIN * known.table[row], arrays["sentence_words"][row], rule]))
    none = [np.zeros_like(inputs[0])]
    inputs = none + inputs + none
    window = arrays["sentence_window"].astype(float)
    found = [sum(inputs[i + step] @ window[step] for step in range(3)) for i in range(len(inputs) - 2)]
    best = np.maximum(np.max(found, axis=0) + arrays["sentence_bias"], 0)
    return float(best @ arrays["sentence_out"] + arrays["sentence_out_bias"])


@pytest.mark.parametrize("block", [1, 7, 1 << 15])
def test_scores_follow_the_formula(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "BLOCK", block)
    parsed, model = parse([Article("a", "test", TEXT)]), trained()
    edges = parsed.sentences.tolist()
    assert len(edges) > 4
    expected = [by_hand(parsed, model, first, last) for first, last in pairwise(edges)]
    assert scores(parsed, model) == pytest.approx(expected, abs=1e-4)


def test_a_sentence_scores_alike_alone_and_in_company() -> None:
    one, two = "Some critics say the tax failed.", "Many of the towns may rise."
    together = scores(parse([Article("a", "test", one), Article("b", "test", two)]), trained())
    alone = [scores(parse([Article("a", "test", text)]), trained())[0] for text in (one, two)]
    assert together.tolist() == alone


def test_each_token_knows_the_rule_of_its_hit() -> None:
    parsed = parse([Article("a", "test", "Of course it may rain.")])
    found = patterns.token_rules(parsed, lexicon.load("hedging").find(parsed))
    rules = [rule.id for rule in lexicon.load("hedging").rules]
    assert [rules[rule - 1] if rule else "" for rule in found] == ["", "", "", "epistemic", "", ""]
