"""How much lies open at one time decides nothing: tables written in many pieces are the tables written in one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet
import pytest

from audit import pipeline, resample, score, tables, tabulation
from audit.compare import comparison
from audit.settings import load as settings
from audit.tables import COLUMNS
from tests.engine.runs import corpus, digest, place

FEW = 5
"""Rows, articles and resamples at one time."""


@pytest.mark.parametrize("redact", [False, True])
def test_pieces_decide_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, redact: bool
) -> None:
    folder = place(tmp_path, corpus(root)[:14])
    given = settings(folder / "settings.toml")
    pipeline.run([folder / "all.jsonl"], folder / "one", settings=given, workers=1, redact=redact)
    monkeypatch.setattr(comparison, "AT_HAND", FEW)
    monkeypatch.setattr(tables, "AT_ONCE", FEW)
    monkeypatch.setattr(resample, "DRAWN", FEW * 100)
    monkeypatch.setattr(score, "TOGETHER", 1)
    monkeypatch.setattr(tabulation, "PIECE", 1)
    monkeypatch.setattr(tabulation, "SMALL", 1)
    pipeline.run([folder / "all.jsonl"], folder / "many", settings=given, workers=1, redact=redact)
    one, many = digest(folder / "one"), digest(folder / "many")
    assert {name for name in one if one[name] != many.get(name)} <= {f"data/{name}.parquet" for name in COLUMNS}
    assert one.keys() == many.keys()
    for name in COLUMNS:
        frames = [pd.read_parquet(folder / out / "data" / f"{name}.parquet") for out in ("one", "many")]
        pd.testing.assert_frame_equal(*frames)
    claims = pyarrow.parquet.ParquetFile(folder / "many" / "data" / "claims.parquet")
    assert claims.num_row_groups == -(-claims.metadata.num_rows // FEW) > 1
