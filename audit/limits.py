"""What `audit run` says at the end: a line of summary, and the limits of `--fail-over` that were crossed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.errors import InputError
from audit.extract import extractors

if TYPE_CHECKING:
    from audit.results import Results  # brings pandas, which `audit scan` can do without


def crossed(results: Results, limits: Sequence[tuple[str, float]]) -> list[str]:
    """A line for each source whose value is above a limit. Raises InputError for a feature that is not measured."""
    lines = []
    scores = results.scores[results.scores["level"] == "source"]
    for feature, limit in limits:
        rows = scores[scores["feature"] == feature]
        if rows.empty:
            known = ", ".join(sorted(set(scores["feature"])))
            raise InputError(f"--fail-over {feature}: no such measure; the measures are {known}")
        over = rows[rows["value"] > limit]
        lines += [f"{row.subject}: {feature} is {row.value:.3g}, above {limit:g}" for row in over.itertuples()]
    return lines


def summary(results: Results) -> str:
    """One line on what was audited."""
    audit = results.audit
    counts = [(len(audit["sources"]), "source", "sources"), (audit["articles"], "article", "articles"),
              (audit["words"], "word", "words"), (audit["stories"], "shared story", "shared stories")]
    parts = [f"{count} {one if count == 1 else several}" for count, one, several in counts]
    if audit["skipped"]:
        parts.append(f"{len(audit['skipped'])} skipped (listed on the page)")
    return "audited " + ", ".join(parts)


def known_features(names: Sequence[str]) -> list[str] | None:
    """The signals asked for, None for all. Raises InputError for one that does not exist."""
    for name in names:
        if name not in extractors():
            raise InputError(f"--feature {name}: no such signal; the signals are {', '.join(extractors())}")
    return list(names) or None
