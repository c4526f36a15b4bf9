"""`python -m tests.fuzz TARGET [-max_total_time=SECONDS]`: atheris on one target, from its corpus of past crashes on.

Needs the extra `fuzz`. A crash is written to the current folder; put it under tests/fuzz/crashes/TARGET once mended.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["audit"]):
    from tests.fuzz.targets import ALLOWED, TARGETS


def main(words: list[str]) -> None:
    """Fuzz the target that the first word names; the other words are libFuzzer's own options."""
    name, *options = words
    target = TARGETS[name]

    def one(data: bytes) -> None:
        try:
            target(data)
        except ALLOWED:
            return

    corpus = Path(__file__).with_name("crashes") / name
    atheris.Setup([name, "-timeout=60", "-rss_limit_mb=4096", "-max_len=4096", *options, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
