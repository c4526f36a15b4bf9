"""All signals of a partition at once leave the process as they found it."""

from __future__ import annotations

import gc

import pytest

from audit import extract as signals
from audit.parse import parse
from audit.records import Article


@pytest.mark.parametrize("collecting", [True, False])
def test_the_search_for_cycles_goes_on_afterwards(collecting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    during: list[bool] = []
    known = signals.extractors()
    monkeypatch.setattr(signals, "_measured", lambda *_: during.append(gc.isenabled()) or [])
    try:
        (gc.enable if collecting else gc.disable)()
        signals.extract(parse([Article("a", "s", "Rain fell.")]))
        assert gc.isenabled() is collecting
    finally:
        gc.enable()
    assert during == [False] * len(known)
