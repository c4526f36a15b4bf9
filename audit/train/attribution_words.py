"""Unlabelled news in, what is known of each common word out: a vector, and counts of its capitals, names and pronouns.

The vectors are a truncated singular value decomposition of positive pointwise mutual information (Levy and Goldberg
2014) between a word and its neighbours, each of four places apart and five words around together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

from audit.parse import Parsed

RARE = 8
"""Words seen less often than this get no vector: theirs would be noise."""
CONTEXTS = 4000
"""Neighbours counted: the commonest words, which tell grammar more than topic."""
DIMENSIONS = 100
PLACES = (-2, -1, 1, 2)
AROUND = 5
SMOOTHING = 0.75  # of the neighbours' distribution, as in word2vec
HONORIFICS = frozenset(
    "mr mrs ms sen rep gov dr senator congressman congresswoman president secretary justice judge".split()
)
MALE, FEMALE = frozenset(["he", "his", "him"]), frozenset(["she", "her"])
PRONOUN_REACH = 15
"""Tokens after a name in which the first "he" or "she" is taken to mean it; wrong often, right on balance."""
TITLED, UNTITLED = 0.04, 0.002
"""Shares of uses after an honorific that mark examples of persons' names, and of other names."""


@dataclass(frozen=True)
class Words:
    """The common words, most frequent first, with vectors [V, D] and shares 0 to 1 [V]."""

    words: list[str]
    vectors: npt.NDArray[np.float32]
    capital: npt.NDArray[np.float64]
    person: npt.NDArray[np.float64]
    female: npt.NDArray[np.float64]


def learn(parsed: Parsed) -> Words:
    """All that is counted from one parse of unlabelled news."""
    counts = np.bincount(parsed.lower, minlength=len(parsed.lower_vocabulary))
    kept = np.argsort(-counts, kind="stable")
    kept = kept[counts[kept] >= RARE]
    number = np.full(len(counts), len(kept), np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    tokens = number[parsed.lower]
    vectors = _vectors(tokens, parsed.token_document, len(kept))
    names = _Names(parsed, tokens, len(kept))
    capital = names.capital()
    return Words([parsed.lower_vocabulary[word] for word in kept], vectors, capital,
                 names.person(vectors, capital), names.female())


def _vectors(tokens: npt.NDArray[np.int32], documents: npt.NDArray[np.int32], size: int) -> npt.NDArray[np.float32]:
    near = {place: _pairs(tokens, documents, size, place) for place in PLACES}
    around = sum(_pairs(tokens, documents, size, place) for place in range(-AROUND, AROUND + 1) if place)
    matrix = sparse.hstack([_information(counts) for counts in (*near.values(), around)]).tocsr()
    left, singular, _ = randomized_svd(matrix, DIMENSIONS, n_iter=4, random_state=0)
    vectors = left * np.sqrt(singular)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    unit: npt.NDArray[np.float32] = (vectors / lengths).astype(np.float32)
    return unit


def _pairs(tokens: npt.NDArray[np.int32], documents: npt.NDArray[np.int32], size: int, place: int) -> sparse.csr_matrix:
    """How often each context stands `place` tokens after each word, [V, CONTEXTS]."""
    n, by = len(tokens), abs(place)
    early, late = slice(0, n - by), slice(by, n)
    word, context = (tokens[early], tokens[late]) if place > 0 else (tokens[late], tokens[early])
    good = (word < size) & (context < CONTEXTS) & (documents[early] == documents[late])
    ones = np.ones(int(good.sum()), np.float32)
    return sparse.coo_matrix((ones, (word[good], context[good])), shape=(size, CONTEXTS)).tocsr()


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information."""
    cells = counts.tocoo()
    rows = np.asarray(counts.sum(1)).ravel()
    columns = np.asarray(counts.sum(0)).ravel() ** SMOOTHING
    columns /= columns.sum()
    values = np.log(cells.data / (rows[cells.row] * columns[cells.col]))
    good = values > 0
    return sparse.csr_matrix((values[good], (cells.row[good], cells.col[good])), shape=counts.shape)


class _Names:
    """Counts about capitals and names; `size` words are known, everything else has the number `size`."""

    def __init__(self, parsed: Parsed, tokens: npt.NDArray[np.int32], size: int) -> None:
        self.parsed, self.tokens, self.size = parsed, tokens, size
        self.upper = parsed.table("train:upper", lambda word: word[0].isupper(), np.bool_)[parsed.tokens]

    def _count(self, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        return np.bincount(self.tokens[chosen], minlength=self.size + 1)[: self.size]

    def _is(self, name: str, words: frozenset[str]) -> npt.NDArray[np.bool_]:
        table = self.parsed.lower_table(f"train:{name}", words.__contains__, np.bool_)
        flags: npt.NDArray[np.bool_] = table[self.parsed.lower]
        return flags

    def capital(self) -> npt.NDArray[np.float64]:
        """Share of capitals where a sentence or quotation does not open."""
        inside = np.append(False, self.parsed.is_word[:-1])
        inside[self.parsed.sentences[:-1]] = False
        return np.asarray(self._count(inside & self.upper) / np.maximum(self._count(inside), 1))

    def person(self, vectors: npt.NDArray[np.float32], capital: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Likeness to words that follow honorifics, by a logistic regression on the vectors."""
        title, dot = self._is("title", HONORIFICS), self._is("dot", frozenset("."))
        after = np.zeros(len(title), np.bool_)
        after[1:] = title[:-1]
        after[2:] |= title[:-2] & dot[1:-1]
        follows, uses = self._count(after & self.upper), self._count(self.upper)
        names = (capital > 0.8) & (uses >= 20)
        share = follows / np.maximum(uses, 1)
        yes, no = names & (share > TITLED) & (follows >= 3), names & (share < UNTITLED)
        model = LogisticRegression(class_weight="balanced", max_iter=500).fit(vectors[yes | no], yes[yes | no])
        likeness: npt.NDArray[np.float64] = model.predict_proba(vectors)[:, 1]
        return likeness

    def female(self) -> npt.NDArray[np.float64]:
        """Share of "she" among the first pronouns after a name, drawn to the mean by ten imagined uses."""
        he, she = self._is("he", MALE), self._is("she", FEMALE)
        places = np.flatnonzero(he | she)
        index = np.arange(len(he))
        following = places[np.minimum(np.searchsorted(places, index, side="right"), len(places) - 1)]
        documents = self.parsed.token_document
        near = (following > index) & (following - index <= PRONOUN_REACH) & self.upper
        near &= documents[following] == documents
        male, female = self._count(near & he[following]), self._count(near & she[following])
        mean = female.sum() / max(1, male.sum() + female.sum())
        return np.asarray((female + 10 * mean) / (male + female + 10))
