"""Packed files, spreadsheets, web archives, feeds, mail and databases: one small file of each, made here."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.load.loading import STORY, load_all
from tests.load.page_layouts import STORIES, newspaper

LINE = json.dumps({"id": "a", "source": "Post", "text": STORY}).encode() + b"\n"


def zstandard(data: bytes) -> bytes:
    import pyarrow

    buffer = io.BytesIO()
    with pyarrow.CompressedOutputStream(buffer, "zstd") as stream:
        stream.write(data)
        stream.flush()
        packed = buffer
        stream.close()
        return packed.getvalue() if not packed.closed else b""


def pack_zst(path: Path, data: bytes) -> None:
    import pyarrow

    with pyarrow.output_stream(str(path), compression="zstd") as stream:
        stream.write(data)


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def pack(path: Path, data: bytes) -> Path:
    if path.suffix == ".zst":
        pack_zst(path, data)
    else:
        path.write_bytes(PACKERS[path.suffix](data))
    return path


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_packed_files(tmp_path: Path, suffix: str) -> None:
    (article,), skipped = load_all(pack(tmp_path / f"a.jsonl{suffix}", LINE))
    assert (article.source, article.text, skipped) == ("Post", STORY, [])
    (article,), _ = load_all(pack(tmp_path / f"gazette.txt{suffix}", STORY.encode()))
    assert (article.source, article.text) == ("gazette", STORY)


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_bombs_end_at_the_limit(tmp_path: Path, suffix: str) -> None:
    bomb = pack(tmp_path / f"a.jsonl{suffix}", LINE + b" " * 30_000_000)
    articles, (item,) = load_all(bomb, max_unpacked_bytes=1_000_000)
    assert len(articles) == 1
    assert item.reason == "unpacks to more than 1,000,000 bytes; raise max_unpacked_bytes in the settings"


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_damaged_packs(tmp_path: Path, suffix: str) -> None:
    whole = pack(tmp_path / f"a.jsonl{suffix}", LINE * 500)
    whole.write_bytes(whole.read_bytes()[:-12])
    assert "damaged" in load_all(whole)[1][-1].reason
    whole.write_bytes(b"not packed at all")
    assert "damaged" in load_all(whole)[1][-1].reason


def test_spreadsheets(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("May")
    for row in (
        ["Headline", "Date", "Body", "ID"],
        ["Bridge", "2021-05-03", STORY, 7],
        [None] * 4,
        ["Empty", None, None, 8],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    (article,), (item,) = load_all(tmp_path / "a.xlsx")
    assert (article.id, article.title, article.published, article.text) == ("7", "Bridge", "2021-05-03", STORY)
    assert item.where.endswith("a.xlsx:May:4")
    assert "max" not in item.reason
    assert "unpacks to more than 100 bytes" in load_all(tmp_path / "a.xlsx", max_unpacked_bytes=100)[1][0].reason
    (tmp_path / "b.xlsx").write_bytes(b"PK not a workbook")
    assert "not a workbook" in load_all(tmp_path / "b.xlsx")[1][0].reason


def test_web_archives(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    def http(status: str, kind: str) -> StatusAndHeaders:
        return StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")

    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        records = [
            ("https://daily.example/1", newspaper(STORIES[0]).encode(), http("200 OK", "text/html; charset=utf-8")),
            ("https://daily.example/2", b"gone", http("404 Not Found", "text/html")),
            ("https://daily.example/3", b"\x89PNG", http("200 OK", "image/png")),
            ("https://daily.example/4", b"<html><body></body></html>", http("200 OK", "text/html")),
        ]
        for url, body, headers in records:
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            )
    (article,), (item,) = load_all(tmp_path / "a.warc.gz")
    assert (article.url, article.title) == ("https://daily.example/1", STORIES[0].title)
    assert len(article.meta["fetched"]) == 10
    assert item.where.endswith("a.warc.gz:https://daily.example/4")
    (tmp_path / "b.warc").write_bytes(b"not an archive at all\r\n\r\n")
    assert load_all(tmp_path / "b.warc")[1]


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Lorne Valley Post</title><language>en-gb</language>
<item><title>Bridge &amp; road</title><link>https://lvp.example/1</link><pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{STORY.split(chr(10))[0]}</p><p>{STORY.split(chr(10))[2]}</p>]]></content:encoded></item>
<item><title>Headline only</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<entry><title>Bridge</title>
<author><name>Nora Vance</name></author>
<published>2021-05-03T10:00:00Z</published><summary>{STORY}</summary></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    (tmp_path / "a.rss").write_text(RSS, encoding="utf-8")
    (article,), (item,) = load_all(tmp_path / "a.rss")
    assert (article.source, article.title, article.url) == (
        "Lorne Valley Post",
        "Bridge & road",
        "https://lvp.example/1",
    )
    assert (article.published, article.text) == ("2021-05-03T10:00:00+00:00", STORY)
    assert item.where.endswith("a.rss:2")
    (tmp_path / "b.xml").write_text(ATOM, encoding="utf-8")
    (article,), _ = load_all(tmp_path / "b.xml")
    assert (article.author, article.published) == ("Nora Vance", "2021-05-03T10:00:00+00:00")
    (tmp_path / "c.xml").write_text("<note>no feed</note>", encoding="utf-8")
    assert "not a feed" in load_all(tmp_path / "c.xml")[1][0].reason


def test_feeds_with_entities_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    entities = "".join(
        f'<!ENTITY x{n} "{"&x" + str(n - 1) + ";" if n else "ha"}{"&x" + str(n - 1) + ";" if n else "ha"}">'
        for n in range(40)
    )
    path = tmp_path / "a.rss"
    path.write_text(
        RSS.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1).replace("Short.", "&x39;"), encoding="utf-8"
    )
    assert "defines its own entities" in load_all(path)[1][0].reason


def message(body: str, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Lorne Valley Post <news@lvp.example>"
    mail["Subject"] = "Bridge to close"
    mail["Date"] = "Mon, 03 May 2021 10:00:00 +0000"
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_mail(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(STORY).as_bytes())
    (article,), _ = load_all(tmp_path / "a.eml")
    assert (article.source, article.title, article.published) == (
        "Lorne Valley Post",
        "Bridge to close",
        "2021-05-03T10:00:00+00:00",
    )
    assert article.text == STORY
    box = b"".join(
        b"From x Mon May  3 10:00:00 2021\n" + message(f"{STORY} {n}").as_bytes() + b"\n\n" for n in range(3)
    )
    (tmp_path / "a.mbox").write_bytes(box + b"From x Mon May  3 10:00:00 2021\nSubject: empty\n\n\n")
    articles, (item,) = load_all(tmp_path / "a.mbox")
    assert [article.text[-2:] for article in articles] == [" 0", " 1", " 2"]
    assert "no text" in item.reason


def test_databases(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE "the news" (id INTEGER, body TEXT, outlet TEXT)')
        connection.executemany(
            'INSERT INTO "the news" VALUES (?, ?, ?)', [(1, "Rain.", "Post"), (2, "Sun.", "Post"), (3, None, "x")]
        )
    connection.close()
    articles, (item,) = load_all(f"sqlite:///{path}?table=the news")
    assert [(article.id, article.text, article.source) for article in articles] == [
        ("1", "Rain.", "Post"),
        ("2", "Sun.", "Post"),
    ]
    assert item.where.endswith(":3")
    (article,), _ = load_all(f"sqlite:///{path}?query=SELECT body FROM 'the news' WHERE id = 2")
    assert article.text == "Sun."
    for query in ("table=nothing", "", "query=DROP TABLE 'the news'", "table=x&query=y"):
        assert load_all(f"sqlite:///{path}?{query}")[1][0].reason
    assert len(load_all(f"sqlite:///{path}?table=the news")[0]) == 2


def test_a_package_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    assert (
        load_all(tmp_path / "a.xlsx")[1][0].reason == "'.xlsx' files need openpyxl; install it with audit-news[formats]"
    )
