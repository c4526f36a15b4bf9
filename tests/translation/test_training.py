"""What the card of machine-made text counts on training texts: by a softmax that saw none of their group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="the training extra is not installed")

from audit.extract.translation.document import Head
from audit.train.translation_data import Text
from audit.train.translation_figures import Doubles, crossed


def test_training_texts_are_judged_by_what_saw_none_of_their_group() -> None:
    texts = [Text("", kind, f"group {number}", "wmt") for number in range(12)
             for kind in ("original", "human_translation")]
    seen: list[set[str]] = []

    def fit_head(found: Doubles, learned: Sequence[Text]) -> Head:
        seen.append({text.group for text in learned})
        towards_machine = np.array([[0.0, 0.0, 4.0, 0.0]])
        return Head(np.zeros(1), np.ones(1), towards_machine, np.zeros(4), np.zeros((1, 4)), np.zeros(4))

    found = np.array([[3.0 if text.group == "group 5" and text.kind == "original" else -3.0] for text in texts])
    figures = crossed(found, texts, fit_head)
    assert not seen[0] & seen[1]
    assert seen[0] | seen[1] == {text.group for text in texts}
    assert figures["original, whole"] == {"texts": 12, "flagged": 1}
    assert figures["human_translation, whole"] == {"texts": 12, "flagged": 0}
    assert figures["original, straight"] == {"texts": 0, "flagged": 0}
