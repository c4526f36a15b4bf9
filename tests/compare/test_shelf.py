"""Sketches on the disk are the sketches that were put there, and comparing them finds the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from audit.compare import compare
from audit.compare.shelf import Chosen, Shelf, digest
from audit.compare.sketch import sketch
from audit.parse import parse
from tests.compare.corpus import ORCHARD, STRIKE, STRIKE_ELSEWHERE, article

ARTICLES = [article("b", STRIKE), article("c", ORCHARD), article("a", STRIKE_ELSEWHERE)]
SKETCHES = sketch(parse(ARTICLES), {})


def test_a_shelf_gives_back_what_was_written(tmp_path: Path) -> None:
    Shelf.write(tmp_path / "all.sketches", iter(SKETCHES))
    with Shelf(tmp_path / "all.sketches") as shelf:
        assert list(shelf) == SKETCHES
        assert len(shelf) == 3
        assert [shelf[at] for at in (2, 0)] == [SKETCHES[2], SKETCHES[0]]
        assert shelf[1:] == SKETCHES[1:]
        assert shelf[::-1] == SKETCHES[::-1]
        for outside in (-1, 3):
            with pytest.raises(IndexError, match=str(outside)):
                shelf[outside]
        assert [digest(shelf, row) for row in range(3)] == [digest(SKETCHES, row) for row in range(3)]
    assert len({digest(SKETCHES, row) for row in range(3)}) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.digests", "all.edges", "all.sketches"]


def test_a_digest_tells_the_text_too() -> None:
    one, two = sketch(parse([article("b", "It rained."), article("b", "It rained!")]), {})
    assert msgspec.structs.replace(one, text=b"") == msgspec.structs.replace(two, text=b"")
    assert digest([one, two], 0) != digest([one, two], 1)


def test_chosen_sketches_are_in_another_order_without_a_copy(tmp_path: Path) -> None:
    Shelf.write(tmp_path / "all.sketches", SKETCHES)
    for sketches in (SKETCHES, Shelf(tmp_path / "all.sketches")):
        chosen = Chosen(sketches, np.array([2, 0, 1], np.int32))
        assert [item.article for item in chosen] == ["a", "b", "c"]
        assert len(chosen) == 3
        assert chosen[0] == SKETCHES[2]
        assert chosen[1:] == [SKETCHES[0], SKETCHES[1]]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_comparison_is_the_same_from_the_disk(tmp_path: Path, count: int) -> None:
    texts = {one.id: one.text for one in ARTICLES}.__getitem__
    Shelf.write(tmp_path / "all.sketches", SKETCHES[:count])
    with Shelf(tmp_path / "all.sketches") as shelf:
        found = compare(shelf, texts)
    assert found == compare(SKETCHES[:count], texts)
    assert len(found.stories) == (count == 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.digests", "all.edges", "all.sketches"]
