"""Fit the sentence model of weasels: CoNLL-2010's Wikipedia sentences in, the `weasel*` arrays out.

Its labels say only that a sentence is uncertain, and mostly mean a source, number or frequency that nobody can check.
News and biology sentences without labels stand in for text where editors would have tagged nothing, at a small weight:
without them the model flags a quarter more of the news.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from audit import lexicon
from audit.extract.hedging.decide import by_group, candidates, chances, of_rules, select
from audit.extract.hedging.model import KINDS, Floats, Trained
from audit.extract.hedging.weasel import (
    ENTRY_SCALE,
    KIND_SCALE,
    SEQUENCE_SCALE,
    SIZE,
    entry_columns,
    sequences,
)
from audit.parse import Parsed, parse
from audit.records import Article
from audit.train.hedging_data import CORPUS, Row, lines, parsed_rows

STRENGTH = 0.3  # inverse of the penalty, by cross-validation
OTHER_WEIGHT = 0.2  # of a sentence without a label
OTHER_NEWS, OTHER_BIO = 4000, 2000  # how many of each
ARTICLES = slice(5000, 5150)  # of the corpus: not those that the word vectors count


def fit(data: Path, trained: Trained) -> dict[str, npt.NDArray[Any]]:
    """The arrays `weasel` [SIZE], `weasel_kinds` [kinds] and `weasel_bias` []."""
    rows = lines(data / "hedging/conll2010_wiki_train.jsonl")
    other = [*_news(data), *lines(data / "hedging/szeged_bio_train.jsonl")[:OTHER_BIO]]
    labels = np.array([bool(row["label"]) for row in rows] + [False] * len(other))
    weights = np.where(np.arange(len(labels)) < len(rows), 1.0, OTHER_WEIGHT)
    inputs = matrix(parsed_rows(rows + other), trained)
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3).fit(inputs, labels, sample_weight=weights)
    found = model.coef_[0]
    return {
        "weasel": found[:SIZE].astype(np.float16),
        "weasel_kinds": found[SIZE:].astype(np.float32),
        "weasel_bias": model.intercept_[0].astype(np.float32),
    }


def _news(data: Path) -> list[Row]:
    articles = lines(data / CORPUS)[ARTICLES]
    parsed = parse([Article(id=str(i), source="unknown", text=row["text"]) for i, row in enumerate(articles)])
    edges = zip(parsed.sentence_document.tolist(), parsed.sentences[:-1], parsed.sentences[1:], strict=True)
    texts = [parsed.text_of(document, int(start), int(end)) for document, start, end in edges]
    return [{"id": str(i), "text": text} for i, text in enumerate(texts[:OTHER_NEWS])]


def matrix(parsed: Parsed, trained: Trained) -> sparse.csr_matrix:
    """The features of rows, [rows, SIZE + kinds]: each row counts as one sentence."""
    groups = parsed.token_document.astype(np.int64)
    count = len(parsed.articles)
    found = list(sequences(parsed, np.arange(len(groups)), groups))
    rows = np.concatenate([groups[at] for at, _ in found])
    columns = np.concatenate([column for _, column in found])
    scale = SEQUENCE_SCALE / np.sqrt(np.maximum(1, np.bincount(rows, minlength=count)))
    hits = lexicon.load("hedging").find(parsed)
    weasels = candidates(parsed, select(hits, of_rules(hits, "weasel")))
    near = entry_columns(weasels.entries)
    values = np.concatenate([scale[rows], np.full(len(near), ENTRY_SCALE)])
    places = (np.concatenate([rows, weasels.hits.documents]), np.concatenate([columns, near]))
    words = sparse.csr_matrix((values, places), shape=(count, SIZE))
    kinds = sparse.csr_matrix(KIND_SCALE * _kinds(parsed, trained))
    return sparse.hstack([words, kinds]).tocsr()


def _kinds(parsed: Parsed, trained: Trained) -> Floats:
    hits = lexicon.load("hedging").find(parsed)
    semantic = candidates(parsed, select(hits, of_rules(hits, *KINDS)))
    return by_group(semantic.hits.documents, len(parsed.articles), chances(semantic, trained))
