"""Comparing in buckets finds what comparing at once finds, from memory and from files."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

import audit
from audit import compare, engine
from audit.compare import near, reuse, stories, undated
from audit.compare.catalogue import Catalogue
from audit.compare.shelf import Shelf
from audit.extract import extract
from audit.parse import parse
from tests.compare.found import stories_of


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
    known = Catalogue.of(sketches)
    with reuse.Meetings(sketches, known) as whole:
        pairs = list(whole.pairs())
    monkeypatch.setattr(reuse, "BUCKET", max(bucket, int(known.shingles.sum()) // 60))
    monkeypatch.setattr(reuse, "LEFT", bucket)
    monkeypatch.setattr(reuse, "AT_ONCE", bucket)
    with reuse.Meetings(sketches, known) as again:
        assert list(again.pairs()) == pairs
    assert len(pairs) > 5
    assert np.array_equal(again.fixtures, whole.fixtures)


@pytest.mark.parametrize("at_once", [2, 7, 1000])
@pytest.mark.parametrize("every", [0, 3, 1])
def test_stories_do_not_depend_on_how_many_articles_lie_open(
    sketches: list[compare.Sketch], at_once: int, every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [  # all dated as they are, every third without a date, none with one
        msgspec.structs.replace(item, day=0, published="") if every and at % every == 0 else item
        for at, item in enumerate(sketches)
    ]  # fmt: skip
    whole = stories_of(given)
    for module, name in ((stories, "AT_ONCE"), (stories, "BLOCK"), (undated, "BLOCK")):
        monkeypatch.setattr(module, name, at_once)
    monkeypatch.setattr(stories, "PAIRS", at_once)
    monkeypatch.setattr(near, "TOGETHER", at_once)
    assert stories_of(given) == whole
    assert stories_of(given[::-1]) == whole
    assert len(whole) > 2


def test_the_disk_gives_what_memory_gives(sketches: list[compare.Sketch], tmp_path: Path) -> None:
    Shelf.write(tmp_path / "some.shelf", sketches)
    with Shelf(tmp_path / "some.shelf") as shelf:
        assert list(shelf) == sketches
        assert stories_of(shelf) == stories_of(sketches)
        with reuse.Meetings(shelf, Catalogue.of(shelf, tmp_path), tmp_path) as met:
            pairs = list(met.pairs())
    with reuse.Meetings(sketches, Catalogue.of(sketches)) as met:
        assert list(met.pairs()) == pairs
    assert sorted(path.name for path in tmp_path.iterdir()) == ["some.digests", "some.edges", "some.shelf"]


@pytest.mark.parametrize("every", [0, 3])
def test_stories_do_not_depend_on_where_articles_are_looked_at(sketches: list[compare.Sketch], every: int) -> None:
    given = [
        msgspec.structs.replace(item, day=0, published="") if every and at % every == 0 else item
        for at, item in enumerate(sketches)
    ]  # fmt: skip
    known, done = Catalogue.of(given), []
    here = stories.grouped(given, known)
    with engine.opened("local", 2) as pool:
        elsewhere = stories.grouped(given, known, map=pool.map, meanwhile=lambda: done.append("once"))
    assert np.array_equal(here, elsewhere)
    assert done == ["once"]
