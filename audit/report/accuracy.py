"""How often each signal is right: committed figures in, sentences for the pages out.

`python -m audit.evaluate.accuracy --data DIR` measures every labelled set again and writes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("accuracy.json")


NEAR = 0.05
"""Shares nearer to none or all than this are said out of a hundred."""


@dataclass(frozen=True, slots=True)
class Check:
    """A labelled set below the data folder that was not trained on, and the sentence for its figures.

    `found` and `right` name two figures, mostly a recall and a precision; in the sentence they stand as "7 of 10".
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
        "auc_vs_human_translation",
        "auc_vs_original",
        "In tests on {rows} news texts, a machine's translation had the higher probability in {found} pairs with a "
        "translation by people, and in {right} pairs with an original English text.",
    ),
    Check(
        "translation",
        "translation",
        "translation/wmt_dev",
        "recall@1%fpr",
        "accuracy@0.5",
        "If one in a hundred texts by people were flagged wrongly, {found} machine translations would be flagged; at "
        "the limit used here, one half, {right} texts are placed rightly.",
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
    """`7 of 10`; near the ends `97 of 100`, so that nothing reads as flawless that is not."""
    if NEAR < share < 1 - NEAR:
        return f"{round(share * 10)} of 10"
    return "more than 99 of 100" if 0.995 <= share < 1 else f"{round(share * 100)} of 100"
