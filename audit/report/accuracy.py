"""How often each signal is right, as sentences for the pages: figures on labelled sets in, `accuracy.json` out.

`python -m audit.report.accuracy --data DIR` measures every set again; pages only read the committed file.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("accuracy.json")


@dataclass(frozen=True, slots=True)
class Check:
    """A labelled set below the data folder that was not trained on, and the sentence for its figures.

    `found` and `right` name a recall and a precision; in the sentence they stand as "7 of 10".
    """

    signal: str
    task: str
    gold: str
    found: str
    right: str
    sentence: str


CHECKS = (
    Check(
        "attribution",
        "attribution",
        "attribution/polnear_dev",
        "relation_content@0.3.r",
        "relation_content@0.3.p",
        "In tests on {rows} articles of United States political news, {found} attributed statements were found, and "
        "{right} of those found were right.",
    ),
    Check(
        "attribution",
        "attribution",
        "attribution/polnear_dev",
        "token_source.r",
        "token_source.p",
        "Of the words that name a source, {found} were found, and {right} of those found were right.",
    ),
    Check(
        "hedging",
        "hedging",
        "hedging/szeged_wiki_dev",
        "sentence.r",
        "sentence.p",
        "In tests on {rows} sentences of Wikipedia, {found} hedged sentences were found, and {right} of those found "
        "were right.",
    ),
    Check(
        "loaded",
        "loaded",
        "loaded/babe_dev",
        "sentence.r",
        "sentence.p",
        "In tests on {rows} sentences of United States news, {found} sentences that experts call biased by their "
        "words were found, and {right} of those found were right.",
    ),
    Check(
        "translation",
        "translation",
        "translation/wmt_dev",
        "auc",
        "accuracy@0.5",
        "In tests on {rows} news texts, a machine's translation had the higher probability in {found} pairs of one "
        "by a machine and one by people, and {right} texts were on the right side of one half.",
    ),
    Check(
        "agreement",
        "stories",
        "stories/allsides_dev",
        "bcubed.r",
        "bcubed.p",
        "In tests on {rows} news articles, {found} articles that belong to one story were put together, and {right} of "
        "those put together belong there.",
    ),
    Check(
        "agreement",
        "reuse",
        "reuse/gold",
        "r",
        "p",
        "Of texts made from another one, {found} were found, and {right} of those found were right ({rows} pairs).",
    ),
    Check(
        "agreement",
        "claims",
        "claims/numbers_changed",
        "disputes.r",
        "disputes.p",
        "Of statements with a number changed, {found} were called different, and {right} of those called different "
        "were so ({rows} pairs).",
    ),
)


def measure(data: Path) -> list[dict[str, Any]]:
    """The figures of every check, with rows and digest of its set. Raises AuditError where a set is missing."""
    from audit.evaluate import measured
    from audit.settings import load

    results: dict[tuple[str, str], Any] = {}
    entries = []
    for check in CHECKS:
        key = check.task, check.gold
        if key not in results:
            results[key] = measured(check.task, data / f"{check.gold}.jsonl", load())
        got = results[key]
        entries.append(
            {
                "signal": check.signal,
                "data": got.data,
                "rows": got.rows,
                "sha256": got.sha256,
                "found": got.figures[check.found],
                "right": got.figures[check.right],
            }
        )
    return entries


@cache
def sentences() -> dict[str, list[str]]:
    """What to say of each signal, from the committed figures; nothing where none were measured."""
    said: dict[str, list[str]] = {}
    entries = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []
    for check, entry in zip(CHECKS, entries, strict=False):
        words = check.sentence.format(rows=f"{entry['rows']:,}", found=_of(entry["found"]), right=_of(entry["right"]))
        said.setdefault(check.signal, []).append(words)
    return said


def _of(share: float) -> str:
    """`7 of 10`; from 95 per cent on `97 of 100`, so that nothing reads as flawless that is not."""
    return f"{round(share * 100)} of 100" if share > 0.95 or share < 0.05 else f"{round(share * 10)} of 10"


def main() -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m audit.report.accuracy", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    entries = measure(parser.parse_args().data)
    FILE.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
