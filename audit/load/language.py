"""Which language a text is in, offline and in microseconds. In: a text; out: an ISO 639-1 code, or None.

Function words are the commonest words of any language and few languages share many, so counting them in the opening
of an article is enough (and 0.6 s of model loading is not spent). None means too few of them to tell, as in a
headline; callers treat that as not known, never as foreign.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

# The opening is enough: function words make up two fifths of running text, so 1,000 characters hold over sixty.
_OPENING = 1_000
# English is claimed from 1 word, since its texts may be one sentence long. Another language needs 4 words and 1.3
# times the English count, so that names and titles in it ("El Pais", "de la Cruz") never turn an English sentence.
_MIN_FOREIGN = 4
_MARGIN = 1.3
# Half of the letters: a page may quote Latin names and addresses in any script.
_SCRIPT_SHARE = 0.5
# Over a quarter of the words are English function words: no other language shares so many. Measured on 10,000 articles,
# English openings have two fifths and more; this spares them the vote.
_ENGLISH_SHARE = 0.25
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ufdff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def detect(text: str) -> str | None:
    """The language of `text` from its first 1,000 characters, or None where its words do not tell."""
    tables, scripts, cyrillic = _tables()
    opening = text[:_OPENING]
    words = _WORD.findall(opening)
    english = tables["english"]
    if sum(map(english.__contains__, words)) > _ENGLISH_SHARE * len(words):
        return "en"
    if _OTHER_SCRIPT.search(opening):
        letters = sum(map(str.isalpha, opening))
        for language, script in scripts:
            share = _SCRIPT_SHARE if language not in ("fa", "ja") else 0.02
            if letters and len(script.findall(opening)) > share * letters:
                return language
        if len(cyrillic.findall(opening)) > _SCRIPT_SHARE * letters:
            return _best(words, tables["cyrillic"])[0]
    best, count, native = _best(words, tables["latin"])
    if best == "en" or (native and (count < _MIN_FOREIGN or count < _MARGIN * native)):
        return "en"
    return best if count >= _MIN_FOREIGN else None


def _best(words: list[str], table: dict[str, tuple[str, ...]]) -> tuple[str | None, int, int]:
    """The language with most function words, its count, and the count of English. Ties go to the first in the file."""
    votes: Counter[str] = Counter()
    for word, times in Counter(words).items():
        # A capital letter by itself is an initial ("E. coli"), not the Italian "e".
        for language in table.get(word.lower() if len(word) > 1 else word, ()):
            votes[language] += times
    if not votes:
        return None, 0, 0
    best = max(table["\0order"], key=votes.__getitem__)
    return best, votes[best], votes["en"]


@cache
def _tables() -> tuple[dict[str, dict[str, tuple[str, ...]]], list[tuple[str, re.Pattern[str]]], re.Pattern[str]]:
    """Word -> languages for each alphabet, and a pattern for each script. The key NUL holds the languages in order."""
    document = tomllib.loads((files("audit.load") / "languages.toml").read_text("utf-8"))
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for alphabet in ("latin", "cyrillic"):
        table: dict[str, tuple[str, ...]] = {"\0order": tuple(document[alphabet])}
        for language, words in document[alphabet].items():
            for word in dict.fromkeys(words.split()):
                table[word] = (*table.get(word, ()), language)
        tables[alphabet] = table
    tables["english"] = dict.fromkeys(document["latin"]["en"].split(), ("en",))
    scripts = [(language, re.compile(f"[{characters}]")) for language, characters in document["scripts"].items()]
    return tables, scripts, re.compile("[\u0400-\u04ff]")
