"""Fit the relation model: MRPC's pairs of sentences in, support vectors and their weights out.

A support vector machine with a Gaussian kernel, and a logistic curve from its margin to a probability (Platt 1999).
Rebuild with `python -m audit.train claims --data DIR`, after `stories` and `meanings`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import SVC

from audit import models
from audit.compare.features import pair_features
from audit.compare.statement import statement

PENALTY, WIDTH = 3.0, 0.004
"""The best of a grid (penalties .3, 1, 3; widths .002 to .015) by accuracy in five-fold cross-validation."""


def train(data: Path) -> None:
    """Fit and write `claims`."""
    with (data / "claims" / "mrpc_train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    features = np.array([pair_features(statement(row["a"]), statement(row["b"])) for row in rows])
    labels = np.array([row["relation"] == "agrees" for row in rows])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1
    scaled = ((features - mean) / scale).astype(np.float32)
    machine = SVC(C=PENALTY, gamma=WIDTH).fit(scaled, labels)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    margins = cross_val_predict(SVC(C=PENALTY, gamma=WIDTH), scaled, labels, cv=folds, method="decision_function")
    curve = LogisticRegression(C=1e6).fit(margins[:, None], labels)
    held = margins > 0
    card = {
        "what": "probability that two sentences say the same",
        "data": "Microsoft Research Paraphrase Corpus, training part",
        "licence": "weights only; no text is kept",
        "pairs": len(labels),
        "cross_validated": {
            "accuracy": round(float((held == labels).mean()), 4),
            "f1": round(2 * int((held & labels).sum()) / int(held.sum() + labels.sum()), 4),
        },
        "limits": "English news of 2001 to 2003; annotators disagree on one pair in six",
        "command": "python -m audit.train claims --data DIR",
    }
    arrays = {
        "mean": mean, "scale": scale, "vectors": machine.support_vectors_.astype(np.float32),
        "weights": machine.dual_coef_[0].astype(np.float32),
        "scalars": np.array([machine.intercept_[0], WIDTH, curve.coef_[0, 0]]),
    }  # fmt: skip
    models.save("claims", arrays, card)
