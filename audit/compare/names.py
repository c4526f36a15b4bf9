"""The word lists of framing (`framing.en.toml`) as one value, and the questions that they answer of a single word."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audit.compare.words import FUNCTION_WORDS, stem
from audit.extract.attribution.kinds import kinds

FILE = Path(__file__).with_name("framing.en.toml")
ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ers", "ors", "ists", "ians", "men", "women", "eers")
"""Endings of nouns for persons; what they take in by mistake is listed as `not_person`."""


@dataclass(frozen=True)
class Lists:
    """Sets of lower-case words as the file names them; `said` by form, `kinds` as (kind, word) by form."""

    person: frozenset[str]
    not_person: frozenset[str]
    finite: frozenset[str]
    time: frozenset[str]
    empty: frozenset[str]
    said: dict[str, str]
    kinds: dict[str, tuple[str, str]]

    def is_person(self, word: str) -> bool:
        """Whether a lower-case noun names a person or persons, by the lists or by its ending."""
        if word in self.not_person:
            return False
        return word in self.person or word in kinds().role or (len(word) > 4 and word.endswith(ENDINGS))

    def is_verb(self, word: str) -> bool:
        """Whether a lower-case word before a name may be the verb whose object the name is."""
        return word in self.finite or (len(word) > 4 and word.endswith(("ed", "ing")))

    def is_function(self, word: str) -> bool:
        """Whether a lower-case word ends a description: an article, a preposition, a mark, a pronoun."""
        return word in FUNCTION_WORDS or word in kinds().boundary or word in kinds().determiner

    def introduces(self, word: str) -> bool:
        """Whether a lower-case word of a cue is the verb in it: "told" of "told deputies"."""
        third = len(word) > 4 and word.endswith("s") and not word.endswith("ss") and not self.is_person(word)
        return word in self.said or self.is_verb(word) or third

    def reported(self, word: str) -> str:
        """The word under which all forms of a verb of saying are counted."""
        return self.said.get(word) or self.said.get(stem(word)) or stem(word)


@cache
def lists() -> Lists:
    """Read the lists; the file is part of the package."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    said = {form: word for word, forms in data["said"].items() for form in [word, *forms.split()]}
    by_form: dict[str, tuple[str, str]] = {}
    for kind, line in data["kinds"].items():
        for entry in line.split("|"):
            forms = [form.strip() for form in entry.split(",")]
            by_form.update({form: (kind, forms[0]) for form in forms if form not in by_form})
    return Lists(**{key: frozenset(value.split()) for key, value in data["words"].items()}, said=said, kinds=by_form)
