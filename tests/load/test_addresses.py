"""Inputs that are named by an address: databases by table or query, and files of any storage that fsspec opens."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.errors import InputError, SettingsError
from audit.load.address import Address, address_of
from tests.load.loading import STORY, load_all

LINE = json.dumps({"id": "a", "source": "Post", "text": STORY}).encode() + b"\n"


@pytest.mark.parametrize(("argument", "wanted"), [
    ("sqlite:///a.db?table=news", Address("sqlite", "a.db", table="news")),
    ("duckdb:////srv/a.duckdb?table=the%20news", Address("duckdb", "/srv/a.duckdb", table="the news")),
    ("sqlite:///my file.db?table=a", Address("sqlite", "my file.db", table="a")),
    ("duckdb:///a.db?query=SELECT * FROM a WHERE t LIKE '%20%' OR t = 'a+b?'",
     Address("duckdb", "a.db", query="SELECT * FROM a WHERE t LIKE '%20%' OR t = 'a+b?'")),
    ("sqlite:///a.db?query=SELECT+body+FROM+news", Address("sqlite", "a.db", query="SELECT body FROM news")),
    ("sqlite:///a.db", Address("sqlite", "a.db")),
    ("postgres:///a", None),
    ("sqlite.txt", None),
])  # fmt: skip
def test_addresses_of_databases(argument: str, wanted: Address | None) -> None:
    assert address_of(argument) == wanted


@pytest.fixture
def duck(tmp_path: Path) -> Path:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute('CREATE TABLE "the news" (id INTEGER, body TEXT, outlet TEXT, published_at DATE)')
        rows = [(n, f"{STORY} {n}" if n != 500 else None, "Post", "2021-05-03") for n in range(600)]
        connection.executemany('INSERT INTO "the news" VALUES (?, ?, ?, ?)', rows)
    return path


def test_tables_and_queries_of_duckdb(duck: Path) -> None:
    articles, (item,) = load_all(f"duckdb:///{duck}?table=the news")
    assert len(articles) == 599
    assert (articles[7].id, articles[7].source, articles[7].published) == ("7", "Post", "2021-05-03")
    assert articles[7].meta["columns"] == "text from body, source from outlet, published from published_at"
    assert item.where.endswith("table=the news:501")
    (article,), _ = load_all(f"duckdb:///{duck}?query=SELECT body FROM 'the news' WHERE id = 2")
    assert article.text == f"{STORY} 2"


@pytest.mark.parametrize(("wanted", "reason"), [
    ("table=nothing", "does not exist"),
    ("", "names neither table nor query"),
    ("query=DROP TABLE 'the news'", "read-only"),
    ("query=SELECT content FROM read_text('/etc/hostname')", "disabled"),
    ("query=SELECT id FROM 'the news'", "no column holds the text"),
])
def test_bad_queries_of_duckdb(duck: Path, wanted: str, reason: str) -> None:
    articles, (item,) = load_all(f"duckdb:///{duck}?{wanted}")
    assert (articles, reason in item.reason) == ([], True), item
    assert len(load_all(f"duckdb:///{duck}?table=the news")[0]) == 599


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "a.duckdb").write_text("rain")
    assert "not a valid DuckDB" in load_all(f"duckdb:///{tmp_path}/a.duckdb?table=a")[1][0].reason
    assert "No such file" in load_all(f"duckdb:///{tmp_path}/none.duckdb?table=a")[1][0].reason


def test_without_the_package(duck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    reason = load_all(f"duckdb:///{duck}?table=a")[1][0].reason
    assert reason == "'.duckdb' files need duckdb; install it with audit-news[duckdb]"


@pytest.fixture
def memory() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    for name, data in {
        "news/a.jsonl": LINE, "news/b.jsonl.gz": gzip.compress(LINE.replace(b'"a"', b'"b"')),
        "news/herald/c.txt": f"Bridge to close\n\n{STORY}".encode(), "news/README.md": b"no",
        "news/x_files/d.txt": b"no",
        "news/old/audit.json": b"{}", "news/old/index.html": b"no", "news/e.pdf": b"%PDF",
    }.items():  # fmt: skip
        system.pipe(f"/{name}", data)
    yield system
    system.rm("/news", recursive=True)


def test_folders_of_any_storage(memory: Any) -> None:
    articles, (item,) = load_all("memory://news")
    assert [(article.id[:1], article.source) for article in articles[:2]] == [("a", "Post"), ("b", "Post")]
    assert (articles[2].source, articles[2].title, articles[2].text) == ("herald", "Bridge to close", STORY)
    assert len(articles) == 3
    assert (item.where, "not a format" in item.reason) == ("memory:///news/e.pdf", True)


def test_the_manifest_of_a_folder(memory: Any) -> None:
    memory.pipe("/news/sources.toml", b'[[source]]\nid = "herald"\nname = "The Lorne Herald"\n')
    assert [article.source for article in load_all("memory://news")[0]] == ["Post", "Post", "The Lorne Herald"]
    memory.pipe("/news/sources.toml", b'[[source]]\nname = "x"\n')
    with pytest.raises(SettingsError, match=r"news/sources.toml:1: a source needs an id"):
        load_all("memory://news")


def test_files_and_patterns_of_any_storage(memory: Any, tmp_path: Path) -> None:
    assert len(load_all("memory://news/a.jsonl")[0]) == 1
    assert len(load_all("memory://news/*.jsonl*")[0]) == 2
    (tmp_path / "gazette.txt").write_text(STORY, encoding="utf-8")
    (article,), _ = load_all(f"file://{tmp_path}/gazette.txt")
    assert (article.source, article.text) == ("gazette", STORY)
    (memory_article,), _ = load_all("memory://news/herald/c.txt")
    assert memory_article.source == "c"


def test_tables_of_any_storage(memory: Any) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"body": [STORY], "outlet": ["Post"]})
    with memory.open("/news/t.parquet", "wb") as stream:
        frame.to_parquet(stream)
    with memory.open("/news/t.csv", "wb") as stream:
        frame.to_csv(stream, index=False)
    for name in ("t.parquet", "t.csv"):
        (article,), _ = load_all(f"memory://news/{name}")
        assert (article.source, article.text) == ("Post", STORY)


@pytest.mark.parametrize(("address", "reason"), [
    ("memory://nothing.jsonl", "no such file or folder"),
    ("nosuch://a.jsonl", "Protocol not known"),
    ("file:///no/such/file.csv", "no such file or folder"),
])
def test_addresses_that_lead_nowhere(address: str, reason: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(InputError, match=reason):
        load_all(address)


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(InputError, match=r"install audit-news\[remote\]"):
        load_all("s3://bucket/a.jsonl")


def test_limits_hold_for_any_storage(memory: Any) -> None:
    assert "max_file_bytes" in load_all("memory://news/a.jsonl", max_file_bytes=10)[1][0].reason
    bomb = gzip.compress(LINE + b" " * 3_000_000)
    memory.pipe("/news/bomb.jsonl.gz", bomb)
    assert "max_unpacked_bytes" in load_all("memory://news/bomb.jsonl.gz", max_unpacked_bytes=10_000)[1][0].reason
    memory.pipe("/news/bad.jsonl.gz", b"not packed")
    assert "damaged" in load_all("memory://news/bad.jsonl.gz")[1][0].reason
