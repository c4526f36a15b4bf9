"""A notebook in, the same notebook with what its cells print today out. No kernel is needed: cells run one after the
other in one namespace, as lines typed at Python's prompt would, and what they print or end in is kept as text."""

from __future__ import annotations

import ast
import code
import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from audit.docs.examples import prepare
from audit.errors import AuditError


def refreshed(text: str, folder: Path) -> str:
    """The notebook's JSON with its outputs made anew, run in `folder`. Raises AuditError for a cell that fails."""
    notebook = json.loads(text)
    prepare(folder)
    prompt = _Prompt({"__name__": "__main__"})
    before = Path.cwd()
    os.chdir(folder)
    try:
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for number, cell in enumerate(cells, start=1):
            said = prompt.ran("".join(cell["source"]), f"cell {number}")
            cell["execution_count"] = number
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": said}] if said else []
    finally:
        os.chdir(before)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


class _Prompt(code.InteractiveInterpreter):
    """Python's prompt, but for an exception, which ends it."""

    def ran(self, source: str, name: str) -> list[str]:
        """The lines that a cell prints; the value of an expression that it ends in is printed too."""
        body = ast.parse(source, name).body
        last = [body.pop()] if body and isinstance(body[-1], ast.Expr) else []
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(io.StringIO()):
            self.runcode(compile(ast.Module(body, []), name, "exec"))
            self.runcode(compile(ast.Interactive(list(last)), name, "single"))
        return said.getvalue().splitlines(keepends=True)

    def showtraceback(self) -> Any:
        """A cell that fails makes the document fail."""
        raise AuditError(f"the notebook fails: {sys.exc_info()[1]!r}") from sys.exc_info()[1]
