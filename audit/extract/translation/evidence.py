"""Spans and reasons: hits of the rules, and the words that moved the models, as records of evidence.

In: a partition, what was scored, and which documents to explain. Out: evidence by document. A weight is the span's
contribution to the article's log-odds. Only the few strongest spans of a document are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.translation import artefacts, names
from audit.extract.translation.artefacts import Hit
from audit.extract.translation.collocation import SALTS
from audit.extract.translation.document import REWRITTEN, TRANSLATED, Head
from audit.extract.translation.features import Signs
from audit.extract.translation.weights import Stored
from audit.extract.translation.words import hashed, joined, normal
from audit.lexicon import Rule
from audit.parse import Parsed
from audit.records import Evidence

Doubles = npt.NDArray[np.float64]

SHOWN = 6
"""Spans of each model that are shown for one document."""
WINDOW = 4
"""Tokens of a phrase that the style model is quoted with: most of its n-grams are no longer."""
KINDS = {"machine_translated": TRANSLATED, "machine_rewritten": REWRITTEN}
LEAST_GAIN = 2.0
"""Bits by which a word must fit its neighbours better than the one found, to be named as expected."""


@cache
def rules() -> dict[str, Rule]:
    """The rules of the lexicon by id."""
    return {rule.id: rule for rule in lexicon.load("translation").rules}


def hits(parsed: Parsed, model: Stored) -> tuple[list[Hit], dict[Hit, str]]:
    """Hits of all rules in a partition, in order, and what the tortured phrases among them stand for."""
    listed = lexicon.load("translation")
    found = listed.find(parsed)
    every = artefacts.find(parsed) + names.find(parsed)
    every += [Hit(int(start), int(end), listed.rules[rule].id)
              for start, end, rule in zip(found.starts, found.ends, found.rules, strict=True)]
    meant: dict[Hit, str] = {}
    for start, end, _, entry in model.tortured.find(parsed).tolist():
        meant[Hit(start, end, "tortured-phrase")] = model.meant[entry]
    return sorted(every + list(meant)), meant


def of_rule(parsed: Parsed, hit: Hit, expected: str | None) -> Evidence:
    """A hit as evidence."""
    rule = rules()[hit.rule]
    attributes = {"kind": rule.kind or "", **({"expected": expected} if expected else {})}
    return _evidence(parsed, hit.start, hit.end, rule.id, rule.reason, rule.weight, attributes)


def _evidence(parsed: Parsed, start: int, end: int, rule: str, reason: str, weight: float,
              attributes: dict[str, str]) -> Evidence:
    article = parsed.articles[int(parsed.token_document[start])]
    first, last = int(parsed.starts[start]), int(parsed.ends[end - 1])
    return Evidence(article.id, "translation", rule, first, last, reason.replace("{text}", article.text[first:last]),
                    weight=round(weight, 3), quoted=bool(parsed.quoted[start]), attributes=attributes)


def of_models(parsed: Parsed, found: Signs, model: Stored, document: int, kind: str) -> list[Evidence]:
    """The spans of one document that spoke loudest for a kind."""
    first, last = (int(edge) for edge in parsed.documents[document : document + 2])
    inside = slice(first, last)
    sentences = int(parsed.document_sentences[document + 1] - parsed.document_sentences[document])
    slopes = _slopes(model.head, KINDS[kind])
    judgements = found.votes.shape[1]
    votes = found.votes[inside].astype(np.float64) @ slopes[0 : 2 * judgements : 2] / max(1, sentences)
    if kind == "machine_rewritten":
        return _odd_words(parsed, found, model, first, last, votes)
    return _phrases(parsed, first, last, votes)


def _slopes(head: Head, kind: int) -> Doubles:
    """float64 [features]: what a unit of each feature adds to the log-odds of the kind against the others' mean."""
    others = np.delete(head.weights, kind, axis=1).mean(axis=1)
    slopes: Doubles = (head.weights[:, kind] - others) / head.scale
    return slopes


def _odd_words(parsed: Parsed, found: Signs, model: Stored, first: int, last: int, votes: Doubles) -> list[Evidence]:
    odd = 1 / (1 + np.exp(-found.odd[first:last].astype(np.float64)))
    judged = np.isfinite(found.odd[first:last])
    slope = _slopes(model.head, REWRITTEN)[2 * found.votes.shape[1] + 1]
    weight = np.where(judged, votes + odd * max(0.0, slope) / max(1, judged.sum()), -np.inf)
    evidence = []
    for place in np.argsort(-weight, kind="stable")[:SHOWN].tolist():
        if weight[place] <= 0 or not judged[place]:
            break
        expected = _expected(parsed, found, model, first + place)
        reason = "\"{text}\" is an unusual choice beside its neighbours"
        reason += f"; a native text would likely have \"{expected}\"" if expected else ""
        evidence.append(_evidence(parsed, first + place, first + place + 1, "odd-word", reason, float(weight[place]),
                                  {"kind": "machine_rewritten", **({"expected": expected} if expected else {})}))
    return evidence


def _phrases(parsed: Parsed, first: int, last: int, votes: Doubles) -> list[Evidence]:
    summed = np.convolve(votes, np.ones(WINDOW), "full")[WINDOW - 1 :]
    room = parsed.sentences[parsed.token_sentence[first:last] + 1] - np.arange(first, last)
    word = parsed.is_word[first:last]
    order = np.argsort(-np.where((room >= WINDOW) & word, summed, -np.inf), kind="stable").tolist()
    taken: list[int] = []
    for place in order:
        if len(taken) == SHOWN or summed[place] <= 0 or room[place] < WINDOW or not word[place]:
            break
        if all(abs(place - other) >= WINDOW for other in taken):
            taken.append(place)
    reason = "\"{text}\" is put together as machine translation often is, and human translation seldom"
    return [_evidence(parsed, first + place, first + place + WINDOW, "phrasing", reason, float(summed[place]),
                      {"kind": "machine_translated"}) for place in taken]


def _expected(parsed: Parsed, found: Signs, model: Stored, place: int) -> str | None:
    """The word that the found one may stand in for and that fits its neighbours best, if it fits far better."""
    word = parsed.lower_vocabulary[parsed.lower[place]]
    candidates: Sequence[str] = [word, *model.swaps.get(word, ())]
    if len(candidates) == 1:
        return None
    forms = np.array([hashed(normal(candidate)) for candidate in candidates], np.uint64)
    fit = np.zeros(len(forms))
    sentence = parsed.token_sentence
    for step, table in ((1, model.weights.news.pairs), (2, model.weights.news.skips)):
        for side in (-step, step):
            other = place + side
            if not 0 <= other < len(sentence) or sentence[other] != sentence[place]:
                continue
            near = np.full(len(forms), found.words.masked[other])
            pair = (forms, near) if side > 0 else (near, forms)
            fit += table.of(joined(pair[0] + SALTS[step], pair[1])) + 1
    best = int(np.argmax(fit[1:])) + 1
    return candidates[best] if fit[best] >= fit[0] + LEAST_GAIN else None
