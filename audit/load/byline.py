"""Who wrote it, as a line says. In: "By Jane Doe, Staff Writer | May 3, 2021"; out: names, date, outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from audit.load.credit import known_outlet
from audit.load.dates import read_date
from audit.load.page_lines import tables
from audit.load.relative import is_relative

_OPENING = re.compile(
    r"(?:(?:(?:written|posted|published|reported|words|story|text|article|analysis|opinion|commentary|report)\s)?by\s?:?|"
    r"authors?\s?:|from\sour\scorrespondent)\s+(?=\S)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s[|•·–—-]\s|\s{2,}|\t|,\s|;\s|\s\(|\s(?:on|in|at)\s|:\s")
_AND = re.compile(r"\s(?:and|&|y|und|et)\s|,\s(?:and\s)?")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "la",
        "le",
        "du",
        "dos",
        "das",
        "ten",
        "ter",
        "y",
        "e",
        "af",
        "zu",
        "zur",
    ]
)
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "staff",
        "editor",
        "editors",
        "editorial",
        "news",
        "newsroom",
        "agency",
        "desk",
        "team",
        "reporter",
        "correspondent",
        "writer",
        "board",
        "contributor",
        "admin",
        "press",
        "service",
        "bureau",
        "special",
        "wire",
        "reports",
    ]
)
_MAX_NAME_WORDS = 5
_MAX_LINE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; each may be missing."""

    author: str | None = None
    published: str | None = None
    credit: str | None = None
    relative: str | None = None


def read_byline(line: str) -> Byline | None:
    """The byline that `line` is, or None. "By mid-morning the crowd had left." is none: a name needs capitals."""
    line = line.strip().strip("*_#").strip()
    opening = _OPENING.match(line)
    if opening is None or len(line.split()) > _MAX_LINE_WORDS:
        return None
    names, rest = _names(line[opening.end() :])
    if not names:
        outlet = known_outlet(line[opening.end() :].strip(" .:"))
        return Byline(credit=outlet) if outlet else None
    pieces = [piece.strip(" ,.|()") for piece in _CUT.split(rest)]
    if any(_is_prose(piece) for piece in pieces):
        return None
    dates = (read_date(piece) for piece in (rest.strip(" ,|•·–—-"), *pieces, *_joined(pieces)))
    published = next((found for found in dates if found), None)
    credit = next((outlet for piece in pieces if (outlet := known_outlet(piece))), None)
    people = [name for name in names if known_outlet(name) is None]
    relative = None if published else next(filter(is_relative, pieces), None)
    credit = credit or next(filter(None, map(known_outlet, names)), None)
    return Byline(", ".join(people) or None, published, credit, relative)


def is_name(text: str) -> bool:
    """Whether `text` looks like the name of one person: two to five capitalised words, particles allowed."""
    words = text.split()
    if not 2 <= len(words) <= _MAX_NAME_WORDS or not words[-1][:1].isupper() or not words[0][:1].isupper():
        return False
    if any(word.lower().strip(".") in _NOT_NAMES for word in words):
        return False
    return all(_is_name_word(word) for word in words)


def is_biography(line: str, name: str | None) -> bool:
    """Whether a paragraph presents the person of that name: it opens with the name or with "I", and gives a role."""
    data = tables()["biography"]
    words = re.findall(r"[\w'’-]+", line.replace("’", "'"))
    if not words or len(words) > 90:
        return False
    start = 0
    if name is not None:
        parts = re.findall(r"[\w'’-]+", name.replace("’", "'"))
        if words[: len(parts)] == parts:
            start = len(parts)
        elif words[0] == parts[-1] or words[0] == parts[0]:
            start = 1
    opener = words[start].lower() if start < len(words) else ""
    return opener in data["verbs"] and any(word.lower() in data["roles"] for word in words[start : start + 30])


def _names(text: str) -> tuple[list[str], str]:
    """The names that open `text`, joined by "and" or commas, and what follows them."""
    names: list[str] = []
    name, rest = _first_name(text)
    while name:
        names.append(name)
        text = rest
        joined = _AND.match(rest)
        name, rest = _first_name(rest[joined.end() :]) if joined else ("", rest)
        if known_outlet(name):  # "Jane Doe and Reuters": the agency is read from what follows
            break
    return names, text


def _first_name(text: str) -> tuple[str, str]:
    """The name that `text` opens with (or the outlet, as in "By Reuters"), and the rest; "" where there is none."""
    cut = min((match.start() for match in (_CUT.search(text), _AND.search(text)) if match), default=len(text))
    name = text[:cut].strip(" .:*_")
    return (name, text[cut:]) if is_name(name) or known_outlet(name) else ("", text)


def _is_name_word(word: str) -> bool:
    bare = word.strip(".,'’\"()")
    if bare.lower() in _PARTICLES:
        return True
    return bool(bare) and bare[0].isupper() and all(letter.isalpha() or letter in "-'’." for letter in bare)


def _is_prose(piece: str) -> bool:
    """A piece with four lower-case words in a row is a sentence, so the line was no byline."""
    run = 0
    for word in piece.split():
        run = run + 1 if word[:1].islower() else 0
        if run >= 4:
            return True
    return False


def _joined(pieces: list[str]) -> list[str]:
    """Neighbouring pieces joined again, for dates that a comma had cut: "Friday" + "Sept. 11" + "2020"."""
    twos = [", ".join(pair) for pair in pairwise(pieces)]
    return twos + [f"{two}, {piece}" for two, piece in zip(twos, pieces[2:], strict=False)]
