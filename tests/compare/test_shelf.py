"""Sketches on the disk are the sketches that were put there, in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.compare.shelf import Chosen, Shelf
from audit.compare.sketch import sketch
from audit.parse import parse
from tests.compare.corpus import ORCHARD, STRIKE, STRIKE_ELSEWHERE, article

SKETCHES = sketch(parse([article("b", STRIKE), article("c", ORCHARD), article("a", STRIKE_ELSEWHERE)]), {})


def test_a_shelf_gives_back_what_was_written(tmp_path: Path) -> None:
    Shelf.write(tmp_path / "all.sketches", iter(SKETCHES))
    shelf = Shelf(tmp_path / "all.sketches")
    assert list(shelf) == SKETCHES
    assert len(shelf) == 3
    assert [shelf[at] for at in (2, 0)] == [SKETCHES[2], SKETCHES[0]]
    assert shelf[1:] == SKETCHES[1:]
    assert shelf[::-1] == SKETCHES[::-1]
    for outside in (-1, 3):
        with pytest.raises(IndexError, match=str(outside)):
            shelf[outside]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.edges", "all.sketches"]


def test_chosen_sketches_are_sorted_without_a_copy(tmp_path: Path) -> None:
    Shelf.write(tmp_path / "all.sketches", SKETCHES)
    for sketches in (SKETCHES, Shelf(tmp_path / "all.sketches")):
        chosen = Chosen.by(sketches, lambda item: item.article)
        assert [item.article for item in chosen] == ["a", "b", "c"]
        assert len(chosen) == 3
        assert chosen[0] == SKETCHES[2]
        assert chosen[1:] == [SKETCHES[0], SKETCHES[1]]
