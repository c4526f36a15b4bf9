"""What the code of `audit` may not hold: pickle, eval, shells, network modules, models that are read unchecked."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import models

ROOT = Path(__file__).parents[2]
TOOLS = ("docs", "train")
"""Parts for developers, which no command that reads articles imports; they may call compilers and other programs."""

UNSAFE = frozenset(
    "pickle cPickle dill cloudpickle joblib marshal shelve yaml ctypes telnetlib ftplib smtplib requests httpx aiohttp "
    "socket ssl urllib.request http.client http.server xmlrpc webbrowser subprocess os.system os.popen code".split()
)
PICKLES = "pickle|dill|joblib|marshal|shelve"
CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint"})
LOADERS = frozenset({"np.load", "numpy.load", "torch.load"})


KNOWN = {"audit/freed.py": ["imports ctypes"]}
"""One call of the C library, without an argument that comes from an article: give free memory back."""


def sources(*, tools: bool) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "audit").rglob("*.py")):
        if tools or path.relative_to(ROOT / "audit").parts[0] not in TOOLS:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def wrong(tree: ast.Module) -> list[str]:
    """What of a module is not allowed, in words."""
    found = []
    for node in ast.walk(tree):
        found += [f"imports {name}" for name in imported(node) if UNSAFE & {name, name.split(".")[0]}]
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            if name in CALLS:
                found.append(f"calls {name}")
            if name in LOADERS and given.get("allow_pickle") != "False":
                found.append(f"calls {name} without allow_pickle=False")
            if given.get("shell") == "True":
                found.append("opens a shell")
    return found


def test_nothing_that_runs_what_it_reads_or_reaches_out() -> None:
    places = {str(path.relative_to(ROOT)): found for path, tree in sources(tools=False) if (found := wrong(tree))}
    assert places == KNOWN


def test_no_pickle_in_the_tools_either() -> None:
    for path, tree in sources(tools=True):
        assert not [item for item in wrong(tree) if item.startswith("imports") and re.search(PICKLES, item)], path


@pytest.mark.parametrize("text", [
    "import pickle", "from urllib.request import urlopen", "from os import system", "eval('1')", "np.load(file)",
    "run('x', shell=True)", "import requests.sessions",
])  # fmt: skip
def test_each_would_be_seen(text: str) -> None:
    assert wrong(ast.parse(text))


def test_no_command_imports_the_tools() -> None:
    """But `cli` by name, when their own command is called."""
    for path, tree in sources(tools=False):
        names = [name for node in ast.walk(tree) for name in imported(node)]
        assert not [name for name in names if name.startswith(tuple(f"audit.{tool}" for tool in TOOLS))], path


def test_models_are_read_in_one_place_and_checked_there() -> None:
    places = [path.relative_to(ROOT / "audit") for path, tree in sources(tools=False) for node in ast.walk(tree)
              if isinstance(node, ast.Call) and ast.unparse(node.func) in LOADERS]
    assert places == [Path("models/__init__.py")]


def test_every_model_has_the_digest_on_its_card() -> None:
    names = [path.stem for path in models.FOLDER.glob("*.npz")]
    assert sorted(names) == sorted(models.cards())
    for name, card in models.cards().items():
        assert hashlib.sha256((models.FOLDER / f"{name}.npz").read_bytes()).hexdigest() == card["sha256"], name
        assert card["licence"], name
