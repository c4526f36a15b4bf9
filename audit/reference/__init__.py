"""Where a value stands against reference news: quantiles measured on real articles, shipped as figures.

`news.json` maps a feature to 101 quantiles (0 % to 100 %) over articles and over sources, with their numbers.
`python -m audit.reference --data DIR` measures them again.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("news.json")


@dataclass(frozen=True, slots=True)
class Reference:
    """Quantiles by feature and level (`article` or `source`)."""

    data: dict[str, Any]

    def percentile(self, feature: str, value: object, level: str) -> float | None:
        """Share of reference news below the value, ties counted half, 0 to 100; None where the feature is unknown."""
        quantiles = self.data.get("features", {}).get(feature, {}).get(level)
        if not quantiles or not isinstance(value, int | float):
            return None
        below, upto = bisect_left(quantiles, value), bisect_right(quantiles, value)
        return round(min(100.0, 100 * (below + upto) / 2 / len(quantiles)), 1)

    def band(self, feature: str, level: str = "source") -> dict[str, float] | None:
        """The middle half of reference news: `p25`, `p50`, `p75`."""
        quantiles = self.data.get("features", {}).get(feature, {}).get(level)
        return {f"p{q}": quantiles[q] for q in (25, 50, 75)} if quantiles else None


@cache
def load() -> Reference:
    """The reference that ships with the package; empty where it was never measured."""
    return Reference(json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {})
