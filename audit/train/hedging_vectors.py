"""Word vectors from unlabelled text: how often words stand beside one another, weighted and reduced.

Positive pointwise mutual information of a word with the words one and two places away (the four places apart), then a
truncated singular value decomposition, as in Levy and Goldberg (2014), "Neural word embedding as implicit matrix
factorization". Only counts of the text are used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from audit.parse import Parsed, parse
from audit.records import Article
from audit.train.hedging_data import CORPUS, lines

ARTICLES = 5000  # of the corpus; twice as many changed no figure
WORDS = 20_000
CONTEXTS = 4_000  # most frequent words that count as neighbours
LEAST = 8  # occurrences; rarer words have no vector
WIDTH = 50
SMOOTHING = 0.75  # of the neighbours' frequencies (Levy, Goldberg and Dagan 2015)
SETS = ("szeged_wiki_train", "szeged_bio_train", "conll2010_wiki_train")


def vectors(data: Path) -> dict[str, npt.NDArray[Any]]:
    """`words` (bytes, one a line), `vectors` int8 [words + 2, WIDTH] and `vector_scales` [words + 2]."""
    texts = [row["text"] for row in lines(data / CORPUS)[:ARTICLES]]
    for name in SETS:
        texts += [row["text"] for row in lines(data / f"hedging/{name}.jsonl")]
    parsed = parse([Article(id=str(i), source="unknown", text=text) for i, text in enumerate(texts)])
    counts = np.bincount(parsed.lower, minlength=len(parsed.lower_vocabulary))
    ranked = np.argsort(-counts, kind="stable")[:WORDS]
    ranked = ranked[counts[ranked] >= LEAST]
    left, scale, _ = randomized_svd(_information(_neighbours(parsed, ranked)), WIDTH, n_iter=3, random_state=0)
    table = left * np.sqrt(scale)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    outside = np.zeros((2, WIDTH))
    outside[1, 0] = 1.0  # the place beyond a sentence's edge must differ from an unknown word
    table = np.vstack([table, outside])
    scales = np.abs(table).max(axis=1) / 127 + 1e-9
    words = "\n".join(parsed.lower_vocabulary[word] for word in ranked)
    return {
        "words": np.frombuffer(words.encode(), np.uint8),
        "vectors": np.round(table / scales[:, None]).astype(np.int8),
        "vector_scales": scales.astype(np.float32),
    }


def _neighbours(parsed: Parsed, ranked: npt.NDArray[Any]) -> sparse.csr_matrix:
    """Counts [words, 4 * CONTEXTS] of the words two before, one before, one after and two after, in one sentence."""
    numbers = np.full(len(parsed.lower_vocabulary), -1)
    numbers[ranked] = np.arange(len(ranked))
    tokens, sentence = numbers[parsed.lower], parsed.token_sentence
    blocks = []
    for place in (-2, -1, 1, 2):
        here = np.arange(max(0, -place), len(tokens) - max(0, place))
        there = here + place
        keep = (tokens[here] >= 0) & (tokens[there] >= 0) & (tokens[there] < CONTEXTS)
        keep &= sentence[here] == sentence[there]
        pairs = (tokens[here[keep]], tokens[there[keep]])
        blocks.append(sparse.csr_matrix((np.ones(int(keep.sum())), pairs), shape=(len(ranked), CONTEXTS)))
    return sparse.hstack(blocks).tocsr()


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    total = counts.sum()
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    contexts *= total / contexts.sum()
    cells = counts.tocoo()
    value = np.log(cells.data * total / (words[cells.row] * contexts[cells.col]))
    keep = value > 0
    return sparse.csr_matrix((value[keep], (cells.row[keep], cells.col[keep])), shape=counts.shape)
