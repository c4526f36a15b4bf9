"""Documents with examples in, the same documents with what their examples print today out.

A block ```` ```console ```` shows one command behind `$` and its output; an output that ends in `...` is cut after as
many lines. Blocks ```` ```sh ```` and ```` ```python ```` show no output, but must run too.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from audit.errors import AuditError

CHECKOUT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(?P<kind>sh|console|python)\n(?P<body>.*?)```", re.S)
CUT = "..."


def refreshed(text: str, folder: Path, kinds: tuple[str, ...] = ("sh", "console", "python")) -> str:
    """The text with its outputs made anew, all examples of these kinds run in `folder`, one after the other.

    Raises AuditError for an example that fails.
    """
    prepare(folder)

    def again(block: re.Match[str]) -> str:
        kind, body = block["kind"], block["body"]
        if kind not in kinds:
            return block[0]
        if kind != "console":
            printed(["bash", "-euc", body] if kind == "sh" else [sys.executable, "-c", body], folder)
            return block[0]
        command, _, shown = body.partition("\n")
        lines = printed(["bash", "-euc", command.removeprefix("$ ")], folder).splitlines()
        old = shown.splitlines()
        if old and old[-1] == CUT:
            lines = [*lines[:len(old) - 1], CUT]
        return "\n".join([f"```{kind}", command, *(line.rstrip() for line in lines), "```"])

    return BLOCK.sub(again, text)


def prepare(folder: Path) -> None:
    """Make the command `audit` of this checkout and its demonstration corpus known in the folder."""
    command = folder / ".bin" / "audit"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    if not (folder / "seeds").exists():
        (folder / "seeds").symlink_to(CHECKOUT / "seeds")


def environment(folder: Path) -> dict[str, str]:
    """What examples run with: the folder's `audit` before others, this checkout's code, a terminal of 100 columns."""
    return {**os.environ, "PATH": f"{folder / '.bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(CHECKOUT),
            "COLUMNS": "100", "NO_COLOR": "1"}


def printed(words: list[str], folder: Path) -> str:
    """What a command prints on stdout. Raises AuditError where it fails."""
    done = subprocess.run(words, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise AuditError(f"{words[-1].strip()}: ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout
