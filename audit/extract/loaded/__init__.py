"""A parsed partition in, loaded words with their kind out, and the share of the outlet's own sentences that have some.

A sentence is judged as a whole, by a logistic model on its words' scores and lexicon hits; in a sentence judged
loaded, the evidence is the words that are listed or score high. A loaded word inside a quotation is a speaker's: it is
shown as such, and not counted.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from audit import lexicon, models
from audit.extract.base import Extractor, Quantity
from audit.extract.loaded.evidence import Found, Judged, find
from audit.extract.loaded.features import Bools, Words, means, score_tokens, sentence_features
from audit.extract.loaded.scare import scare_quotes
from audit.lexicon import Hits, Lexicon
from audit.parse import Parsed
from audit.records import Article, Evidence, Finding, Measure

NO_OWN = "no sentence in the outlet's own voice"
SCARE = "scare-quotes"

KINDS = {
    "loaded-adjective": "loaded adjectives and adverbs",
    "epithet": "epithets",
    "charged-noun": "charged nouns",
    "hostile-verb": "hostile or violent verbs",
    "exaggeration": "exaggeration",
    "peacock": "peacock terms",
    "presupposing-verb": "presupposing verbs",
    "stance-adverb": "stance adverbs",
    SCARE: "scare quotes",
}
"""The rules of the lexicon, and their plural for pages. Kept here, so that naming the measures reads no file."""

SCORED = (
    ("loaded-adjective", "epithet", "charged-noun", "hostile-verb"),
    ("loaded-adjective",),
    ("epithet",),
    ("charged-noun",),
    ("hostile-verb",),
    ("peacock",),
)
"""What each column of word scores stands for: rules of the lexicon. The first column is the score of a word."""


@cache
def _words() -> Words:
    stored = models.load("loaded").arrays
    words = stored["words"].tobytes().decode("utf-8").split("\n")
    return Words({word: row for row, word in enumerate(words)}, stored["scores"].astype(np.float32))


@cache
def lexicon_of_loaded() -> Lexicon:
    """The word lists, by kind."""
    return lexicon.load("loaded")


def hits_of(parsed: Parsed) -> Hits:
    """Lexicon hits and scare quotes, in order of their place; where both are, the quotes' words stay the lexicon's."""
    rules = lexicon_of_loaded()
    hits = rules.find(parsed)
    quotes = scare_quotes(parsed)
    inside = np.searchsorted(hits.starts, quotes[:, 1]) > np.searchsorted(hits.ends, quotes[:, 0], side="right")
    quotes = quotes[~inside]
    number = next(number for number, rule in enumerate(rules.rules) if rule.id == SCARE)
    starts = np.concatenate((hits.starts, quotes[:, 0]))
    order = np.argsort(starts, kind="stable")
    return Hits(
        starts[order],
        np.concatenate((hits.ends, quotes[:, 1]))[order],
        np.concatenate((hits.rules, np.full(len(quotes), number, np.int32)))[order],
        np.concatenate((hits.entries, np.zeros(len(quotes), np.int32)))[order],
        parsed.token_document[starts[order]],
    )


def judge(parsed: Parsed) -> Judged:
    """The log-odds of every sentence, and what the words of the partition score."""
    stored = models.load("loaded").arrays
    hits = hits_of(parsed)
    scored = score_tokens(parsed, _words())
    features = sentence_features(parsed, scored, hits, len(KINDS), parsed.sentences)
    mean = means(stored["word_weights"].astype(np.float32), scored, parsed.sentences)
    intercept, threshold = stored["scalars"].tolist()
    return Judged(features @ stored["weights"] + mean + intercept, threshold, scored, hits)


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: a measure `loaded` over own sentences, and one for each kind."""
    found: list[list[Found]] = [[] for _ in parsed.articles]
    if len(parsed.tokens):
        rules = lexicon_of_loaded().rules
        named = {rule.id: rule for rule in rules}
        for word in find(parsed, judge(parsed), rules, tuple(named[column[0]] for column in SCORED[1:]), SCARE):
            found[word.document].append(word)
    own = ~parsed.sentence_quoted & (parsed.sentence_words > 0)
    bases = np.bincount(parsed.sentence_document[own], minlength=len(parsed.articles)).tolist()
    return [
        _finding(article, words, own, base) for article, words, base in zip(parsed.articles, found, bases, strict=True)
    ]


def _finding(article: Article, found: list[Found], own: Bools, base: int) -> Finding:
    evidence = tuple(_evidence(article, word) for word in found)
    counted = [word for word in found if word.own and own[word.sentence]]
    measures = []
    for kind in (None, *KINDS):
        sentences = {word.sentence for word in counted if kind in (None, word.rule.id)}
        feature = f"loaded.{kind}" if kind else "loaded"
        measures.append(Measure(article.id, feature, len(sentences), base, "sentence", None if base else NO_OWN))
    return Finding(evidence, tuple(measures))


def _evidence(article: Article, word: Found) -> Evidence:
    return Evidence(
        article.id, "loaded", word.rule.id, word.start, word.end, word.reason(article.text[word.start : word.end]),
        weight=word.weight, quoted=not word.own,
        attributes={"kind": word.rule.id, "found": "lexicon" if word.listed else "model"},
    )  # fmt: skip


def _quantity(feature: str, title: str, higher: str) -> Quantity:
    return Quantity(feature, title, title, "own sentences", "sentence", scale=100, higher=higher)


extractor = Extractor(
    name="loaded",
    title="Loaded language",
    quantities=(
        _quantity("loaded", "sentences with loaded language", "more own sentences judge, exaggerate or mock"),
        *(_quantity(f"loaded.{kind}", f"sentences with {plural}", f"more own sentences with {plural}")
          for kind, plural in KINDS.items()),
    ),
    extract=extract,
    what="Words that judge, exaggerate, mock or presuppose, in the outlet's own voice; quotations are set apart.",
    why="A loaded word tells the reader what to think before telling what happened. Two outlets can report the same "
    "facts and differ in nothing but such words.",
    limits="Whether a word is loaded depends on what happened: a massacre that was one is called so by everyone. The "
    "model was fitted on English political news and opinion. Irony, allusion and what is left out are beyond it, and "
    "human raters, who often disagree with each other here, would decide otherwise in one sentence of three.",
)  # fmt: skip
