"""Tables of texts: their tokens, sentences and quotations; and what holds for any text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.parse import parse
from audit.records import Article, Document


def parsed(*texts: str) -> list[Document]:
    articles = [Article(str(number), "s", text) for number, text in enumerate(texts)]
    result = parse(articles)
    return [result.document(number) for number in range(len(texts))]


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in parsed(text)[0].sentences]


def quotes(text: str) -> list[str]:
    return [text[a:b] for a, b in parsed(text)[0].quotes]


SENTENCES = [
    ("It rained. They left.", ["It rained.", "They left."]),
    ("Dr. Osei met Mr. J. K. Lund at 5 p.m. on Friday.", ["Dr. Osei met Mr. J. K. Lund at 5 p.m. on Friday."]),
    ("Prices rose 1.5 per cent. Wages fell.", ["Prices rose 1.5 per cent.", "Wages fell."]),
    ("The U.S. Army came. The U.S. It left.", ["The U.S. Army came.", "The U.S.", "It left."]),
    ("“We won. We lead,” he said. Others left.", ["“We won.", "We lead,” he said.", "Others left."]),
    ("“Why?” he asked. “Who?” Lund asked.", ["“Why?” he asked.", "“Who?” Lund asked."]),
    ("“It ended.” Nobody came.", ["“It ended.”", "Nobody came."]),
    ("He paused ... and went on. Then... nothing.", ["He paused ... and went on.", "Then... nothing."]),
    ("A headline\n\nThe text begins.", ["A headline", "The text begins."]),
    ("A line\nAnother line", ["A line", "Another line"]),
    ("this text is hard\nwrapped at a width\nof twenty. It ends.", ["this text is hard\nwrapped at a width\nof twenty.",
                                                                    "It ends."]),
    ("The vote ended.Then they left.", ["The vote ended.", "Then they left."]),
    ("Acme Inc. said no. Sales at Acme Inc. The rest fell.",
     ["Acme Inc. said no.", "Sales at Acme Inc.", "The rest fell."]),
    ("", []),
    ("...", ["..."]),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES, ids=[text[:30] or "empty" for text, _ in SENTENCES])
def test_sentences(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


QUOTES = [
    ("“One,” she said. “Two.”", ["“One,”", "“Two.”"]),
    ('He said "yes" and "no".', ['"yes"', '"no"']),
    ("«Oui», dit-il.", ["«Oui»"]),
    ("„Ja“, sagte er.", ["„Ja“"]),
    ("She called it ‘a joke’ today.", ["‘a joke’"]),
    ("The workers’ vote and the ’90s.", []),
    ("Don't say 'never' again.", ["'never'"]),
    ("“He called it ‘a joke’ twice.”", ["“He called it ‘a joke’ twice.”"]),
    ("an”hybrid war” waged", ["”hybrid war”"]),
    ("“It never closes.\n\nNext paragraph.", ["“It never closes."]),
    ("“First part.\n\n“Second part,” he said.", ["“First part.", "“Second part,”"]),
    ("it ended.” Stray closer.", []),
]


@pytest.mark.parametrize(("text", "wanted"), QUOTES, ids=[text[:30] for text, _ in QUOTES])
def test_quotations(text: str, wanted: list[str]) -> None:
    assert quotes(text) == wanted


def test_tokens() -> None:
    text = "Lund's anti-war U.S. plan cost $1.5bn, don't 100,000 go?"
    result = parse([Article("a", "s", text)])
    found = [result.vocabulary[token] for token in result.tokens]
    assert found == ["Lund", "'s", "anti", "-", "war", "U.S.", "plan", "cost", "$", "1.5bn", ",", "don't", "100,000",
                     "go", "?"]
    assert [text[a:b] for a, b in zip(result.starts, result.ends, strict=True)] == found


ANY_TEXT = st.text(st.sampled_from("aB. \n\"“”‘’'«»?!1,é\u200b—-…_(") | st.characters(codec="utf-8"), max_size=120)


@given(st.lists(ANY_TEXT, max_size=4))
def test_spans_hold_for_any_text(texts: list[str]) -> None:
    documents = parsed(*texts)
    for text, document in zip(texts, documents, strict=True):
        covered = "".join(text[a:b] for a, b in document.sentences)
        assert "".join(covered.split()) == "".join(text.split())  # nothing but white space lies between sentences
        for spans in (document.sentences, document.words, document.quotes):
            assert all(0 <= a < b <= len(text) for a, b in spans)
        assert list(document.words) == sorted(document.words)


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_a_document_parses_alike_alone_and_in_company(texts: list[str]) -> None:
    together = parsed(*texts)
    alone = [parsed(text)[0] for text in texts]
    assert [d.sentences for d in together] == [d.sentences for d in alone]
    assert [d.quotes for d in together] == [d.quotes for d in alone]


def test_counts_add_up() -> None:
    result = parse([Article("a", "s", "One two. “Three four five,” six."), Article("b", "s", "Seven.")])
    assert result.document_words.tolist() == [6, 1]
    assert result.sentence_words.sum() == result.is_word.sum() == 7
    assert np.flatnonzero(result.sentence_quoted).tolist() == [1]
