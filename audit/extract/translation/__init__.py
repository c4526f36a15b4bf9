"""A parsed partition in; out, for each article, how likely a machine made its text, and the words that say so.

Rules find what machines leave behind (`artefacts`, `names`, the lexicon); two models read how sentences are put
together (`style`) and what company words keep (`collocation`); a softmax weighs both (`document`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audit.extract.base import Extractor, Quantity
from audit.extract.translation import evidence, features
from audit.extract.translation.artefacts import Hit
from audit.extract.translation.document import READINGS, errors, interval, reading, softmax
from audit.extract.translation.evidence import KINDS, rules
from audit.extract.translation.features import Signs
from audit.extract.translation.told import TOLD
from audit.extract.translation.weights import Stored, stored
from audit.parse import Parsed
from audit.records import Evidence, Finding, Measure, Score

LEAST_WORDS = 60
SHORT_WORDS = 150
FLAGGED = 0.5  # more likely than not
TOO_SHORT = f"fewer than {LEAST_WORDS} words"
EXPLAINED = 0.3
"""From this probability on, the spans that moved the models are shown; below it they would explain nothing."""
DIGITS = 9
"""Kept of a probability: what lies beyond depends on how many articles are measured together."""
REPEATS = 3
"""Hits of one rule that count in an article; the fourth says nothing that the third did not."""


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: artefacts, spans that moved the models, four probabilities."""
    if not len(parsed.tokens):
        return [_absent(article.id, (), 0) for article in parsed.articles]
    model = stored()
    found = features.signs(parsed, model.weights)
    matrix = features.matrix(parsed, found)
    hits, meant = evidence.hits(parsed, model)
    by_document: list[list[Hit]] = [[] for _ in parsed.articles]
    for hit in hits:
        by_document[int(parsed.token_document[hit.start])].append(hit)
    logits = model.head.logits(matrix) + np.array([_shift(hits) for hits in by_document])
    ends = {name: (reading(softmax(logits), kinds), *interval(model.head, errors(parsed, matrix), logits, kinds))
            for name, kinds in READINGS.items()}
    findings = []
    for document in range(len(parsed.articles)):
        records = tuple(evidence.of_rule(parsed, hit, meant.get(hit)) for hit in by_document[document])
        values = {name: (round(float(v[document]), DIGITS), round(float(low[document]), DIGITS),
                         round(float(high[document]), DIGITS)) for name, (v, low, high) in ends.items()}
        findings.append(_finding(parsed, found, model, document, records, values))
    return findings


def _shift(hits: Sequence[Hit]) -> list[float]:
    """What the artefacts of one article add to the logits of the four kinds."""
    shift = [0.0] * 4
    seen: dict[str, int] = {}
    for hit in hits:
        seen[hit.rule] = seen.get(hit.rule, 0) + 1
        rule = rules()[hit.rule]
        if rule.kind in KINDS and seen[hit.rule] <= REPEATS:
            shift[KINDS[rule.kind]] += rule.weight
    return shift


def _finding(parsed: Parsed, found: Signs, model: Stored, document: int, records: tuple[Evidence, ...],
             values: dict[str, tuple[float, float, float]]) -> Finding:
    article, words = parsed.articles[document].id, int(parsed.document_words[document])
    if words < LEAST_WORDS:
        return _absent(article, records, words)
    for kind in KINDS:
        if values[f"translation.{kind}"][0] >= EXPLAINED:
            records += tuple(evidence.of_models(parsed, found, model, document, kind))
    parts = {"short text": 1.0} if words < SHORT_WORDS else {}
    scores = tuple(Score(article, name, value, low, high, n=words, parts=parts)
                   for name, (value, low, high) in values.items())
    measures = tuple(Measure(article, name, float(value >= FLAGGED), 1, "article")
                     for name, (value, _, _) in values.items())
    return Finding(records, (*measures, _artefacts(article, records, words)), scores)


def _artefacts(article: str, records: Sequence[Evidence], words: int) -> Measure:
    count = sum(record.rule in rules() for record in records)
    return Measure(article, "translation.artefacts", count, words, "word", None if words else "no words")


def _absent(article: str, records: tuple[Evidence, ...], words: int) -> Finding:
    measures = tuple(Measure(article, name, 0, 0, "article", TOO_SHORT) for name in READINGS)
    return Finding(records, (*measures, _artefacts(article, records, words)))


extractor = Extractor(
    name="translation",
    title="Machine-made text",
    quantities=(
        Quantity("translation", "articles that read as machine-made", "articles that read as machine-made", "articles",
                 "article", 100, "probability", "more likely that a machine translated or rewrote the text"),
        Quantity("translation.machine_translated", "articles that read as machine-translated",
                 "articles that read as machine-translated", "articles", "article", 100, "probability",
                 "more likely that a machine translated the text"),
        Quantity("translation.machine_rewritten", "articles that read as machine-rewritten",
                 "articles that read as machine-rewritten", "articles", "article", 100, "probability",
                 "more likely that a machine swapped the words of somebody's text"),
        Quantity("translation.translated", "articles that read as translated, by a person or a machine",
                 "articles that read as translated", "articles", "article", 100, "probability",
                 "more likely that the text was first written in another language; this is no fault"),
        Quantity("translation.artefacts", "traces of machine processing", "traces of machine processing", "100 words",
                 "word", 100, higher="more glued words, stray capitals, spaces before punctuation and the like"),
    ),
    extract=extract,
    what="The probability that a machine translated the article or swapped its words, and the traces and phrases that "
    "say so.",
    why="An outlet that publishes raw machine output has no author who could answer for it, and swapped words change "
    "what sources are said to have said.",
    limits="Machine translation has become good: told from a human translation of the same text, the better systems "
    "are often missed, and careful editing hides the rest. How marks are typed moves the value within bounds: curved "
    "marks and dashes speak for people, so translations set in them are found less often, and a house style alone "
    "accuses nobody. A translated text is no worse for it; the reading "
    "\"translated\" is shown apart and counts against nobody. The models were fitted on news, up to 2021. Below 60 "
    "words no value is given, and below 150 the text is called short and the interval is wide.",
    rules=TOLD,
)  # fmt: skip
