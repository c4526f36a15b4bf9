"""How far a run has come, said on stderr: bars on a terminal, a line per stage elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int], None]


class Progress:
    """Times the stages of a run and talks about them. `timings` maps a stage to seconds."""

    def __init__(self, *, quiet: bool = True, verbose: bool = False) -> None:
        self.quiet, self.verbose = quiet, verbose
        self.timings: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """One stage; the value given is called with how many more are done."""
        began = time.perf_counter()
        if self.quiet or not sys.stderr.isatty():
            yield lambda _: None
        else:
            with self._bar(name, total) as advance:
                yield advance
        self.timings[name] = round(self.timings.get(name, 0.0) + time.perf_counter() - began, 3)
        if self.verbose or (not self.quiet and not sys.stderr.isatty()):
            print(f"{name}: {self.timings[name]:.1f} s", file=sys.stderr)

    @contextmanager
    def _bar(self, name: str, total: int | None) -> Iterator[Advance]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Bars(*columns, console=Console(stderr=True), transient=not self.verbose) as bars:
            task = bars.add_task(name, total=total)
            yield lambda done: bars.advance(task, done)
