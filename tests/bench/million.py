"""A million articles through stories and reuse on one machine: `python -m tests.bench.million [ARTICLES]`.

The articles are synthetic, some 60 words each: every event is told by three of them in words of its own, one in ten
articles is reprinted by another outlet with two words changed, and a thousand events fall on each day. Sketches are
made some thousand at a time and go to the disk at once; what is measured is finding stories and reuse from there.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.footprint import environment

environment()  # before numpy is loaded

import numpy as np  # noqa: E402

from audit.compare import sketch  # noqa: E402
from audit.compare.reuse import reuse  # noqa: E402
from audit.compare.shelf import Shelf  # noqa: E402
from audit.compare.sketch import Sketch  # noqa: E402
from audit.compare.stories import stories  # noqa: E402
from audit.parse import parse  # noqa: E402
from audit.records import Article  # noqa: E402

MILLION = 1_000_000
AT_ONCE = 5_000
TOLD, COPIED, A_DAY = 3, 0.1, 1_000
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
    copied = number % TOLD != 0 and chance.random() < COPIED
    event = number // TOLD
    return Article(
        f"n{number:07d}", f"outlet-{chance.integers(50)}", text(number - 1 if copied else number, 2 if copied else 0),
        title="", published=(FIRST + datetime.timedelta(days=event // A_DAY)).isoformat(),
    )


def text(number: int, changed: int) -> str:
    """Three sentences; the first `changed` words are other ones."""
    event = np.random.default_rng([number // TOLD, 0])
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


def memory() -> str:
    """The highest that memory has been, in GB."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f}"


def main() -> None:
    """Print a row per step in Markdown: seconds, and the highest memory so far."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=MILLION)
    count = parser.parse_args().articles
    head = "| step | found | seconds | peak memory, GB | disk, GB |\n|---|---|---|---|---|"
    print(f"{count:,} articles\n\n{head}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.shelf"
        began = time.monotonic()
        Shelf.write(path, sketches(count))
        disk = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e9

        def said(step: str, found: int) -> None:
            nonlocal began
            print(f"| {step} | {found:,} | {time.monotonic() - began:.0f} | {memory()} | {disk:.2f} |", flush=True)
            began = time.monotonic()

        shelf = Shelf(path)
        said("sketches", len(shelf))
        said("stories", len(stories(shelf)))
        pairs = reuse(shelf, lambda id: text_of(int(id[1:])))
        said("reuse", len(pairs))


def text_of(number: int) -> str:
    """The text of an article, made again: it is asked for where reuse was found."""
    return article(number).text


if __name__ == "__main__":
    main()
