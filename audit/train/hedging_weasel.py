"""Fit the sentence models of weasels: CoNLL-2010's Wikipedia sentences in, the `weasel*` and `sentence_*` arrays out.

Its labels say only that a sentence is uncertain, and mostly mean a source, number or frequency that nobody can check.
Two more sets keep it from flagging what only Wikipedia's editors would tag: CoNLL-2010's certain biology sentences,
and news sentences without labels at a small weight, without which it flags half as many again in the news.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from audit import lexicon
from audit.extract.hedging.decide import by_group, candidates, chances, of_rules, select, semantic_hits
from audit.extract.hedging.model import Floats, Trained
from audit.extract.hedging.patterns import token_rules
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
from audit.train import hedging_sentences
from audit.train.hedging_data import CORPUS, Row, lines, parsed_rows

STRENGTH = 0.3  # inverse of the penalty, by cross-validation
# How much each of the other sentences counts. At .2 and 1 F1 on Wikipedia is .634 in cross-validation, at .06 and .3 it
# is .643, but more of the news is flagged; these are between.
NEWS_WEIGHT, CERTAIN_WEIGHT = 0.1, 0.5
NEWS, CERTAIN = 4000, 4000  # how many of each of the other sentences
ARTICLES = slice(5000, 5150)  # of the corpus: not those that the word vectors count


def fit(data: Path, trained: Trained) -> dict[str, npt.NDArray[Any]]:
    """The arrays `weasel` [SIZE], `weasel_kinds` [kinds] and `weasel_bias` [], and those of the network."""
    rows = lines(data / "hedging/conll2010_wiki_train.jsonl")
    certain = [row for row in lines(data / "hedging/conll2010_bio_train.jsonl") if not row["label"]][:CERTAIN]
    news = _news(data)
    weights = np.repeat([1.0, CERTAIN_WEIGHT, NEWS_WEIGHT], [len(rows), len(certain), len(news)])
    rows += certain + news
    labels = np.array([bool(row["label"]) for row in rows])
    parsed = parsed_rows(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    found = model.fit(matrix(parsed, trained), labels, sample_weight=weights).coef_[0]
    rules = token_rules(parsed, lexicon.load("hedging").find(parsed))
    halved = np.where(np.arange(len(rows)) % 2, 0, 2 * weights)  # the network sees half of the other sentences
    return {
        **hedging_sentences.fit(parsed, rules, labels, np.where(weights == 1, 1, halved), trained[1]),
        "weasel": found[:SIZE].astype(np.float16),
        "weasel_kinds": found[SIZE:].astype(np.float32),
        "weasel_bias": model.intercept_[0].astype(np.float32),
    }


def _news(data: Path) -> list[Row]:
    articles = lines(data / CORPUS)[ARTICLES]
    parsed = parse([Article(id=str(i), source="unknown", text=row["text"]) for i, row in enumerate(articles)])
    edges = zip(parsed.sentence_document.tolist(), parsed.sentences[:-1], parsed.sentences[1:], strict=True)
    texts = [parsed.text_of(document, int(start), int(end)) for document, start, end in edges]
    return [{"id": str(i), "text": text, "label": 0} for i, text in enumerate(texts[:NEWS])]


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
    semantic = candidates(parsed, select(hits, semantic_hits(parsed, hits)))
    return by_group(semantic.hits.documents, len(parsed.articles), chances(semantic, trained))
