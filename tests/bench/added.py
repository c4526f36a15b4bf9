"""A few articles added to a finished run: `python -m tests.bench.added FILE [ARTICLES] [--added TEN] [--folder DIR]`.

FILE is jsonl as for `tests.bench.growth`. The run of all but the last articles is made first, or taken from DIR where
`tests.bench.growth --folder` or an earlier call has left it; then the same command runs again with those added.
What takes how long is read from the run's own record of its stages.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.footprint import environment, footprint
from tests.bench.growth import grown, written

ADDED = 10


def main() -> None:
    """Print a row for each run in Markdown, then the seconds of each stage of the last one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=ADDED)
    parser.add_argument("--folder", type=Path, help="keep articles and the run here, and go on with them")
    given = parser.parse_args()
    environment()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    print("| run | articles | seconds | processor seconds | peak memory, all processes |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = (given.folder or Path(name)) / str(given.articles)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "articles.jsonl"
        command = [sys.executable, "-m", "audit", "-q", "run", str(file), "-o", str(folder / "out")]
        fewer = given.articles - given.added
        for told, size in (("first", fewer), ("once more", fewer), (f"{given.added} added", given.articles)):
            written(file, grown(rows, size))
            took = footprint(command, Path.cwd())
            print(f"| {told} | {size:,} | {took.seconds:.0f} | {took.processor:.0f} | {took.memory / 1e9:.2f} GB |",
                  flush=True)
        print(f"\n{json.loads((folder / 'out' / '.audit' / 'timings.json').read_text(encoding='utf-8'))}")


if __name__ == "__main__":
    main()
