"""The phrase language, what a lexicon finds, and what it says of a file that breaks its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import lexicon
from audit.errors import LexiconError
from audit.parse import PIECE, parse
from audit.phrases import Trie, expand, inflections
from audit.records import Article

RULE = """
feature = "demo"
language = "en"
[[rule]]
id = "r"
title = "t"
what = "w"
why = "y"
limits = "l"
reason = "found {text}"
entries = [%s]
examples = []
clean = []
"""


def tokens(phrase: str) -> list[str]:
    return [piece for piece in PIECE.findall(phrase) if not piece.isspace()]


@pytest.mark.parametrize(("word", "wanted"), [
    ("claim", {"claim", "claims", "claimed", "claiming"}),
    ("argue", {"argue", "argues", "argued", "arguing"}),
    ("deny", {"deny", "denies", "denied", "denying"}),
    ("stop", {"stop", "stops", "stoped", "stoping", "stopped", "stopping"}),
    ("press", {"press", "presses", "pressed", "pressing"}),
])
def test_inflections(word: str, wanted: set[str]) -> None:
    assert set(inflections(word)) == wanted


def found(entry: str, text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "demo.toml"
    path.write_text(RULE % f'"{entry}"', encoding="utf-8")
    parsed = parse([Article("a", "s", text)])
    hits = lexicon.read(path).find(parsed)
    return [parsed.text_of(0, a, b) for a, b in zip(hits.starts, hits.ends, strict=True)]


@pytest.mark.parametrize(("entry", "text", "wanted"), [
    ("may", "He may go. May is a month.", ["may", "May"]),
    ("it is (likely|probable) that", "It is probable that it is likely.", ["It is probable that"]),
    ("according to", "According\nto him, according. To", ["According\nto"]),
    ("[very] likely", "likely, very likely", ["likely", "very likely"]),
    ("suggest~", "suggests suggested suggestion", ["suggests", "suggested"]),
    ("about <num> people", "about 100 people, about ten people", ["about 100 people"]),
    ("a source close to <cap>", "a source close to Lund", ["a source close to Lund"]),
    ("don't", "I don’t and don't", ["don’t", "don't"]),
])
def test_entries(entry: str, text: str, wanted: list[str], tmp_path: Path) -> None:
    assert found(entry, text, tmp_path) == wanted


def test_a_phrase_can_be_added_after_a_search() -> None:
    trie = Trie()
    trie.add(("rain", "fell"), 0, 0)
    one = parse([Article("a", "s", "Rain fell and snow lay.")])
    assert trie.find(one).tolist() == [[0, 2, 0, 0]]
    trie.add(("snow", "lay"), 0, 1)
    assert trie.find(one).tolist() == [[0, 2, 0, 0], [3, 5, 0, 1]]


def test_the_longest_entry_wins(tmp_path: Path) -> None:
    path = tmp_path / "demo.toml"
    path.write_text(RULE % '"it is", "it is said", "said"', encoding="utf-8")
    hits = lexicon.read(path).find(parse([Article("a", "s", "it is said, it is, said")]))
    assert hits.entries.tolist() == [1, 0, 2]


@pytest.mark.parametrize("entry", ["(a|b", "a) b", "", " ".join(["(a|b|c|d|e|f|g)"] * 6)])
def test_entries_that_cannot_be(entry: str) -> None:
    with pytest.raises(ValueError, match="entry"):
        expand(entry, tokens)


@pytest.mark.parametrize(("text", "wanted"), [
    ("feature = ", ":1:"),
    ('feature = "x"\nlanguage = "en"\nrule = []\nsurprise = 1\n', ":4:1: unknown key 'surprise'"),
    (RULE % '"(a"', ":11:"),
    (RULE.replace('why = "y"\n', "") % '"a"', "has no 'why'"),
    ('language = "en"\nrule = []\n', "'feature' is missing"),
    ('feature = "x"\nlanguage = "en"\nrule = ["a"]\n', ":3:1: 'rule' must be [[rule]] tables"),
    ('feature = 3\nlanguage = "en"\nrule = []\n', ":1:1: 'feature' must be text in quotes"),
    ((RULE % '"a"').replace('entries = ["a"]', 'entries = "a"'), "'entries' of rule 'r' must be a list"),
    (RULE % '"a", 3', "must be a list of texts in quotes"),
    ((RULE % '"a"') + 'weight = "heavy"\n', "'weight' of rule 'r' must be a number"),
    ((RULE % '"a"') + (RULE % '"b", "c)"').partition('language = "en"')[2], ":22:17: entry 'c)' closes a bracket"),
])
def test_errors_name_file_line_and_column(text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"broken\.toml") as error:
        lexicon.read(path)
    assert wanted in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("path", lexicon.shipped(), ids=lambda path: path.name)
def test_shipped_lexicons_compile_and_each_entry_can_win(path: Path) -> None:
    assert lexicon.read(path).rules
    assert [str(note) for note in lexicon.idle(path)] == []
