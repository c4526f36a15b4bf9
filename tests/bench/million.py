"""A million articles through stories and reuse on one machine: `python -m tests.bench.million [ARTICLES]`.

The articles are synthetic, some 60 words each: every event is told by three of them in words of its own, one in ten
articles is reprinted by another outlet with two words changed, and a thousand events fall on each day. Sketches are
made some thousand at a time and go to the disk at once; then come the steps that `audit.compare.compare` takes, in one
process, and what they find goes to the disk as well. A smaller number of articles shows what of the memory is that of
a window of days, and what grows with the corpus.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.footprint import EVERY, environment

environment()  # before numpy is loaded

import numpy as np  # noqa: E402

from audit.compare import sketch  # noqa: E402
from audit.compare.catalogue import Catalogue  # noqa: E402
from audit.compare.reuse import proven  # noqa: E402
from audit.compare.shelf import Records, Shelf  # noqa: E402
from audit.compare.sketch import Sketch  # noqa: E402
from audit.compare.stories import TAKEN, gathered, grouped, joined  # noqa: E402
from audit.parse import parse  # noqa: E402
from audit.records import Article, Pair, Story  # noqa: E402

MILLION = 1_000_000
AT_ONCE = 5_000
TELLERS, COPIED, A_DAY = 3, 0.1, 1_000
WORDS, OF_EVENT, LENGTH = 60_000, 30, 60
FIRST = datetime.date(2000, 1, 1)


def word(number: int) -> str:
    """An invented word, another one for every number."""
    letters = []
    number += 26 * 26
    while number:
        number, letter = divmod(number, 26)
        letters.append("etaoinshrdlcumwfgypbvkjxqz"[letter])
    return "".join(letters)


def articles(count: int, start: int) -> list[Article]:
    """Articles number `start` and on; each depends on its number alone."""
    return [article(number) for number in range(start, min(start + AT_ONCE, count))]


def article(number: int) -> Article:
    """One article: words of its event, then words of its own; or the one before it, with two words changed."""
    chance = np.random.default_rng([number, 2])
    copied = number % TELLERS != 0 and chance.random() < COPIED
    event = number // TELLERS
    return Article(
        f"n{number:07d}", f"outlet-{chance.integers(50)}", text(number - 1 if copied else number, 2 if copied else 0),
        title="", published=(FIRST + datetime.timedelta(days=event // A_DAY)).isoformat(),
    )


def text(number: int, changed: int) -> str:
    """Three sentences; the first `changed` words are other ones."""
    event = np.random.default_rng([number // TELLERS, 0])
    own = np.random.default_rng([number, 1])
    chosen = np.concatenate((event.integers(WORDS, size=OF_EVENT), own.integers(WORDS, size=LENGTH - OF_EVENT)))
    chosen = own.permutation(chosen)
    chosen[:changed] = own.integers(WORDS, size=changed)
    words = [word(int(one)) for one in chosen]
    return " ".join(" ".join(words[at : at + 20]).capitalize() + "." for at in range(0, LENGTH, 20))


def sketches(count: int) -> Iterator[Sketch]:
    """Sketches of all articles, some thousand at a time."""
    for start in range(0, count, AT_ONCE):
        yield from sketch(parse(articles(count, start)), {})


class Disk:
    """The most bytes that files of this process have held on the disk so far, those without a name too; Linux only."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most = folder, 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.look()
            time.sleep(EVERY)

    def look(self) -> None:
        """Look now."""
        found = {}
        for file in (*self.folder.iterdir(), *Path("/proc/self/fd").glob("*")):
            try:
                about = file.stat()
            except OSError:  # closed since
                continue
            if stat.S_ISREG(about.st_mode):
                found[about.st_ino] = about.st_size
        self.most = max(self.most, sum(found.values()))


class Table:
    """Rows of Markdown, printed step by step."""

    def __init__(self, count: int, folder: Path) -> None:
        self.disk, self.began = Disk(folder), (time.monotonic(), time.process_time())
        print(f"{count:,} articles\n\n| step | found | seconds | processor seconds | peak memory so far "
              "| disk at most so far |\n|---|---|---|---|---|---|", flush=True)  # fmt: skip

    def row(self, step: str, found: str) -> None:
        """What a step found and took."""
        self.disk.look()
        now = time.monotonic(), time.process_time()
        took, used = (after - before for after, before in zip(now, self.began, strict=True))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(f"| {step} | {found} | {took:,.0f} | {used:,.0f} | {memory / 1e9:.2f} GB "
              f"| {self.disk.most / 1e9:.2f} GB |", flush=True)  # fmt: skip
        self.began = now


def main() -> None:
    """Print a row per step in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=MILLION)
    parser.add_argument("--folder", type=Path, help="keep the sketches here, and go on with them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measured(given.articles, folder, Table(given.articles, folder))


def measured(count: int, folder: Path, table: Table) -> None:
    """Take the steps of comparing up to stories and reuse, whose results go to the disk one by one."""
    path = folder / f"{count}.shelf"
    if not path.exists():
        Shelf.write(path, sketches(count))
        table.row("sketches", f"{count:,} articles")
    shelf = Shelf(path)
    known = Catalogue.of(shelf, folder)
    table.row("order of days and ids", f"{len(set(known.days.tolist())):,} days")
    groups = grouped(shelf, known, folder=folder)
    table.row("stories", f"{int((np.bincount(groups) > 1).sum()):,} groups")
    taken: list[tuple[int, int]] = []

    def pairs() -> Iterator[Pair]:
        for one in proven(shelf, known, lambda name: article(int(name[1:])).text, folder):
            if one.pair.share >= TAKEN:
                taken.append((one.left, one.right))
            yield one.pair

    Records.write(folder / "pairs.shelf", pairs())
    table.row("reuse", f"{len(Records(folder / 'pairs.shelf', Pair)):,} pairs")
    Records.write(folder / "stories.shelf", gathered(shelf, known, joined(groups, known, taken)))
    table.row("stories written", f"{len(Records(folder / 'stories.shelf', Story)):,} stories")


if __name__ == "__main__":
    main()
