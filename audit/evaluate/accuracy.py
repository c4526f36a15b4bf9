"""Labelled sets in, the figures behind the sentences of accuracy out; `--data DIR` names the folder of the sets."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from audit.evaluate import measured
from audit.report.accuracy import CHECKS, FILE
from audit.settings import load


def measure(data: Path) -> list[dict[str, Any]]:
    """The figures of every check, with rows and digest of its set. Raises AuditError where a set is missing."""
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


def main() -> None:
    """Measure and write the file."""
    parser = argparse.ArgumentParser(prog="python -m audit.evaluate.accuracy", description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled sets")
    entries = measure(parser.parse_args().data)
    FILE.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
