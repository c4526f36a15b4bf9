"""The house rules that can be counted: short files that say what they are for, one word per idea, nothing unused."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "audit").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
LONGEST = 400
EMPTY_WORDS = re.compile(r"manager|handler|utils?|helpers?|misc|common", re.I)

UNUSED = re.compile(r"(?P<file>audit/[^:]+):\d+: unused (?!import)\w+ '(?P<name>\w+)'")
"""A line of vulture's; unused imports are ruff's to find."""

USED_BY_NAME = {
    "__getattr__": "Python asks it for the public names of the package",
    "_repr_html_": "notebooks ask for it",
    "readinto": "io.BufferedReader asks for it",
    "text_factory": "sqlite3 reads it",
    "freeze_panes": "openpyxl writes it",
    "alignment": "openpyxl writes it",
    "font": "openpyxl writes it",
    "compress_type": "zipfile reads it",
    "ORIGINAL": "the first of the four kinds that a head of the model tells apart",
}
"""What the code names nowhere, and who calls it all the same."""

LOOKED_UP = re.compile(r"^read_\w+$")
"""Readers of formats, which the table in audit/load/readers.py names as text."""

IN_THE_DATA = re.compile(r"(records|settings|documents)\.py")
"""Files of records: a field may be read from JSON alone."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text or ast.get_docstring(ast.parse(text)), "open the file with what goes in and what comes out"


@pytest.mark.parametrize("path", [path for path in FILES if name(path).startswith("audit/")], ids=name)
def test_names_say_something(path: Path) -> None:
    named = [node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    empty = [one for one in (path.stem, *named) if EMPTY_WORDS.fullmatch(one) or one.endswith(("Manager", "Handler"))]
    assert empty == []


def test_no_code_is_dead() -> None:
    """vulture lists what nothing names; what is called by name only stands above, with the caller."""
    words = [sys.executable, "-m", "vulture", "audit", "tests", "--min-confidence", "60"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    found = [match for line in done.stdout.splitlines() if (match := UNUSED.match(line))]
    dead = [match[0] for match in found
            if match["name"] not in USED_BY_NAME and not LOOKED_UP.match(match["name"])
            and not IN_THE_DATA.search(match["file"])]
    assert dead == []
