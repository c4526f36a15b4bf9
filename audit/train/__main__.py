"""`python -m audit.train NAME --data DIR`: fit one model again from the data folder and write it into the package."""

from __future__ import annotations

import argparse
import pkgutil
from importlib import import_module
from pathlib import Path

import audit.train


def names() -> list[str]:
    """The trainable models: modules here that have a `train`, helpers (with an underscore in the name) left out."""
    found = (info.name for info in pkgutil.iter_modules(audit.train.__path__))
    return sorted(name for name in found if "_" not in name)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m audit.train", description=__doc__)
    parser.add_argument("name", choices=names())
    parser.add_argument("--data", type=Path, required=True, help="the folder with the training sets")
    arguments = parser.parse_args()
    import_module(f"audit.train.{arguments.name}").train(arguments.data)


if __name__ == "__main__":
    main()
