"""SIGKILL at random moments: no partial file is ever seen, and the same command ends in the same bytes."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.faults.running import alone, line, seen_whole, whole, write

KILLS = int(os.environ.get("AUDIT_KILLS", "8"))
"""How many runs are killed; CI sets 50."""


def test_a_run_killed_at_any_moment_leaves_a_whole_report_and_is_mended(tmp_path: Path) -> None:
    """Moments are drawn from all at which a run touches a file: the clock of a busy machine would miss most of them."""
    few, more = write(tmp_path / "few", range(6)), write(tmp_path / "more", range(3, 12))
    reports = [whole(few, tmp_path / "one"), whole(more, tmp_path / "two")]
    out, chance = tmp_path / "out", random.Random(11)
    assert whole(few, out) == reports[0]
    assert alone(more, tmp_path / "three") == 0
    touches = int(line(more))
    killed = 0
    for turn in range(KILLS):
        corpus, wanted = ((more, reports[1]), (few, reports[0]))[turn % 2]
        moment = chance.randint(1, touches) if turn % 4 else touches - chance.randint(0, touches // 8)
        killed += alone(corpus, out, last=moment) == -9
        seen_whole(out, reports)
        assert whole(corpus, out) == wanted, f"killed at touch {moment} of {touches}"
        assert not {"ready", "old"} & {path.name for path in (out / ".audit").iterdir()}
    assert killed > KILLS // 2


def test_a_first_run_killed_by_the_clock_shows_nothing_or_all(tmp_path: Path) -> None:
    corpus = write(tmp_path / "in", range(8))
    wanted = whole(corpus, tmp_path / "one")
    for number in range(max(2, KILLS // 5)):
        out = tmp_path / f"out{number}"
        alone(corpus, out, seconds=0.3 + 0.4 * number)
        seen_whole(out, [wanted])
        assert whole(corpus, out) == wanted
