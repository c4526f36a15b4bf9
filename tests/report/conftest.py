"""A run of the demonstration corpus, and what is handed out of it, made once for all tests of reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.handout import FORMATS, hand_out
from audit.pipeline import run
from audit.results import Results


@pytest.fixture(scope="session")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The run."""
    return run([root / "seeds"], tmp_path_factory.mktemp("demo") / "run")


@pytest.fixture(scope="session")
def handed(demo: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every format that a run can be handed out in: file names to files."""
    out = tmp_path_factory.mktemp("handed") / "out"
    return {path.name: path for path in hand_out(demo, list(FORMATS), out)}
