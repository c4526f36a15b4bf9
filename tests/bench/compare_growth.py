"""Time and memory of comparing, and how they grow: `python -m tests.bench.compare_growth DATA [--articles N]`.

DATA is the folder of the data sets; the articles are those of `corpus/allsides_10k`. Four times the articles are the
same ones and three altered copies of each, so that the corpus is as dense in stories as before: in a copy every content
word, names too, is replaced by another of about the same frequency, always the same one, every number by another,
and every date lies decades later. A copy therefore has the stories and claims of the original and meets none of its
articles. Each size is compared in a process of its own, from sketches that were made before. The peak of memory is the
sum of the peaks of that process and its workers, and the seconds of processors are those of all of them, so that they
mean something on a busy machine too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy is loaded

import msgspec  # noqa: E402

from audit import compare, engine  # noqa: E402
from audit.compare import vocabulary  # noqa: E402
from audit.compare.sketch import Sketch  # noqa: E402
from audit.compare.words import FUNCTION_WORDS  # noqa: E402
from audit.extract import extract  # noqa: E402
from audit.parse import parse  # noqa: E402
from audit.records import Article  # noqa: E402

COPIES = 4
YEARS = 30
BATCH = 500
WORD = re.compile(r"[A-Za-z]{3,}|\d+")
DATE = re.compile(r"^(\d{4})(.*)$")


def articles(data: Path, count: int) -> list[Article]:
    """The first articles of the corpus in order of date and id, so that a part of them is as dense as the whole."""
    with (data / "corpus" / "allsides_10k.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows.sort(key=lambda row: (row["published"] or "~", row["id"]))
    return [
        Article(row["id"], row["source"], row["text"], title=row["title"], published=row["published"])
        for row in rows[:count]
    ]


def kept() -> frozenset[str]:
    """Words that stay: function words and those that the comparison knows by name."""
    lists = vocabulary.load()
    known = {*lists.numbers, *lists.scales, *lists.units, *lists.months, *lists.weekdays, *lists.negations}
    return frozenset(known | FUNCTION_WORDS | lists.denials | lists.tolls | lists.updating | lists.opposites.keys())


def exchanged(found: list[Article]) -> dict[str, str]:
    """Each content word to the one that is next in frequency."""
    counts = Counter(word.lower() for one in found for word in WORD.findall(one.text) if word.isalpha())
    order = sorted(counts.keys() - kept(), key=lambda word: (-counts[word], word))
    return dict(zip(order, [*order[1:], *order[:1]], strict=True))


def altered(one: Article, number: int, instead: dict[str, str]) -> Article:
    """One article as its copy of that number."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return str(int(word) + number) if len(word) < 9 else word
        lower = word.lower()
        for _ in range(number):
            lower = instead.get(lower, lower)
        return lower.capitalize() if word[0].isupper() else lower

    date = DATE.match(one.published or "")
    return Article(
        f"{one.id}-{number}", one.source, WORD.sub(other, one.text), title=WORD.sub(other, one.title or ""),
        published=f"{int(date[1]) + YEARS * number}{date[2].replace('02-29', '02-28')}" if date else None,
    )  # fmt: skip


def write(found: Iterator[list[Article]], path: Path) -> None:
    """Sketches and texts of articles, a batch a line."""
    with path.open("wb") as file:
        for batch in found:
            parsed = parse(batch)
            findings, words = compare.spoken(parsed, extract(parsed, ["attribution"]))
            content = msgspec.msgpack.encode((compare.sketch(parsed, findings, None, words), batch))
            file.write(len(content).to_bytes(8, "little") + content)


def read(path: Path) -> tuple[list[Sketch], dict[str, str]]:
    """The reverse of `write`."""
    sketches: list[Sketch] = []
    texts: dict[str, str] = {}
    with path.open("rb") as file:
        while size := int.from_bytes(file.read(8), "little"):
            some, batch = msgspec.msgpack.decode(file.read(size), type=tuple[list[Sketch], list[Article]])
            sketches += some
            texts |= {one.id: one.text for one in batch}
    return sketches, texts


def timed(task: Callable[[Any], Any], job: object) -> tuple[Any, float, int, int]:
    """The result of a task, the seconds that it took, and the process that ran it with its peak of memory in KiB."""
    began = time.process_time()
    result = task(job)
    return result, time.process_time() - began, os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measured(path: Path, workers: int) -> dict[str, float]:
    """Compare what a file holds; seconds and megabytes."""
    sketches, texts = read(path)
    seconds, peaks = [0.0], {}
    with engine.opened("local", workers) as pool:

        def spread(task: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
            for result, used, process, peak in pool.map(partial(timed, task), jobs):
                seconds.append(used if process != os.getpid() else 0.0)
                peaks[process] = peak
                yield result

        began = time.perf_counter(), time.process_time()
        found = compare.compare(sketches, texts.__getitem__, map=spread)
        took, own = time.perf_counter() - began[0], time.process_time() - began[1]
    peaks[os.getpid()] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "articles": len(sketches), "seconds": round(took, 1), "processor seconds": round(own + sum(seconds), 1),
        "of them in this process": round(own, 1), "megabytes": round(sum(peaks.values()) / 1024),
        "stories": len(found.stories), "claim pairs": len(found.claim_pairs),
    }  # fmt: skip


def batches(found: list[Article], copies: int) -> Iterator[list[Article]]:
    """All articles with so many copies, a batch at a time."""
    instead = exchanged(found) if copies > 1 else {}
    for number in range(copies):
        for start in range(0, len(found), BATCH):
            some = found[start : start + BATCH]
            yield [altered(one, number, instead) for one in some] if number else some


def main() -> None:
    """Compare one size and four times that size, and print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--once", action="store_true", help="compare that size only")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="keep the sketches here; a temporary folder otherwise")
    parser.add_argument("--sketches", type=Path, help="compare what this file holds, and nothing else")
    given = parser.parse_args()
    if given.sketches:
        print(json.dumps(measured(given.sketches, given.workers)))
        return
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        found = articles(given.data, given.articles)
        for copies in (1,) if given.once else (1, COPIES):
            path = (given.folder or Path(temporary)) / f"{copies}.sketches"
            if not path.exists():
                write(batches(found, copies), path)
            command = [sys.executable, "-m", "tests.bench.compare_growth", str(given.data), "--sketches", str(path),
                       "--workers", str(given.workers)]  # fmt: skip
            rows.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
            print(json.dumps(rows[-1]), flush=True)
    if given.once:
        return
    grown = {key: round(rows[1][key] / max(rows[0][key], 1e-9), 2) for key in rows[0]}
    print(json.dumps({"times": grown}))


if __name__ == "__main__":
    main()
