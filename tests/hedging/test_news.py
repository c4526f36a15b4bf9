"""Our 300 labelled news sentences: hashes, places and cues in `news.json`, texts in the shared data.

The 120 of `news_later.json` were drawn and labelled after the model was built, before it had read them, and decide
nothing: they check whether the figure on the 300 still holds for sentences that no choice has seen.

Print the figures with `python -m tests.hedging.test_news DATA`, where DATA is the folder of the shared sets.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from audit.extract.hedging.model import KINDS

PLACE, LATER = (Path(__file__).with_name(name) for name in ("news.json", "news_later.json"))
SIZES = {PLACE: 300, LATER: 120}
F1_FLOOR, CUE_FLOOR = 0.84, 0.82


def figures(data: Path, place: Path = PLACE) -> dict[str, float]:
    """Sentence F1 (weasels aside), and F1 of the words of cues in hedged sentences."""
    from audit.extract.hedging import extractor
    from audit.train.hedging_data import news, parsed_rows

    rows = news(data, place)
    sentences, words = [0, 0, 0], [0, 0, 0]  # found and true, found, true
    parsed = parsed_rows(rows)
    for row, finding, first, last in zip(
        rows, extractor.extract(parsed), parsed.documents[:-1], parsed.documents[1:], strict=True
    ):
        spans = list(zip(parsed.starts[first:last].tolist(), parsed.ends[first:last].tolist(), strict=True))
        hits = [(e.start, e.end) for e in finding.evidence if e.rule in KINDS]
        found = {span for span in spans for a, b in hits if span[0] < b and a < span[1]}
        true = {span for span in spans for a, b, _ in row["cues"] if span[0] < b and a < span[1]}
        add(sentences, bool(hits and row["label"]), bool(hits), bool(row["label"]))
        if row["label"]:
            add(words, len(found & true), len(found), len(true))
    return {"sentence_f1": f1(sentences), "cue_token_f1": f1(words)}


def add(counts: list[int], *more: int) -> None:
    for place, number in enumerate(more):
        counts[place] += number


def f1(counts: list[int]) -> float:
    return round(2 * counts[0] / (counts[1] + counts[2]), 4)


@pytest.mark.parametrize("place", SIZES, ids=lambda place: place.stem)
def test_labels_hold_no_text(place: Path) -> None:
    rows = json.loads(place.read_text(encoding="utf-8"))
    assert len(rows) == SIZES[place]
    for row in rows:
        assert set(row) == {"article", "start", "end", "sha256", "label", "cues"}
        assert bool(row["cues"]) == bool(row["label"])
        assert all(0 <= a < b <= row["end"] - row["start"] and kind in KINDS for a, b, kind in row["cues"])


def test_no_article_serves_both_training_and_test() -> None:
    pytest.importorskip("sklearn", reason="the training extra is not installed")
    from audit.train.hedging_data import NEWS

    paths = (NEWS, PLACE, LATER)
    train, test, later = ({row["article"] for row in json.loads(path.read_text(encoding="utf-8"))} for path in paths)
    assert not train & test
    assert not later & (train | test)


@pytest.mark.parametrize("place", SIZES, ids=lambda place: place.stem)
def test_figures_on_news(shared: Path, place: Path) -> None:
    found = figures(shared / "data", place)
    assert found["sentence_f1"] >= F1_FLOOR
    assert found["cue_token_f1"] >= CUE_FLOOR


if __name__ == "__main__":
    print(json.dumps({place.stem: figures(Path(sys.argv[1]), place) for place in SIZES}, indent=1))
