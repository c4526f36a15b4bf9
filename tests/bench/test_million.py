"""The steps of the measurement on a million articles, with some hundred: every event becomes one story."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.compare.shelf import Records
from audit.records import Pair, Story
from tests.bench.million import TELLERS, Table, article, measured

COUNT = 600


def test_a_few_hundred_find_their_events_and_their_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measured(COUNT, tmp_path, Table(COUNT, tmp_path))
    with Records(tmp_path / "stories.shelf", Story) as found:
        told = [sorted(int(name[1:]) for name in story.articles) for story in found]
    assert sorted(told) == [[*range(first, first + TELLERS)] for first in range(0, COUNT, TELLERS)]
    with Records(tmp_path / "pairs.shelf", Pair) as pairs:
        taken = {tuple(sorted((int(pair.a[1:]), int(pair.b[1:])))) for pair in pairs}
    alike = {(number - 1, number) for number in range(COUNT) if copied(number)}
    assert alike <= taken
    rows = capsys.readouterr().out.splitlines()
    assert [row.split(" | ")[0].strip("| ") for row in rows[4:]] == [
        "sketches", "order of days and ids", "stories", "reuse", "stories written",
    ]  # fmt: skip


def copied(number: int) -> bool:
    """Whether an article is the one before it with two words changed."""
    one, two = (article(at).text.lower().strip(".").replace(".", "").split() for at in (max(0, number - 1), number))
    return number > 0 and one[2:] == two[2:]
