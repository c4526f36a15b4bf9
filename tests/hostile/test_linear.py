"""Every pattern of the code takes time in step with its input, and so do the lexicons."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import audit
from audit import lexicon
from audit.parse import parse
from audit.records import Article

LONG, TIMES = 6_000, 8
"""Characters of the long line, and how many times as long as the short one it is."""

GROWTH = 40
"""The long line may take so many times as long: 8 would be linear, 64 quadratic; the rest is noise."""

NOTICED = 0.03
"""Seconds below which growth cannot be told from noise, and does no harm."""

UNITS = (
    "a", " ", "A ", "1", "a/", "[", "[a](", "*a", "a. ", "“", "-", "a | ", "> ", "(a", "a, ", "&", "<", "\n", "\t", "'",
    '"', ".", "1,", "1.", "$1 ", "a-", "a'", "A.", "A. ", "Mr. ", "said ", "“a” ", "é", "a\n", "%", "=", "\\", "█", "_",
    "of the ", "and ", "May 3, ", "http://a/", "a@", "0" * 9 + " ",
)  # fmt: skip


def held(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Patterns in a value, in tuples, lists, sets, dicts and records too."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from held(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield from held(tuple(value.values()), depth)


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern of every module that a command may import, by its place."""
    found = {}
    for module in walk_packages(audit.__path__, "audit."):
        if not module.name.startswith(("audit.train", "audit.docs", "audit.__main__")) and "__main__" not in module.name:
            for name, value in vars(import_module(module.name)).items():
                for number, pattern in enumerate(held(value)):
                    found[f"{module.name}.{name}.{number}"] = pattern
    return found


PATTERNS = patterns()


def seconds(task: Callable[[], object], rounds: int) -> float:
    """The least of some measurements of processor time, so that a busy machine does not fail the test."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        task()
        times.append(time.process_time() - began)
    return min(times)


def slow(pattern: re.Pattern[str]) -> list[str]:
    """The units whose repeats make a pattern grow faster than its input."""

    def task(line: str) -> Callable[[], object]:
        return lambda: (pattern.search(line), pattern.fullmatch(line), pattern.sub("", line))

    found = []
    for unit in UNITS:
        for line in (unit * (LONG // len(unit)), "x" + unit * (LONG // len(unit)) + "\u0000"):
            if seconds(task(line), 1) > NOTICED:
                long, short = seconds(task(line), 3), seconds(task(line[: len(line) // TIMES]), 3)
                found += [repr(unit)] if long > GROWTH * max(short, 1e-4) else []
    return found


def test_patterns_were_found() -> None:
    assert len(PATTERNS) > 100


def test_every_pattern_is_linear() -> None:
    distinct = {pattern.pattern: name for name, pattern in PATTERNS.items()}
    wrong = {name: units for name in distinct.values() if (units := slow(PATTERNS[name]))}
    assert wrong == {}


def test_a_slow_pattern_would_be_seen() -> None:
    assert slow(re.compile(r"a*a*b"))


@pytest.mark.parametrize("path", lexicon.shipped(), ids=lambda path: Path(path).stem)
def test_lexicons_are_linear(path: Path) -> None:
    """Repeats of the words of the entries, the longest entries first, each cut before its end."""
    found = lexicon.read(path)
    entries = sorted((str(entry) for rule in found.rules for entry in rule.entries), key=len, reverse=True)[:40]
    words = [word for entry in entries for word in re.findall(r"\w+", entry)[:-1]] or ["word"]
    line = " ".join((words * (2_000 // len(words) + 1))[:2_000])

    def task(times: int) -> Callable[[], object]:
        parsed = parse([Article("a", "s", " ".join([line] * times), language="en")])
        return lambda: found.find(parsed)

    task(1)()
    short, long = seconds(task(1), 3), seconds(task(TIMES), 3)
    assert long < GROWTH * max(short, 2e-3)
