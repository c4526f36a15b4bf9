"""A relation and its speaker in, one piece of evidence out: spans, mode of speech, rule and reason."""

from __future__ import annotations

from functools import cache
from operator import itemgetter

from msgspec.structs import replace

from audit import lexicon
from audit.extract.attribution.linker import Relation, TokenRange
from audit.extract.attribution.speakers import Speaker
from audit.parse import Parsed
from audit.records import Evidence, Part

DIRECT = 0.95
"""Share of a content's words inside quotation marks from which it is direct speech; one stray word is allowed."""


def statement(parsed: Parsed, relation: Relation, speaker: Speaker, told: lexicon.Rule | None = None) -> Evidence:
    """The evidence of one attributed statement; its span is the hull of its parts.

    `told` is the rule where it is known already: from another language's lexicon, or of a statement within another.
    """
    parts = _parts(parsed, relation)
    mode = _mode(parsed, relation)
    rule = told or _rules()[_rule(parsed, relation, mode)]
    cue = parsed.text_of(relation.document, *relation.cue)
    article = parsed.articles[relation.document]
    attributes = {"speaker": speaker.name, "speaker_kind": speaker.kind, "mode": mode, "resolved_by": speaker.rule}
    if speaker.official:
        attributes["official"] = "yes"
    return Evidence(
        article.id, "attribution", rule.id, parts[0].start, max([part.end for part in parts]),
        _reason(rule, cue, speaker), 1.0, bool(parsed.quoted[relation.cue[0]]), parts, attributes,
    )


def at_second_hand(parsed: Parsed, relation: Relation, speaker: Speaker) -> Evidence:
    """The evidence of a statement within another one's words, which counts apart."""
    return replace(statement(parsed, relation, speaker, _rules()["nested"]), feature="attribution.nested")


def quoted_words(parsed: Parsed, relation: Relation) -> tuple[int, int]:
    """Words of the contents inside quotation marks, and all words of the contents."""
    words, quoted = parsed.words_before
    inside = total = 0
    for start, end in relation.contents:
        inside += quoted[end] - quoted[start]
        total += words[end] - words[start]
    return inside, total


def _parts(parsed: Parsed, relation: Relation) -> tuple[Part, ...]:
    spans: list[tuple[str, TokenRange]] = [("cue", relation.cue)]
    spans += [("content", content) for content in relation.contents]
    if relation.source:
        spans.append(("source", relation.source))
    spans.sort(key=itemgetter(1))
    starts, ends = parsed.places
    return tuple([Part(role, starts[start], ends[end - 1]) for role, (start, end) in spans])


def _mode(parsed: Parsed, relation: Relation) -> str:
    inside, total = quoted_words(parsed, relation)
    if not inside:
        return "indirect"
    return "direct" if inside >= DIRECT * total else "mixed"


def _rule(parsed: Parsed, relation: Relation, mode: str) -> str:
    if relation.source is None:
        return "unsourced"
    first = parsed.lower_words[relation.cue[0]]
    if first in _openings():
        return "according-to"
    return "quotation" if mode == "direct" else "reported-speech"


@cache
def _openings() -> frozenset[str]:
    """First words of the cues that the lexicon lists under `according-to`."""
    return frozenset(entry.split()[0] for entry in _rules()["according-to"].entries)


@cache
def _rules() -> dict[str, lexicon.Rule]:
    return {rule.id: rule for rule in lexicon.load("attribution").rules}


def _reason(rule: lexicon.Rule, cue: str, speaker: Speaker) -> str:
    reason = rule.reason.replace("{text}", " ".join(cue.split()))
    return f"{reason}; speaker by {speaker.rule}" if speaker.name else reason
