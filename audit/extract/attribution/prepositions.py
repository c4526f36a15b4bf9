"""Labels in, labels out in which sentences that open with "According to" have their content.

Such openings are rare in the news that the tagger learned from (1 cue in 250); it sees the cue and the source but the
content of only 2 in 12 on polnear_dev. The form is so fixed that a rule does better: the source runs to the first
comma, the content from there to the end.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.labels import CONTENT, CUE, ROLES, SOURCE, label
from audit.parse import Parsed

LONGEST = 25
"""Tokens that a source may have before its comma; beyond that the comma is likely another one."""
NEVER = frozenset(["plan", "plans", "schedule", "taste", "size", "rank", "need", "needs"])
STOPS = frozenset([".", "!", "?"])


def with_openings(labels: npt.NDArray[np.int8], parsed: Parsed) -> npt.NDArray[np.int8]:
    """int8 [n]: a copy of the labels in which every "According to X, Y" without content is cue, source and content."""
    out = labels.copy()
    is_according = parsed.lower_table("attribution:according", "according".__eq__, np.bool_)[parsed.lower]
    places = np.flatnonzero(is_according)
    ends = parsed.sentences[parsed.token_sentence[places] + 1] if len(places) else places
    for place, end in zip(places.tolist(), ends.tolist(), strict=True):
        _open(out, parsed, place, end)
    return out


def _open(labels: npt.NDArray[np.int8], parsed: Parsed, place: int, end: int) -> None:
    words = [parsed.lower_vocabulary[number] for number in parsed.lower[place : min(end, place + LONGEST)].tolist()]
    opens = parsed.vocabulary[parsed.tokens[place]][0] == "A"
    roles = ROLES[labels[place:end]]
    if not opens or words[1:2] != ["to"] or len(words) < 5 or words[2] in NEVER or CONTENT in roles:
        return
    named = np.flatnonzero(roles == SOURCE)
    after = max(3, int(named[-1]) + 1 if len(named) else 0)
    if "," not in words[after:] or CUE in roles[2:]:
        return
    comma = place + words.index(",", after)
    while end - 1 > comma and parsed.vocabulary[parsed.tokens[end - 1]] in STOPS:
        end -= 1
    if comma + 1 >= end:
        return
    for role, start, stop in ((CUE, place, place + 2), (SOURCE, place + 2, comma), (CONTENT, comma + 1, end)):
        labels[start:stop] = label(role, -1, opens=False)
        labels[start] = label(role, -1, opens=True)
