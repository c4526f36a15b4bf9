"""Limits of `--fail-over` that sources of a run or scanned articles cross, and the line that sums up a run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from audit.api import Scanned
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
    if earlier := sum(len(json.loads(versions)) for versions in results.articles["versions"]):
        parts.append(f"{earlier} earlier {'version' if earlier == 1 else 'versions'} not counted again")
    if audit["skipped"]:
        parts.append(f"{len(audit['skipped'])} skipped (listed on the page)")
    return "audited " + ", ".join(parts)


def known_features(names: Sequence[str]) -> list[str] | None:
    """The signals asked for, None for all. Raises InputError for one that does not exist."""
    for name in names:
        if name not in extractors():
            raise InputError(f"--feature {name}: no such signal; the signals are {', '.join(extractors())}")
    return list(names) or None


def known_measures(limits: Sequence[tuple[str, float]], names: Sequence[str] | None) -> None:
    """Raises InputError for a limit on something that the signals asked for (None: all) do not measure."""
    found = extractors()
    known = sorted({q.feature for name in names or found for q in found[name].quantities})
    for feature, _ in limits:
        if feature not in known:
            raise InputError(f"--fail-over {feature}: no such measure here; the measures are {', '.join(known)}")


def watched(
    rows: Iterable[Scanned], limits: Sequence[tuple[str, float]], places: Mapping[str, str], crossed: list[str]
) -> Iterator[Scanned]:
    """The same rows; as each passes, `crossed` is given a line for each limit that the article's value is above."""
    for row in rows:
        article, findings, _, _ = row
        values = {m.feature: m.rate for finding in findings for m in finding.measures}
        scores = {s.feature: s.value for finding in findings for s in finding.scores}
        for feature, limit in limits:
            value = values.get(feature)
            if value is not None:
                value = scores.get(feature, value)
            if value is not None and value > limit:
                crossed.append(f"{places.get(article.id, article.id)}: {feature} is {value:.3g}, above {limit:g}")
        yield row
