"""Marks that readers do not see: taken out of scraped text, left in rows, and never in the way of a word."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from audit.extract import extract
from audit.load.draft import Draft
from audit.load.marks import bare, left_in
from audit.load.text import read_text
from audit.parse import parse
from audit.records import Article
from tests.load.loading import load_all

PLAIN = "The bridge may close in spring, said José Vance of the café."
HIDDEN = "The bri\u00addge \u202ema\u200by\u202c close in spring, said Jose\u0301 Vance of the cafe\u0301.\u200b"


@pytest.mark.parametrize(("word", "wanted"), [
    ("bri\u00addge", "bridge"), ("cafe\u0301", "café"), ("\u202emay\u202c", "may"), ("may", "may"),
    ("\u200b", "\u200b"),
])  # fmt: skip
def test_words_without_marks(word: str, wanted: str) -> None:
    assert bare(word) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    (PLAIN, None), ("rain “here”", None), ("a\u200bb", "1 invisible character"),
    (HIDDEN, "5 invisible characters, 2 of them set the writing direction and letters in two parts"),
    ("cafe\u0301", "letters in two parts"),
])  # fmt: skip
def test_what_is_left_in(text: str, wanted: str | None) -> None:
    assert left_in(text) == wanted


def test_rows_keep_their_text_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "source": "Post", "text": HIDDEN}), encoding="utf-8")
    (article,), _ = load_all(path)
    assert article.text == HIDDEN
    assert article.meta["kept"].startswith("5 invisible characters")


def test_scraped_text_loses_them(tmp_path: Path) -> None:
    draft = read_text(f"{HIDDEN} {HIDDEN}".encode(), "a.txt")
    assert isinstance(draft, Draft)
    assert draft.text == f"{PLAIN} {PLAIN}"
    assert unicodedata.is_normalized("NFC", draft.text)
    assert draft.meta["removed"] == "10 invisible characters, 4 of them set the writing direction"


def test_words_are_compared_without_them_and_offsets_stay() -> None:
    parsed = parse([Article("a", "s", PLAIN), Article("b", "s", HIDDEN)])
    first, second = (parsed.tokens[a:b] for a, b in zip(parsed.documents, parsed.documents[1:], strict=False))
    words = [[parsed.vocabulary[token] for token in tokens] for tokens in (first, second)]
    assert words[1][: len(words[0])] == words[0]
    for start, end in zip(parsed.starts[len(first) :], parsed.ends[len(first) :], strict=True):
        assert 0 <= start < end <= len(HIDDEN)
    plain, hidden = extract(parsed, ["hedging"])["hedging"]
    assert [PLAIN[one.start : one.end] for one in plain.evidence] == ["may"]
    assert [HIDDEN[one.start : one.end] for one in hidden.evidence] == ["\u202ema\u200by\u202c"]


@pytest.mark.parametrize(("text", "quotes"), [
    ("« Nous partons », a dit Anne. Elle est partie.", ["« Nous partons »"]),
    ("»Wir gehen«, sagte Anne. Sie ging.", ["»Wir gehen«"]),
    ("«Nos vamos», dijo Ana. Se fue.", ["«Nos vamos»"]),
    ("„Wir gehen“, sagte Anne. Sie ging.", ["„Wir gehen“"]),
])
def test_quotation_marks_of_other_languages(text: str, quotes: list[str]) -> None:
    parsed = parse([Article("a", "s", text)])
    assert [parsed.text_of(0, a, b) for a, b in parsed.quotes.tolist()] == quotes
