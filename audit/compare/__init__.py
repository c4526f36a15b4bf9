"""Articles of all sources in, agreement out: stories, reuse, voices, claims.

`sketch` runs inside a partition, `compare` once over all sketches, `relate` on two statements.
"""

from audit.compare.agreement import quantities
from audit.compare.comparison import compare
from audit.compare.relate import relate
from audit.compare.sketch import Sketch, sketch

__all__ = ["Sketch", "compare", "quantities", "relate", "sketch"]
