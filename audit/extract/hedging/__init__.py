"""A parsed partition in, hedges with their kind and voice out: evidence `hedging` and `hedging.booster`, and rates.

The lexicon finds candidates and says why they matter; the trained models (`model`) decide which of them are hedges in
their context, and of which kind. Boosters are found by the list alone and never count as hedges.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.base import Extractor, Quantity
from audit.extract.hedging.decide import Hedges, decide
from audit.extract.hedging.listed import listed
from audit.extract.listed import lexicon_of
from audit.parse import Parsed
from audit.records import Evidence, Finding, Measure

SEMANTIC = ("epistemic", "doxastic", "investigation", "condition")
NO_OWN = "the text has no sentences in the outlet's own voice"
NO_QUOTED = "the text has no quoted sentences"


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: its hedges and boosters in order of their place, and the rates by voice and kind."""
    return _findings(parsed, decide(parsed), _rules())


def elsewhere(parsed: Parsed, language: str) -> list[Finding] | str:
    """The same for texts in a language that has a lexicon only; else the reason why nothing is measured."""
    words = lexicon_of("hedging", language)
    if isinstance(words, str):
        return words
    return _findings(parsed, listed(parsed, words), {rule.id: rule for rule in words.rules}, "list")


def _findings(
    parsed: Parsed, hedges: Hedges, rules: Mapping[str, lexicon.Rule], by: str = "model"
) -> list[Finding]:
    evidence: list[list[Evidence]] = [[] for _ in parsed.articles]
    for index, document in enumerate(hedges.hits.documents.tolist()):
        evidence[document].append(_evidence(parsed, hedges, index, document, rules, by))
    tallies = _tallies(parsed, hedges)
    return [
        Finding(tuple(evidence[d]), tuple(_measures(article.id, {name: int(n[d]) for name, n in tallies.items()})))
        for d, article in enumerate(parsed.articles)
    ]


def _evidence(
    parsed: Parsed, hedges: Hedges, index: int, document: int, rules: Mapping[str, lexicon.Rule], by: str
) -> Evidence:
    start, end = int(hedges.hits.starts[index]), int(hedges.hits.ends[index])
    kind = hedges.kinds[index]
    rule = rules[kind]
    weight = round(float(hedges.weights[index]), 4)
    reason = rule.reason.replace("{text}", parsed.text_of(document, start, end))
    if by == "list":
        reason += " (by list, without a model)"
    elif kind != "booster":
        reason += f" (model: {weight:.2f})"
    return Evidence(
        parsed.articles[document].id, "hedging.booster" if kind == "booster" else "hedging", kind,
        int(parsed.starts[start]), int(parsed.ends[end - 1]), reason, weight, bool(parsed.quoted[start]),
        attributes={"kind": kind},
    )


@cache
def _rules() -> dict[str, lexicon.Rule]:
    return {rule.id: rule for rule in lexicon.load("hedging").rules}


def _tallies(parsed: Parsed, hedges: Hedges) -> dict[str, npt.NDArray[np.int64]]:
    """Sentences per document, by name: own, quoted, and those with a hit of each kind in that voice."""
    words = parsed.sentence_words > 0
    own, quoted = words & ~parsed.sentence_quoted, words & parsed.sentence_quoted
    sentence = parsed.token_sentence[hedges.hits.starts]
    plain = ~parsed.quoted[hedges.hits.starts]
    kinds = np.array(hedges.kinds, dtype=object)
    semantic = np.isin(kinds, SEMANTIC)

    def with_hit(hits: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        flags = np.zeros(len(own), np.bool_)
        flags[sentence[hits]] = True
        return flags

    flags = {"own": own, "quoted": quoted, "hedging": own & with_hit(semantic & plain)}
    flags["hedging.quoted"] = quoted & with_hit(semantic & ~plain)
    for kind in (*SEMANTIC, "weasel", "booster"):
        flags[f"hedging.{kind}"] = own & with_hit((kinds == kind) & plain)
    edges = parsed.document_sentences
    return {name: np.diff(np.concatenate(([0], np.cumsum(flag)))[edges]) for name, flag in flags.items()}


def _measures(article: str, tally: dict[str, int]) -> list[Measure]:
    measures = []
    for quantity in QUANTITIES:
        name = quantity.feature
        base, missing = (tally["quoted"], NO_QUOTED) if name == "hedging.quoted" else (tally["own"], NO_OWN)
        measures.append(Measure(article, name, tally[name], base, "sentence", None if base else missing))
    return measures


def _quantity(feature: str, title: str, counted: str, higher: str, per: str = "own sentences") -> Quantity:
    return Quantity(feature, title, counted=counted, per=per, unit="sentence", scale=100, higher=higher)


QUANTITIES = (
    _quantity("hedging", "hedged sentences", "hedged sentences", "more of the outlet's own statements are qualified"),
    _quantity("hedging.quoted", "hedged sentences in quotations", "hedged quoted sentences",
              "more of what speakers say is qualified", per="quoted sentences"),
    _quantity("hedging.epistemic", "possible or likely", "sentences with an epistemic hedge",
              "more statements given as possible or likely"),
    _quantity("hedging.doxastic", "given as a belief", "sentences with a belief or expectation",
              "more statements given as somebody's belief"),
    _quantity("hedging.investigation", "open questions", "sentences with an open question",
              "more matters given as still to be found out"),
    _quantity("hedging.condition", "conditions", "sentences with a condition", "more statements that depend on an if"),
    _quantity("hedging.weasel", "weasel words", "sentences with a source or number that nobody can check",
              "more sources and numbers that cannot be pinned down"),
    _quantity("hedging.booster", "boosters", "sentences with a booster", "more certainty by tone alone"),
)

extractor = Extractor(
    name="hedging",
    title="Hedging",
    quantities=QUANTITIES,
    extract=extract,
    what="Statements that the text itself qualifies: as possible, as somebody's belief, as an open question, or as "
    "true only under a condition; and, apart, sources that nobody can check and words that only assert certainty.",
    why="A hedged statement commits the outlet to less. Care and vagueness look alike in a count: the kinds, the "
    "voice and the evidence tell them apart.",
    elsewhere=elsewhere,
    limits="A language other than English is measured by a list of words where one is installed, without a model that "
    "reads the context. The English model was trained on encyclopedia and biology sentences and a few hundred of news; "
    "\"would\", \"could\" and \"can\" are the hardest words. A bare prediction with \"will\" is not counted as a "
    "hedge.",
)
