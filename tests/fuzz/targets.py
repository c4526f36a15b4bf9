"""What is fuzzed: bytes in, nothing out; anything but an error of our own, raised on purpose, is a fault.

`python -m tests.fuzz TARGET` drives each with atheris; without it the same functions take mutated files.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import msgspec

from audit import lexicon as lexicons
from audit import settings
from audit.api import scan_object, scanned
from audit.errors import AuditError
from audit.load import load as load_inputs
from audit.parse import parse as parse_articles
from audit.records import Article, Skipped

KINDS = ("txt", "md", "html", "jsonl", "json", "csv", "tsv", "rss", "atom", "eml", "mbox", "jsonl.gz", "html.zst",
         "parquet", "xlsx", "warc", "warc.gz")  # fmt: skip
LONGEST = 20_000
"""Bytes of an input; what is longer is cut, since size is tested elsewhere."""


@cache
def _limits() -> settings.Settings:
    given = settings.load()
    return msgspec.structs.replace(given, load=msgspec.structs.replace(given.load, max_unpacked_bytes=1_000_000))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="audit-fuzz-"))


def load(data: bytes) -> None:
    """The first byte chooses the format; each record is an article with a text, or one line."""
    path = _folder() / f"a.{KINDS[data[0] % len(KINDS)] if data else 'txt'}"
    path.write_bytes(data[1:LONGEST])
    for record in load_inputs([str(path)], _limits()):
        if isinstance(record, Skipped):
            assert record.reason.strip()
            assert record.reason.isprintable()
        else:
            assert record.text.strip()
            json.dumps(record.to_dict(), ensure_ascii=False).encode()


def article(data: bytes) -> Article:
    """Any text, with what no decoder of ours lets through taken out."""
    return Article("a", "s", data[:LONGEST].decode("utf-8", "replace"), language="en")


def seen(text: str) -> str:
    """Letters and marks of their own; a token is looked up without characters that do not show, accents composed."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one) not in ("Cf", "Mn"))


def parse(data: bytes) -> None:
    """Tokens lie in order inside the text and hold no space; sentences and documents cover them."""
    given = article(data)
    parsed = parse_articles([given])
    starts, ends = parsed.starts.tolist(), parsed.ends.tolist()
    assert all(0 <= start < end <= len(given.text) for start, end in zip(starts, ends, strict=True))
    assert all(before <= after for before, after in zip(ends, starts[1:], strict=False))
    assert parsed.sentences[-1] == parsed.documents[-1] == len(starts)
    for start, end, token in zip(starts, ends, parsed.tokens.tolist(), strict=True):
        assert seen(given.text[start:end]) == seen(parsed.vocabulary[token])
    for first, last in parsed.quotes.tolist():
        assert 0 <= first < last <= len(starts)


def lexicon(data: bytes) -> None:
    """A lexicon file is read, or refused with its line; what is read can be looked for."""
    path = _folder() / "a.en.toml"
    path.write_bytes(data[:LONGEST])
    found = lexicons.read(path)
    found.find(parse_articles([Article("a", "s", "He may have left. Nobody knows why.", language="en")]))


def scan(data: bytes) -> None:
    """Every signal on any text: evidence slices the text, counts lie in their bases, and all of it is JSON."""
    given = article(data)
    if not given.text.strip():
        return
    for row in scanned([given]):
        made = msgspec.json.decode(msgspec.json.encode(scan_object(row)))
        for one in made["evidence"]:
            assert 0 <= one["start"] < one["end"] <= len(given.text)
            assert given.text[one["start"] : one["end"]] == one["text"]
            assert all(one["start"] <= part["start"] <= part["end"] <= one["end"] for part in one["parts"])
        for name, measure in made["measures"].items():
            grade = name.startswith("readability")  # a scale of grades goes below zero
            assert grade or measure["absent"] is not None or measure["count"] >= 0


TARGETS = {"load": load, "parse": parse, "lexicon": lexicon, "scan": scan}
ALLOWED = (AuditError,)
