"""A parsed partition in, attributed statements out: who is said to have said what, and with which words.

A trained tagger (`tagger`) labels sources, cues and contents, `added` completes them to as many statements as it
expects, `linker` joins them to relations, `speakers` finds out whose name stands behind "he" or "the spokesman", and
`measures` counts.
"""

from __future__ import annotations

from itertools import groupby

from audit.extract.attribution.added import with_expected
from audit.extract.attribution.edges import mended
from audit.extract.attribution.labels import spans
from audit.extract.attribution.linker import Relation, relations
from audit.extract.attribution.listed import listed
from audit.extract.attribution.measures import QUANTITIES, covered_sentences, measures
from audit.extract.attribution.names import mentions
from audit.extract.attribution.nested import within
from audit.extract.attribution.orphans import with_contents
from audit.extract.attribution.speakers import Resolver
from audit.extract.attribution.statement import at_second_hand, statement
from audit.extract.attribution.tagger import statistics, tagger
from audit.extract.attribution.viterbi import decode
from audit.extract.base import Extractor
from audit.extract.listed import lexicon_of
from audit.parse import Parsed
from audit.records import Evidence, Finding


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: its attributed statements in order of their cues, and the measures."""
    network = tagger()
    tables, transitions = network.tables(parsed), network.transitions
    scores = network.scores(parsed, tables)
    likeliest = decode(scores, transitions, parsed)
    labels = with_contents(with_expected(likeliest, scores, transitions, parsed), parsed)
    found = mended(relations(spans(labels, parsed), parsed), parsed)
    evidence = _evidence(parsed, found, within(parsed, found, network, tables))
    covered = covered_sentences(parsed, found)
    return [Finding(tuple(one), measures(parsed, document, one, covered)) for document, one in enumerate(evidence)]


def elsewhere(parsed: Parsed, language: str) -> list[Finding] | str:
    """The same for texts in a language that has a lexicon only; else the reason why nothing is measured."""
    words = lexicon_of("attribution", language)
    if isinstance(words, str):
        return words
    found = listed(parsed, words)
    covered = covered_sentences(parsed, [told.relation for told in found])
    evidence: list[list[Evidence]] = [[] for _ in parsed.articles]
    for told in found:
        evidence[told.relation.document].append(statement(parsed, told.relation, told.speaker, told.rule))
    return [Finding(tuple(one), measures(parsed, document, one, covered)) for document, one in enumerate(evidence)]


def _evidence(parsed: Parsed, found: list[Relation], inner: dict[int, list[Relation]]) -> list[list[Evidence]]:
    """Evidence per document; a statement within a statement follows it, as evidence of `attribution.nested`."""
    names = mentions(parsed, statistics()) if found else []
    evidence: list[list[Evidence]] = [[] for _ in parsed.articles]
    numbered = enumerate(found)
    for document, group in groupby(numbered, lambda pair: pair[1].document):
        own = list(group)
        resolver = Resolver(parsed, document, names[document], [relation for _, relation in own])
        for number, relation in own:
            speaker = resolver.resolve(relation)
            evidence[document].append(statement(parsed, relation, speaker))
            for one in inner.get(number, ()):
                other = resolver.whose(one)
                if other.name.casefold() != speaker.name.casefold():  # "she said that she believed" is first hand
                    evidence[document].append(at_second_hand(parsed, one, other))
    return evidence


extractor = Extractor(
    name="attribution",
    title="Attribution",
    quantities=QUANTITIES,
    extract=extract,
    elsewhere=elsewhere,
    what="Statements, thoughts and stances that an article puts down to somebody: the words that name the source, the "
    "cue (\"said\", \"according to\"), and what is attributed. Behind pronouns, roles and surnames the name is looked "
    "up in the same article, and each source is told to be a named person, an organisation, a role without a name, "
    "anonymous, vague, or a document.",
    why="A reader can check a statement whose source is named, and hardly one of \"some experts\". Who is given the "
    "word, how often, and how much is told on nobody's word is the first thing to know of a source.",
    limits="Trained on political news of American outlets, where supporting or opposing something counts as a stance "
    "that is attributed. Of doubtful statements an article gets as many as their chances add up to, the likeliest "
    "first. A quotation without a cue is missed more often than one with \"said\". A name is looked up by order and "
    "distance, not by understanding; \"he\" between two men goes to the one who spoke or opened a sentence last. "
    "Whether a source is an organisation or a person rests on word lists and counts.",
)
