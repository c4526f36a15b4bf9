"""One partition: articles in, everything that is measured on each article alone out. This is the unit of work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from audit import compare
from audit.compare.sketch import Sketch
from audit.extract import extract
from audit.parse import parse
from audit.records import Article, Finding, Record
from audit.settings import Settings


class Measured(Record, frozen=True):
    """Articles of a partition with their words and sentences, findings by signal, and sketches for comparing."""

    articles: tuple[Article, ...]
    words: tuple[int, ...]
    sentences: tuple[int, ...]
    findings: dict[str, list[Finding]]
    sketches: tuple[Sketch, ...]


def measure(articles: Sequence[Article], settings: Settings) -> Measured:
    """Parse the articles once and let every signal and the comparison take what they need."""
    parsed = parse(articles)
    findings = extract(parsed)
    sketches = compare.sketch(parsed, findings, settings)
    sentences = parsed.document_sentences[1:] - parsed.document_sentences[:-1]
    return Measured(
        tuple(articles), tuple(parsed.document_words.tolist()), tuple(sentences.tolist()), findings, tuple(sketches)
    )


def measure_to(path: Path, articles: Sequence[Article], settings: Settings) -> Path:
    """`measure` into a file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(msgspec.msgpack.encode(measure(articles, settings)))
    draft.replace(path)
    return path


def read(path: Path) -> Measured:
    """A partition file. Raises msgspec.DecodeError when it is damaged."""
    return msgspec.msgpack.decode(path.read_bytes(), type=Measured)


def split(articles: Iterable[Article], size: int) -> list[list[Article]]:
    """Articles in partitions of about `size`, by a digest of their ids: the order of the inputs does not matter.

    Neighbouring buckets are joined, so that few articles make one partition and adding some changes few of them.
    """
    buckets: dict[int, list[Article]] = {}
    for article in articles:
        buckets.setdefault(int.from_bytes(_digest(article.id)[:2], "big"), []).append(article)
    parts: list[list[Article]] = []
    total = sum(map(len, buckets.values()))
    width = 65536
    while width > 1 and total * width / 65536 > size:
        width //= 2
    last = -1
    for bucket in sorted(buckets):
        if bucket // width != last:
            parts.append([])
            last = bucket // width
        parts[-1] += buckets[bucket]
    return [sorted(part, key=lambda article: (article.source, article.published or "", article.id)) for part in parts]


def key(articles: Sequence[Article], version: str) -> str:
    """A name for the partition's result: the articles and all that decides what is measured on them."""
    digest = hashlib.sha256(version.encode())
    for article in articles:
        digest.update(msgspec.msgpack.encode(article))
    return digest.hexdigest()[:24]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
