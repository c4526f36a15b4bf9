"""Partition files at an address that is no folder of this machine: the same bytes, nothing else there is touched."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from audit import kept
from audit.errors import OutputError
from audit.pipeline import run
from audit.settings import load
from tests.engine.runs import corpus, digest, place

pytest.importorskip("upath", reason="needs the extra [remote]")


@pytest.fixture
def address() -> str:
    """A folder in memory that no other test uses."""
    return f"memory://{uuid.uuid4().hex}/run"


def _names(address: str) -> list[str]:
    return sorted(path.name for path in kept.place(address).iterdir())


def _measured(address: str) -> dict[str, object]:
    """When each measured partition was written."""
    found = kept.place(address).glob("*.measured")
    return {path.name: path.fs.modified(path.path) for path in found}  # type: ignore[attr-defined]


def test_the_same_bytes_and_a_second_run_measures_nothing(root: Path, tmp_path: Path, address: str) -> None:
    folder = place(tmp_path, corpus(root))
    given = {"settings": load(folder / "settings.toml"), "workers": 1}
    run([folder / "all.jsonl"], tmp_path / "local", **given)
    run([folder / "all.jsonl"], tmp_path / "away", storage=address, **given)
    assert digest(tmp_path / "away") == digest(tmp_path / "local")
    assert {name.rsplit(".", 1)[1] for name in _names(address)} == {"articles", "measured", "sketches", "rows"}
    assert not list((tmp_path / "away" / ".audit" / "parts").glob("*.measured"))
    written = _measured(address)
    run([folder / "all.jsonl"], tmp_path / "away", storage=address, **given)
    assert _measured(address) == written
    run([folder / "all.jsonl"], tmp_path / "away", storage=address, fresh=True, **given)
    assert _measured(address).keys() == written.keys()
    assert not set(_measured(address).values()) & set(written.values())
    assert digest(tmp_path / "away") == digest(tmp_path / "local")


def test_only_files_of_runs_are_ever_dropped(root: Path, tmp_path: Path, address: str) -> None:
    rows = corpus(root)
    folder = place(tmp_path, rows)
    kept.place(address).mkdir(parents=True)
    (kept.place(address) / "letters.articles").write_bytes(b"not ours")
    given = {"settings": load(folder / "settings.toml"), "workers": 1, "storage": address}
    run([folder / "all.jsonl"], tmp_path / "out", **given)
    before = set(_names(address))
    place(tmp_path, rows[:-1])
    run([folder / "all.jsonl"], tmp_path / "out", **given)
    assert before - set(_names(address)), "what the second run did not use is gone"
    run([folder / "all.jsonl"], tmp_path / "out", redact=True, **given)
    assert _names(address) == ["letters.articles"]


@pytest.mark.parametrize("wrong", ["nowhere://bucket/run", "file:///dev/null/run"])
def test_an_address_that_cannot_be_used_is_one_line(root: Path, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(OutputError, match=wrong.split("://")[0]):
        run([root / "seeds"], tmp_path / "out", workers=1, storage=wrong)
    assert not (tmp_path / "out" / "index.html").exists()


def test_lists_of_files_are_never_remembered(address: str) -> None:
    """Other machines write there: what was listed a moment ago says nothing."""
    assert kept.place(address).fs.dircache.use_listings_cache is False  # type: ignore[attr-defined]
