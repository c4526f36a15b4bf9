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
class Extractor:
    """A signal. `extract` takes a parsed partition and returns one Finding per document, in order."""

    name: str
    title: str
    quantities: tuple[Quantity, ...]
    extract: Callable[[Parsed], list[Finding]]
    what: str
    why: str
    limits: str
    languages: tuple[str, ...] | None = ("en",)
