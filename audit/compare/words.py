"""Words as comparing sees them: a token becomes a stem, a stem becomes a 32-bit code.

Two texts that tell the same thing inflect differently, so words meet as stems. The stemmer only strips regular
English endings; it need not give dictionary forms, only the same form for the same word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*|[^\W_]+")
"""Words and figures; a possessive 's is left behind as its own one-letter token."""

FUNCTION_WORDS = frozenset(
    """a about above after again against all also am among an and any are as at be became because been before being
    below between both but by can could did do does doing down during each few for from further had has have having he
    her here hers herself him himself his how i if in into is it its itself just may me might more most must my myself
    no nor not now of off on once only or other our ours out over own per s said same say says she should since so some
    such t than that the their theirs them themselves then there these they this those through to told too under until
    up upon us very was we were what when where which while who whom whose why will with within without would yet you
    your yours mr mrs ms according added according amid another around back ever even every get got going however like
    made make many much new one per still took two way well went whether including though although via""".split()
)
"""Words that say nothing about what a text is about."""

_IRREGULAR = {
    "died": "die", "dies": "die", "dying": "die", "death": "die", "deaths": "die", "dead": "die",
    "men": "man", "women": "woman", "children": "child", "people": "person", "persons": "person",
    "bought": "buy", "sold": "sell", "sales": "sell", "sale": "sell", "fell": "fall", "fallen": "fall", "rose": "rise",
    "risen": "rise", "won": "win", "lost": "lose", "loss": "lose", "losses": "lose", "left": "leave", "held": "hold",
    "met": "meet", "meeting": "meet", "meetings": "meet", "led": "lead", "paid": "pay", "spent": "spend",
    "sent": "send", "brought": "bring", "thought": "think", "gave": "give", "given": "give", "began": "begin",
    "begun": "begin", "found": "find", "shot": "shoot", "struck": "strike", "wrote": "write", "written": "write",
    "spoke": "speak", "spoken": "speak", "stole": "steal", "stolen": "steal", "came": "come", "knew": "know",
    "known": "know", "grew": "grow", "grown": "grow", "built": "build", "broke": "break", "broken": "break",
    "chose": "choose", "chosen": "choose", "flew": "fly", "flown": "fly", "hurt": "injure", "injury": "injure",
    "injuries": "injure", "wounded": "injure", "wounding": "injure", "arrested": "detain", "arrests": "detain",
    "kill": "die", "kills": "die", "killed": "die", "killing": "die", "per cent": "percent", "u.s": "us",
    "u.s.": "us", "america": "us",
    "american": "us", "americans": "us", "u.n.": "un", "u.k.": "uk", "britain": "uk", "british": "uk",
}  # fmt: skip

_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("iveness", "ive"),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ations", "at"), ("ation", "at"), ("ators", "at"),
    ("ator", "at"), ("ings", ""), ("ing", ""), ("ities", "i"), ("ity", "i"), ("iers", "y"), ("ied", "y"), ("ies", "y"),
    ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ated", "at"), ("ates", "at"), ("ate", "at"),
    ("ions", ""), ("ion", ""), ("ised", "ize"), ("ise", "ize"), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""),
    ("edly", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The regular stem of a lower-cased word; words of three letters and words with digits stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: len(word) - len(ending)]
            if not instead and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeioul":
                base = base[:-1]
            return base + instead
    return word


@lru_cache(maxsize=1 << 17)
def code(word: str) -> int:
    """A 32-bit code of a word's stem, odd for content words and even for function words: the same on every machine."""
    lower = word.lower().replace("’", "'").rstrip(".")
    return crc32(stem(lower).encode("utf-8")) & 0xFFFFFFFE | (lower not in FUNCTION_WORDS)


def key(word: str) -> int:
    """The code of a content word, 0 for a function word."""
    found = code(word)
    return found if found & 1 else 0
