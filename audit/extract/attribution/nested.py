"""Statements in, the statements inside them out: "Lorne said that Brand had told her the bridge was safe" holds two.

The labels of the tagger let no contents overlap. So each content in which a reporting verb of the lexicon stands is
given to the tagger once more, as a text of its own; what it finds there is kept if it has a source and such a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.attribution.edges import BE, mended
from audit.extract.attribution.expected import OPENING
from audit.extract.attribution.labels import spans
from audit.extract.attribution.linker import Relation, TokenRange, relations
from audit.extract.attribution.tagger import Floats, Tagger
from audit.extract.attribution.viterbi import decode
from audit.parse import Parsed

RULES = frozenset(["quotation", "reported-speech", "nested"])
"""Rules of the lexicon whose entries are verbs of saying and thinking."""
SHORTEST = 6
"""Tokens that a content must have to hold source, verb and words of another statement."""
BARE = frozenset(["to", "the", "a", "an", "that", ",", "you"])
"""Words that are no source by themselves; "you" is spoken to, and is not told of."""
POSSESSIVE = frozenset(["'s", "’s"])
BONUS = 2.0
"""Added to the score of opening a cue: a verb of saying is there already, which makes a statement likelier."""


def within(
    parsed: Parsed, outer: Sequence[Relation], tagger: Tagger, tables: Floats
) -> dict[int, list[Relation]]:
    """Relations inside the contents of others, by the index of the outer one; token ranges are the partition's.

    `tables` are the tagger's for this parse.
    """
    verbs = _verbs(parsed)
    running = np.concatenate(([0], np.cumsum(verbs)))
    chosen = [(number, content) for number, relation in enumerate(outer) for content in relation.contents
              if content[1] - content[0] >= SHORTEST and running[content[1]] > running[content[0] + 1]]
    if not chosen:
        return {}
    tokens = np.concatenate([np.arange(*content) for _, content in chosen])
    excerpt = _excerpt(parsed, tokens, [(outer[number].document, content) for number, content in chosen])
    found: dict[int, list[Relation]] = {}
    for inner in mended(relations(spans(_labels(excerpt, tagger, tables), excerpt), excerpt), excerpt):
        number, (start, end) = chosen[inner.document]
        relation = _placed(inner, tokens, outer[number].document)
        verb = verbs[relation.cue[0] : relation.cue[1]].any()
        if relation.source and verb and not _whole(relation, start, end) and _speaks(parsed, relation):
            found.setdefault(number, []).append(relation)
    return found


def _labels(excerpt: Parsed, tagger: Tagger, tables: Floats) -> npt.NDArray[np.int8]:
    scores = tagger.scores(excerpt, tables)
    scores[:, OPENING] += BONUS
    return decode(scores, tagger.transitions, excerpt)


def _speaks(parsed: Parsed, relation: Relation) -> bool:
    """Whether the source can be one who speaks: "Bo had been told" says nothing of Bo's words."""
    source, cue = relation.source, parsed.lower_words[slice(*relation.cue)]
    verbs = cue[1:] if cue[0] in POSSESSIVE else cue
    passive = not BE.isdisjoint(verbs) and not cue[-1].endswith("ing")
    return source is not None and not passive and not BARE.issuperset(parsed.lower_words[slice(*source)])


@cache
def _entries() -> npt.NDArray[np.bool_]:
    return np.array([rule.id in RULES for rule in lexicon.load("attribution").rules])


def _verbs(parsed: Parsed) -> npt.NDArray[np.bool_]:
    """bool [n]: the token belongs to a reporting verb."""
    hits = lexicon.load("attribution").find(parsed)
    verbs = np.zeros(len(parsed.tokens), np.bool_)
    kept = _entries()[hits.rules]
    for start, end in zip(hits.starts[kept].tolist(), hits.ends[kept].tolist(), strict=True):
        verbs[start:end] = True
    return verbs


def _excerpt(parsed: Parsed, tokens: npt.NDArray[np.int64], contents: Sequence[tuple[int, TokenRange]]) -> Parsed:
    """The contents as documents of their own: [c] pairs of document and token range, whose tokens are `tokens`."""
    edges = np.concatenate(([0], np.cumsum([end - start for _, (start, end) in contents]))).astype(np.int32)
    opens = np.zeros(len(tokens), np.bool_)
    opens[edges[:-1]] = True
    opens[1:] |= parsed.token_sentence[tokens[1:]] != parsed.token_sentence[tokens[:-1]]
    sentences = np.append(np.flatnonzero(opens), len(tokens)).astype(np.int32)
    return parsed.excerpt([document for document, _ in contents], tokens, edges, sentences)


def _placed(inner: Relation, tokens: npt.NDArray[np.int64], document: int) -> Relation:
    """The relation with token ranges of the whole partition."""

    def moved(span: TokenRange) -> TokenRange:
        return int(tokens[span[0]]), int(tokens[span[1] - 1]) + 1

    source = moved(inner.source) if inner.source else None
    return replace(inner, document=document, source=source, cue=moved(inner.cue),
                   contents=tuple(moved(content) for content in inner.contents))


def _whole(relation: Relation, start: int, end: int) -> bool:
    """Whether one content is the whole outer content, so that nothing new is said."""
    return any(content == (start, end) for content in relation.contents)
