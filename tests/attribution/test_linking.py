"""From labels to relations: what spans a sequence of labels says, and which cue each belongs to."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from audit.extract.attribution.labels import CONTENT, CUE, NAMES, SOURCE, label, spans
from audit.extract.attribution.linker import relations
from audit.extract.attribution.tagger import tagger
from audit.extract.attribution.viterbi import best_paths, decode, windows
from audit.parse import Parsed, parse
from audit.records import Article


def one(text: str) -> Parsed:
    return parse([Article("a", "s", text)])


def coded(letters: str) -> np.ndarray:
    """S s = source before its cue, R r = source after; C c = cue; T t = content after its cue, L l = content before."""
    table = {"S": (SOURCE, 1), "R": (SOURCE, -1), "C": (CUE, 0), "T": (CONTENT, -1), "L": (CONTENT, 1)}
    return np.array([0 if x == "." else label(*table[x.upper()], opens=x.isupper()) for x in letters], np.int8)


CASES = [
    # text, labels per token, (source, cue, contents)
    ("Ana said it rained", "SCTt", [("Ana", "said", ["it rained"])]),
    ("It rained , said Ana", "Ll.CR", [("Ana", "said", ["It rained"])]),
    ("Rain , Ana said , fell", "L.SC.T", [("Ana", "said", ["Rain", "fell"])]),
    ("Ana said yes , adding no", "SCT.CT", [("Ana", "said", ["yes"]), ("Ana", "adding", ["no"])]),
    ("Ana said Bo denied it", "SCSCT", [("Bo", "denied", ["it"])]),
    ("It was expected to rain", "L.Ctt", [(None, "expected", ["It", "to rain"])]),
    ("Yes no said Ana", "LLCR", [("Ana", "said", ["Yes", "no"])]),
    ("Ana said", "SC", []),
    ("Ana rained", "ST", []),
]


@pytest.mark.parametrize(("text", "letters", "wanted"), CASES)
def test_relations(text: str, letters: str, wanted: list[tuple[str | None, str, list[str]]]) -> None:
    parsed = one(text)
    found = [
        (parsed.text_of(0, *r.source) if r.source else None, parsed.text_of(0, *r.cue),
         [parsed.text_of(0, *content) for content in r.contents])
        for r in relations(spans(coded(letters), parsed), parsed)
    ]
    assert found == wanted


def test_a_span_never_crosses_documents() -> None:
    parsed = parse([Article("a", "s", "Ana said yes"), Article("b", "s", "no Bo")])
    found = spans(coded("SCTtt"), parsed)
    assert found.starts.tolist() == [0, 1, 2, 3]
    assert found.documents.tolist() == [0, 0, 0, 1]


def test_a_shared_source_stays_in_its_sentence() -> None:
    parsed = one("Ana said yes. Denied it.")
    assert [r.source is None for r in relations(spans(coded("SCT.CT."), parsed), parsed)] == [False, True]


def test_labels_have_names() -> None:
    assert len(set(NAMES)) == 11
    assert NAMES[label(SOURCE, -1, opens=True)] == "B-source<"


def test_the_best_path_is_the_best_of_all() -> None:
    random = np.random.default_rng(0)
    scores = random.normal(size=(9, 3)).astype(np.float32)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    edges = np.array([0, 4, 4, 9])
    found = best_paths(scores, transitions, edges)
    for start, stop in ((0, 4), (4, 9)):
        paths = product(range(3), repeat=stop - start)
        best = max(paths, key=lambda path: sum(scores[start + i, y] for i, y in enumerate(path))
                   + sum(transitions[a, b] for a, b in pairwise(path)))
        assert found[start:stop].tolist() == list(best)


def test_windows_answer_for_each_token_once_and_stay_in_their_document() -> None:
    edges = np.array([0, 700, 700, 710])
    said, starts, ends = windows(edges, 256)
    assert said.tolist() == [[0, 256], [256, 512], [512, 700], [700, 710]]
    assert (starts.tolist(), ends.tolist()) == ([0, 208, 464, 700], [304, 560, 700, 710])


def test_the_best_path_is_the_same_in_windows() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(5000, 11)).astype(np.float32)
    transitions = tagger().transitions
    edges = np.array([0, 4000, 4001, 5000])
    whole = best_paths(scores, transitions, edges, kept=5000)
    assert np.array_equal(best_paths(scores, transitions, edges), whole)
    assert np.array_equal(best_paths(scores, transitions, edges, kept=100), whole)


def test_nothing_is_decoded_from_nothing() -> None:
    parsed = one("")
    assert decode(np.zeros((0, 11), np.float32), np.zeros((11, 11), np.float32), parsed).shape == (0,)
