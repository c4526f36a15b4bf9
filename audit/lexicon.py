"""Lexicons: rules as data. A TOML file in, compiled phrases out, found in a whole partition by one scan.

An entry is a phrase: tokens by spaces, case ignored. `(a|b)` is a choice, `[w]` an optional token, `word~` the
word with its regular inflections, `<num>` any number, `<cap>` any capitalised word. The longest entry at a place
wins, and hits never overlap or cross a sentence.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.errors import LexiconError
from audit.parse import PIECE, Parsed
from audit.phrases import Trie, expand

FOLDER = Path(__file__).parent / "lexicons"
TOP_KEYS = {"feature", "language", "source", "licence", "rule"}
RULE_KEYS = {
    "id", "title", "what", "why", "limits", "reason", "kind", "weight", "entries", "examples", "clean", "attributes",
}
REQUIRED = ("id", "title", "what", "why", "limits", "reason", "entries", "examples", "clean")

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a lexicon: what it finds, why it matters, where it errs, and its phrases."""

    id: str
    title: str
    what: str
    why: str
    limits: str
    reason: str
    kind: str | None
    weight: float
    entries: tuple[str, ...]
    examples: tuple[str, ...]
    clean: tuple[str, ...]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hits:
    """Where entries were found: token ranges, rule and entry (index into the rule's entries), document; int32 [h]."""

    starts: Ints
    ends: Ints
    rules: Ints
    entries: Ints
    documents: Ints

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Lexicon:
    """The rules of one signal in one language, compiled."""

    feature: str
    language: str
    source: str
    licence: str
    rules: tuple[Rule, ...]
    trie: Trie

    def find(self, parsed: Parsed) -> Hits:
        """All hits in a partition, in order of their place."""
        rows = self.trie.find(parsed)
        return Hits(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], parsed.token_document[rows[:, 0]])


@cache
def load(name: str, language: str = "en") -> Lexicon:
    """A lexicon that ships with the package. Raises LexiconError when it is missing or malformed."""
    return read(FOLDER / f"{name}.{language}.toml")


def shipped() -> list[Path]:
    """The files of all lexicons that ship with the package."""
    return sorted(FOLDER.glob("*.toml"))


def read(path: Path) -> Lexicon:
    """A lexicon from any file. Raises LexiconError with file:line:column."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: the lexicon cannot be read ({error}); name a UTF-8 file in TOML") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"{where[1]}:{where[2]}" if where else "1:1"
        raise LexiconError(f"{path}:{place}: not valid TOML: {error}") from error
    return _compile(path, text, data)


def _compile(path: Path, text: str, data: dict[str, Any]) -> Lexicon:
    def fail(needle: str, message: str) -> LexiconError:
        offset = max(text.find(needle), 0)
        line = text.count("\n", 0, offset) + 1
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        return LexiconError(f"{path}:{line}:{column}: {message}")

    for key in data:
        if key not in TOP_KEYS:
            raise fail(key, f"unknown key {key!r}; the keys are {', '.join(sorted(TOP_KEYS))}")
    for key in ("feature", "language", "rule"):
        if key not in data:
            raise fail("", f"the key {key!r} is missing")
    rules = tuple(_rule(raw, fail) for raw in data["rule"])
    trie = Trie()
    for number, rule in enumerate(rules):
        for index, entry in enumerate(rule.entries):
            try:
                phrases = expand(entry, _tokens)
            except ValueError as error:
                raise fail(entry, str(error)) from error
            for phrase in phrases:
                trie.add(phrase, number, index)
    return Lexicon(data["feature"], data["language"], data.get("source", ""), data.get("licence", ""), rules, trie)


def _rule(raw: dict[str, Any], fail: Any) -> Rule:
    name = str(raw.get("id", ""))
    for key in raw:
        if key not in RULE_KEYS:
            raise fail(key, f"unknown key {key!r} in rule {name!r}; the keys are {', '.join(sorted(RULE_KEYS))}")
    for key in REQUIRED:
        if key not in raw:
            raise fail(f'"{name}"', f"rule {name!r} has no {key!r}")
    return Rule(
        name, str(raw["title"]), str(raw["what"]), str(raw["why"]), str(raw["limits"]), str(raw["reason"]),
        kind=raw.get("kind"), weight=float(raw.get("weight", 1.0)),
        entries=tuple(map(str, raw["entries"])), examples=tuple(map(str, raw["examples"])),
        clean=tuple(map(str, raw["clean"])),
        attributes={key: str(value) for key, value in raw.get("attributes", {}).items()},
    )


def _tokens(phrase: str) -> list[str]:
    return [piece for piece in PIECE.findall(phrase) if not piece.isspace()]
