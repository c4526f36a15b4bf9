"""How a text is typeset and spelt: a partition in; out, how often each document uses each of some marks and forms.

Engines print straight quotation marks, hyphens for dashes and the number formats of what they were fed; people who
translate for a newspaper follow its house style. An outlet's own style must not accuse it, so the models that read
these columns meet every text in several styles, and the card says what is left when all texts are set alike.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
CLASSES = (
    ("curved-apostrophe", r"\w+’\w+|’(?:s|S)"),
    ("straight-apostrophe", r"\w+'\w+|'(?:s|S)"),
    ("curved-quote", "[“”]"),
    ("straight-quote", "\""),
    ("curved-single", "[‘’]"),
    ("straight-single", "'"),
    ("foreign-quote", "[„‚«»‹›「」『』]"),
    ("en-dash", "–"),
    ("em-dash", "[—―]"),
    ("hyphen", "-"),
    ("ellipsis", "…"),
    ("dots", r"\.{2,}"),
    ("stop", r"\."),
    ("comma", ","),
    ("semicolon", ";"),
    ("colon", ":"),
    ("bracket", r"[(\[]"),
    ("exclamation", "!"),
    ("question", r"\?"),
    ("percent-sign", "%"),
    ("percent", "percent"),
    ("cent", "cent"),
    ("dollar", r"\$"),
    ("euro", "[€£]"),
    ("slash", "/"),
    ("ordinal", r"\d+(?:st|nd|rd|th)"),
    ("thousands", r"\d{1,3}(?:,\d{3})+"),
    ("dotted", r"\d{1,3}\.\d{3}|\d+,\d{1,2}"),
    ("decimal", r"\d+\.\d+"),
    ("year", r"(?:19|20)\d\d"),
    ("number", r"\d+"),
    ("month", MONTH),
    ("mister", "Mr|Mrs|Ms"),
    ("mister-dotted", r"Mr\.|Mrs\.|Ms\."),
    ("US", "US|UK|EU|UN"),
    ("U.S.", r"(?:[A-Z]\.){2,}"),
    ("capitals", r"[A-Z]{2,}"),
    ("accented", r"(?:(?![À-ɏ])\w)*[À-ɏ]\w*"),
    ("british", r"\w{3,}(?:is(?:e|ed|ing|ation)|our|ours|tre|lled|lling)"),
    ("american", r"\w{3,}(?:iz(?:e|ed|ing|ation)|or|ors)"),
    ("capitalised", r"[A-Z]\w+"),
)  # fmt: skip
"""A token has the first class that its whole form matches."""
NUMBER = {name: place + 1 for place, (name, _) in enumerate(CLASSES)}
NAMES_OF_PAIRS = ("stop-then-quote", "quote-then-stop", "comma-and", "month-number", "number-month", "mister-stop")
PER = 100.0
"""Counts are taken per so many words."""


@cache
def names() -> tuple[str, ...]:
    """Names of the columns."""
    counted = [f"{spaced}{name}" for spaced in ("", "spaced-") for name in NUMBER] + list(NAMES_OF_PAIRS)
    return tuple(f"{name}.{kind}" for kind in ("rate", "any") for name in counted)


LETTERS = ("percent", "cent", "month", "mister", "US", "capitals", "british", "american", "capitalised")
"""The classes that a word of plain letters can have."""
_ANY = re.compile("|".join(f"({pattern})" for _, pattern in CLASSES))
_PLAIN = re.compile("|".join(f"({pattern})" for name, pattern in CLASSES if name in LETTERS))
_PLAIN_NUMBERS = (0, *(NUMBER[name] for name, _ in CLASSES if name in LETTERS))


def _class(word: str) -> int:
    """The first alternative that matches the whole word is its class; most words are of plain letters."""
    if word.isascii() and word.isalpha():
        found = _PLAIN.fullmatch(word)
        return _PLAIN_NUMBERS[found.lastindex or 0] if found else 0
    found = _ANY.fullmatch(word)
    return found.lastindex or 0 if found else 0


def matrix(parsed: Parsed) -> Doubles:
    """float64 [d, names()]: logarithm of the rate of each mark, and a value that says above all whether it occurs."""
    size = len(CLASSES) + 1
    code = parsed.table("typesetting:class", _class, np.int64)[parsed.tokens]
    documents = len(parsed.articles)
    where = parsed.token_document.astype(np.int64)
    place = (where * 2 + parsed.spaced) * size + code
    table = np.bincount(place, minlength=documents * 2 * size).reshape(documents, 2, size)[:, :, 1:]
    pairs = np.stack([np.bincount(where[1:][found], minlength=documents) for found in _pairs(parsed, code)], axis=1)
    counts = np.concatenate([table.reshape(documents, -1), pairs], axis=1).astype(np.float64)
    rates = np.log1p(PER * counts / np.maximum(1, parsed.document_words)[:, None])
    return np.concatenate([rates, counts / (1 + counts)], axis=1)


def _pairs(parsed: Parsed, code: npt.NDArray[np.int64]) -> list[Bools]:
    """For each kind of pair, whether a token (from the second on) ends one."""
    stop = (code == NUMBER["stop"]) | (code == NUMBER["comma"])
    quote = (code == NUMBER["curved-quote"]) | (code == NUMBER["straight-quote"])
    number, month = code == NUMBER["number"], code == NUMBER["month"]
    close = ~parsed.spaced[1:]
    conjunction = parsed.table("typesetting:and", "and".__eq__, np.bool_)[parsed.tokens]
    return [
        stop[:-1] & quote[1:] & close, quote[:-1] & stop[1:] & close, (code == NUMBER["comma"])[:-1] & conjunction[1:],
        month[:-1] & number[1:], number[:-1] & month[1:], (code == NUMBER["mister"])[:-1] & stop[1:] & close,
    ]  # fmt: skip
