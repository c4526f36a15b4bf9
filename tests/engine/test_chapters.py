"""What need not lie in memory is what it was when it is asked for; what is damaged is noticed, never half read."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from audit import chapters, freed, kept, pipeline
from audit.chapters import Chapters
from audit.compare import chaptered, compare, comparison, sketch
from audit.compare.shelf import Shelf
from audit.parse import parse
from audit.records import Article, Comparison, Skipped
from audit.spool import Spool
from tests.compare.corpus import ORCHARD, STRIKE, STRIKE_ELSEWHERE, article

ARTICLES = [
    article("wire", STRIKE), article("reprint", STRIKE, day="2023-03-07", credit="wire"),
    article("other", STRIKE_ELSEWHERE), article("apples", ORCHARD, day="2023-04-21"),
    article("note", "The library of Senn opens on Sundays from now on.", day="2023-09-02"),
]  # fmt: skip
TEXTS = {one.id: one.text for one in ARTICLES}


@pytest.fixture(scope="module")
def whole() -> Comparison:
    found = compare(sketch(parse(ARTICLES), {}), TEXTS.__getitem__)
    assert found.stories
    assert found.claim_pairs
    assert any(finding.evidence for finding in found.findings.values())
    return found


def pieces(folder: Path) -> list[Comparison]:
    """The comparison in pieces, of sketches on the disk."""
    Shelf.write(folder / "shelf", sketch(parse(ARTICLES), {}))
    return list(chaptered(Shelf(folder / "shelf"), TEXTS.__getitem__))


@pytest.mark.parametrize(("most", "count"), [(1, 3), (3, 2), (1_000, 1)])
def test_pieces_make_up_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Comparison, most: int, count: int
) -> None:
    monkeypatch.setattr(comparison, "CHAPTER", most)
    first, *others = pieces(tmp_path)
    assert len(others) == count
    assert not first.claims
    assert not first.findings
    bare = msgspec.structs.replace(whole, claims=(), claim_pairs=(), findings={})
    assert first == bare
    assert tuple(claim for one in others for claim in one.claims) == whole.claims
    assert tuple(pair for one in others for pair in one.claim_pairs) == whole.claim_pairs
    assert {article: found for one in others for article, found in one.findings.items()} == whole.findings


def test_chapters_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Comparison) -> None:
    monkeypatch.setattr(comparison, "CHAPTER", 1)
    path = tmp_path / "abc.comparison"
    assert chapters.earlier(path) is None
    Chapters.write(path, pieces(tmp_path))
    found = chapters.earlier(path)
    assert found
    assert list(found.files()) == ["abc.comparison", *(f"abc-{number:04}.chapter" for number in range(3))]
    assert found.whole.stories == whole.stories
    assert tuple(claim for told in found.told() for claim in told.claims) == whole.claims
    assert tuple(pair for told in found.told() for pair in told.claim_pairs) == whole.claim_pairs
    findings = found.findings()
    assert dict(findings) == whole.findings


@pytest.mark.parametrize("hurt", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1]),
    lambda path: path.write_bytes(b""),
], ids=["gone", "cut", "empty"])
@pytest.mark.parametrize("name", ["abc.comparison", "abc-0000.chapter"])
def test_a_damaged_chapter_is_no_comparison(tmp_path: Path, name: str, hurt: Callable[[Path], None]) -> None:
    path = tmp_path / "abc.comparison"
    found = Chapters.write(path, pieces(tmp_path))
    hurt(tmp_path / name)
    assert chapters.earlier(path) is None
    if name != path.name:
        with pytest.raises(kept.Damaged):
            list(found.told())


def test_a_spool_gives_back_what_was_put(tmp_path: Path) -> None:
    spool = Spool(tmp_path, Article)
    for one in ARTICLES:
        spool.put(one.id, msgspec.msgpack.encode(one))
    assert list(spool) == [one.id for one in ARTICLES]
    assert len(spool) == len(ARTICLES)
    assert [spool[one.id] for one in reversed(ARTICLES)] == ARTICLES[::-1]
    changed = msgspec.structs.replace(ARTICLES[0], text="\N{SNOWMAN} Anew.")
    spool.put(changed.id, msgspec.msgpack.encode(changed))
    assert spool[changed.id] == changed
    assert spool[ARTICLES[1].id] == ARTICLES[1]
    assert len(spool) == len(ARTICLES)
    with pytest.raises(KeyError):
        spool["nobody"]
    del spool
    assert not list(tmp_path.iterdir())


def test_a_spool_of_another_kind_is_an_error(tmp_path: Path) -> None:
    spool = Spool(tmp_path, Article)
    spool.put("one", msgspec.msgpack.encode(Skipped("here", "why")))
    with pytest.raises(msgspec.ValidationError):
        spool["one"]


@pytest.mark.parametrize("library", [None, object()])
def test_memory_is_given_back_where_that_is_possible(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    freed.give_back()
    monkeypatch.setattr(freed, "_library", lambda: library)
    freed.give_back()


def test_no_library_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: None) -> object:
        raise OSError

    freed._library.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", refused)
    try:
        assert freed._library() is None
    finally:
        freed._library.cache_clear()


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    left = tmp_path / pipeline.ROOM / "sketches"
    left.parent.mkdir()
    left.write_bytes(b"of a run that was killed")
    with pipeline._room(tmp_path) as room:
        assert not list(room.iterdir())
        (room / "sketches").touch()
    assert not list(tmp_path.iterdir())
