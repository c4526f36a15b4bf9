"""The README says what is so: its commands exist and run, its dependencies are those of the package."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from audit.cli import cli

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.S)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
EXAMPLES = re.findall(r"```console\n\$ (audit [^\n]+)\n(.*?)```", TEXT, re.S)


def test_the_first_two_commands_install_and_run() -> None:
    assert "pip install" in LINES[0]
    assert LINES[0].endswith("audit run seeds -o reports")
    assert "[test]" in LINES[1]
    assert LINES[1].endswith("pytest")


def test_every_command_is_described() -> None:
    for name in cli.commands:
        assert re.search(rf"`audit {name}\b", TEXT), f"the README does not describe `audit {name}`"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (name for extra in project["optional-dependencies"].values() for name in extra)
    wanted = [name for name in (*project["dependencies"], *extras) if not name.startswith(project["name"])]
    for requirement in wanted:
        name = re.split(r"[<>=!~\[; ]", requirement)[0]
        assert re.search(rf"^\| `{re.escape(name)}`", TEXT, re.M), f"the README gives no reason for {name}"
    listed = set(re.findall(r"^\| `([\w-]+)` \|", TEXT, re.M))
    assert listed == {re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in wanted}


@pytest.mark.parametrize(("command", "wanted"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_examples_print_what_the_readme_shows(command: str, wanted: str) -> None:
    words = shlex.split(command)
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    shown = [line.rstrip() for line in wanted.rstrip().splitlines()]
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    if shown and shown[-1] == "...":
        shown = shown[:-1]
        printed = printed[:len(shown)]
    assert printed == shown


def rewrite() -> None:
    """`python -m tests.test_readme`: run the examples and put what they print into the README."""
    text = TEXT
    for command, wanted in EXAMPLES:
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        lines = [line.rstrip() for line in done.stdout.splitlines()]
        shown = [*lines[:12], "..."] if len(lines) > 14 else lines
        text = text.replace(f"$ {command}\n{wanted}```", f"$ {command}\n" + "\n".join(shown) + "\n```")
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
