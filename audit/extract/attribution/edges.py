"""Relations in, relations with two habits of the tagger mended out: full stops in spans, and subjects of passives.

"The minister is expected to resign" has no source: the one who is expected to do something has not said it. The tagger
takes such a subject for a source now and then; here it goes to the content, where the labelled news has it.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.extract.attribution.linker import Relation, TokenRange
from audit.parse import Parsed

BE = frozenset("is are was were be been being isn't aren't wasn't weren't 's ’s 're ’re".split())
OPINION = frozenset(
    "expected believed thought said reported rumored rumoured considered known seen presumed assumed feared estimated "
    "alleged supposed understood regarded viewed deemed perceived projected predicted tipped called described".split()
)
STOPS = frozenset([".", "!", "?", ";", ","])


def mended(relations: Iterable[Relation], parsed: Parsed) -> list[Relation]:
    """The relations in the same order; their cues are never touched."""
    return [_passive(_trimmed(relation, parsed), parsed) for relation in relations]


def _word(parsed: Parsed, token: int) -> str:
    return parsed.lower_words[token]


def _trimmed(relation: Relation, parsed: Parsed) -> Relation:
    """Without the stop that closes a span from outside; a stop before a closing quotation mark is inside and stays."""
    source = _without_stop(relation.source, parsed) if relation.source else None
    contents = tuple([_without_stop(one, parsed) for one in relation.contents])
    return Relation(relation.document, source, relation.cue, contents)


def _without_stop(span: TokenRange, parsed: Parsed) -> TokenRange:
    start, end = span
    if end - start == 1 or _word(parsed, end - 1) not in STOPS or parsed.quoted[end - 1]:
        return span
    closes = end == len(parsed.tokens) or parsed.token_sentence[end] != parsed.token_sentence[end - 1]
    return (start, end - 1) if closes else span


def _passive(relation: Relation, parsed: Parsed) -> Relation:
    """The subject of "is expected" and the like becomes the first part of the content."""
    source, (start, end) = relation.source, relation.cue
    if source is None or source[1] != start or _word(parsed, end - 1) not in OPINION:
        return relation
    if not any(_word(parsed, token) in BE for token in range(start, end - 1)):
        return relation
    return Relation(relation.document, None, relation.cue, (source, *relation.contents))
