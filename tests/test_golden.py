"""The committed `reports/` are what the command writes from `seeds/`.

Words are compared byte for byte. Numbers may differ in the last digits, since processors add up floats in their own
order; that two runs on one machine give the same bytes is tested in `core/test_run.py`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "reports"
KEPT = {".audit"}
NUMBER = re.compile(r"(?<![\w.])-?\d+\.\d+(?:e-?\d+)?(?![\w])")
TOLERANCE = 2e-3


def files(folder: Path) -> list[str]:
    """Every file of a report, by its place in it."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if path.parts[0] not in KEPT)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh run of the first command's audit."""
    out = tmp_path_factory.mktemp("golden") / "reports"
    command = [sys.executable, "-m", "audit", "-q", "run", "seeds", "-o", str(out)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    return out


def test_the_same_files(written: Path) -> None:
    assert files(written) == files(GOLDEN)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but the last digits of decimals."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= TOLERANCE * max(1.0, abs(float(a))) for a, b in pairs)


@pytest.mark.parametrize("name", [name for name in files(GOLDEN) if not name.endswith(".parquet")])
def test_the_same_words(written: Path, name: str) -> None:
    one, other = ((folder / name).read_text(encoding="utf-8") for folder in (written, GOLDEN))
    assert same(one, other), f"{name} is not what the command writes; run `audit run seeds -o reports` and commit"


@pytest.mark.parametrize("name", [name for name in files(GOLDEN) if name.endswith(".parquet")])
def test_the_same_tables(written: Path, name: str) -> None:
    pd.testing.assert_frame_equal(pd.read_parquet(written / name), pd.read_parquet(GOLDEN / name), rtol=TOLERANCE)


def test_a_changed_word_or_number_would_be_seen() -> None:
    assert same("rate 0.12345", "rate 0.12346")
    assert not same("rate 0.12", "rate 0.22")
    assert not same("4 of 5", "3 of 5")
    assert not same("hedged 0.1", "loaded 0.1")


def test_the_demonstration_is_small() -> None:
    size = sum((GOLDEN / name).stat().st_size for name in files(GOLDEN))
    assert size < 4_000_000, f"reports/ has grown to {size:,} bytes"
