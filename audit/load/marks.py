"""Invisible and damaged characters. In: a text; out: the text without them, and what was taken out.

Soft hyphens, zero-width and bidirectional marks can hide words from a reader or from a search, so they go and are
counted. Mojibake ("donâ€™t") is mended by ftfy only where its telltale sequences stand, and letters written in two
parts are made one (NFC). The text of rows is not touched, since offsets refer to it: there the marks are reported, and
words are compared without them (`bare`).
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2060\u2061-\u2064\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]"
)
_BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOJIBAKE = re.compile("â€[™œ\x9d“”¦]|Ã[©¨¼¶¤±³¡\xad]|Ð[°-¿]Ð|Â[\xa0 ]")

IN_WORDS = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""What may stand inside a word without being part of it: combining accents, soft hyphens, marks without width."""
HIDDEN = re.compile(f"[{IN_WORDS}]")
_COMBINING = re.compile("[\u0300-\u036f]")


def bare(word: str) -> str:
    """The word as readers see it: without invisible marks, accents joined to their letters. Marks alone stay."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", word)) or word


def left_in(text: str) -> str | None:
    """What a text holds that readers do not see, in words, or None."""
    if text.isascii() or not (HIDDEN.search(text) or _INVISIBLE.search(text)):
        return None
    count = len(_INVISIBLE.findall(text))
    found = [_counted(count, len(_BIDIRECTIONAL.findall(text)))] if count else []
    return " and ".join([*found, "letters in two parts"] if _COMBINING.search(text) else found) or None


def _counted(marks: int, turning: int) -> str:
    found = f"{marks} invisible character{'s' if marks > 1 else ''}"
    return f"{found}, {turning} of them set{'s' if turning == 1 else ''} the writing direction" if turning else found


def clean_marks(text: str) -> tuple[str, dict[str, str]]:
    """The text with line ends as \\n and without invisible marks; `meta` entries say what was removed or mended."""
    meta: dict[str, str] = {}
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
        .replace("\x0c", "\n")
    )
    if _MOJIBAKE.search(text):
        from ftfy import fix_encoding  # only where it is needed: few files are damaged

        mended = fix_encoding(text)
        if mended != text:
            text, meta["mended"] = mended, "characters that had been read in a wrong encoding"
    if text.isascii() and text.isprintable():
        return text, meta
    hidden = len(_BIDIRECTIONAL.findall(text))
    text, removed = _INVISIBLE.subn("", text)
    if removed:
        meta["removed"] = _counted(removed, hidden)
    return unicodedata.normalize("NFC", text), meta
