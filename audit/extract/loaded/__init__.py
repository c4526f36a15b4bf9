"""A parsed partition in, loaded words with their kind out, and the share of the outlet's own sentences that have some.

A sentence is judged as a whole, by a logistic model over its words' scores and lexicon hits; in a sentence judged
loaded, the evidence is the words that speak loudest for it. A loaded word inside a quotation is a speaker's: it is
shown as such, and not counted.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon, models
from audit.extract.base import Extractor, Quantity
from audit.extract.loaded.evidence import Judged, Token, find
from audit.extract.loaded.features import Words, means, score_tokens, sentence_features
from audit.lexicon import Lexicon
from audit.parse import Parsed
from audit.records import Evidence, Finding, Measure

NO_OWN = "no sentence in the outlet's own voice"


@cache
def _words() -> Words:
    stored = models.load("loaded").arrays
    words = stored["words"].tobytes().decode("utf-8").split("\n")
    return Words({word: row for row, word in enumerate(words)}, stored["scores"].astype(np.float32))


@cache
def lexicon_of_loaded() -> Lexicon:
    """The word lists, by kind."""
    return lexicon.load("loaded")


def judge(parsed: Parsed) -> Judged:
    """The log-odds of every sentence, and what the words of the partition score."""
    stored = models.load("loaded").arrays
    rules = lexicon_of_loaded()
    hits = rules.find(parsed)
    scored = score_tokens(parsed, _words(), parsed.sentences)
    features = sentence_features(parsed, scored, hits, len(rules.rules), parsed.sentences)
    odds = features @ stored["weights"] + means(stored["word_weights"].astype(np.float32), scored, parsed.sentences)
    intercept, threshold = stored["scalars"].tolist()
    return Judged(odds + intercept, threshold, scored, hits)


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: a measure `loaded` over own sentences, and one for each kind."""
    rules = lexicon_of_loaded().rules
    tokens: list[list[Token]] = [[] for _ in parsed.articles]
    if len(parsed.tokens):
        for token in find(parsed, judge(parsed), rules):
            tokens[token.document].append(token)
    own = ~parsed.sentence_quoted & (parsed.sentence_words > 0)
    bases = np.bincount(parsed.sentence_document[own], minlength=len(parsed.articles)).tolist()
    return [_finding(parsed, row, tokens[row], bases[row]) for row in range(len(parsed.articles))]


def _finding(parsed: Parsed, document: int, tokens: list[Token], own: int) -> Finding:
    article = parsed.articles[document]
    evidence = tuple(_evidence(article.id, article.text, token) for token in tokens)
    measures = []
    for feature, kind in FEATURES.items():
        sentences = {token.sentence for token in tokens if token.own and kind in (None, token.kind)}
        measures.append(Measure(article.id, feature, len(sentences), own, "sentence", None if own else NO_OWN))
    return Finding(evidence, tuple(measures))


def _evidence(article: str, text: str, token: Token) -> Evidence:
    return Evidence(
        article, "loaded", token.kind, token.start, token.end, token.reason.replace("{text}", text[token.start : token.end]),
        weight=token.weight, quoted=token.quoted, attributes={"kind": token.kind, "found": token.found},
    )  # fmt: skip


def _kinds() -> dict[str, str]:
    return {rule.id: rule.title.lower() for rule in lexicon_of_loaded().rules}


FEATURES: dict[str, str | None] = {"loaded": None, **{f"loaded.{kind}": kind for kind in _kinds()}}

extractor = Extractor(
    name="loaded",
    title="Loaded language",
    quantities=(
        Quantity("loaded", "sentences with loaded language", "sentences with loaded language", "own sentences",
                 "sentence", 100, higher="more sentences judge, exaggerate or mock in the outlet's own voice"),
        *(Quantity(f"loaded.{kind}", f"sentences with: {title}", f"sentences with: {title}", "own sentences", "sentence",
                   100, higher="more sentences have this kind of word") for kind, title in _kinds().items()),
    ),
    extract=extract,
    what="Words that judge, exaggerate, mock or presuppose, in the outlet's own voice; quotations are set apart.",
    why="A loaded word tells the reader what to think before telling what happened. Two outlets can report the same facts "
    "and differ in nothing but such words.",
    limits="Whether a word is loaded depends on what happened: a massacre that was one is called so by everyone. The model "
    "was fitted on English political news and opinion; irony, allusion and what is left out are beyond it.",
)  # fmt: skip
