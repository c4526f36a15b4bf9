"""Words per second beside what people use, all on one core and in one run: `python -m tests.bench.peers [FILE]`.

FILE is jsonl with a `text` per line; without it, the demonstration corpus is repeated until it is large enough.
The yardstick is scikit-learn's TfidfVectorizer on the same texts; each tool's share of its speed is what counts,
since machines differ. A peer that is not installed is left out. Each part of `audit` is timed by itself and asks all
its questions about words anew; some that several parts ask are answered once in the whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy is loaded

from audit.answers import forget  # noqa: E402
from audit.api import BATCH, read, scanned  # noqa: E402
from audit.extract import extractors  # noqa: E402
from audit.formats import as_jsonl  # noqa: E402
from audit.parse import Parsed, parse  # noqa: E402
from audit.records import Article  # noqa: E402

ROOT = Path(__file__).parents[2]
WORDS = 500_000  # enough for a stable figure, about a minute in all
ROUNDS = 3
FORMULAS = ("flesch_kincaid_grade", "flesch_reading_ease", "gunning_fog", "coleman_liau_index", "smog_index",
            "automated_readability_index", "dale_chall_readability_score")


def corpus(file: Path | None) -> list[Article]:
    """About `WORDS` words of articles."""
    articles = [item for item in read([file or ROOT / "seeds"]) if isinstance(item, Article)]
    chosen, words = [], 0
    while words < WORDS:
        for article in articles:
            chosen.append(article)
            words += len(article.text.split())
            if words >= WORDS:
                break
    return chosen


def seconds(made: Callable[[], Any], task: Callable[[Any], object]) -> float:
    """The median processor time of a few rounds, after one that is not counted; no round knows the words of one before.

    What `task` is given is made before the clock runs, anew for each round.
    """
    times = []
    for _ in range(ROUNDS + 1):
        forget()
        given = made()
        began = time.process_time()
        task(given)
        times.append(time.process_time() - began)
    return sorted(times[1:])[ROUNDS // 2]


Task = tuple[Callable[[], Any], Callable[[Any], object]]


def tasks(articles: list[Article]) -> dict[str, Task]:
    """What is timed, by name: what is given to it, and itself."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [article.text for article in articles]

    def parsed() -> list[Parsed]:
        return [parse(articles[i:i + BATCH]) for i in range(0, len(articles), BATCH)]

    found: dict[str, Task] = {
        "TfidfVectorizer (the yardstick)": (lambda: texts, lambda given: TfidfVectorizer().fit_transform(given)),
        "audit scan, all signals": (lambda: articles, lambda given: list(as_jsonl(scanned(given), {}))),
        "audit: parse": (lambda: None, lambda _: parsed()),
    }
    for name, extractor in extractors().items():
        found[f"audit: {name}"] = parsed, lambda given, e=extractor: [e.extract(one) for one in given]  # type: ignore[misc]
    rows = list(scanned(articles))
    found["audit: JSON lines"] = lambda: rows, lambda given: list(as_jsonl(given, {}))
    found["textstat alone, its readability formulas"] = lambda: texts, lambda given: [_textstat(one) for one in given]
    if find_spec("spacy"):
        import spacy

        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        found["spaCy, tokens and sentences only"] = lambda: texts, lambda given: list(pipeline.pipe(given))
    return found


def _textstat(text: str) -> list[float]:
    import textstat

    return [getattr(textstat, name)(text) for name in FORMULAS]


def started() -> float:
    """Seconds from calling `audit scan` to its first line, the median of a few; the first call is not counted."""
    words = [sys.executable, "-m", "audit", "scan", str(ROOT / "seeds"), "--format", "jsonl"]
    times = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdout
            assert process.stdout.readline()
            times.append(time.perf_counter() - began)
            process.kill()
    return sorted(times[1:])[ROUNDS // 2]


def main() -> None:
    """Time everything and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    articles = corpus(parser.parse_args().file)
    words = sum(parse(articles[i:i + BATCH]).document_words.sum() for i in range(0, len(articles), BATCH))
    times = {name: seconds(*task) for name, task in tasks(articles).items()}
    yardstick = next(iter(times.values()))
    print(f"{words:,} words, one core\n\n| | words per second | share of the yardstick | units |\n|---|---|---|---|")
    for name, took in times.items():
        print(f"| {name} | {words / took:,.0f} | 1/{took / yardstick:.1f} | {took / yardstick:.1f} |")
    print(f"\n`audit scan` prints its first line after {started():.1f} s.")


if __name__ == "__main__":
    main()
