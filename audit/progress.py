"""How far a run has come, said on stderr: bars on a terminal, a line per stage elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

Advance = Callable[[int], None]

EVERY = 10.0
"""Seconds between two lines of one stage where there is no terminal to draw a bar on."""


class Progress:
    """Times the stages of a run and talks about them.

    timings   seconds by stage
    words     words that a stage worked through, by stage, where it says so
    """

    def __init__(self, *, quiet: bool = True, verbose: bool = False) -> None:
        self.quiet, self.verbose = quiet, verbose
        self.timings: dict[str, float] = {}
        self.words: dict[str, int] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None, unit: str = "") -> Iterator[Advance]:
        """One stage; the value given is called with how many more of `total` units are done."""
        began = time.perf_counter()
        if self.quiet:
            yield lambda _: None
        elif sys.stderr.isatty():
            with self._bar(name, total, unit) as advance:
                yield advance
        else:
            yield _lines(name, total, unit)
        self.timings[name] = round(self.timings.get(name, 0.0) + time.perf_counter() - began, 3)
        if self.verbose or (not self.quiet and not sys.stderr.isatty()):
            print(self._said(name, total, unit), file=sys.stderr)

    def _said(self, name: str, total: int | None, unit: str) -> str:
        seconds, words = self.timings[name], self.words.get(name, 0)
        parts = [f"{seconds:.1f} s", f"{total:,} {unit}" if total else "", f"{words:,} words" if words else ""]
        rate = [f"{words / seconds:,.0f} words/s"] if words and seconds else []
        return f"{name}: {', '.join([part for part in parts if part] + rate)}"

    def record(self) -> dict[str, Any]:
        """Where the time went: seconds by stage, and words per second of the stages that count words."""
        rates = {name: round(words / self.timings[name]) for name, words in self.words.items() if self.timings[name]}
        return {"seconds": self.timings, "total": round(sum(self.timings.values()), 3), "words_per_second": rates}

    @contextmanager
    def _bar(self, name: str, total: int | None, unit: str) -> Iterator[Advance]:
        from rich.console import Console
        from rich.progress import Progress as Bars

        with Bars(*_columns(unit), console=Console(stderr=True), transient=not self.verbose) as bars:
            task = bars.add_task(name, total=total)
            yield lambda done: bars.advance(task, done)


def _columns(unit: str) -> list[ProgressColumn]:
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Units per second, once there is a first one."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} {unit}/s" if task.speed else "")

    return [TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()]


def _lines(name: str, total: int | None, unit: str) -> Advance:
    """Says every ten seconds how far a stage has come."""
    began = said = time.perf_counter()
    count = 0

    def advance(done: int) -> None:
        nonlocal said, count
        count += done
        now = time.perf_counter()
        if total and count < total and now - said >= EVERY:
            said = now
            left = (now - began) * (total - count) / max(1, count)
            print(f"{name}: {count:,} of {total:,} {unit}, {count / (now - began):,.0f}/s, {left:.0f} s left",
                  file=sys.stderr)

    return advance
