"""A parsed partition in, the grades of all of textstat's English readability formulas out. There is no evidence.

The formulas work on textstat's own words and sentences (see `pieces`), not on the shared parse, so that each grade is
the one that textstat itself gives. A measure's count is the grade times the words it was taken from and its base those
words: an article's rate is its grade, and a source's is the mean of its articles' grades, weighted by their length.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.extract.base import Extractor, Quantity
from audit.extract.readability.elsewhere import ENGLISH_ONLY, grades
from audit.extract.readability.formulas import FORMULAS
from audit.extract.readability.pieces import count
from audit.parse import Parsed
from audit.records import Finding, Measure

HEADLINE = "flesch_kincaid_grade"
NO_WORDS = "the text has no words"

TITLES = {
    "flesch_kincaid_grade": ("Flesch-Kincaid grade", "a longer schooling to read with ease"),
    "flesch_reading_ease": ("Flesch reading ease", "easier reading"),
    "gunning_fog": ("Gunning fog index", "a longer schooling to read with ease"),
    "smog_index": ("SMOG grade", "a longer schooling to read with ease"),
    "automated_readability_index": ("automated readability index", "a longer schooling to read with ease"),
    "coleman_liau_index": ("Coleman-Liau index", "a longer schooling to read with ease"),
    "linsear_write_formula": ("Linsear Write grade, first 100 words", "a longer schooling to read with ease"),
    "dale_chall_readability_score": ("Dale-Chall score", "more words beyond the list of easy ones"),
    "dale_chall_readability_score_v2": (
        "Dale-Chall score, words of one syllable aside",
        "more words that are not easy",
    ),
    "spache_readability": ("Spache grade", "harder reading for a child"),
    "mcalpine_eflaw": ("McAlpine EFLAW score", "harder reading for a learner of English"),
    "lix": ("LIX", "longer sentences and words"),
    "rix": ("RIX", "more long words in a sentence"),
    "text_standard": ("consensus grade", "a longer schooling to read with ease"),
    "reading_time": ("reading time in seconds", "a longer text"),
}


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document, with a measure `readability` (the Flesch-Kincaid grade) and one per formula."""
    counts = count([article.text for article in parsed.articles])
    words = counts.sums["words"].tolist()
    graded = {name: formula(counts).tolist() for name, formula in FORMULAS.items()}
    findings = []
    for row, article in enumerate(parsed.articles):
        grades = {"readability": graded[HEADLINE][row]}
        grades |= {f"readability.{name}": values[row] for name, values in graded.items()}
        findings.append(Finding((), tuple(_measure(article.id, *grade, words[row]) for grade in grades.items())))
    return findings


def elsewhere(parsed: Parsed, language: str) -> list[Finding] | str:
    """The same for a language that textstat has constants for: those of its formulas that hold there."""
    graded = grades(parsed, language)
    if isinstance(graded, str):
        return graded
    return [
        Finding((), tuple(_elsewhere(article.id, q.feature, words, values) for q in extractor.quantities))
        for article, (words, values) in zip(parsed.articles, graded, strict=True)
    ]


def _elsewhere(article: str, feature: str, words: int, values: Mapping[str, float]) -> Measure:
    value = values.get(feature.partition(".")[2])
    if value is None:
        return Measure(article, feature, 0.0, 0.0, "word", ENGLISH_ONLY)
    return _measure(article, feature, value, words)


def _measure(article: str, feature: str, grade: float, words: int) -> Measure:
    if not words:
        return Measure(article, feature, 0.0, 0.0, "word", NO_WORDS)
    return Measure(article, feature, grade * words, words, "word")


def _quantity(feature: str, name: str) -> Quantity:
    title, higher = TITLES[name]
    return Quantity(feature, title, "grade times words", "words", "word", kind="grade", higher=higher)


extractor = Extractor(
    name="readability",
    title="Readability",
    quantities=(
        _quantity("readability", HEADLINE),
        *(_quantity(f"readability.{name}", name) for name in FORMULAS),
    ),
    extract=extract,
    what="How hard a text is to read, by fifteen published formulas, each computed as the package textstat does.",
    why="Outlets write for different readers. A grade far from that of other outlets on the same story is a trait of "
    "style, and a text that was translated or rewritten by a machine often reads harder than it should.",
    elsewhere=elsewhere,
    limits="The formulas see the length of words and sentences and a list of easy words, nothing else. They were made "
    "for passages of a hundred words and more: grades of a shorter text say little. Names count as difficult words, "
    "a list without full stops counts as one sentence, and the words of speakers count like the outlet's own. A "
    "source's grade is the mean over its articles, weighted by their words. German, Spanish, French, Hungarian, "
    "Italian, Dutch and Russian texts get Flesch's reading ease with the constants of their language, LIX, RIX and the "
    "time to read.",
)
