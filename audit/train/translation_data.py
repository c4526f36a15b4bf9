"""What the translation models learn from: the data folder in, labelled documents out.

A document has a kind, a group (texts made from one text stay in one fold) and, where words were swapped on purpose,
the places of the swaps. Long texts are cut to many lengths, so that the models meet short ones too.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.parse import Parsed, parse
from audit.phrases import Trie, inflections
from audit.records import Article
from audit.train.translation_spin import Span, Thesaurus, spin

KINDS = ("original", "human_translation", "machine_translation", "machine_rewritten")
PRIOR = {"original": 0.47, "human_translation": 0.34, "machine_translation": 0.07, "machine_rewritten": 0.12}
"""What the probabilities assume of a text before it is read. Machine-made text is a minority; translations by people
weigh almost as much as originals, since they are the ones that must not be accused."""
NEWS = 8500
"""Articles of the news corpus that the language model counts; the others stay unseen, as originals to learn from."""
UNSEEN = "unseen "
"""Opens the origin of a rewritten text whose rewriter was left out of the style model."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+")


@dataclass(frozen=True)
class Text:
    """One document to learn from.

    swaps   spans of the text; None = not known where
    form    whole, cut, or the house style in which its marks were set
    """

    text: str
    kind: str
    group: str
    origin: str
    year: int = 0
    system: str = ""
    swaps: tuple[Span, ...] | None = field(default=())
    form: str = "whole"


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def translated(data: Path, name: str = "wmt_train") -> list[Text]:
    """Originals, human and machine translations of the WMT news tasks."""
    return [Text(row["text"], row["kind"], row["doc_id"], "wmt", row["year"], row["system"])
            for row in rows(data / f"translation/{name}.jsonl")]


def news(data: Path) -> tuple[list[str], list[Text]]:
    """Texts for the language model, and other articles as originals."""
    found = rows(data / "corpus/allsides_10k.jsonl")
    return [row["text"] for row in found[:NEWS]], [
        Text(row["text"], "original", f"news-{row['id']}", "news") for row in found[NEWS:]]


def by_people(data: Path) -> dict[str, str]:
    """All news that was first written in English, by id."""
    known = [row for name in ("wmt_train", "wmt_dev") for row in rows(data / f"translation/{name}.jsonl")]
    found = [row for row in known if row["kind"] == "original"] + rows(data / "corpus/allsides_10k.jsonl")
    return {str(row["id"]): row["text"] for row in found}


def rewritten(data: Path, draw: random.Random, limit: int) -> list[Text]:
    """News rewritten with WordNet, without the texts whose originals are kept for measuring."""
    kept = {row["id"] for row in rows(data / "translation/wmt_train.jsonl")}
    found = [row for row in rows(data / "translation/rewritten_wordnet.jsonl") if row["base_id"] in kept]
    draw.shuffle(found)
    return [Text(row["text"], "machine_rewritten", row["base_id"].split("|")[0], "wordnet", row["year"], swaps=None)
            for row in found[:limit]]


def spun(bases: Iterable[Text], thesaurus: Thesaurus, name: str, draw: random.Random,
         rates: tuple[float, float] = (0.25, 1)) -> list[Text]:
    """The texts rewritten with a thesaurus, some lightly and some heavily."""
    made = []
    for base in bases:
        text, swaps = spin(base.text, thesaurus, draw.uniform(*rates), draw.choice((1, 3, 8)), draw)
        if len(swaps) >= 0.04 * len(text.split()):
            made.append(Text(text, "machine_rewritten", base.group, name, base.year, name, tuple(swaps)))
    return made


def chance(texts: Sequence[str], draw: random.Random) -> dict[str, list[str]]:
    """A thesaurus without meaning: for each frequent word, some words of news with the same last letters."""
    counts = Counter(word for text in texts for word in re.findall(r"\b[a-z]{4,}\b", text))
    frequent = sorted(word for word, count in counts.items() if count >= 20)
    endings: dict[str, list[str]] = defaultdict(list)
    for word in frequent:
        endings[word[-2:]].append(word)
    return {word: draw.sample(endings[word[-2:]], min(8, len(endings[word[-2:]]))) for word in frequent}


def cut(text: Text, words: int, draw: random.Random) -> Text:
    """A stretch of whole sentences of about that many words, from anywhere in the text. Swaps are dropped."""
    pieces = [piece for piece in SENTENCE.split(text.text) if piece.strip()]
    start = draw.randrange(len(pieces)) if len(text.text.split()) > words else 0
    taken: list[str] = []
    size = 0
    for piece in pieces[start:] + pieces[:start][::-1]:
        if size >= words:
            break
        taken.append(piece)
        size += len(piece.split())
    return Text(" ".join(taken), text.kind, text.group, text.origin, text.year, text.system, None, "cut")


def parsed(texts: Sequence[Text]) -> Parsed:
    """Their parse, as one partition."""
    return parse([Article(str(number), "training", text.text) for number, text in enumerate(texts)])


def lists(data: Path, thesauri: Sequence[Thesaurus], news: Iterable[Parsed]) -> dict[str, list[str]]:
    """Lines to ship: which words a swap may stand for, and the tortured phrases that never occur in real news."""
    reverse: dict[str, Counter[str]] = defaultdict(Counter)
    for thesaurus in thesauri:
        for word, swaps in thesaurus.items():
            for rank, swap in enumerate(swaps):
                if " " not in swap and swap != word:
                    reverse[swap][word] += max(1, 5 - rank)
    found = {swap: sorted(words, key=lambda word: (-words[word], word))[:12] for swap, words in reverse.items()}
    return {"swaps": [f"{swap}\t{','.join(words)}" for swap, words in sorted(found.items())],
            "tortured": _tortured_phrases(data, news)}


def _tortured_phrases(data: Path, news: Iterable[Parsed]) -> list[str]:
    """Lines "phrase<tab>term": two words or more, letters only, no real term, in no form found in the news."""
    terms: dict[str, str] = {}
    for row in rows(data / "translation/tortured_phrases.jsonl"):
        phrase, term = row["tortured"].lower(), row["expected"].partition("(")[0].strip()
        plain = phrase.replace(" ", "").isalpha() and phrase.count(" ") >= 1
        if plain and "flag" not in row and 2 < len(term) <= 40 and not set("?/’‘") & set(term):
            terms.setdefault(phrase, term)
    phrases = sorted(terms)
    trie = Trie()
    for number, phrase in enumerate(phrases):
        *first, last = phrase.split()
        for form in inflections(last):
            trie.add((*first, form), 0, number)
    real = {int(entry) for parsed in news for entry in trie.find(parsed)[:, 3]}
    return [f"{phrase}\t{terms[phrase]}" for number, phrase in enumerate(phrases) if number not in real]
