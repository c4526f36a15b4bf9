"""The tables of a run in, its pages out: the comparison, a report per source, articles with their evidence, stories."""

from __future__ import annotations

from audit.report.names import slug
from audit.report.target import Before, Made, Written
from audit.report.write import write

__all__ = ["Before", "Made", "Written", "slug", "write"]
