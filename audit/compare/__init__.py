"""Articles of all sources in, agreement out: stories, reuse, voices, claims, framing, balance of speakers.

`spoken` and `sketch` run inside a partition, `compare` once over all sketches (`accounted` leaves its
results with a keeper), `relate` on two statements.
"""

from audit.compare import agreement, balance
from audit.compare.comparison import Accounted, accounted, compare
from audit.compare.groups import spoken
from audit.compare.relate import relate
from audit.compare.rewritten import weighed
from audit.compare.sketch import Sketch, sketch

quantities = (*agreement.quantities, *balance.quantities)
"""What comparing measures, in the form in which extractors describe themselves."""

__all__ = ["Accounted", "Sketch", "accounted", "compare", "quantities", "relate", "sketch", "spoken", "weighed"]
