"""Set the committed floors: `python -m audit.evaluate --write-floors [--data DIR] [--lower REASON] [TASK ...]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from audit.errors import AuditError
from audit.evaluate import TASKS, floors
from audit.evaluate.measure import measure
from audit.settings import load

DEMO = Path(__file__).parents[2] / "seeds" / "gold.jsonl"


def main() -> int:
    """Measure, then write the floors that rose, and those that fell if a reason is given."""
    parser = argparse.ArgumentParser(prog="python -m audit.evaluate", description=__doc__)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of {', '.join(TASKS)}; default: all")
    parser.add_argument("--write-floors", action="store_true", help="write floors.toml; else only show the figures")
    parser.add_argument("--data", type=Path, help="folder of the labelled sets; default: the demonstration corpus only")
    parser.add_argument("--lower", default="", metavar="REASON", help="let floors fall, for this reason")
    args = parser.parse_args()
    try:
        new = measure(args.tasks or list(TASKS), DEMO, args.data, load(), sys.stdout)
        if args.write_floors:
            floors.write(floors.merge(floors.read_floors(), new, args.lower))
    except AuditError as error:
        print(f"audit.evaluate: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
