"""Fit the relation model: MRPC's pairs of sentences in, weights of the probability that both say the same out.

Rebuild with `python -m audit.train claims --data DIR`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from audit import models
from audit.compare.features import pair_features
from audit.compare.statement import statement


def train(data: Path) -> None:
    """Fit and write `claims`."""
    with (data / "claims" / "mrpc_train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    features = np.array([pair_features(statement(row["a"]), statement(row["b"])) for row in rows])
    labels = np.array([row["relation"] == "agrees" for row in rows])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1
    scaled = (features - mean) / scale
    fitted = LogisticRegression(C=0.1, max_iter=5000).fit(scaled, labels)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    held = cross_val_predict(LogisticRegression(C=0.1, max_iter=5000), scaled, labels, cv=folds)
    hits = int((held & labels).sum())
    card = {
        "what": "probability that two sentences say the same",
        "data": "Microsoft Research Paraphrase Corpus, training part",
        "licence": "weights only; no text is kept",
        "pairs": len(labels),
        "cross_validated": {
            "accuracy": round(float((held == labels).mean()), 4),
            "f1": round(2 * hits / int(held.sum() + labels.sum()), 4),
        },
        "limits": "English news of 2001 to 2003; annotators disagree on one pair in six",
        "command": "python -m audit.train claims --data DIR",
    }
    arrays = {"mean": mean, "scale": scale, "weights": fitted.coef_[0], "bias": fitted.intercept_}
    models.save("claims", arrays, card)
