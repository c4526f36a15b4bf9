"""What need not lie in memory is what it was when it is asked for; what is damaged is noticed, never half read."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from audit import chapters, freed, pipeline
from audit.chapters import Chapters
from audit.compare import accounted, compare, sketch
from audit.compare.shelf import Shelf
from audit.engine import inline
from audit.kept import Memory
from audit.parse import parse
from audit.records import Article, Comparison, Finding, Skipped
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


def written(folder: Path) -> Chapters:
    """The comparison in files, of sketches on the disk."""
    Shelf.write(folder / "shelf", sketch(parse(ARTICLES), {}))
    memory = Memory(folder / "some.memory", "1", inline())
    found = accounted(Shelf(folder / "shelf"), TEXTS.__getitem__, None, None, memory)
    return Chapters.write(folder / "abc.comparison", found, memory)


def again(folder: Path) -> Chapters | None:
    """What a later run finds there."""
    return chapters.earlier(folder / "abc.comparison", Memory(folder / "some.memory", "1", inline()))


def test_chapters_are_read_again(tmp_path: Path, whole: Comparison) -> None:
    assert again(tmp_path) is None
    first = written(tmp_path)
    second = again(tmp_path)
    assert second
    for found in (first, second):
        assert list(found.files()) == ["abc.comparison", "some.memory"]
        assert found.whole == msgspec.structs.replace(whole, claims=(), claim_pairs=(), findings={})
        assert tuple(claim for told in found.told() for claim in told.claims) == whole.claims
        assert tuple(pair for told in found.told() for pair in told.claim_pairs) == whole.claim_pairs


def test_findings_are_read_when_they_are_asked_for(tmp_path: Path, whole: Comparison) -> None:
    findings = written(tmp_path).findings()
    assert dict(findings) == whole.findings
    assert len(findings) == len(ARTICLES)
    assert "apples" in findings
    assert "nobody" not in findings
    with pytest.raises(KeyError):
        findings["nobody"]
    assert [msgspec.msgpack.decode(findings.raw(name), type=Finding) for name in findings] == list(findings.values())


@pytest.mark.parametrize("hurt", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    lambda path: path.write_bytes(b""),
], ids=["gone", "cut", "empty"])
@pytest.mark.parametrize("name", ["abc.comparison", "some.memory"])
def test_a_damaged_file_is_no_comparison(tmp_path: Path, name: str, hurt: Callable[[Path], None]) -> None:
    found = written(tmp_path)
    hurt(tmp_path / name)
    assert again(tmp_path) is None
    del found
    assert written(tmp_path).undamaged()
    assert again(tmp_path)


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
