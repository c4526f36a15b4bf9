"""Bytes to text. In: the bytes of a file; out: its text and the encoding it was read in, or Unreadable with the reason.

UTF-8 first, then what the file declares, then Windows-1252 where that gives only ordinary letters, then
charset-normalizer's best guess. Letters stay as they are coded; `marks` makes NFC of scraped text.
"""

from __future__ import annotations

import codecs
import re

from audit.load.draft import Unreadable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF; save its text as .txt",
    b"PK\x03\x04": "a zip archive or an office document; unpack it, or save its text as .txt",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "compressed; name it .gz or unpack it",
    b"\x28\xb5\x2f\xfd": "compressed; name it .zst or unpack it",
    b"\xd0\xcf\x11\xe0": "an office document; save its text as .txt",
}
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
# Text has next to no control bytes; 1 in 100 already means a binary file (a few NULs survive in damaged scrapes).
_MAX_CONTROL = 0.01
# A UTF-8 file with a few broken bytes (a cut last character) is still UTF-8: at most 1 broken per 500 characters.
_MAX_BROKEN = 1 / 500
# Fewer bytes do not tell UTF-16 from a binary file.
_MIN_WIDE = 16
_WESTERN = re.compile(r"[\t\n\f\r\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*")
_RARE = re.compile(r"[¡-§¨-¬¯-³µ¸-¾Ð×ÞðƒˆŠŽšžþ†‡]")
_GUESS_BYTES = 65_536


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of its encoding. Raises Unreadable for binary data and unknown encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable(f"the file is {what}")
    if len(data.translate(None, _CONTROL)) < (1 - _MAX_CONTROL) * len(data):
        return _wide(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _other(data, declared)


def _wide(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: every second byte of Latin text is NUL. Anything else with control bytes is binary."""
    for high, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[high::2].count(0)
        if len(data) >= _MIN_WIDE and zeros > 0.4 * len(data[high::2]) and data[1 - high :: 2].count(0) == 0:
            text = data.decode(encoding, "replace")
            if sum(map(str.isprintable, text)) > 0.9 * len(text):
                return text, encoding
    raise Unreadable("the file is binary, not text; save the article as .txt or .html")


def _other(data: bytes, declared: str | None) -> tuple[str, str]:
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if broken <= _MAX_BROKEN * len(loose) and any(ord(letter) > 127 and letter != "\ufffd" for letter in loose):
        return loose, f"utf-8 with {broken} broken characters"
    if declared and (text := _strict(data, declared)) is not None:
        return text, declared
    western = _strict(data, "cp1252")
    if western is not None and _WESTERN.fullmatch(western) and len(_RARE.findall(western)) * 200 < len(western):
        return western, "cp1252"
    from charset_normalizer import from_bytes  # 0.1 s to import, and nearly all files are UTF-8

    best = from_bytes(data[:_GUESS_BYTES]).best()
    text = _strict(data, best.encoding) if best is not None else None
    if best is None or text is None:
        raise Unreadable("the encoding could not be told; save the file as UTF-8")
    return text, best.encoding


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
