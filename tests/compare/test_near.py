"""Who is looked at as a candidate: the definition, written plainly, finds the same."""

from __future__ import annotations

import random
from collections import defaultdict

import msgspec
import numpy as np
import pytest

from audit.compare import near, stories, undated
from audit.compare.catalogue import UNDATED, Catalogue
from audit.compare.near import candidates
from audit.compare.sketch import Sketch, sketch
from audit.compare.vectors import Space, frequencies, space, weighed
from audit.parse import parse
from tests.compare.corpus import article

WORDS = "harbour bridge storm council budget teacher march orchard frost tram driver union mayor school night".split()
DAY = 738_000


def invented(seed: int, size: int) -> list[Sketch]:
    """Sketches of texts of a few words, in order of their days, the last ones without."""
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(3, 9))) for _ in range(size)]
    days = [*sorted(DAY + chance.randint(0, 9) for _ in range(size - 3)), 0, 0, 0]
    made = sketch(parse([article(f"n{number:02d}", text) for number, text in enumerate(texts)]), {})
    return [msgspec.structs.replace(item, day=day) for item, day in zip(made, days, strict=True)]


def plainly(corpus: Space, days: list[int], window: int) -> list[tuple[int, int]]:
    """Pairs as `candidates` should find them."""
    terms = [list(range(*corpus.edges[row : row + 2])) for row in range(len(days))]
    pairs = []
    for row, day in enumerate(days):
        low = 0 if day == UNDATED else min(at for at, other in enumerate(days) if other >= day - window)
        shared: dict[int, float] = defaultdict(float)
        probes = 0
        for place in sorted(terms[row], key=lambda place: -corpus.weights[place, 0])[: 2 * near.PROBES]:
            found = [
                other for other in range(low, row)
                if corpus.columns[place] in {corpus.columns[at] for at in terms[other]}
            ]  # fmt: skip
            if 0 < len(found) <= near.CROWDED and probes < near.PROBES:
                probes += 1
                for other in found:
                    shared[other] += corpus.weights[place, 0]
        best = sorted(shared, key=lambda other: (-shared[other], other))[: near.NEAREST]
        pairs += [(other, row) for other in sorted(best)]
    return pairs


@pytest.mark.parametrize("seed", range(12))
def test_candidates_are_their_definition(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PROBES", 2 + seed % 3), ("CROWDED", 5), ("NEAREST", 1 + seed % 4), ("TOGETHER", 7)):
        monkeypatch.setattr(near, name, value)
    sketches = invented(seed, 30)
    corpus = space(sketches, stories.model().rarity)
    days = [item.day or UNDATED for item in sketches]
    left, right, cosines = candidates(corpus, np.array(days, np.int32), 2)
    expected = plainly(corpus, days, 2)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == expected
    assert len(expected) > 5
    assert len(cosines) == len(expected)
    assert (cosines[:, 0] > 0).all()
    later = [(i, j) for i, j in expected if j >= 20]
    left, right, _ = candidates(corpus, np.array(days, np.int32), 2, 20)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == later


@pytest.mark.parametrize("at_once", [1, 4, 100])
@pytest.mark.parametrize("seed", range(4))
def test_those_without_a_date_find_the_same_among_all(
    seed: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PROBES", 4), ("NEAREST", 3), ("TOGETHER", 2)):
        monkeypatch.setattr(near, name, value)
    for module in (near, undated):
        monkeypatch.setattr(module, "CROWDED", 6)
    monkeypatch.setattr(undated, "BLOCK", at_once)
    sketches, rarity = invented(seed, 30), stories.model().rarity
    corpus, days = space(sketches, rarity), [item.day or UNDATED for item in sketches]
    expected = candidates(corpus, np.array(days, np.int32), 2, 27)
    given = np.arange(29, -1, -1)  # the sketches come in another order
    left, right, lengths = undated.anywhere(
        sketches[::-1], given.astype(np.int32), range(27, 30), rarity, frequencies(sketches)
    )
    assert [left.tolist(), right.tolist()] == [side.tolist() for side in expected[:2]]
    assert lengths.tolist() == corpus.length[27:].tolist()
    assert len(left) > 2
    cosines = np.full((len(left), 3), np.nan)
    for here, places, at in undated.opened(left, range(27, 30)):
        assert places.tolist()[:3] == [27, 28, 29]
        assert len(places) - 3 <= at_once
        assert places[at].tolist() == left[here].tolist()
        edges = np.searchsorted(right[here], range(27, 31))
        open_ = [(sketches[place].terms, sketches[place].counts) for place in places]
        found = stories.looked(stories.Open(open_, frequencies(sketches), (edges, at)))
        assert (27 + found.right).tolist() == right[here].tolist()
        cosines[here] = found.cosines
    assert np.allclose(cosines, expected[2], atol=1e-12)


def test_no_more_than_a_window_lies_open(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [msgspec.structs.replace(item, day=DAY + 3 * at) for at, item in enumerate(invented(1, 90))]
    sizes = []

    def watched(some: list[tuple[bytes, bytes]], *others: object) -> Space:
        sizes.append(len(some))
        return weighed(some, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(stories, "AT_ONCE", 6)
    monkeypatch.setattr(stories, "weighed", watched)
    stories.grouped(many, Catalogue.of(many), 9)
    assert max(sizes) == 6 + 3
    assert len(sizes) == 15
