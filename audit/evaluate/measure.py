"""All figures at once. In: tasks, the demonstration corpus, the folder of labelled sets; out: floors to be set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from audit.evaluate import floors, measured
from audit.settings import Settings

SETS: dict[str, tuple[str, ...]] = {
    "attribution": ("attribution/polnear_dev",),
    "hedging": ("hedging/conll2010_bio_dev", "hedging/conll2010_wiki_dev", "hedging/szeged_bio_dev",
                "hedging/szeged_wiki_dev"),
    "loaded": ("loaded/babe_dev", "loaded/basil_sent_dev", "loaded/semeval23t3_dev", "loaded/wikinpov_hube2019_dev"),
    "translation": ("translation/wmt_dev",),
    "stories": ("stories/allsides_dev", "stories/basil"),
    "reuse": ("reuse/gold",),
    "claims": ("claims/mrpc_dev", "claims/numbers_changed"),
}
"""The labelled sets of each task that are not trained on, below the folder of the data."""


def measure(
    tasks: Iterable[str], demo: Path, data: Path | None, settings: Settings, out: TextIO,
) -> dict[floors.Key, floors.Floor]:
    """Floors for the figures of today; prints each as a line of JSON."""
    found = {}
    for task, gold in _golds(list(tasks), demo, data):
        result = measured(task, gold, settings)
        print(json.dumps({"task": task, "data": result.data, **result.figures}), file=out, flush=True)
        found[task, result.data] = floors.Floor(result.sha256, result.rows, floors.guarded(result.figures))
    return found


def _golds(tasks: list[str], demo: Path, data: Path | None) -> Iterator[tuple[str, Path]]:
    for task in tasks:
        yield task, demo
        if data is not None:
            yield from ((task, data / f"{name}.jsonl") for name in SETS.get(task, ()))
