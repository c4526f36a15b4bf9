"""The statements of one article in, its measures out; a measure whose base is empty is absent and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.linker import Relation
from audit.extract.base import Quantity
from audit.parse import Parsed
from audit.records import Evidence, Measure

NAMED = ("named", "organisation")
UNNAMED = ("anonymous", "vague")
NO_WORDS = "the text has no words"
NO_STATEMENTS = "the text has no attributed statement"
NO_SPEAKERS = "no statement has a speaker"

QUANTITIES = (
    Quantity("attribution", "attribution density", "attributed statements", "words", "word", 100,
             higher="more is told as the word of somebody"),
    Quantity("attribution.named", "named sources", "statements with a named source", "statements", "statement", 100,
             higher="more statements whose source can be asked"),
    Quantity("attribution.unnamed", "anonymous or vague sources", "statements with an anonymous or vague source",
             "statements", "statement", 100, higher="more statements whose source cannot be asked"),
    Quantity("attribution.speakers", "distinct speakers", "speakers", "statements", "statement", 100, kind="count",
             higher="more voices"),
    Quantity("attribution.top_speaker", "share of the top speaker", "statements of the most quoted speaker",
             "statements with a speaker", "statement", 100, higher="one voice has more of the say"),
    Quantity("attribution.quoted", "words in quotation marks", "quoted words", "words", "word", 100,
             higher="more in the speakers' own words"),
    Quantity("attribution.nested", "statements at second hand", "statements within another one's words",
             "statements", "statement", 100, higher="more is handed over from one speaker by another"),
    Quantity("attribution.unattributed", "sentences that nobody answers for",
             "sentences without an attributed statement", "sentences", "sentence", 100,
             higher="more is told on the outlet's own word"),
)


def measures(
    parsed: Parsed, document: int, evidence: Sequence[Evidence], covered: npt.NDArray[np.bool_]
) -> tuple[Measure, ...]:
    """All measures of one document. `covered` bool [s] marks the partition's sentences with an attributed statement."""
    article = parsed.articles[document].id
    words = int(parsed.document_words[document])
    tokens = slice(int(parsed.documents[document]), int(parsed.documents[document + 1]))
    quoted = int((parsed.is_word[tokens] & parsed.quoted[tokens]).sum())
    first, last = (int(edge) for edge in parsed.document_sentences[document : document + 2])
    spoken = parsed.sentence_words[first:last] > 0
    bare = int((spoken & ~covered[first:last]).sum())
    own = [one for one in evidence if one.feature == "attribution"]
    total, nested = len(own), len(evidence) - len(own)
    kinds = Counter(one.attributes["speaker_kind"] for one in own)
    speakers = Counter(one.attributes["speaker"].casefold() for one in own if one.attributes["speaker"])
    named = sum(speakers.values())
    rows = (
        ("attribution", total, words, "word", NO_WORDS),
        ("attribution.named", sum(kinds[kind] for kind in NAMED), total, "statement", NO_STATEMENTS),
        ("attribution.unnamed", sum(kinds[kind] for kind in UNNAMED), total, "statement", NO_STATEMENTS),
        ("attribution.speakers", len(speakers), total, "statement", NO_STATEMENTS),
        ("attribution.top_speaker", max(speakers.values(), default=0), named, "statement", NO_SPEAKERS),
        ("attribution.quoted", quoted, words, "word", NO_WORDS),
        ("attribution.nested", nested, total, "statement", NO_STATEMENTS),
        ("attribution.unattributed", bare, int(spoken.sum()), "sentence", NO_WORDS),
    )
    return tuple(
        Measure(article, feature, count, base, unit, None if base else reason)
        for feature, count, base, unit, reason in rows
    )


def covered_sentences(parsed: Parsed, relations: Sequence[Relation]) -> npt.NDArray[np.bool_]:
    """bool [s]: the sentence holds words of an attributed content."""
    covered = np.zeros(max(len(parsed.sentences) - 1, 0), np.bool_)
    for relation in relations:
        for start, end in relation.contents:
            covered[parsed.token_sentence[start] : parsed.token_sentence[end - 1] + 1] = True
    return covered
