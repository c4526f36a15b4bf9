"""What waits on the disk comes back bucket by bucket; orders, groups and links do not depend on how it was cut."""

from __future__ import annotations

import random

import numpy as np
import pytest

from audit.compare import catalogue
from audit.compare.catalogue import Catalogue, order
from audit.compare.forest import Forest
from audit.compare.linkage import Linkage
from audit.compare.sketch import sketch
from audit.compare.spill import Spill
from audit.parse import parse
from tests.compare.corpus import ORCHARD, article
from tests.compare.found import linked


def test_rows_come_back_by_bucket_in_their_order() -> None:
    with Spill(np.int32) as spill:
        spill.spread(np.array([5, 1, 4, 2], np.int32), np.array([1, 0, 1, 7]))
        spill.spread(np.zeros(0, np.int32), np.zeros(0, np.int64))
        assert spill.read(1).tolist() == [5, 4]
        spill.add(np.array([9, 8], np.int32), 1)
        assert [part.tolist() for part in spill.parts(1)] == [[5, 4], [9, 8]]
        assert spill.read(1).tolist() == [5, 4, 9, 8]
        assert spill.read(7).tolist() == [2]
        assert spill.read(3).tolist() == []
        assert spill.read(3).dtype == np.int32


@pytest.mark.parametrize("together", [1, 3, 100])
def test_names_are_put_in_order_in_parts(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "TOGETHER", together)
    monkeypatch.setattr(catalogue, "AT_HAND", 2)
    names = ["pear", "éclair", "apple", "apple", "", "zebra", "Apple", "😀", "ﬁ"]
    rows = order(iter(names), len(names)).tolist()
    assert [names[row] for row in rows] == sorted(names)
    assert rows.index(2) < rows.index(3)
    assert order([], 0).tolist() == []


def test_a_catalogue_knows_days_and_orders() -> None:
    given = [("d", "2024-05-02"), ("b", None), ("c", "2024-05-01"), ("a", "2024-05-02T08:00")]
    known = Catalogue.of(sketch(parse([article(name, ORCHARD, day=day) for name, day in given]), {}))
    assert [given[row][0] for row in known.by_id] == ["a", "b", "c", "d"]
    assert [given[row][0] for row in known.by_day] == ["c", "a", "d", "b"]
    assert (known.days == 0).tolist() == [False, True, False, False]
    assert known.shingles[0] > 0
    assert sum(array.nbytes for array in vars(known).values()) == 20 * len(given)  # bytes of an article


@pytest.mark.parametrize("seed", range(5))
def test_what_hangs_together_is_found_in_parts(seed: int) -> None:
    chance = random.Random(seed)
    size, forest, group = 60, Forest(60), list(range(60))
    for _ in range(6):
        pairs = [(chance.randrange(size), chance.randrange(size)) for _ in range(chance.randrange(12))]
        for one, two in pairs:
            both = {group[one], group[two]}
            group = [min(both) if name in both else name for name in group]
        left, right = np.array(pairs, np.int32).reshape(-1, 2).T
        forest.join(left, right)
        assert forest.roots(np.arange(size, dtype=np.int32)).tolist() == group


def edges_of(chance: random.Random, size: int, window: int) -> list[tuple[int, int, float]]:
    """Pairs within a window, in order of the second; every other time with many equal scores."""
    equal = chance.random() < 0.5
    return [
        (i, j, float(chance.randint(-4, 4)) if equal else round(chance.gauss(0, 3), 9))
        for j in range(size) for i in range(max(0, j - window), j) if chance.random() < 0.6
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_linking_a_window_at_a_time_links_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    size, window, step = chance.randint(2, 60), chance.randint(1, 12), chance.randint(1, 9)
    edges = edges_of(chance, size, window)
    linkage = Linkage(size, 0.5, -8.0)
    for start in range(0, size, step):
        linkage.add(edge for edge in edges if start <= edge[1] < start + step)
        linkage.settle(max(0, start + step - window))
    linkage.settle(size)
    assert linkage.groups.tolist() == linked(size, edges, 0.5, -8.0)
    assert not linkage.members
    assert not linkage.heap


def test_linking_keeps_no_more_than_a_window() -> None:
    chance, most = random.Random(7), []
    for size in (200, 800):
        linkage, open_ = Linkage(size, 0.5, -8.0), 0
        edges = iter(edges_of(chance, size, 6))
        edge = next(edges, None)
        for row in range(size):
            while edge and edge[1] == row:
                linkage.add([edge])
                edge = next(edges, None)
            linkage.settle(max(0, row - 6))
            open_ = max(open_, len(linkage.members))
        most.append(open_)
    assert most[1] < 50
    assert most[1] < 2 * most[0]
