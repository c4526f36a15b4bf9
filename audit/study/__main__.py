"""`python -m audit.study outlets --data FILE`: print the study as a Markdown table and write its figures.

Without `--data` the table of the committed figures is printed, as the README has it. `framing` only prints.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from audit.study import framing, outlets

FOLDER = Path(__file__).parents[1] / "reference"


def main() -> int:
    """Parse the command line, run the study, print and write."""
    parser = argparse.ArgumentParser(prog="python -m audit.study", description=__doc__)
    parser.add_argument("name", choices=["outlets", "framing"])
    parser.add_argument("--data", type=Path, help="jsonl with text and source, and corpus and fact3 or story")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER / "outlets_study.json", help="where the figures go")
    arguments = parser.parse_args()
    if arguments.data is None and arguments.name == "outlets":
        sys.stdout.write(outlets.markdown(json.loads(arguments.output.read_text(encoding="utf-8"))))
        return 0
    if arguments.data is None or not arguments.data.is_file():
        sys.stderr.write(f"{arguments.data}: no such file; name the jsonl with the articles to study\n")
        return 2
    if arguments.name == "framing":
        sys.stdout.write(framing.markdown(framing.study(arguments.data)))
        return 0
    found = outlets.study(arguments.data)
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    arguments.output.write_text(text, encoding="utf-8")
    sys.stdout.write(outlets.markdown(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
