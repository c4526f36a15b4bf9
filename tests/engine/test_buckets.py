"""Comparing in buckets finds what comparing at once finds, from memory and from files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import audit
from audit import compare
from audit.compare import reuse, stories
from audit.compare.shelf import Chosen, Shelf
from audit.extract import extract
from audit.parse import parse


@pytest.fixture(scope="module")
def sketches(root: Path) -> list[compare.Sketch]:
    articles = [item for item in audit.read([root / "seeds"]) if isinstance(item, audit.Article)]
    parsed = parse(articles)
    return compare.sketch(parsed, extract(parsed, ["attribution"]))


@pytest.mark.parametrize("bucket", [1, 50, 700])
def test_pairs_do_not_depend_on_the_buckets(
    sketches: list[compare.Sketch], bucket: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reuse, "GROUP", 3)  # so that large groups occur
    pairs, fixtures = reuse.candidates(sketches)
    monkeypatch.setattr(reuse, "BUCKET", max(bucket, sum(len(item.shingles) // 4 for item in sketches) // 60))
    again, same = reuse.candidates(sketches)
    assert len(pairs) > 5
    assert again == pairs
    assert np.array_equal(same, fixtures)


@pytest.mark.parametrize("at_once", [2, 7, 1000])
def test_stories_do_not_depend_on_how_many_articles_lie_open(
    sketches: list[compare.Sketch], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stories.stories(sketches)
    monkeypatch.setattr(stories, "AT_ONCE", at_once)
    monkeypatch.setattr(stories, "PAIRS", at_once)
    assert stories.stories(sketches) == whole
    assert len(whole) > 2


def test_a_shelf_gives_back_what_was_put_on_it(sketches: list[compare.Sketch], tmp_path: Path) -> None:
    Shelf.write(tmp_path / "some.shelf", sketches)
    shelf = Shelf(tmp_path / "some.shelf")
    assert list(shelf) == sketches
    assert shelf[2:5] == sketches[2:5]
    turned = Chosen.by(shelf, lambda item: item.article)
    assert [item.article for item in turned] == sorted(item.article for item in sketches)
    assert stories.stories(shelf) == stories.stories(sketches)
    assert reuse.candidates(shelf)[0] == reuse.candidates(sketches)[0]
