"""Whom a source lets speak, and whom only the others do."""

from __future__ import annotations

import msgspec
import pytest

from audit.compare.sketch import Sketch, Voice, sketch
from audit.compare.speakers import counts, heard
from audit.parse import parse
from audit.records import Story
from tests.compare.corpus import article


def spoken(name: str, *speakers: tuple[str, str]) -> Sketch:
    (plain,) = sketch(parse([article(name, "A text.")]), {})
    said = [Voice(speaker, kind, 0, 2) for speaker, kind in speakers]
    return msgspec.structs.replace(plain, voices=msgspec.msgpack.encode(said))


@pytest.mark.parametrize(
    ("same_voice", "speakers", "silent"),
    [(False, ["Hedda Brunsvik"], ("c",)), (True, [], ())],
)
def test_a_speaker_counts_who_is_heard_by_two_independent_others(
    same_voice: bool, speakers: list[str], silent: tuple[str, ...]
) -> None:
    items = {
        "a": spoken("a", ("Hedda Brunsvik", "named"), ("an official", "anonymous")),
        "b": spoken("b", ("Brunsvik", "named"), ("an official", "anonymous")),
        "c": spoken("c", ("Tomas Erlund", "named")),
    }
    story = Story("s", ("a", "b", "c"), "")
    rows = heard([story], items, lambda name: "a" if same_voice and name == "b" else name)
    assert [row.speaker for row in rows] == speakers
    assert [row.silent for row in rows] == ([silent] if silent else [])
    assert [row.sources for row in rows] == ([tuple(items[name].source for name in "ab")] if silent else [])
    assert counts(rows, [story], items)["c"] == (len(speakers), len(speakers))
    assert counts(rows, [story], items)["a"] == (0, len(speakers))
