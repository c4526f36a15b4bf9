"""Every pattern of the code takes time in step with its input, and so do the lexicons."""

from __future__ import annotations

import ast
import inspect
import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from audit import lexicon
from audit.parse import parse
from audit.records import Article

PACKAGE = Path(lexicon.__file__).parent
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


METHODS = "match|fullmatch|search|sub|subn|split|findall|finditer"
USED = rf"\.({METHODS})\("

BOUNDED = {
    "audit.compare.contest.BEFORE_RANGE": 16,  # characters before a figure
    "audit.compare.groups.OPENED": 90,  # characters before a name
    "audit.report.render.AROUND": 100,  # only style sheets of the package
}
"""Patterns that are not linear and are given a bounded text, with its length."""

COMPILED = {
    "audit.compare.numerals.hint": "met by its annotation",
    "audit.extract.attribution.kinds.kinds": "phrases of a list, escaped",
    "audit.load.language._tables": "one class of characters each",
    "audit.load.page_lines.wording": "met by name",
    "audit.load.sources._line": "a key of the manifest, escaped",
}
"""Functions that compile patterns."""


def held(value: object) -> Iterator[re.Pattern[str]]:
    """Patterns in a value, in tuples, lists, sets and dicts too."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from held(item)


def uses(source: str, name: str) -> frozenset[str]:
    """The methods by which a module uses a pattern; those of `pattern`, where it goes by that name in a loop."""
    found = re.findall(rf"\b{name}{USED}", source) or re.findall(rf"\bpattern{USED}", source)
    return frozenset(found) or frozenset(METHODS.split("|")) - {"split", "sub", "subn"}


def modules() -> Iterator[tuple[str, str]]:
    """Name and source of every module that a command may import."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("audit", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        if path.stem != "__main__" and not module.startswith(("audit.train", "audit.docs")):
            yield module, path.read_text(encoding="utf-8")


def made(module: str, source: str) -> Iterator[tuple[str, object]]:
    """The values that a module sets by name, and what those of its functions give that make patterns."""
    for name, value in vars(import_module(module)).items():
        if re.search(rf"^{name}\b.*=", source, re.MULTILINE):
            yield name, value
        elif re.search(rf"^def {name}\(", source, re.MULTILINE):
            signature = inspect.signature(value)
            if "Pattern" in str(signature.return_annotation) and not signature.parameters:
                yield name, value()
    if module == "audit.load.page_lines":
        tables = [table for table in import_module(module).tables().values() if isinstance(table, dict)]
        yield "wording", [re.compile(pattern) for table in tables for pattern in table.get("patterns", ())]


def patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Every pattern that a module makes before it sees a text, by its place, with the methods that are called."""
    found = {}
    for module, source in modules():
        for name, value in made(module, source):
            for number, pattern in enumerate(held(value)):
                place = f"{module}.{name}.{number}" if number else f"{module}.{name}"
                found[place] = pattern, uses(source, name)
    return found


def written() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """Every pattern that stands in a call, such as `re.sub("a+", "b", text)`, by its place."""
    found = {}
    for module, source in modules():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and re.fullmatch(f"re.({METHODS})", ast.unparse(node.func)):
                pattern = node.args[0]
                assert isinstance(pattern, ast.Constant), f"{module}:{node.lineno}: a pattern that cannot be read here"
                method = ast.unparse(node.func).removeprefix("re.")
                found[f"{module}:{node.lineno}"] = re.compile(str(pattern.value), flags(node)), frozenset([method])
    return found


def flags(call: ast.Call) -> int:
    """The flags that are named in a call."""
    given = "|".join(ast.unparse(part) for part in (*call.args[2:], *(word.value for word in call.keywords)))
    return int(sum(getattr(re, name) for name in set(re.findall(r"\bre\.([A-Z]+)\b", given))))


def seconds(task: Callable[[], object]) -> float:
    """Processor time, so that a busy machine does not fail the test."""
    began = time.process_time()
    task()
    return time.process_time() - began


def task(pattern: re.Pattern[str], method: str, line: str) -> Callable[[], object]:
    call = getattr(pattern, method)
    if method.startswith("sub"):
        return lambda: call("", line)
    return (lambda: list(call(line))) if method == "finditer" else (lambda: call(line))


def slow(pattern: re.Pattern[str], methods: Iterable[str], longest: int = LONG) -> list[str]:
    """The units whose repeats make a pattern grow faster than its input."""
    for method in sorted(methods):
        for unit in UNITS:
            for line in (unit * (longest // len(unit)), "x" + unit * (longest // len(unit)) + "\u0000"):
                long = seconds(task(pattern, method, line))
                if long > NOTICED:
                    short = min(seconds(task(pattern, method, line[: len(line) // TIMES])) for _ in range(3))
                    if min(long, seconds(task(pattern, method, line))) > GROWTH * max(short, 1e-4):
                        return [f"{method} {unit!r}"]
    return []


def test_every_pattern_is_linear() -> None:
    found = patterns()
    assert len(found) > 100
    assert found.keys() >= BOUNDED.keys(), "a bounded pattern is gone"
    inside = written()
    assert len(inside) > 15
    wrong = {place: units for place, (pattern, methods) in (found | inside).items()
             if (units := slow(pattern, methods, BOUNDED.get(place, LONG)))}
    assert wrong == {}


def test_every_other_pattern_is_of_a_known_place() -> None:
    """A pattern that a function compiles for itself is met by no test here, so each is named with its reason."""
    found = set()
    for module, source in modules():
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                if any(ast.unparse(call.func) == "re.compile" for call in calls):
                    found.add(f"{module}.{function.name}")
    assert found == COMPILED.keys()


def test_a_slow_pattern_would_be_seen() -> None:
    assert slow(re.compile(r"[a-z]*[a-z]*x"), ["match"], 4 * LONG)
    assert not slow(re.compile(r"a+b"), ["match"])


@pytest.mark.parametrize("path", lexicon.shipped(), ids=lambda path: Path(path).stem)
def test_lexicons_are_linear(path: Path) -> None:
    """Repeats of the words of the entries, the longest entries first, each cut before its end."""
    found = lexicon.read(path)
    entries = sorted((str(entry) for rule in found.rules for entry in rule.entries), key=len, reverse=True)[:40]
    words = [word for entry in entries for word in re.findall(r"\w+", entry)[:-1]] or ["word"]
    line = " ".join((words * (2_000 // len(words) + 1))[:2_000])

    def finding(times: int) -> Callable[[], object]:
        parsed = parse([Article("a", "s", " ".join([line] * times), language="en")])
        return lambda: found.find(parsed)

    finding(1)()
    short, long = (min(seconds(finding(times)) for _ in range(3)) for times in (1, TIMES))
    assert long < GROWTH * max(short, 2e-3)
