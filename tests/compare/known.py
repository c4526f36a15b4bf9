"""`python -m tests.compare.known`: what comparing makes of invented sentences and articles, written to `known.json`.

It is what is known, not what is right: that is measured on labelled data. A change of any figure in it is either
meant, and the file is written again, or a fault. Attribution is taken from the file itself, so that a new model of it
changes nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from audit import compare
from audit.compare.catalogue import Catalogue
from audit.compare.checkable import checkable
from audit.compare.claims import pairs_of, told
from audit.compare.features import pair_features
from audit.compare.figures import figures
from audit.compare.sketch import Sketch, sketch
from audit.compare.statement import statement
from audit.compare.stories import judged, model
from audit.compare.wording import quoted_otherwise
from audit.extract import extract
from audit.parse import parse
from audit.records import Article, Finding
from tests.compare import corpus, stories

FILE = Path(__file__).with_name("known.json")
SENTENCES = Path(__file__).with_name("sentences.txt")
DIGITS = 6
ARRAYS = {"terms": np.uint32, "counts": np.uint8, "shingles": np.uint32, "codes": np.uint32, "sentences": np.int32,
          "sentence_words": np.int32, "quoted": np.int32, "kinds": np.uint8}  # fmt: skip
THIRD = """The tram strike in Oskendal went on. Nobody knows how long. A mediator of the district court was offered by
Mayor Hedda Brunsvik. “We want nothing but sleep and a proper roster,” said Alva Nyberg, a driver. The union counted
1,240 drivers on strike on Tuesday."""
RETOLD = """Mayor Hedda Brunsvik offered a mediator of the district court in the strike. At least 1,000 drivers of
Norlinjen, which runs 68 trams, stayed at home. “We want nothing but money and a proper roster,” said Alva Nyberg. The
trams carry 140,000 passengers on a working day."""
THIRD, RETOLD = THIRD.replace("\n", " "), RETOLD.replace("\n", " ")
TAKEN = [
    corpus.article("wire", corpus.STRIKE, credit="Hill Agency"),
    corpus.article("spun", corpus.SPUN, day="2023-03-08"),
    corpus.article("short", corpus.STRIKE[: corpus.STRIKE.index("Mayor")], day=None),
    corpus.article("mosaic", f"A later report. {corpus.STRIKE[-300:]} {corpus.ORCHARD[:260]}", day="2023-03-09"),
    corpus.article("frost", corpus.ORCHARD.replace("3,000", "2,400").replace("a quarter", "a fifth"), day="2023-04-22"),
    corpus.article("apples", corpus.ORCHARD, day="2023-04-21"),
]
"""Who took what from whom."""
TOLD = [
    corpus.article("wire", corpus.STRIKE), corpus.article("reprint", corpus.STRIKE, day="2023-03-07", credit="wire"),
    corpus.article("other", corpus.STRIKE_ELSEWHERE, day="2023-03-06T09:30"), corpus.article("third", THIRD),
    corpus.article("later", RETOLD, "third", day="2023-03-08"), corpus.article("undated", RETOLD, day=None),
    corpus.article("apples", corpus.ORCHARD, day="2023-04-21"),
]
"""Who tells the same, otherwise, or alone."""


def sentences() -> list[list[str]]:
    """Blocks of invented sentences: each is compared with the next one of its block."""
    text = SENTENCES.read_text(encoding="utf-8")
    return [block.split("\n") for block in text.strip().split("\n\n")]


def pairs() -> list[tuple[str, str]]:
    return [pair for block in sentences() for pair in pairwise(block)]


def plain(value: Any) -> Any:
    """As JSON reads it back, floats to `DIGITS` digits."""
    if isinstance(value, float | np.floating):
        return round(float(value), DIGITS)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in (value.tolist() if isinstance(value, np.ndarray) else value)]
    return value


def summed(data: bytes, kind: type) -> list[float]:
    """An array in three numbers: how many, their sum, and their sum by place."""
    found = np.frombuffer(data, kind).astype(np.float64)
    return [len(found), float(found.sum()), float((found * np.arange(1, len(found) + 1)).sum())]


def found_figures() -> Iterator[tuple[str, Any]]:
    """The figures of each sentence."""
    for text in sorted({text for block in sentences() for text in block}):
        yield text, [msgspec.to_builtins(one) for one in figures(text)]


def found_relations() -> Iterator[tuple[str, Any]]:
    """How two statements stand to each other, alone."""
    for one, two in pairs():
        found = compare.relate(one, two)
        yield f"{one} | {two}", [found.relation, found.similarity, found.reason]


def found_in_story() -> Iterator[tuple[str, Any]]:
    """The same as claims of two articles of one story."""
    for one, two in pairs():
        texts = {"a": f"{one} The baker of Hove slept well.", "b": f"Nobody in Hove owns a boat. {two}"}
        given = sketch(parse([corpus.article(name, text) for name, text in texts.items()]), {})
        left, right = told(given, texts.__getitem__, model().rarity)
        made = pairs_of(left, right, lambda _one, _two: False)
        yield f"{one} | {two}", [[pair.a, pair.b, pair.relation, pair.similarity, pair.reason] for pair in made]


def found_quotations() -> Iterator[tuple[str, Any]]:
    """Whether two statements quote one utterance otherwise."""
    for one, two in pairs():
        yield f"{one} | {two}", [found.reason for found in quoted_otherwise(statement(one), statement(two))]


def found_features() -> Iterator[tuple[str, Any]]:
    """The numbers that the relation model sees, of every fourth pair."""
    for one, two in pairs()[::4]:
        yield f"{one} | {two}", pair_features(statement(one), statement(two))


def found_kinds() -> Iterator[tuple[str, Any]]:
    """What can be checked in each sentence."""
    texts = sorted({text for block in sentences() for text in block})
    parsed = parse([corpus.article(str(number), text) for number, text in enumerate(texts)])
    kinds, edges = checkable(parsed), parsed.document_sentences
    for number, text in enumerate(texts):
        yield text, kinds[edges[number] : edges[number + 1]]


def found_sketches() -> Iterator[tuple[str, Any]]:
    """What comparing keeps of each article."""
    for item in (*sketched([*TAKEN, TOLD[2]], {}), *sketched(stories.ARTICLES, attributed())):
        told_of = msgspec.to_builtins(item, builtin_types=(bytes,))
        arrays = {name: summed(getattr(item, name), kind) for name, kind in ARRAYS.items()}
        words = [msgspec.to_builtins(word) for word in item.words_for()]
        spoken = [msgspec.to_builtins(voice) for voice in item.spoken()]
        yield item.article, {**told_of, **arrays, "named": words, "voices": spoken, "text": item.text.hex()}


def found_odds() -> Iterator[tuple[str, Any]]:
    """The log-odds that two articles tell one story."""
    ordered = sorted(sketched([*TAKEN[1:], *TOLD], {}), key=lambda item: (item.day or 1 << 40, item.article))
    for window in (3, 60):
        with judged(ordered, Catalogue.of(ordered), window)[0] as pairs:
            for left, right, odds in pairs.read().tolist():
                yield f"{ordered[left].article} {ordered[right].article} {window}", odds


def found_comparison() -> Iterator[tuple[str, Any]]:
    """All that the comparison of each corpus finds."""
    for name, articles, findings, owners in (
        ("taken", TAKEN, {}, {}), ("told", TOLD, {}, {}), ("owned", TOLD, {}, {"wire": "Trust", "other": "Trust"}),
        ("bridge", stories.ARTICLES, attributed(), {}),
    ):  # fmt: skip
        texts = {one.id: one.text for one in articles}
        made = compare.compare(sketched(articles, findings), texts.__getitem__, None, owners)
        for part, value in msgspec.to_builtins(made).items():
            if name != "owned" or part in ("claim_pairs", "findings"):
                yield f"{name} {part}", value


def sketched(articles: list[Article], findings: dict[str, list[Finding]]) -> list[Sketch]:
    parsed = parse(articles)
    given, words = compare.spoken(parsed, findings) if findings else ({}, None)
    return sketch(parsed, given, None, words)


@cache
def attributed() -> dict[str, list[Finding]]:
    """Who says what in the articles on the bridge, as the file has it."""
    return {"attribution": msgspec.convert(json.loads(FILE.read_text(encoding="utf-8"))["attribution"], list[Finding])}


PARTS: dict[str, Callable[[], Iterator[tuple[str, Any]]]] = {
    "figures": found_figures, "quotations": found_quotations, "kinds": found_kinds, "features": found_features,
    "relations": found_relations, "in_story": found_in_story, "sketches": found_sketches, "odds": found_odds,
    "comparison": found_comparison,
}  # fmt: skip


def main() -> None:
    """Write the file again; attribution stays as it is, once it is there."""
    if not FILE.exists():
        found = extract(parse(stories.ARTICLES), ["attribution"])["attribution"]
        FILE.write_text(json.dumps({"attribution": msgspec.to_builtins(found)}), encoding="utf-8")
    data = {"attribution": msgspec.to_builtins(attributed()["attribution"])}
    data |= {part: {name: plain(value) for name, value in made()} for part, made in PARTS.items()}
    FILE.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
