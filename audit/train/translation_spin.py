"""Rewriters for training: a text and a thesaurus in, the text with words swapped out, and where they were swapped.

Three thesauri, none of them WordNet: what real rewriting tools left in papers (tortured phrases, CC BY 4.0), a list
written for this project, and words that keep the same company in news.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

Thesaurus = Mapping[str, Sequence[str]]
Span = tuple[int, int]

WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
ENDINGS = (("ies", "y", "s"), ("es", "", "s"), ("s", "", "s"), ("ied", "y", "ed"), ("ed", "e", "ed"), ("ed", "", "ed"),
           ("ing", "e", "ing"), ("ing", "", "ing"))
KEPT = frozenset(
    "the of and to in a that is was for on with as by at from it be are this have has had were his her their not "
    "they he she we you i an or which who will would can could its been our if my your do did does so than then "
    "there these those them him me us what when where how why no".split()
)


def tortured(data: Path) -> dict[str, list[str]]:
    """Word -> what rewriters put in its place, read off the phrases of equal length or that differ in one stretch."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (data / "translation/tortured_phrases.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "flag" in row or "?" in row["expected"] or len(row["expected"]) > 60:
            continue
        term = row["expected"].partition("(")[0].lower().split()
        for word, swap in _differences(term, row["tortured"].lower().split()):
            if word != swap and word.isalpha() and len(word) > 2 and len(swap) > 2:
                pairs[word][swap] += 1
    return {word: [swap for swap, _ in sorted(swaps.items(), key=lambda item: (-item[1], item[0]))]
            for word, swaps in sorted(pairs.items())}


def _differences(expected: list[str], found: list[str]) -> list[tuple[str, str]]:
    first = 0
    while first < min(len(expected), len(found)) and expected[first] == found[first]:
        first += 1
    last = 0
    while last < min(len(expected), len(found)) - first and expected[-1 - last] == found[-1 - last]:
        last += 1
    was, now = expected[first : len(expected) - last], found[first : len(found) - last]
    if len(was) == len(now):
        return list(zip(was, now, strict=True))
    return [(was[0], " ".join(now))] if len(was) == 1 and 1 <= len(now) <= 3 else []


def written() -> dict[str, list[str]]:
    """The project's own list of swaps that rewriting tools are fond of."""
    path = Path(__file__).with_name("translation_swaps.json")
    swaps: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return swaps


def spin(text: str, thesaurus: Thesaurus, rate: float, top: int, random: random.Random) -> tuple[str, list[Span]]:
    """Swap each known word with probability `rate` for one of its first `top` swaps; spans are of the new text."""
    pieces: list[str] = []
    spans: list[Span] = []
    last = length = 0
    for match in WORD.finditer(text):
        word = match.group()
        inside = word[0].isupper() and match.start() > 1 and text[match.start() - 2] not in ".!?\"”"
        if word.lower() in KEPT or inside or random.random() > rate:
            continue
        swaps, ending = _look_up(word.lower(), thesaurus)
        if not swaps:
            continue
        swap = _inflected(random.choice(swaps[:top]), ending)
        swap = swap[0].upper() + swap[1:] if word[0].isupper() else swap
        start = length + match.start() - last
        pieces += [text[last : match.start()], swap]
        last, length = match.end(), start + len(swap)
        spans.append((start, length))
    return "".join([*pieces, text[last:]]), spans


def _look_up(word: str, thesaurus: Thesaurus) -> tuple[Sequence[str], str]:
    if word in thesaurus:
        return thesaurus[word], ""
    for ending, base, kind in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)] + base
            if stem in thesaurus:
                return thesaurus[stem], kind
    return (), ""


def _inflected(phrase: str, ending: str) -> str:
    """The phrase with a regular ending: on its last word for -s, on its first for -ed and -ing."""
    if not ending:
        return phrase
    words = phrase.split()
    place = len(words) - 1 if ending == "s" else 0
    words[place] = _ended(words[place], ending)
    return " ".join(words)


def _ended(word: str, ending: str) -> str:
    to_i = word.endswith("y") and word[-2:-1] not in "aeiou"
    if ending == "s":
        return word[:-1] + "ies" if to_i else word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
    if ending == "ed":
        return word[:-1] + "ied" if to_i else word + ("d" if word.endswith("e") else "ed")
    return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"
