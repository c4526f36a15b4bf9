"""Readability beyond English. In: texts in one language; out: the values that textstat has for it, or why it has none.

textstat knows the constants of Flesch's reading ease for seven other languages and counts their syllables with the
hyphenation dictionaries of pyphen, which ship with that package. LIX, RIX and the time to read need no language.
"""

from __future__ import annotations

import re
from typing import Any

from audit.extract.readability.dictionary import LONGEST, offline_textstat
from audit.extract.readability.formulas import MILLISECONDS_PER_CHARACTER
from audit.parse import Parsed

LANGUAGES = ("de", "es", "fr", "hu", "it", "nl", "ru")
"""Those with constants of their own in textstat; for any other it would silently take the English ones."""

ENGLISH_ONLY = "an English formula; Flesch reading ease, LIX and RIX stand for it"
_LONG = re.compile(rf"(\S{{{LONGEST}}})\S+")


def grades(parsed: Parsed, language: str) -> list[tuple[int, dict[str, float]]] | str:
    """Per document its words and the value of each formula that holds in `language`, or why there is none."""
    if language not in LANGUAGES:
        return f"textstat has no formula for {language}"
    backend: Any = offline_textstat().backend
    return [_grades(_LONG.sub(r"\1", article.text), language, backend) for article in parsed.articles]


def _grades(text: str, language: str, backend: Any) -> tuple[int, dict[str, float]]:
    metrics = backend.metrics
    return int(backend.counts.count_words(text)), {
        "flesch_reading_ease": float(metrics.flesch_reading_ease(text, language)),
        "lix": float(metrics.lix(text)),
        "rix": float(metrics.rix(text)),
        "reading_time": float(metrics.reading_time(text, MILLISECONDS_PER_CHARACTER)),
    }
