"""Fit the word vectors of the relation model: news articles in, codes of words and their vectors in eight bits out.

Rebuild with `python -m audit.train meanings --data DIR`, before `claims`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from audit import models
from audit.compare.sketch import sketch
from audit.parse import parse
from audit.records import Article
from audit.train.stories import rows

REACH = 4
"""Words to either side that count as context, the nearer the more."""

OFTEN = 30
"""Times a word must stand in the corpus to get a vector."""

DIMENSIONS = 100
SMOOTHING = 0.75
SHIFT = 3.0
"""Context smoothing and negative samples as Levy, Goldberg and Dagan (2015) recommend, scaled to a small corpus."""

Ints = npt.NDArray[np.int64]


def documents(path: Path) -> list[npt.NDArray[np.uint32]]:
    """The content words of each article as codes."""
    articles = [Article(id=row["id"], source="", text=row["text"]) for row in rows(path)]
    found = []
    for start in range(0, len(articles), 1000):
        for item in sketch(parse(articles[start : start + 1000]), {}):
            codes = np.frombuffer(item.codes, np.uint32)
            found.append(codes[codes & 1 > 0])
    return found


def placed(texts: list[npt.NDArray[np.uint32]], known: npt.NDArray[np.uint32]) -> Ints:
    """All texts one after the other as places in `known`, -1 for other words and between texts."""
    parts = []
    for codes in texts:
        places = np.minimum(np.searchsorted(known, codes), len(known) - 1)
        parts += [np.where(known[places] == codes, places, -1), np.full(REACH, -1)]
    return np.concatenate(parts).astype(np.int64)


def informative(sequence: Ints, size: int) -> sparse.csr_matrix:
    """Positive, shifted and smoothed pointwise mutual information of words and their contexts."""
    together = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, REACH + 1):
        one, two = sequence[:-distance], sequence[distance:]
        kept = (one >= 0) & (two >= 0)
        values = np.full(int(kept.sum()), 1 / distance, np.float32)
        together = together + sparse.coo_matrix((values, (one[kept], two[kept])), shape=(size, size)).tocsr()
    together = (together + together.T).tocoo()
    totals = np.asarray(together.sum(axis=1)).ravel()
    context = totals**SMOOTHING
    context /= context.sum()
    values = np.log(together.data / (totals[together.row] * context[together.col])) - np.log(SHIFT)
    kept = values > 0
    return sparse.csr_matrix((values[kept], (together.row[kept], together.col[kept])), shape=(size, size))


def train(data: Path) -> None:
    """Fit and write `meanings`."""
    texts = documents(data / "corpus" / "allsides_10k.jsonl")
    codes, times = np.unique(np.concatenate(texts), return_counts=True)
    codes = codes[times >= OFTEN]
    left, values, _ = randomized_svd(
        informative(placed(texts, codes), len(codes)), DIMENSIONS, n_iter=3, random_state=0
    )
    vectors = left * np.sqrt(values)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    scaled = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    card = {
        "what": "vectors of English word stems, by the company they keep in news",
        "data": "10,000 AllSides articles of 2012 to 2020, unlabelled",
        "licence": "weights only; no text is kept",
        "words": len(codes), "dimensions": DIMENSIONS,
        "limits": "English; words of United States news; no senses are told apart",
        "command": "python -m audit.train meanings --data DIR",
    }  # fmt: skip
    models.save("meanings", {"codes": codes.astype(np.uint32), "vectors": scaled}, card)
