"""One partition: a file of articles in, files of what is measured on each article alone out. This is the unit of work.

What is measured on an article does not depend on its partition, so a partition that has changed takes what it can
from the files of an earlier run and measures only the articles that are new.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from audit import compare, kept
from audit.compare.sketch import Sketch
from audit.extract import extract
from audit.freed import give_back
from audit.parse import parse
from audit.records import Article, Finding, Record
from audit.settings import Settings

FILE = re.compile(r"[0-9a-f]{12}-[0-9a-f]{5}-[0-9a-f]{5}-[0-9a-f]{16}\.[0-9a-z.]+")
"""What a file of a partition is called."""

SPACE = 65536
"""Articles are spread over so many buckets by a digest of their ids; a partition is a range of buckets."""


class Measured(Record, frozen=True):
    """What the signals found in the articles of a partition, each list in their order; findings by signal."""

    words: tuple[int, ...]
    sentences: tuple[int, ...]
    findings: dict[str, list[Finding]]


class Sealed(Record, frozen=True):
    """The same, the findings not yet decoded."""

    words: tuple[int, ...]
    sentences: tuple[int, ...]
    findings: dict[str, list[msgspec.Raw]]

    def opened(self, piece: slice) -> Measured:
        """What was found in some of the articles."""
        decode = msgspec.msgpack.Decoder(Finding).decode
        findings = {signal: list(map(decode, found[piece])) for signal, found in self.findings.items()}
        return Measured(self.words[piece], self.sentences[piece], findings)


class Part(Record, frozen=True):
    """The files of a partition: `<name>.articles`, `<name>.measured` and `<name>.sketches` in one folder, or at one
    address.

    The name tells what decides the results, in this order: the version and settings, the range of buckets, the
    articles.
    """

    folder: str
    name: str

    def path(self, kind: str) -> Path:
        """One of the files."""
        return kept.place(self.folder) / f"{self.name}.{kind}"

    def piece(self, digest: str) -> Path:
        """The file of the rows of a piece, which another partition of the same range takes up."""
        version, low, high, _ = self.name.split("-")
        return kept.place(self.folder) / f"{version}-{low}-{high}-{digest}.rows"

    def articles(self) -> tuple[Article, ...]:
        """The articles, ordered by source, date, id. Raises kept.Damaged, as all of these do."""
        return kept.read(self.path("articles"), tuple[Article, ...])

    def measured(self) -> Measured:
        """What the signals found."""
        return kept.read(self.path("measured"), Measured)

    def sealed(self) -> Sealed:
        """The same, the findings not yet decoded."""
        return kept.read(self.path("measured"), Sealed)

    def sketches(self) -> tuple[Sketch, ...]:
        """What comparing needs."""
        return kept.read(self.path("sketches"), tuple[Sketch, ...])

    def done(self) -> bool:
        """Whether the partition was measured, and nothing of it is damaged."""
        return all(kept.whole(self.path(kind)) for kind in ("articles", "measured", "sketches"))

    def files(self) -> Iterator[str]:
        """Names of all files."""
        return (self.path(kind).name for kind in ("articles", "measured", "sketches"))

    def overlaps(self, name: str) -> bool:
        """Whether a partition of that name has articles in common with this one, measured alike."""
        mine, other = self.name.split("-"), name.split("-")
        return mine[0] == other[0] and mine[1] < other[2] and other[1] < mine[2]


def measure(articles: Sequence[Article], settings: Settings) -> tuple[Measured, tuple[Sketch, ...]]:
    """Parse the articles once and let every signal and the comparison take what they need."""
    parsed = parse(articles)
    findings, words = compare.spoken(parsed, extract(parsed))
    sketches = compare.sketch(parsed, findings, settings, words)
    sentences = parsed.document_sentences[1:] - parsed.document_sentences[:-1]
    return Measured(tuple(parsed.document_words.tolist()), tuple(sentences.tolist()), findings), tuple(sketches)


def measure_to(part: Part, settings: Settings, earlier: Sequence[Part] = ()) -> int:
    """Measure a partition whose articles are written; gives the number of words measured.

    What `earlier` partitions know already is taken from them.
    """
    articles = part.articles()
    known = _known(articles, earlier)
    fresh = [article for article in articles if article.id not in known]
    measured, sketches = measure(fresh, settings)
    words = sum(measured.words)
    if known:
        found = {article.id: (measured, sketches, index) for index, article in enumerate(fresh)} | known
        measured, sketches = _joined([found[article.id] for article in articles], list(measured.findings))
    kept.write(part.path("sketches"), sketches)
    kept.write(part.path("measured"), measured)
    del articles, fresh, measured, sketches
    give_back()
    return words


Found = tuple[Measured, tuple[Sketch, ...], int]
"""Where the results of one article stand."""


def _known(articles: Sequence[Article], earlier: Sequence[Part]) -> dict[str, Found]:
    wanted = {article.id: article for article in articles}
    known: dict[str, Found] = {}
    for part in earlier:
        try:
            before, measured, sketches = part.articles(), part.measured(), part.sketches()
        except kept.Damaged:
            continue
        known |= {article.id: (measured, sketches, index) for index, article in enumerate(before)
                  if wanted.get(article.id) == article}
    return known


def _joined(found: Sequence[Found], signals: Sequence[str]) -> tuple[Measured, tuple[Sketch, ...]]:
    measured = Measured(
        tuple(one.words[at] for one, _, at in found), tuple(one.sentences[at] for one, _, at in found),
        {name: [one.findings[name][at] for one, _, at in found] for name in signals},
    )
    return measured, tuple(sketches[at] for _, sketches, at in found)


def prepare(folder: str | Path, articles: Iterable[Article], size: int, version: str) -> list[Part]:
    """Write the articles in partitions of about `size`; those that are written already stay."""
    start = hashlib.sha256(version.encode()).hexdigest()[:12]
    parts = []
    for (low, high), members in split(articles, size).items():
        content = msgspec.msgpack.encode(members)
        part = Part(str(folder), f"{start}-{low:05x}-{high:05x}-{hashlib.sha256(content).hexdigest()[:16]}")
        if not kept.whole(part.path("articles")):
            kept.write(part.path("articles"), members)
        parts.append(part)
    return parts


def earlier(part: Part) -> list[Part]:
    """Measured partitions of other runs in the same folder that may have articles in common with this one."""
    found = sorted(path.stem for path in kept.place(part.folder).glob("*.measured"))
    return [Part(part.folder, name) for name in found if name != part.name and part.overlaps(name)]


def forget(folder: str | Path, used: Container[str] = ()) -> None:
    """Drop the files of partitions whose names are not used; whatever else lies there stays."""
    for path in list(kept.place(folder).glob("*")):
        if FILE.fullmatch(path.name) and path.name not in used:
            path.unlink()


def split(articles: Iterable[Article], size: int) -> Mapping[tuple[int, int], list[Article]]:
    """Articles by range of buckets: about `size` each, whatever the order they come in.

    Neighbouring buckets are joined, so that few articles make one partition and adding some changes few of them.
    """
    buckets: dict[int, list[Article]] = {}
    for article in articles:
        buckets.setdefault(bucket(article.id), []).append(article)
    total = sum(map(len, buckets.values()))
    width = SPACE
    while width > 1 and total * width > size * SPACE:
        width //= 2
    parts: dict[tuple[int, int], list[Article]] = {}
    for place in sorted(buckets):
        low = place // width * width
        parts.setdefault((low, low + width), []).extend(buckets[place])
    return {edges: sorted(part, key=lambda article: (article.source, article.published or "", article.id))
            for edges, part in parts.items()}


def bucket(id: str) -> int:
    """The bucket of an article, by a digest of our own: ids that were sampled by their SHA-256 must spread over all."""
    digest = hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=2, person=b"audit").digest()
    return int.from_bytes(digest, "big")
