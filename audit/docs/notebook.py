"""A notebook in, the same notebook with what its cells print today out. A Jupyter kernel (extra `test`) runs them,
as it would for a reader: under a running event loop, and with worker processes that start from no script."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from audit.docs.examples import environment, prepare
from audit.errors import AuditError

LONGEST = 300
"""Seconds that the kernel's start and each cell may take; the longest takes some five on an idle machine."""


def refreshed(text: str, folder: Path) -> str:
    """The notebook's JSON with its outputs made anew, run in `folder`. Raises AuditError for a cell that fails."""
    notebook = nbformat.reads(text, as_version=4)
    metadata = notebook.metadata.copy()
    prepare(folder)
    client = NotebookClient(notebook, kernel_name="python3", timeout=LONGEST, startup_timeout=LONGEST,
                            record_timing=False, resources={"metadata": {"path": str(folder)}})
    try:
        client.execute(env={**environment(folder), "IPYTHONDIR": str(folder / ".ipython")})
    except CellExecutionError as error:
        raise AuditError(f"the notebook fails: {error.ename}: {error.evalue}") from error
    notebook.metadata = metadata  # the kernel adds its version of Python
    return str(nbformat.writes(notebook, indent=1, ensure_ascii=False)) + "\n"
