"""Lexicons: rules as data. A TOML file in, compiled phrases out, found in a whole partition by one scan.

An entry is a phrase: tokens by spaces, case ignored. `(a|b)` is a choice, `[w]` an optional token, `word~` the
word with its regular inflections, `<num>` any number, `<cap>` any capitalised word. The longest entry at a place
wins, and hits never overlap or cross a sentence.

Lexicons ship with the package; others come with installed packages, by an entry point of the group `audit.lexicons`
that names a package whose folder holds `<signal>.<language>.toml` files.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.errors import LexiconError
from audit.parse import PIECE, Parsed
from audit.phrases import CAPITAL, NUMBER, Trie, expand

FOLDER = Path(__file__).parent / "lexicons"
GROUP = "audit.lexicons"
Kind = type | tuple[type, ...]
TOP_KEYS: dict[str, Kind] = {
    "feature": str, "language": str, "source": str, "licence": str, "rule": list,
}
RULE_KEYS: dict[str, Kind] = {
    "id": str, "title": str, "what": str, "why": str, "limits": str, "reason": str, "entries": list, "examples": list,
    "clean": list, "kind": str, "weight": (int, float), "source": str, "attributes": dict,
}
REQUIRED = ("id", "title", "what", "why", "limits", "reason", "entries", "examples", "clean")
KINDS: dict[Kind, str] = {
    str: "text in quotes", list: "a list of texts in quotes", dict: "a table", (int, float): "a number",
}

EXAMPLES = {NUMBER: "12", CAPITAL: "Lund"}
"""What stands in an example for any number and for any capitalised word."""

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
    source: str
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
    """An installed lexicon, the package's own before others. Raises LexiconError when it is missing or malformed."""
    file = f"{name}.{language}.toml"
    return read(next((folder / file for folder in _folders() if (folder / file).is_file()), FOLDER / file))


def shipped() -> list[Path]:
    """The files of all lexicons that ship with the package."""
    return sorted(FOLDER.glob("*.toml"))


def installed() -> list[Path]:
    """The files of all lexicons that signals can use: those that ship with the package, then those of others."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.*.toml")):
            found.setdefault(path.name, path)
    return list(found.values())


def languages(name: str) -> tuple[str, ...]:
    """The languages that an installed lexicon of this signal exists for, in alphabetical order."""
    stems = (path.stem.rpartition(".") for path in installed())
    return tuple(sorted({language for signal, _, language in stems if signal == name}))


@cache
def _folders() -> tuple[Path, ...]:
    """The package's own folder, then that of each entry point, by name. Raises LexiconError for one without folder."""
    folders = [FOLDER]
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        file = getattr(entry.load(), "__file__", None)
        if file is None:
            raise LexiconError(f"{entry.value}: the entry point {entry.name} of {GROUP} must name a package with an "
                               "__init__.py beside its lexicons")
        folders.append(Path(file).parent)
    return tuple(folders)


def digest(name: str, language: str = "en") -> str:
    """SHA-256 of a lexicon that ships with the package."""
    return hashlib.sha256((FOLDER / f"{name}.{language}.toml").read_bytes()).hexdigest()


def idle(path: Path) -> list[LexiconError]:
    """A note with file:line:column for each entry that never wins, since entries before it list all its phrases."""
    found = read(path)
    places = Places(path, path.read_text(encoding="utf-8"))
    winning = set(found.trie.leaves.values())
    return [places.error(f"{entry!r} never wins: entries before it list all that it stands for", entry, number)
            for number, rule in enumerate(found.rules)
            for index, entry in enumerate(rule.entries) if (number, index) not in winning]


def example(entry: str) -> str:
    """A phrase that an entry stands for: the first of them, with a number and a name where it has room for any."""
    return " ".join(EXAMPLES.get(token, token) for token in expand(entry, _tokens)[0])


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


class Places:
    """Where things stand in the text of a lexicon, so that an error can point at them."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.rules = [match.start() for match in re.finditer(r"^\[\[\s*rule\s*\]\]", text, re.M)]

    def error(self, message: str, needle: str = "", rule: int | None = None) -> LexiconError:
        """The error at the first place of `needle`, within the rule of that number where one is given."""
        start = self.rules[rule] if rule is not None and rule < len(self.rules) else 0
        found = (self.text.find(form, start) for form in (f'"{needle}"', f"'{needle}'", needle))
        offset = next((place for place in found if needle and place >= 0), start)
        line = self.text.count("\n", 0, offset) + 1
        return LexiconError(f"{self.path}:{line}:{offset - self.text.rfind(chr(10), 0, offset)}: {message}")


def _compile(path: Path, text: str, data: dict[str, Any]) -> Lexicon:
    places = Places(path, text)
    for key, value in data.items():
        if key not in TOP_KEYS:
            raise places.error(f"unknown key {key!r}; the keys are {', '.join(sorted(TOP_KEYS))}", key)
        if not isinstance(value, TOP_KEYS[key]):
            raise places.error(f"{key!r} must be {'[[rule]] tables' if key == 'rule' else KINDS[str]}", key)
    for key in ("feature", "language", "rule"):
        if key not in data:
            raise places.error(f"the key {key!r} is missing")
    rules = tuple(_rule(raw, number, places) for number, raw in enumerate(data["rule"]))
    trie = Trie()
    for number, rule in enumerate(rules):
        for index, entry in enumerate(rule.entries):
            for phrase in _phrases(entry, number, places):
                trie.add(phrase, number, index)
    return Lexicon(data["feature"], data["language"], data.get("source", ""), data.get("licence", ""), rules, trie)


def _phrases(entry: str, number: int, places: Places) -> list[tuple[str, ...]]:
    try:
        return expand(entry, _tokens)
    except ValueError as error:
        raise places.error(str(error), entry, number) from error


def _rule(raw: Any, number: int, places: Places) -> Rule:
    if not isinstance(raw, dict):
        raise places.error("'rule' must be [[rule]] tables", "rule")
    name = str(raw.get("id", ""))
    for key, value in raw.items():
        if key not in RULE_KEYS:
            keys = ", ".join(sorted(RULE_KEYS))
            raise places.error(f"unknown key {key!r} in rule {name!r}; the keys are {keys}", key, number)
        texts = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if not isinstance(value, RULE_KEYS[key]) or not texts:
            raise places.error(f"{key!r} of rule {name!r} must be {KINDS[RULE_KEYS[key]]}", key, number)
    for key in REQUIRED:
        if key not in raw:
            raise places.error(f"rule {name!r} has no {key!r}", name, number)
    return Rule(
        name, raw["title"], raw["what"], raw["why"], raw["limits"], raw["reason"],
        kind=raw.get("kind"), weight=float(raw.get("weight", 1.0)), entries=tuple(raw["entries"]),
        examples=tuple(raw["examples"]), clean=tuple(raw["clean"]), source=raw.get("source", ""),
        attributes={key: str(value) for key, value in raw.get("attributes", {}).items()},
    )


def _tokens(phrase: str) -> list[str]:
    return [piece for piece in PIECE.findall(phrase) if not piece.isspace()]
