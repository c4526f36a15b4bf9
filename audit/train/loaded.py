"""Fit the model of loaded language: word scores learned from the lexicon, sentence weights from labelled sentences.

First every word is scored by kind: a logistic model on its vector tells how much it is used like the words that the
lexicon lists for that kind. Then sentences: a logistic model on `audit.extract.loaded.features` and the mean vector of
a sentence's words, whose weights fold into one number a word. Rebuild with `python -m audit.train loaded --data DIR`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler

from audit import models
from audit.extract.loaded import SCORED, extract, lexicon_of_loaded
from audit.extract.loaded.features import Scored, Words, means, score_tokens, sentence_features
from audit.parse import Parsed, parse
from audit.records import Article
from audit.train.loaded_vectors import DIMENSIONS, vectors

Array = npt.NDArray[Any]

THRESHOLD = 0.22
"""Log-odds from which a sentence is loaded: one value for all sets, the middle of the stretch on which the dev parts of
SemEval-23, BABE and BASIL are all near their best."""

WORD_C, SENTENCE_C = 3.0, 0.002  # inverse regularisation, by the same dev parts
VECTOR_SCALE = 5.0  # brings mean vectors to the range of the other features
EDIT_WEIGHT = 1.0  # of a Wikipedia sentence before or after an edit, against one of SemEval-23
DOMAIN = 5.0  # a feature of its own for edited sentences, so that their style does not count


def train(data: Path) -> None:
    """Fit, judge on the dev parts, and write `loaded`."""
    listed = _listed()
    words, found = vectors(data, listed)
    table = Words({word: row for row, word in enumerate(words)}, _scores(words, found, listed))
    sentences, labels = _read(data, "semeval23t3_train")
    edited = _rows(data, "wnc_sample")
    groups = [sentences, *([_joined(row[key]) for row in edited] for key in ("text", "neutral"))]
    seen = [_features(parse(_articles(texts)), table, found) for texts in groups]
    scaler = StandardScaler().fit(seen[0])
    weights, intercept = _fit([scaler.transform(group) for group in seen], labels)
    weights = weights / scaler.scale_
    intercept -= float(weights @ scaler.mean_)
    dense = seen[0].shape[1] - found.shape[1]
    arrays = {
        "words": np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        "scores": table.scores.astype(np.float16),
        "weights": weights[:dense].astype(np.float32),
        "word_weights": (VECTOR_SCALE * found @ weights[dense:]).astype(np.float16),
        "scalars": np.array([intercept, THRESHOLD]),
    }  # fmt: skip
    models.save("loaded", arrays, CARD)
    models.load.cache_clear()
    models.save("loaded", arrays, {**CARD, "figures": figures(data)})


def _listed() -> dict[str, str]:
    """The lexicon's single words with the rule that lists them."""
    lexicon = lexicon_of_loaded()
    trie = lexicon.trie
    symbol = {number: word for word, number in trie.symbols.items()}
    leaves = ((symbol[number], trie.leaves.get(node)) for number, node in trie.nodes[0].items())
    return {word: lexicon.rules[leaf[0]].id for word, leaf in leaves if leaf is not None}


def _scores(words: list[str], found: Array, listed: dict[str, str]) -> npt.NDArray[np.float32]:
    """float32 [v, k]: log-odds that a word belongs to each of the sets of rules in SCORED."""
    whole = (np.abs(found[:, :DIMENSIONS]).sum(axis=1) > 0) & (np.abs(found[:, DIMENSIONS:]).sum(axis=1) > 0)
    columns = []
    for rules in SCORED:
        member = np.array([listed.get(word) in rules for word in words])
        usable = whole | member
        fitted = LogisticRegression(C=WORD_C, class_weight="balanced", max_iter=300).fit(found[usable], member[usable])
        columns.append(fitted.decision_function(found))
    # float16 is what is stored: sentence weights are fitted to the very scores that they will meet
    return np.stack(columns, axis=1).astype(np.float16).astype(np.float32)


def _fit(groups: list[Array], labels: Array) -> tuple[npt.NDArray[np.float64], float]:
    """Weights and intercept of the sentence model; groups are labelled sentences, edited ones before and after."""
    labelled, before, after = groups
    rows = np.vstack(groups)
    domain = np.zeros((len(rows), 1))
    domain[len(labelled) :] = DOMAIN
    target = np.concatenate((labels, np.ones(len(before)), np.zeros(len(after))))
    share = labels.mean()
    balanced = np.where(labels == 1, 0.5 / share, 0.5 / (1 - share))
    weight = np.concatenate((balanced, np.full(len(before) * 2, EDIT_WEIGHT)))
    model = LogisticRegression(C=SENTENCE_C, max_iter=1000)
    fitted = model.fit(np.hstack((rows, domain)), target, sample_weight=weight)
    return fitted.coef_[0][:-1], float(fitted.intercept_[0])


def _features(parsed: Parsed, table: Words, found: Array) -> npt.NDArray[np.float64]:
    """Features of whole records, which is what the labels are given for; the mean vectors stand last."""
    rules = lexicon_of_loaded()
    scored: Scored = score_tokens(parsed, table)
    dense = sentence_features(parsed, scored, rules.find(parsed), len(rules.rules), parsed.documents)
    mean = [VECTOR_SCALE * means(found[:, column], scored, parsed.documents) for column in range(found.shape[1])]
    return np.hstack((dense, np.stack(mean, axis=1)))


def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    with (data / "loaded" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _read(data: Path, name: str) -> tuple[list[str], npt.NDArray[np.int64]]:
    rows = _rows(data, name)
    return [row["text"] for row in rows], np.array([row["label"] for row in rows])


def _joined(text: str) -> str:
    """The Wikipedia edits come with spaces around hyphens and before clitics."""
    return re.sub(r" (['’])(s|t|re|ve|ll|d)\b", r"\1\2", text.replace(" - ", "-"))


def _articles(texts: list[str]) -> list[Article]:
    return [Article(id=str(number), source="", text=text) for number, text in enumerate(texts)]


def figures(data: Path) -> dict[str, dict[str, float]]:
    """What the stored model reaches on the dev parts: a record is loaded when it has evidence."""
    out = {}
    for name in ("semeval23t3_dev", "babe_dev", "basil_sent_dev", "wikinpov_hube2019_dev"):
        texts, labels = _read(data, name)
        loaded = np.array([bool(finding.evidence) for finding in extract(parse(_articles(texts)))])
        out[name] = {
            "f1": round(float(f1_score(labels, loaded)), 3),
            "macro_f1": round(float(f1_score(labels, loaded, average="macro")), 3),
        }
    return out


CARD = {
    "what": "how much each word is used like the words of the lexicon of loaded language, and log-odds per sentence",
    "data": "SemEval-2023 task 3 (train part) and 1,000 Wikipedia edits that removed bias (WNC) for the sentence "
    "weights; unlabelled news of AllSides and Wikipedia statements, and GloVe 6B, for the word vectors",
    "licence": "weights only; no text is kept. GloVe: public domain (PDDL 1.0)",
    "limits": "English; fitted on political news and opinion of 2016-2020; BABE and BASIL judged transfer only",
    "command": "python -m audit.train loaded --data DIR",
}  # fmt: skip
