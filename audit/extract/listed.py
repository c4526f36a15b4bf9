"""A parsed partition and a lexicon in, the lexicon's hits out, less those inside phrases that the lexicon excepts.

For languages that have a lexicon and no model: `except = "como si; si bien"` among a rule's attributes names phrases in
which its entries mean something else.
"""

from __future__ import annotations

import numpy as np

from audit.errors import LexiconError
from audit.extract.base import no_lexicon
from audit.lexicon import Hits, Lexicon, languages, load
from audit.parse import PIECE, Parsed
from audit.phrases import Trie


def lexicon_of(name: str, language: str) -> Lexicon | str:
    """The installed lexicon of a signal for a language, or why there is none."""
    if language not in languages(name):
        return no_lexicon(language)
    try:
        return load(name, language)
    except LexiconError as error:
        return f"the lexicon for {language} cannot be read: {error}"


def hits(parsed: Parsed, words: Lexicon) -> Hits:
    """All hits of the lexicon that no exception covers, in order of their place."""
    found = words.find(parsed)
    phrases = [phrase.strip() for rule in words.rules for phrase in rule.attributes.get("except", "").split(";")]
    excepted = Trie()
    for phrase in filter(None, phrases):
        excepted.add(tuple(piece for piece in PIECE.findall(phrase.lower()) if not piece.isspace()), 0, 0)
    covered = np.zeros(len(parsed.tokens) + 1, np.int32)
    for start, end, _, _ in excepted.find(parsed).tolist():
        covered[start:end] = 1
    keep = covered[found.starts] == 0
    return Hits(found.starts[keep], found.ends[keep], found.rules[keep], found.entries[keep], found.documents[keep])
