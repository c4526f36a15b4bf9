"""Weasels that go on to give a name: hits of the rule `weasel` in, which of them can be pinned down out.

"Some critics, including Ann Lee" or "several towns such as Bray" name somebody whom a reader can ask after all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.lexicon import Hits
from audit.parse import Parsed

OPENERS = frozenset(("including", "notably", "namely", "such"))  # of a list of names; "such" with "as" after it
REACH = 4  # tokens after the hit where the list may open: "some [lawmakers of both parties] including"

Bools = npt.NDArray[np.bool_]


def named(parsed: Parsed, hits: Hits) -> Bools:
    """bool [hits]: a list that opens with a capitalised word follows in the same sentence."""
    opens = parsed.lower_table("hedging:opener", OPENERS.__contains__, np.bool_)
    such = parsed.lower_table("hedging:such", "such".__eq__, np.bool_)
    as_ = parsed.lower_table("hedging:as", "as".__eq__, np.bool_)
    last = parsed.sentences[parsed.token_sentence[hits.starts] + 1]
    found = np.zeros(len(hits.starts), np.bool_)
    for step in range(REACH + 1):
        place = hits.ends + step
        inside = place + 2 < last
        words = parsed.lower[np.where(inside, place, 0)]
        after = np.where(inside, place + 1, 0)
        of_two = such[words]
        right = np.where(of_two, as_[parsed.lower[after]], opens[words])
        found |= inside & right & parsed.capital[after + of_two]
    return found
