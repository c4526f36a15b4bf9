"""Adding and removing articles, running, being killed, in any order: what stands is whole, a run ends as if new."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.faults.running import alone, seen_whole, whole, write

EXAMPLES = int(os.environ.get("AUDIT_LIVES", "3"))
"""Lives of a folder that are tried; CI sets more."""

NUMBERS = st.integers(0, 7)
TOUCHES = 400
"""Touches of files in a whole run of so few articles, about; a run that has fewer ends before it is killed."""

NEW: dict[frozenset[int], dict[str, str]] = {}
"""What a run into a new folder gives, by its articles."""


class Life(RuleBasedStateMachine):
    """One folder and its articles."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="audit-life-"))
        self.numbers = {0, 1, 2}
        self.begun: list[dict[str, str]] = []

    @initialize()
    def begin(self) -> None:
        self.run()

    def wanted(self) -> dict[str, str]:
        """What a new folder would hold; from now on it may stand in this one."""
        key = frozenset(self.numbers)
        if key not in NEW:
            folder = Path(tempfile.mkdtemp(prefix="audit-new-"))
            NEW[key] = whole(write(folder, sorted(key)), folder / "out")
            shutil.rmtree(folder)
        if NEW[key] not in self.begun:
            self.begun.append(NEW[key])
        return NEW[key]

    @rule(number=NUMBERS)
    def add(self, number: int) -> None:
        self.numbers.add(number)

    @precondition(lambda self: len(self.numbers) > 1)
    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        self.numbers.discard(number)

    @rule(last=st.integers(1, TOUCHES))
    def kill(self, last: int) -> None:
        self.wanted()
        alone(write(self.place, sorted(self.numbers)), self.place / "out", last=last)

    @rule()
    def run(self) -> None:
        wanted = self.wanted()
        assert whole(write(self.place, sorted(self.numbers)), self.place / "out") == wanted

    @invariant()
    def what_stands_is_whole(self) -> None:
        seen_whole(self.place / "out", self.begun)

    def teardown(self) -> None:
        self.run()
        shutil.rmtree(self.place)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=6, deadline=None, derandomize=True, print_blob=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
