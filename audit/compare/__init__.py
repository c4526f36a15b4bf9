"""Articles of all sources in, agreement out: stories, reuse, voices, claims, framing, balance of speakers.

`spoken` and `sketch` run inside a partition, `compare` once over all sketches (`chaptered` a piece at a
time), `relate` on two statements.
"""

from audit.compare import agreement, balance
from audit.compare.comparison import chaptered, compare
from audit.compare.groups import spoken
from audit.compare.relate import relate
from audit.compare.rewritten import weighed
from audit.compare.sketch import Sketch, sketch

quantities = (*agreement.quantities, *balance.quantities)
"""What comparing measures, in the form in which extractors describe themselves."""

__all__ = ["Sketch", "chaptered", "compare", "quantities", "relate", "sketch", "spoken", "weighed"]
