"""What a signal is: a value that names it, explains it and extracts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from audit.parse import Parsed
from audit.records import Finding

Kind = Literal["rate", "count", "probability", "grade"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that a signal yields, and the words that pages use for it.

    `counted` and `per` are nouns ("hedged sentences", "own sentences"); `scale` multiplies the rate for showing
    (100 = per cent, or per 100 words); `higher` says in neutral words what a higher value means.
    """

    feature: str
    title: str
    counted: str
    per: str
    unit: str
    scale: float = 1.0
    kind: Kind = "rate"
    higher: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A rule that no word list holds, since a model or a comparison finds its evidence: what is to be said of it."""

    id: str
    title: str
    what: str
    why: str
    limits: str


@dataclass(frozen=True, slots=True)
class Extractor:
    """A signal. `extract` takes a parsed partition and returns one Finding per document, in order.

    `elsewhere` does the same for documents of one language that is not among `languages`, given its code; it returns
    the reason instead where it cannot. Without it no such language is measured.
    """

    name: str
    title: str
    quantities: tuple[Quantity, ...]
    extract: Callable[[Parsed], list[Finding]]
    what: str
    why: str
    limits: str
    languages: tuple[str, ...] | None = ("en",)
    elsewhere: Callable[[Parsed, str], list[Finding] | str] | None = None
    rules: tuple[Told, ...] = ()


def no_lexicon(language: str) -> str:
    """Why a signal says nothing about a text in that language."""
    return f"no lexicon for {language}"
