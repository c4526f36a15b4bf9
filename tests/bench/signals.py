"""How long each signal, the parse and the output take on the same articles: `pytest tests/bench/signals.py`.

Needs the extra [bench]; not among the tests, since a time is no truth. FILE in the environment variable AUDIT_BENCH
names other articles than the demonstration corpus.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from audit import compare
from audit.api import read, scanned
from audit.extract import extract, extractors
from audit.formats import as_jsonl
from audit.parse import Parsed, parse
from audit.records import Article

pytest.importorskip("pytest_benchmark", reason="needs the extra [bench]")

AT_ONCE = 200
"""Articles of one round, as `audit scan` measures them together."""


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    place = os.environ.get("AUDIT_BENCH") or Path(__file__).parents[2] / "seeds"
    found = [item for item in read([place]) if isinstance(item, Article)]
    return (found * (AT_ONCE // len(found) + 1))[:AT_ONCE]


@pytest.fixture(scope="module")
def parsed(articles: list[Article]) -> Parsed:
    return parse(articles)


def test_parse(benchmark: Any, articles: list[Article]) -> None:
    benchmark(parse, articles)


@pytest.mark.parametrize("name", extractors())
def test_signal(benchmark: Any, articles: list[Article], name: str) -> None:
    """Each round parses anew, untimed: what a parse keeps of distinct words must not be counted as done."""
    benchmark.pedantic(extractors()[name].extract, setup=lambda: ((parse(articles),), {}), rounds=5)


def test_sketch(benchmark: Any, parsed: Parsed) -> None:
    benchmark(compare.sketch, parsed, extract(parsed, ["attribution"]))


def test_json_lines(benchmark: Any, articles: list[Article]) -> None:
    rows = list(scanned(articles))
    benchmark(lambda: list(as_jsonl(rows, {})))
