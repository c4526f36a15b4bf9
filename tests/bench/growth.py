"""Time and memory of whole runs, and how they grow: `python -m tests.bench.growth FILE [SIZE...]`.

FILE is jsonl with `id`, `text` and `published` per line; sizes are numbers of articles, by default 2500 10000 37500.
Beyond the articles of FILE, altered copies of them make up the number: in every copy all words but the commonest are
exchanged for others that are about as frequent, always the same ones, and dates lie years apart. So a copy has the
stories and the reprints of the original, and shares none with it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.footprint import Footprint, environment, footprint

SIZES = (2500, 10_000, 37_500)
YEARS = 30
"""Between an article and its copy: no window of days reaches across."""

COMMON = 32
"""Words that stay as they are: most of them only hold the others together, or say who said something."""

WORD = re.compile(r"[A-Za-z]{3,}")
Row = dict[str, Any]


def grown(rows: list[Row], size: int) -> Iterator[Row]:
    """The rows, then altered copies, `size` in all."""
    ranked = [word for word, _ in Counter(word.lower() for row in rows for word in WORD.findall(row["text"]))
              .most_common()][COMMON:]

    def copies() -> Iterator[Row]:
        yield from rows
        for turn in range(1, -(-size // len(rows))):
            # each copy takes another of the words around, so that no two of them have one in the same place
            other = {word: ranked[place ^ turn] for place, word in enumerate(ranked) if place ^ turn < len(ranked)}
            yield from (altered(row, turn, other) for row in rows)

    return islice(copies(), size)


def altered(row: Row, turn: int, other: dict[str, str]) -> Row:
    """A copy of an article with other words, another id and another date."""

    def exchanged(found: re.Match[str]) -> str:
        word = found[0].lower()
        new = other.get(word, word)
        return new.capitalize() if found[0][0].isupper() else new

    changed = {key: WORD.sub(exchanged, row[key]) for key in ("title", "text") if row.get(key)}
    return row | changed | {"id": f"{row['id']}-{turn}", "published": _moved(row.get("published"), turn)}


def _moved(published: str | None, turn: int) -> str | None:
    try:
        day = datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return published
    return (day - datetime.timedelta(days=round(365.25 * YEARS * turn))).isoformat()


def written(path: Path, rows: Iterable[Row]) -> int:
    """Write the articles; gives their words, roughly."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
            words += row["text"].count(" ") + 1
    return words


def main() -> None:
    """Run each size and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path, help="keep articles and runs here, and go on with them")
    given = parser.parse_args()
    environment()
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    print("| articles | words | seconds | processor seconds | peak memory, all processes |\n|---|---|---|---|---|")
    before: tuple[int, Footprint] | None = None
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = given.folder / str(size) if given.folder else Path(name)
            folder.mkdir(parents=True, exist_ok=True)
            words = written(folder / "articles.jsonl", grown(rows, size))
            command = [sys.executable, "-m", "audit", "-q", "run", str(folder / "articles.jsonl"), "-o",
                       str(folder / "out")]
            took = footprint(command, Path.cwd())
        print(f"| {size:,} | {words:,} | {took.seconds:.0f} | {took.processor:.0f} | {took.memory / 1e9:.2f} GB |",
              flush=True)
        if before:
            times = size / before[0]
            print(f"| {times:.2f} times | | {took.seconds / before[1].seconds:.2f} times "
                  f"| {took.processor / before[1].processor:.2f} times "
                  f"| {took.memory / max(1, before[1].memory):.2f} times |", flush=True)
        before = size, took


if __name__ == "__main__":
    main()
