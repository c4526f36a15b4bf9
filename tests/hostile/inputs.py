"""Hostile inputs, each made by a function that writes it into a folder. Invented for these tests, all of them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

STORY = (
    "The ferry to Sarn will not sail before the spring, the harbour office said on Monday.\n\n"
    "“Nobody here is pleased,” said Tove Lind, who runs the ticket stall. Some say that the engine may be lost."
)
LIMIT = 2_000_000
"""Bytes that the settings of these tests let a packed file grow to."""

Maker = Callable[[Path], None]


def text(name: str, content: str) -> Maker:
    return lambda folder: (folder / name).write_text(content, encoding="utf-8", errors="surrogatepass") and None


def data(name: str, content: bytes) -> Maker:
    return lambda folder: (folder / name).write_bytes(content) and None


def row(**fields: object) -> str:
    return json.dumps({"text": STORY, **fields}) + "\n"


def zstd_bomb(folder: Path) -> None:
    import pyarrow

    with pyarrow.output_stream(str(folder / "bomb.jsonl.zst"), compression="zstd") as stream:
        stream.write(b" " * (LIMIT + 1))


def relation(kind: str, type: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{type}" Target="{target}"/>'
    return f'<Relationships xmlns="{kind}relationships">{one}</Relationships>'


def xlsx(folder: Path, sheet: bytes) -> None:
    """A workbook whose one sheet has this XML, packed by hand, since no program would write it."""
    kind = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    with zipfile.ZipFile(folder / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{kind}content-types">'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/>'
                      f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}worksheet+xml"/></Types>')
        book.writestr("_rels/.rels", relation(kind, f"{office}/officeDocument", "xl/workbook.xml"))
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                      '<sheet name="May" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", relation(kind, f"{office}/worksheet", "worksheets/sheet1.xml"))
        book.writestr("xl/worksheets/sheet1.xml", sheet)


def cells(*rows: tuple[str, ...]) -> bytes:
    made = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>" for cells in rows
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{made}</sheetData></worksheet>"
    ).encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
DOCTYPE = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def feed(doctype: str, entity: str) -> bytes:
    item = f"<item><title>Ferry</title><description>{STORY} {entity}</description></item>"
    channel = f"<channel><title>Post</title>{item}</channel>"
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0">{channel}</rss>'.encode()


def web_archive(folder: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (folder / "bomb.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        page = b"<html><body>" + b"<p>" + STORY.encode() + b"</p>" + b" " * LIMIT + b"</body></html>"
        for number in range(2):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url = f"https://post.example/{number}"
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=headers)
            writer.write_record(record)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


def link(name: str, target: str) -> Maker:
    return lambda folder: (folder / name).symlink_to(target)


def front_matter(folder: Path) -> None:
    """Aliases that would grow tenfold nine times, and a tag that would call a function, if YAML were loaded."""
    aliases = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    head = f"---\na0: &a0 ha\n{aliases}title: !!python/object/apply:os.system ['touch hacked']\n---\n"
    (folder / "front.md").write_text(f"{head}# Ferry\n\n{STORY}\n", encoding="utf-8")


SPACES = b" " * (LIMIT + 1)
SKIPPED: dict[str, tuple[Maker, str]] = {
    "gz bomb": (data("bomb.jsonl.gz", gzip.compress(SPACES)), "unpacks to more than 2,000,000 bytes"),
    "bz2 bomb": (data("bomb.jsonl.bz2", bz2.compress(SPACES)), "unpacks to more than 2,000,000 bytes"),
    "xz bomb": (data("bomb.jsonl.xz", lzma.compress(SPACES)), "unpacks to more than 2,000,000 bytes"),
    "zst bomb": (zstd_bomb, "unpacks to more than 2,000,000 bytes"),
    "xlsx bomb": (lambda folder: xlsx(folder, cells(("text",)) + SPACES), "unpacks to more than 2,000,000 bytes"),
    "warc bomb": (web_archive, "unpacks to more than 2,000,000 bytes"),
    "entities in a feed": (data("laughs.rss", feed(DOCTYPE, "&l8;")), "defines its own entities"),
    "an outside entity in a feed": (data("outside.xml", feed(OUTSIDE, "&x;")), "defines its own entities"),
    "a loop of links": (link("loop", ".."), "the link leads back to a folder above it"),
    "a link to nothing": (link("gone.txt", "nowhere.txt"), "could not be opened"),
    "a link to itself": (link("self.txt", "self.txt"), "could not be"),
    "a pipe": (pipe, "is a named pipe, not a file"),
    "a device": (link("zero.txt", "/dev/zero"), "is a device, not a file"),
    "a device as JSON": (link("random.jsonl", "/dev/urandom"), "is a device, not a file"),
    "an id twice": (
        text("a.jsonl", row(id="x", source="a") + row(id="x", source="b", text="Rain.")),
        "the id 'x' was used for another",
    ),
    "an article twice": (text("a.jsonl", row(id="x") + row(id="x")), "word for word; counted once"),
    "half a surrogate pair": (text("a.jsonl", '{"text": "Rain. \\ud800 x"}\n'), "not a JSON object"),
    "a text of zeros": (data("a.txt", b"\0" * 100_000), ""),
    "an archive of nothing": (data("a.jsonl.gz", gzip.compress(b"")), "the file is empty"),
    "deep JSON": (text("a.jsonl", "[" * 100_000 + "\n"), ""),
    "a huge number": (text("a.json", '[{"text": 1' + "0" * 10_000 + "}]"), ""),
    "50,000 nested tags": (text("a.html", f"{'<div>' * 50_000}<p>{STORY}</p>"), "no article was found on the page"),
    "300,000 tags": (text("a.html", "<b>" * 300_000), "tags, more than any article"),
}
"""What cannot be read, with a piece of the line that says why."""

READ: dict[str, Maker] = {
    "a title of 100,000 characters": text("a.jsonl", row(title="Ferry " * 16_667)),
    "a megabyte without spaces": text("a.txt", "x" * 1_000_000),
    "a megabyte of letters without case": text("a.txt", "ა" * 900_000),
    "200,000 quotation marks": text("a.txt", "“" * 200_000),
    "200,000 straight quotation marks": text("a.txt", '"a ' * 200_000),
    "200,000 brackets": text("a.txt", "((" * 100_000),
    "100,000 lines": text("a.txt", "He said.\n\n" * 100_000),
    "marks that turn the line": text("a.txt", f"\u202e{STORY}\u2066 \u200f"),
    "combining marks": text("a.txt", STORY + " a" + "\u0301" * 100_000),
    "front matter that runs": front_matter,
    "entities in a page": text("a.html", f"{DOCTYPE.replace(' rss', ' html')}<p>{STORY} &l8;</p>"),
    "a date beyond time": text("a.jsonl", row(published="99999-99-99T99:99:99")),
    "numbers as names": text("a.jsonl", row(id=7, source=1.5, title=True, author={"name": [1]})),
}
"""What is read all the same."""
