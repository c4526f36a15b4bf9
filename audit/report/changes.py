"""Two runs in, one page that shows what changed out: `audit diff DIR_A DIR_B --format html`."""

from __future__ import annotations

from audit.extract.base import Quantity
from audit.report import render
from audit.report.data import Results
from audit.report.view.changed import changed


def page(before: Results, after: Results, quantities: dict[str, Quantity]) -> str:
    """One self-contained page; it leads to no other file."""
    view = changed(before, after, quantities)
    redact = any(run.audit.get("redacted") for run in (before, after))
    return render.uncovered(render.page("changed.html.jinja", "", kind="changed", **view), redact=redact)
