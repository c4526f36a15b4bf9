"""`python -m tests.mutation [--share S] [--seed N] MODULE...`: what share of small changes do the tests notice?

mutmut makes the changes, in a copy of the checkout. Each one, or of each module a random share of them, is tried in a
process of its own on the tests that call the changed function, the quick ones first. Gives a row per module, and the
changes that no test noticed in `survived.txt`.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import redirect_stdout
from difflib import unified_diff
from functools import _lru_cache_wrapper
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

ROOT = Path(__file__).parents[2]
TESTS = {
    "score": ("tests/core/test_score.py", "tests/core/test_score_figures.py"),
    "store": ("tests/core/test_store.py", "tests/faults/test_exchange.py"),
    "compare": ("tests/compare",),
}
"""Where the tests of each module, or of the modules of a folder, stand."""

QUIET = ("-qq", "-x", "--no-header", "--tb=no", "--no-summary", "-p", "no:cacheprovider", "-W", "ignore")
LEAST = 8
"""Changes of a module that are tried at least, where it has so many."""
PATIENCE = 20
"""Seconds of processor time after which a change that never ends has been noticed."""


class Calls:
    """Which tests call which function, and how long each takes; a pytest plugin."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.seconds: dict[str, float] = {}

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.seconds[item.nodeid] = -time.process_time()

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        self.seconds[item.nodeid] += time.process_time()
        for function in state()._stats:
            self.tests[function].append(item.nodeid)
        state()._stats.clear()

    def of(self, change: str) -> list[str]:
        """The tests that call the function which this change is made to, the quick ones first.

        pytest does not find a test again by an id with a backslash in it; then all cases of that test are taken.
        """
        tests = sorted(self.tests[change.rpartition("__mutmut_")[0]], key=self.seconds.__getitem__)
        return list(dict.fromkeys(test.partition("[")[0] if "\\" in test else test for test in tests))


def forget() -> None:
    """Drop what was computed before the change and is remembered, models aside, which are read and not computed."""
    parse: Any = sys.modules.get("audit.parse")
    if parse:
        asked = parse._asked
        parse._asked = lambda _known, *rest: asked(None, *rest)
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith(("audit.compare", "audit.parse")):
            one.cache_clear()


def noticed(change: str, tests: Sequence[str]) -> bool:
    """Whether one of the tests fails when the change is made."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        set_mutant_under_test(change)
        forget()
        os._exit(int(pytest.main([*QUIET, *tests])))
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == pytest.ExitCode.USAGE_ERROR:
        sys.exit(f"the tests of {change} cannot be found again: {' '.join(tests)}")
    return status != 0


def changed(path: Path, name: str) -> str:
    """The lines that a change takes away and those that it puts there."""
    functions: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "def x" in line and "__mutmut_" in line:
            current = functions[line.split("def ")[1].split("(")[0]] = []
        elif line.startswith(("mutants_", "@", "def ", "class ")):
            current = []
        else:
            current.append(line)
    function = name.rpartition(".")[2]
    lines = unified_diff(functions[f"{function.rpartition('__mutmut_')[0]}__mutmut_orig"], functions[function], n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def copied(modules: Sequence[str]) -> tuple[Path, dict[str, list[str]]]:
    """A copy of the checkout in which the modules hold all their changes, switched off, and the names of these."""
    place = Path(tempfile.mkdtemp(prefix="audit-mutation-"))
    for part in ("audit", "tests", "seeds", "pyproject.toml", "README.md"):
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, place / part)
    names = {}
    for module in modules:
        path = place / "audit" / f"{module}.py"
        made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
        path.write_text(made.code, encoding="utf-8")
        names[module] = [f"audit.{module.replace('/', '.')}.{name}" for name in made.mutant_names]
    return place, names


def watched(place: Path, modules: Sequence[str]) -> Calls:
    """Run the tests of the modules in the copy once, from now on in its folder. Ends if one fails by itself."""
    os.chdir(place)
    sys.path[:] = [str(place), *(entry for entry in sys.path if entry not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.split(".")[0] in ("audit", "tests")]:
        del sys.modules[name]  # of the checkout; the tests must meet the copy
    set_mutant_under_test("stats")
    calls = Calls()
    with redirect_stdout(StringIO()):
        parts = dict.fromkeys(module.partition("/")[0] for module in modules)
        code = pytest.main([*QUIET, *(test for part in parts for test in TESTS[part])], plugins=[calls])
    if code:
        sys.exit(f"the tests fail before anything is changed (pytest: {code})")
    return calls


def drawn(module: str, names: Sequence[str], share: float, seed: int) -> list[str]:
    """The changes of a module that are tried."""
    count = min(len(names), max(LEAST, round(share * len(names))))
    return random.Random(f"{seed} {module}").sample(list(names), count)


def main(modules: Sequence[str], share: float, seed: int) -> None:
    """Copy, change, watch the tests, try."""
    place, made = copied(modules)
    calls = watched(place, modules)
    print("| module | changes | tried | noticed | share |\n|---|---|---|---|---|", flush=True)
    every = [0, 0, 0]
    with (ROOT / "survived.txt").open("w", encoding="utf-8") as file:
        for module, names in made.items():
            tried = drawn(module, names, share, seed)
            survived = [name for name in tried if not (calls.of(name) and noticed(name, calls.of(name)))]
            row(f"`{module}.py`", one := [len(names), len(tried), len(tried) - len(survived)])
            every = [sum(pair) for pair in zip(every, one, strict=True)]
            for name in survived:
                lines = changed(place / "audit" / f"{module}.py", name)
                file.write(f"{name}{'' if calls.of(name) else ' (no test calls it)'}\n{lines}\n")
            file.flush()
    row("all", every)
    shutil.rmtree(place)


def row(name: str, counts: Sequence[int]) -> None:
    """One line of the table: changes, tried, noticed, and their share."""
    if counts[1]:
        print(f"| {name} | {' | '.join(f'{count:,}' for count in counts)} | {counts[2] / counts[1]:.0%} |", flush=True)


if __name__ == "__main__":
    words = argparse.ArgumentParser(prog="python -m tests.mutation")
    words.add_argument("modules", nargs="*", metavar="MODULE",
                       help="score, store, compare for all of it, or such as compare/stories; none for all")
    words.add_argument("--share", type=float, default=1.0, help="of the changes of each module, drawn by --seed")
    words.add_argument("--seed", type=int, default=0)
    given = words.parse_args()
    compare = sorted(f"compare/{path.stem}" for path in (ROOT / "audit/compare").glob("[a-z]*.py"))
    chosen = given.modules or ["score", "store", "compare"]
    main([one for name in chosen for one in (compare if name == "compare" else [name])], given.share, given.seed)
