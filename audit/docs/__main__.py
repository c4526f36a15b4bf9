"""`python -m audit.docs [--check]`: make the pages of reference, the diagram and the outputs of all examples anew."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from audit.docs import diagram, examples, notebook, reference

FOLDER = Path(__file__).parent
README = examples.CHECKOUT / "README.md"

Make = Callable[[str, Path], str]

MADE: dict[Path, Make] = {
    FOLDER / "commands.md": lambda _, __: reference.commands(),
    FOLDER / "settings.md": lambda _, __: reference.settings(),
    FOLDER / "tables.md": lambda _, __: reference.tables(),
}
"""Pages that are made from the code alone."""

RUN: dict[Path, Make] = {
    README: lambda text, folder: examples.refreshed(text, folder, ("console", "python")),
    FOLDER / "tutorial.md": examples.refreshed,
    FOLDER / "three_outlets.ipynb": notebook.refreshed,
}
"""Documents whose examples are run, each in a folder of its own."""


def current(path: Path, make: Make) -> str:
    """What a document should hold now."""
    with tempfile.TemporaryDirectory() as folder:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return make(diagram.placed(text) if path == README else text, Path(folder))


def main() -> int:
    """Write every document that changed; with --check, only name those that would."""
    parser = argparse.ArgumentParser(prog="python -m audit.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where something would change")
    check = parser.parse_args().check
    changed = 0
    for path, make in {**MADE, **RUN}.items():
        text = current(path, make)
        if not path.exists() or text != path.read_text(encoding="utf-8"):
            changed += 1
            print(path.relative_to(examples.CHECKOUT))
            if not check:
                path.write_text(text, encoding="utf-8")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
