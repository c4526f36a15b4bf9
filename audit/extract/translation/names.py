"""One name spelt in two ways: a partition in, the rarer spelling wherever it stands out."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import numpy as np

from audit.extract.translation.artefacts import Hit
from audit.parse import Parsed

SHORTEST = 6
"""Shorter names resemble each other by chance."""
FOLDS = tuple(pair.split("=") for pair in (
    "shch=s tsch=c sch=s tch=c ch=c sh=s zh=z kh=h ph=f ck=k ou=u oo=u iy=i yi=i ij=i ya=ia yu=iu ks=x w=v y=i j=i"
).split())  # fmt: skip
ENDINGS = tuple(pair.split("=") for pair in (
    "off=ov ow=ov eff=ev ew=ev skyy=ski skyi=ski skiy=ski skij=ski skii=ski sky=ski iy=i ij=i yi=i ii=i"
).split())  # fmt: skip


def sound(name: str) -> str:
    """A rough key under which the usual romanisations of one Slavic or Arabic name meet; "" for any other word."""
    if len(name) < SHORTEST or not name[0].isupper() or not name[1:].islower() or not name.isalpha():
        return ""
    key = name.lower()
    if not key.isascii():
        key = "".join(char for char in unicodedata.normalize("NFKD", key) if not unicodedata.combining(char))
    for ending, plain in ENDINGS:
        if key.endswith(ending):
            key = key.removesuffix(ending) + plain
            break
    for letters, plain in FOLDS:
        key = key.replace(letters, plain)
    return key


def find(parsed: Parsed) -> list[Hit]:
    """Tokens that spell a name otherwise than the article mostly does, where both spellings are inside sentences.

    Two people share a first name, and two places a part of theirs; so a name that stands between other names is left
    out, unless the same word stands before it as before the other spelling.
    """
    keys: dict[str, int] = {"": 0}
    numbers = parsed.table("name:sound", lambda word: keys.setdefault(sound(word), len(keys)), np.int32, lasting=False)
    spellings = np.bincount(numbers, minlength=len(keys))
    spellings[0] = 0
    opens = np.zeros(len(parsed.tokens), np.bool_)
    opens[parsed.sentences[:-1]] = True
    places = np.flatnonzero((spellings[numbers] > 1)[parsed.tokens] & ~opens)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place in places.tolist():
        groups[int(parsed.token_document[place]), int(numbers[parsed.tokens[place]])].append(place)
    return [Hit(place, place + 1, "transliteration") for group in groups.values() for place in _rarer(parsed, group)]


def _rarer(parsed: Parsed, group: list[int]) -> list[int]:
    counts: dict[str, int] = defaultdict(int)
    for place in group:
        counts[_word(parsed, place)] += 1
    if len(counts) < 2:
        return []
    most = max(counts, key=counts.__getitem__)  # of equals, the spelling that comes first
    before = {_word(parsed, place - 1) for place in group if _word(parsed, place) == most}
    return [place for place in group if _word(parsed, place) != most and _alone(parsed, place, before)]


def _alone(parsed: Parsed, place: int, before: set[str]) -> bool:
    """Whether the name stands for itself: no name after it, and before it none that the other spelling lacks."""
    follows = _word(parsed, place + 1) if place + 1 < len(parsed.tokens) else ""
    ahead = _word(parsed, place - 1)
    if follows[:1].isupper() or follows == "-":
        return False
    return ahead in before or not (ahead[:1].isupper() or ahead == "-")


def _word(parsed: Parsed, place: int) -> str:
    return parsed.vocabulary[int(parsed.tokens[place])]
