"""The README says what is so: its commands exist, its dependencies are those of the package.

Its examples are run, and its diagram is held against the imports, in `tests/docs`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from audit.cli import cli
from audit.explain import method

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.S)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]


def test_the_first_two_commands_install_and_run() -> None:
    assert "pip install" in LINES[0]
    assert LINES[0].endswith("audit run seeds -o reports")
    assert "[test]" in LINES[1]
    assert LINES[1].endswith("pytest")


def test_every_command_is_described() -> None:
    for name in cli.commands:
        assert re.search(rf"`audit {name}\b", TEXT), f"the README does not describe `audit {name}`"


def test_every_signal_is_in_the_table() -> None:
    rows = "\n".join(re.findall(r"^\| [\w, ]+ \|.*$", TEXT, re.M))
    for entry in method():
        assert re.search(rf"^\| (\w+, )*{entry['name']}(, \w+)* \|", rows, re.M), entry["name"]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (name for extra in project["optional-dependencies"].values() for name in extra)
    wanted = [name for name in (*project["dependencies"], *extras) if not name.startswith(project["name"])]
    for requirement in wanted:
        name = re.split(r"[<>=!~\[; ]", requirement)[0]
        assert re.search(rf"^\| `{re.escape(name)}`", TEXT, re.M), f"the README gives no reason for {name}"
    listed = set(re.findall(r"^\| `([\w-]+)` \|", TEXT, re.M))
    assert listed == {re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in wanted}
