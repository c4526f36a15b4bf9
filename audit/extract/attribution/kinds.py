"""Word lists in, questions about a source's words out: person, body, document, role, anonymous, vague, official."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.errors import LexiconError

PATH = Path(__file__).with_name("kinds.en.toml")


@dataclass(frozen=True, slots=True)
class Kinds:
    """Sets of lower-case words; see the comments in the file for what each one means."""

    anonymous: frozenset[str]
    anonymous_phrases: re.Pattern[str]
    vague: frozenset[str]
    vague_qualifiers: frozenset[str]
    document: frozenset[str]
    organisation: frozenset[str]
    role: frozenset[str]
    official: frozenset[str]
    title: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    particle: frozenset[str]
    boundary: frozenset[str]
    calendar: frozenset[str]
    determiner: frozenset[str]

    def withheld(self, text: str) -> bool:
        """Whether the source says that its name is kept back."""
        return bool(self.anonymous_phrases.search(text.lower()))

    def of_head(self, head: str, base: list[str]) -> str:
        """The kind of a description without a name, by its head noun and the words of its noun phrase (lower case)."""
        if head in self.anonymous:
            return "anonymous"
        if not self.vague_qualifiers.isdisjoint(base):
            return "vague"
        if head in self.document:
            return "document"
        if head in self.vague:
            return "vague"
        if head in self.organisation:
            return "organisation"
        if head in self.role:
            return "role"
        return "vague" if head.endswith("s") and not head.endswith("ss") else "role"


@cache
def kinds() -> Kinds:
    """The shipped lists. Raises LexiconError when the file breaks its format."""
    try:
        data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{PATH}: not valid TOML: {error}") from error
    phrases = re.compile("|".join(map(re.escape, data.pop("anonymous_phrases"))))
    data.pop("language")
    return Kinds(anonymous_phrases=phrases, **{key: frozenset(value.split()) for key, value in data.items()})
