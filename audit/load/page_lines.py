"""What a single line of a page is. In: a line; out: whether it is furniture, opens the page's end, or is a sentence.

The wording is data (`boilerplate.en.toml`); a line is compared whole or by its opening, never searched, so that a
sentence that merely speaks of newsletters or cookies is a sentence.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# Notes such as cookie banners run to a short paragraph; anything longer that opens like one is left alone.
_MAX_WORDS = 45
_MAX_CHARS = 500
# A running sentence: 8 words with a full stop, or 25 words whatever their end. Headlines are shorter or unstopped.
_SENTENCE_WORDS = 8
_PARAGRAPH_WORDS = 25
# Headline capitals leave a short verb or two in lower case; running text capitalises names only, about 1 in 6.
_HEADING_SHARE = 0.7
_SMALL = frozenset("the and for but nor not with from over into than that its".split())
_ENDED = re.compile(r"[.!?…][\"'”’»)\]*_^ ]{0,6}$")
_AROUND = " \t\u00a0*_#>»«›‹→←▶►▼▲•·|–—-:…+✕×✖"
_BULLET = re.compile(r"(?:[-*•‣▪●◦–]|\d{1,2}[.)])\s{1,4}\S")
_PLAIN_WORD = re.compile(r"[a-z']+(?:-[a-z]+)?")


@dataclass(frozen=True)
class Wording:
    """One table of the data file: whole lines, openings of lines, and patterns that a line may match in full."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]

    def fits(self, line: str) -> bool:
        """Whether `line` is one of these."""
        if len(line) > _MAX_CHARS:
            return False
        plain = fold(line)
        if plain in self.whole:
            return True
        low = _straight(line.strip()).lower()
        if (plain.startswith(self.starts) or low.startswith(self.starts)) and plain.count(" ") < _MAX_WORDS:
            return True
        return any(pattern.fullmatch(low) for pattern in self.patterns)


@cache
def wording(table: str) -> Wording:
    """The table of that name in `boilerplate.en.toml`."""
    found = tables()[table]
    patterns = tuple(re.compile(pattern) for pattern in found.get("patterns", ()))
    return Wording(frozenset(found["whole"]), tuple(found["starts"]), patterns)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The data file as it is."""
    return tomllib.loads((files("audit.load") / "boilerplate.en.toml").read_text("utf-8"))


def is_furniture(line: str) -> bool:
    """Navigation, sharing, subscribing, advertising, credits of images and rights: of the page, not the story."""
    return wording("furniture").fits(line)


def opens_end(line: str) -> bool:
    """A heading such as "Related posts" or "Leave a reply", after which a page holds no more of the story."""
    return wording("opens").fits(line)


def is_sentence(line: str) -> bool:
    """Whether the line is running text: a story's paragraph, a blurb, a caption; not a heading, a name or a label."""
    words = len(line.split())
    return words >= _PARAGRAPH_WORDS or (words >= _SENTENCE_WORDS and is_ended(line)) or is_bullet(line)


def is_ended(line: str) -> bool:
    """Whether the line ends as sentences do, closing quotation marks and brackets aside."""
    return _ENDED.search(line.rstrip()[-8:]) is not None


def is_bullet(line: str) -> bool:
    """Whether the line is an item of a list."""
    return _BULLET.match(line.lstrip()) is not None and len(line.split()) > 3


def addresses_reader(line: str) -> bool:
    """Whether the line says we, our, us, you or your."""
    return not _plain_words(line).isdisjoint(tables()["address"]["persons"])


def names_customer(line: str) -> bool:
    """Whether the line has a word of the customer's side of a page: subscribe, inbox, cookies, comment."""
    return not _plain_words(line).isdisjoint(tables()["address"]["customers"])


def is_heading(line: str) -> bool:
    """Whether most longer words are capitalised, as in headlines that English pages link to."""
    longer = [word for word in line.split() if len(word) > 2 and word[0].isalpha() and word not in _SMALL]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) >= _HEADING_SHARE * len(longer)


def _plain_words(line: str) -> set[str]:
    return set(_PLAIN_WORD.findall(_straight(line).lower()))


def same_line(one: str, other: str) -> bool:
    """Whether two lines are the same but for case, marks around them and the kind of quotation marks."""
    return fold(one) == fold(other) != ""


def fold(line: str) -> str:
    """The line as it is compared: lower case, straight quotation marks, no marks around it."""
    return " ".join(_straight(line).lower().strip(_AROUND).split()).rstrip("!.")


def _straight(line: str) -> str:
    """The line with straight quotation marks. Six calls of replace are ten times as fast as one of translate."""
    if line.isascii():
        return line
    line = line.replace("“", '"').replace("”", '"').replace("„", '"')
    return line.replace("‘", "'").replace("’", "'").replace("´", "'")
