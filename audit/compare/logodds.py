"""Word counts of two sides in, log-odds ratios with an informative Dirichlet prior and their intervals out.

Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 15 to 22. The prior says how usual a word is in news when
somebody is named in that way: a usual word must be used much more often than elsewhere before it says anything.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("prior.en.toml")

STRENGTH = 100.0
"""Words of news that the prior stands for: it weighs as much as a hundred words for the thing. The least of 20, 100 and
500 with which, the outlets of each story exchanged, no more than 5 of 100 intervals of any way of naming leave out 0
(`python -m audit.study framing`)."""

HALF = 0.5
"""What every word has on top of it, one that the news never uses in that way too (Jeffreys 1946)."""

NORMAL = 1.959964
"""Standard deviations on each side of a 95 % interval."""


@dataclass(frozen=True)
class Prior:
    """How often news uses each word, by way of naming: `counts`, and their `totals`."""

    counts: dict[str, dict[str, int]]
    totals: dict[str, int]

    def weight(self, way: str, word: str) -> float:
        """The pseudo-count of a word."""
        return HALF + STRENGTH * self.counts[way].get(word, 0) / self.totals[way]

    def strength(self, way: str) -> float:
        """The pseudo-counts of all words of a way of naming together."""
        return STRENGTH + HALF * len(self.counts[way])


@cache
def prior() -> Prior:
    """The counts that ship with the package, from `python -m audit.train framing`."""
    counts: dict[str, dict[str, int]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Prior(counts, {way: sum(words.values()) for way, words in counts.items()})


def log_odds(
    count: int, base: int, others: int, others_base: int, weight: float, strength: float
) -> tuple[float, float, float]:
    """The log-odds ratio of a word on one side against the other, and both ends of its 95 % interval.

    `count` of `base` words here, `others` of `others_base` there; `weight` is the word's pseudo-count, `strength` that
    of all words together.
    """
    here = math.log((count + weight) / (base + strength - count - weight))
    there = math.log((others + weight) / (others_base + strength - others - weight))
    reach = NORMAL * math.sqrt(1 / (count + weight) + 1 / (others + weight))
    ratio = here - there
    return round(ratio, 3), round(ratio - reach, 3), round(ratio + reach, 3)
