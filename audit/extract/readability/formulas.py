"""Counts in, the grade of every formula out, for all texts of a partition at once.

Each function takes `Counts` and returns float64 [d]; 0.0 where textstat answers 0.0 (a text without words). Constants
are those of the sources named; where textstat departs from a source, textstat is followed and the docstring says so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from audit.extract.readability.pieces import Counts, Ints

Floats = npt.NDArray[np.float64]

MILLISECONDS_PER_CHARACTER = 14.69  # Demberg and Keller 2008, textstat's default
LINSEAR_EASY = 20  # up to this raw value, one grade is taken off


def _ratio(above: Ints, below: Ints) -> Floats:
    return np.divide(above, below, out=np.zeros(len(above)), where=below > 0)


def _words_per_sentence(counts: Counts) -> Floats:
    return _ratio(counts.sums["words"], counts.sentences)


def _syllables_per_word(counts: Counts) -> Floats:
    return _ratio(counts.sums["syllables"], counts.sums["words"])


def _percent(counts: Counts, column: str) -> Floats:
    return _ratio(100 * counts.sums[column], counts.sums["words"])


def _where_words(counts: Counts, value: Floats) -> Floats:
    return np.where(counts.sums["words"] > 0, value, 0.0)


def flesch_reading_ease(counts: Counts) -> Floats:
    """Flesch 1948: 0 (hard) to 100 (easy)."""
    length, syllables = _words_per_sentence(counts), _syllables_per_word(counts)
    return np.where((length > 0) & (syllables > 0), 206.835 - 1.015 * length - 84.6 * syllables, 0.0)


def flesch_kincaid_grade(counts: Counts) -> Floats:
    """Kincaid et al. 1975, US school grade."""
    length, syllables = _words_per_sentence(counts), _syllables_per_word(counts)
    return np.where((length > 0) & (syllables > 0), 0.39 * length + 11.8 * syllables - 15.59, 0.0)


def smog_index(counts: Counts) -> Floats:
    """McLaughlin 1969, from words of three syllables and more."""
    share = _ratio(counts.sums["long_spoken"], counts.sentences)
    return np.where(counts.sentences > 0, 1.043 * np.sqrt(30 * share) + 3.1291, 0.0)


def coleman_liau_index(counts: Counts) -> Floats:
    """Coleman and Liau 1975, from letters and sentences per hundred words."""
    letters = 100 * _ratio(counts.sums["letters"], counts.sums["words"])
    sentences = 100 * _ratio(counts.sentences, counts.sums["words"])
    return np.where((letters > 0) & (sentences > 0), 0.058 * letters - 0.296 * sentences - 15.8, 0.0)


def automated_readability_index(counts: Counts) -> Floats:
    """Smith and Senter 1967. Characters are counted per piece between spaces, as textstat does."""
    chars, length = _ratio(counts.sums["chars"], counts.pieces), _words_per_sentence(counts)
    return np.where((chars > 0) & (length > 0), 4.71 * chars + 0.5 * length - 21.43, 0.0)


def dale_chall_readability_score(counts: Counts) -> Floats:
    """Dale and Chall 1948. As in textstat, inflected forms of easy words and proper names count as difficult."""
    hard = _percent(counts, "hard")
    score = 0.1579 * hard + 0.0496 * _words_per_sentence(counts)
    return _where_words(counts, np.where(hard > 5, score + 3.6365, score))


def dale_chall_readability_score_v2(counts: Counts) -> Floats:
    """textstat's second variant: difficult words of two syllables and more."""
    score = 0.1579 * _percent(counts, "hard_2") + 0.0496 * _words_per_sentence(counts)
    return _where_words(counts, np.where(score > 0.05, score + 3.6365, score))


def spache_readability(counts: Counts) -> Floats:
    """Spache 1953, with textstat's list of easy words."""
    value = 0.141 * _words_per_sentence(counts) + 0.086 * _percent(counts, "hard_2") + 0.839
    return _where_words(counts, value)


def gunning_fog(counts: Counts) -> Floats:
    """Gunning 1952; complex words are those off the easy list with three syllables and more."""
    return _where_words(counts, 0.4 * (_words_per_sentence(counts) + _percent(counts, "hard_3")))


def linsear_write_formula(counts: Counts) -> Floats:
    """Linsear Write, on the first hundred words."""
    raw = _ratio(counts.first_easy + 3 * counts.first_hard, counts.first_sentences)
    value = np.where(raw <= LINSEAR_EASY, raw - 2, raw) / 2
    return np.where(counts.first_sentences > 0, value, 0.0)


def lix(counts: Counts) -> Floats:
    """Björnsson 1968: words per sentence plus the percentage of words longer than six letters."""
    return _where_words(counts, _words_per_sentence(counts) + _percent(counts, "long"))


def rix(counts: Counts) -> Floats:
    """Anderson 1983: words longer than six letters per sentence."""
    return _ratio(counts.sums["long"], counts.sentences)


def mcalpine_eflaw(counts: Counts) -> Floats:
    """McAlpine 2006, for learners of English: words and short words per sentence."""
    return _ratio(counts.sums["words"] + counts.sums["mini"], counts.sentences)


def reading_time(counts: Counts) -> Floats:
    """Seconds that reading takes, at Demberg and Keller's 14.69 ms a character."""
    return MILLISECONDS_PER_CHARACTER * counts.sums["chars"] / 1000


def text_standard(counts: Counts) -> Floats:
    """textstat's consensus: the grade named most often by eight formulas, between 1 and 18."""
    graded = np.stack([formula(counts) for formula in CONSENSUS], axis=1)
    ease = flesch_reading_ease(counts)
    return np.array([_consensus(row, value) for row, value in zip(graded.tolist(), ease.tolist(), strict=True)])


def _consensus(grades: list[float], ease: float) -> float:
    """The first grade is Flesch-Kincaid's; reading ease votes after it. As in textstat, the first of a tie wins."""
    votes: list[int] = []
    for place, grade in enumerate(grades):
        votes += (math.floor(grade), math.ceil(grade), round(grade))
        if place == 0:
            votes += _ease_grades(ease)
    return float(max(1, min(Counter(votes).most_common(1)[0][0], 18)))


def _ease_grades(ease: float) -> tuple[int, ...]:
    bands = {9: (5,), 8: (6,), 7: (7,), 6: (8, 9), 5: (10,), 4: (11,), 3: (12,)}
    return bands.get(math.floor(ease / 10), (13,))


CONSENSUS = (
    flesch_kincaid_grade, smog_index, coleman_liau_index, automated_readability_index,
    dale_chall_readability_score, linsear_write_formula, gunning_fog,
)  # fmt: skip

FORMULAS: dict[str, Callable[[Counts], Floats]] = {
    formula.__name__: formula
    for formula in (
        flesch_kincaid_grade, flesch_reading_ease, gunning_fog, smog_index, automated_readability_index,
        coleman_liau_index, linsear_write_formula, dale_chall_readability_score, dale_chall_readability_score_v2,
        spache_readability, mcalpine_eflaw, lix, rix, text_standard, reading_time,
    )
}  # fmt: skip
"""Every formula of textstat that is meant for English, under textstat's own name."""
