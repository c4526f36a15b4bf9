"""The ways in: `python -m audit`, its version with the models' digests, and completion in three shells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from audit import models
from audit.version import VERSION

ENTER = "import sys; from audit.cli import main; sys.argv = ['audit']; main()"


def printed(*words: str, **environment: str) -> str:
    done = subprocess.run([sys.executable, *words], env={**os.environ, **environment}, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_module_is_the_command() -> None:
    assert printed("-m", "audit", "--help").startswith("Usage: audit ")


def test_the_version_names_the_models() -> None:
    lines = printed("-m", "audit", "--version").splitlines()
    assert lines[0] == f"audit {VERSION}"
    assert lines[1:] == [f"model {name} {card['sha256'][:12]}" for name, card in sorted(models.cards().items())]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_its_completion(shell: str) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("no bash here, whose version click asks for")
    assert "_AUDIT_COMPLETE" in printed("-c", ENTER, _AUDIT_COMPLETE=f"{shell}_source")


@pytest.mark.parametrize(("typed", "wanted"), [
    ("audit sc", {"scan"}),
    ("audit scan --form", {"--format"}),
    ("audit scan --format gi", {"github"}),
    ("audit scan --feature hed", {"hedging"}),
    ("audit explain hedging.ep", {"hedging.epistemic"}),
    ("audit lexicon li", {"list"}),
])
def test_words_are_completed(typed: str, wanted: set[str]) -> None:
    given = printed("-c", ENTER, _AUDIT_COMPLETE="bash_complete", COMP_WORDS=typed,
                    COMP_CWORD=str(len(typed.split()) - 1))
    assert set(re.findall(r"^plain,(\S+)$", given, re.M)) == wanted
