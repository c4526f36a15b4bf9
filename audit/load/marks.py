"""Invisible and damaged characters of scraped text. In: a text; out: the text without them, and what was taken out.

Soft hyphens, zero-width and bidirectional marks can hide words from a reader or from a search, so they go and are
counted. Mojibake ("donâ€™t") is mended by ftfy only where its telltale sequences stand. Rows are never treated.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2060\u2061-\u2064\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]"
)
_BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOJIBAKE = re.compile("â€[™œ\x9d“”¦]|Ã[©¨¼¶¤±³¡\xad]|Ð[°-¿]Ð|Â[\xa0 ]")


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
        marks = f"{removed} invisible characters"
        meta["removed"] = f"{marks}, {hidden} of them set the writing direction" if hidden else marks
    return text, meta
