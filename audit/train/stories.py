"""Fit the story model: AllSides' grouped articles in, weights of the pair model and background frequencies out.

The grouped articles are seen four times: whole with dates, whole without, and their first words without, so that the
model also serves undated and short texts. Rebuild with `python -m audit.train stories --data DIR`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from audit import models
from audit.compare.sketch import Sketch, sketch
from audit.compare.stories import scored
from audit.compare.vectors import Rarity, space
from audit.compare.words import TOKEN, key
from audit.parse import parse
from audit.records import Article

VIEWS: tuple[tuple[bool, int | None], ...] = ((True, None), (False, None), (False, 150), (False, 80))
"""How articles are shown: with their dates or not, whole or so many words."""

THRESHOLD = -2.75
"""Log-odds at which two groups still join where every article has a mate: the best of steps of .25 on allsides_dev and
basil, with and without dates; see `audit.compare.prior` for other corpora."""

MISSING = -8.0
"""Log-odds of a pair that was no candidate; -6 gave the same figures on allsides_dev."""

RARE = 20
"""Terms in fewer background articles than this are kept as one common floor."""


def rows(path: Path) -> list[dict[str, str]]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def background(path: Path) -> Rarity:
    """Share of the articles of a corpus that use each term."""
    frequency: Counter[int] = Counter()
    articles = rows(path)
    for article in articles:
        frequency.update({key(word) for word in TOKEN.findall(article["text"])} - {0})
    kept = sorted(term for term, count in frequency.items() if count >= RARE)
    share = np.array([frequency[term] for term in kept]) / len(articles)
    return Rarity(np.array(kept, np.uint32), share.astype(np.float32).astype(np.float64), RARE / 4 / len(articles))


def sketches(records: list[dict[str, str]], dated: bool, words: int | None) -> Iterator[Sketch]:
    """The records as the comparison would see them, whole or cut after so many words."""
    articles = [
        Article(id=row["id"], source=row["source"], text=cut(row["text"], words), title=row["title"],
                published=row["published"] if dated else None)
        for row in records
    ]  # fmt: skip
    for start in range(0, len(articles), 1000):
        yield from sketch(parse(articles[start : start + 1000]), {})


def cut(text: str, words: int | None) -> str:
    """The first words of a text."""
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    return text[: ends[words - 1]] if words and words < len(ends) else text


def examples(
    records: list[dict[str, str]], rarity: Rarity, view: tuple[bool, int | None]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Features and labels of all candidate pairs in one view."""
    story = {row["id"]: row["story"] for row in records}
    ordered = sorted(sketches(records, *view), key=lambda item: (item.day or 1 << 40, item.article))
    left, right, found = scored(ordered, space(ordered, rarity))
    labels = [story[ordered[i].article] == story[ordered[j].article] for i, j in zip(left, right, strict=True)]
    return found, np.array(labels)


def train(data: Path) -> None:
    """Fit and write `stories`."""
    rarity = background(data / "corpus" / "allsides_10k.jsonl")
    records = rows(data / "stories" / "allsides_train.jsonl")
    seen = [examples(records, rarity, view) for view in VIEWS]
    features, labels = np.vstack([x for x, _ in seen]), np.concatenate([y for _, y in seen])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit((features - mean) / scale, labels)
    scalars = np.array([fitted.intercept_[0], THRESHOLD, MISSING, rarity.floor])
    arrays = {"mean": mean, "scale": scale, "weights": fitted.coef_[0], "scalars": scalars,
              "keys": rarity.keys, "share": rarity.share.astype(np.float32)}  # fmt: skip
    card = {
        "what": "log-odds that two articles tell the same story, and how common terms are in news",
        "data": "AllSides story groups (train part); background frequencies: 10,000 AllSides articles",
        "licence": "weights and counts only; no text is kept",
        "pairs": len(labels), "same": int(labels.sum()),
        "limits": "English; fitted on United States political news; stories of two or three articles",
        "command": "python -m audit.train stories --data DIR",
    }  # fmt: skip
    models.save("stories", arrays, card)
