"""Chances that add up, and the statements added by them: held against all paths, and against the likeliest labels."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pytest

from audit.extract.attribution import added, expected
from audit.extract.attribution.added import with_expected
from audit.extract.attribution.expected import OPENING, openings, stretches
from audit.extract.attribution.labels import CUE, NAMES, ROLES
from audit.extract.attribution.tagger import tagger
from audit.extract.attribution.viterbi import decode
from audit.parse import Parsed, parse
from audit.records import Article

LETTER = (
    "I cannot fathom how the council got away with it. Every neighbour of mine fears that the bridge will fall. "
    "The mayor promised repairs, and we still wait. Faith in the ministry is gone. Who would trust a plan like that? "
    "The engineers want a new bridge. The minister likes the old one. My friends at the harbour blame the tide."
)
REPORT = "Ana Lorne said on Monday that the bridge was safe. It rained in Port Sorrel. The bridge reopened at noon."


def texts(*given: str) -> Parsed:
    return parse([Article(str(number), "s", text) for number, text in enumerate(given)])


def drawn(parsed: Parsed, labels: int, seed: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(len(parsed.tokens), labels)).astype(np.float32)
    return scores, random.normal(size=(labels, labels)).astype(np.float32)


def test_a_chance_is_the_share_of_all_paths() -> None:
    parsed = texts("It rained all day", "Rain fell")
    scores, transitions = drawn(parsed, 3, 0)
    found = openings(scores, transitions, decode(scores, transitions, parsed), parsed)
    for start, stop in pairwise(parsed.documents.tolist()):
        paths = list(product(range(3), repeat=stop - start))
        weights = np.exp([sum(scores[start + i, y] for i, y in enumerate(path))
                          + sum(transitions[a, b] for a, b in pairwise(path)) for path in paths])
        for token in range(start, stop):
            share = weights[[path[token - start] == OPENING for path in paths]].sum() / weights.sum()
            assert found[token] == pytest.approx(share, abs=1e-3)


def test_stretches_are_short_and_end_with_documents() -> None:
    parsed = texts("It rained in Port Sorrel all day. " * 90, "rain " * 2000, "", "Rain.")
    edges = stretches(parsed)
    assert set(parsed.documents.tolist()) <= set(edges.tolist())
    assert np.diff(edges).min() > 0
    assert np.diff(edges).max() <= expected.LONGEST


def test_chances_stay_finite_on_a_text_without_end() -> None:
    parsed = texts("rain " * 3000)
    scores, transitions = drawn(parsed, 11, 1)
    found = openings(scores, transitions, decode(scores, transitions, parsed), parsed)
    assert np.isfinite(found).all()
    assert 0 <= found.min() <= found.max() <= 1


def labelled(parsed: Parsed) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    scores, transitions = tagger().scores(parsed), tagger().transitions
    likeliest = decode(scores, transitions, parsed)
    return likeliest, with_expected(likeliest, scores, transitions, parsed)


def cues(labels: npt.NDArray[np.int8]) -> int:
    return int((labels == NAMES.index("B-cue")).sum())


def test_a_letter_full_of_doubtful_stances_gets_as_many_as_expected() -> None:
    parsed = texts(LETTER)
    likeliest, complete = labelled(parsed)
    chances = openings(tagger().scores(parsed), tagger().transitions, likeliest, parsed)
    assert cues(likeliest) < round(float(chances.sum())) == cues(complete)
    kept = ROLES[likeliest] == CUE
    assert (complete[kept] == likeliest[kept]).all()


def test_a_plain_report_stays_as_it_is() -> None:
    likeliest, complete = labelled(texts(REPORT))
    assert cues(likeliest) == 1
    assert (likeliest == complete).all()


def test_a_document_gains_nothing_from_its_neighbours() -> None:
    alone = [labelled(texts(text))[1].tolist() for text in (REPORT, LETTER, "", REPORT)]
    assert labelled(texts(REPORT, LETTER, "", REPORT))[1].tolist() == [label for one in alone for label in one]


def test_a_sentence_without_end_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added, "LONGEST", 3)
    likeliest, complete = labelled(texts(LETTER))
    assert (likeliest == complete).all()
