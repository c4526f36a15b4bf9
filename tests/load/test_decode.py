"""Bytes to text."""

from __future__ import annotations

import pytest

from audit.load.decode import decode
from audit.load.draft import Unreadable
from tests.load.loading import STORY

RUSSIAN = "Мост через реку будет закрыт до весны, сообщили в понедельник власти округа. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_of_a_story(encoding: str) -> None:
    assert decode(STORY.encode(encoding))[0] == STORY


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_encodings_that_must_be_guessed(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding))[0] == RUSSIAN


def test_a_declared_encoding_is_believed() -> None:
    assert decode("Mäuse".encode("iso-8859-15"), "iso-8859-15") == ("Mäuse", "iso-8859-15")


def test_a_cut_character_does_not_change_the_encoding() -> None:
    text = "Café " * 300 + "é"
    found, encoding = decode(text.encode()[:-1])
    assert encoding == "utf-8 with 1 broken characters"
    assert found[:-1] == text[:-1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0\1\2", "binary"),
        (b"\0\1" * 50, "binary"),
        (b"\0" * 1_000, "binary"),
    ],
)
def test_what_is_not_text(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode(data)
