"""How well the measures do. In: a file of gold labels; out: figures, to be held against the committed floors.

Gold is either a labelled set, one row an article, sentence, pair or statement, or the `gold.jsonl` of a corpus folder
such as `seeds/`, whose rows name files of that folder.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from audit.errors import AuditError, InputError
from audit.evaluate import corpus, tasks
from audit.evaluate.counts import Figures
from audit.evaluate.floors import Floor, below, read_floors
from audit.evaluate.tasks import TASKS
from audit.records import Record
from audit.settings import Settings

__all__ = ["TASKS", "Evaluation", "Floor", "below", "evaluate", "measured", "read_floors"]


class Evaluation(Record, frozen=True):
    """Figures of one task on one gold file, the floors set for them, and a sentence for each floor that is missed."""

    task: str
    data: str
    sha256: str
    rows: int
    figures: Figures
    floors: Figures = msgspec.field(default_factory=dict)
    below: tuple[str, ...] = ()

    def text(self) -> str:
        """A line per figure with its floor, then a line per floor that is missed."""
        width = max(map(len, self.figures), default=0)
        lines = [f"{self.task} on {self.data}, {self.rows} rows"]
        for name, value in self.figures.items():
            floor = f"  floor {self.floors[name]:.3f}" if name in self.floors else ""
            lines.append(f"  {name:<{width}}  {_said(value)}{floor}")
        return "\n".join([*lines, *(f"below its floor: {one}" for one in self.below)])


def evaluate(task: str, gold: Path, settings: Settings) -> Evaluation:
    """Run what the task needs over the gold file and hold the figures against the floors of this task and data.

    A gold file without floors passes. Raises what `measured` raises, and AuditError when the floors were set
    on other bytes.
    """
    result = measured(task, gold, settings)
    floor = read_floors().get((task, result.data))
    if floor is None:
        return result
    if floor.sha256 != result.sha256:
        raise AuditError(f"{gold}: not the file that the floors of {task} were set on; set them again with "
                         "python -m audit.evaluate --write-floors")
    return msgspec.structs.replace(result, floors=floor.figures, below=below(result.figures, floor.figures))


def measured(task: str, gold: Path, settings: Settings) -> Evaluation:
    """The figures alone. Raises InputError for a file that cannot be read or lacks labels, AuditError for the task."""
    if task not in TASKS:
        raise AuditError(f"{task}: there is no such task; the tasks are {', '.join(TASKS)}")
    rows, digest = _rows(gold)
    prepare = corpus.given if corpus.is_corpus(rows) else tasks.given
    given = prepare(task, rows, gold, settings)
    if not given.rows:
        raise InputError(f"{gold}: no row has what {task} needs, {', '.join(TASKS[task])}; name another file")
    return Evaluation(task, name_of(gold), digest, len(given.rows), tasks.figures(task, given, settings))


def name_of(gold: Path) -> str:
    """How floors name a gold file: its folder and stem, such as seeds/gold."""
    path = gold.resolve()
    return f"{path.parent.name}/{path.stem}"


def _rows(gold: Path) -> tuple[list[dict[str, Any]], str]:
    try:
        data = gold.read_bytes()
    except OSError as error:
        raise InputError(f"{gold}: cannot be read ({error.strerror}); name a file of JSON lines") from error
    rows = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise InputError(f"{gold}:{number}: not a JSON object ({error}); mend the line") from error
        if isinstance(row, dict):
            rows.append(row)
        elif row is not None:
            raise InputError(f"{gold}:{number}: not a JSON object; mend the line")
    return rows, hashlib.sha256(data).hexdigest()


def _said(value: float) -> str:
    return str(value) if value == int(value) and value > 1 else f"{value:.4f}"
