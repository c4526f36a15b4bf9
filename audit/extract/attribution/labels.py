"""The labels of the tagger, and the spans that a sequence of them says.

A label is a role, whether the token opens its span, and, for sources and contents, on which side their cue stands:
"He said it rained" is source (cue right), cue, content (cue left). That side is what joins spans to relations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

Ints = npt.NDArray[np.int64]

NONE, CUE, SOURCE, CONTENT = range(4)
NAMES = ("O", "B-cue", "I-cue", "B-source>", "I-source>", "B-source<", "I-source<",
         "B-content>", "I-content>", "B-content<", "I-content<")
ROLES = np.array([NONE, CUE, CUE, SOURCE, SOURCE, SOURCE, SOURCE, CONTENT, CONTENT, CONTENT, CONTENT])
OPENS = np.array([name.startswith("B") for name in NAMES])
SIDES = np.array([0, 0, 0, 1, 1, -1, -1, 1, 1, -1, -1])
"""1: the cue stands to the right of the span; -1: to the left."""


def label(role: int, side: int, opens: bool) -> int:
    """The label of a token of a span."""
    base = {CUE: 1, SOURCE: 3 if side > 0 else 5, CONTENT: 7 if side > 0 else 9}[role]
    return base if opens else base + 1


@dataclass(frozen=True, slots=True)
class Spans:
    """Labelled spans in order: token ranges, role, side of the cue, document; int64 [s]."""

    starts: Ints
    ends: Ints
    roles: Ints
    sides: Ints
    documents: Ints


def spans(labels: npt.NDArray[np.int8], parsed: Parsed) -> Spans:
    """The spans that a label per token says. A span never crosses documents; an inside label may open one."""
    roles = ROLES[labels]
    opens_document = np.zeros(len(labels), np.bool_)
    opens_document[parsed.documents[:-1][np.diff(parsed.documents) > 0]] = True
    before = np.concatenate(([NONE], roles[:-1]))[: len(roles)]
    opens = (roles != NONE) & (OPENS[labels] | (before != roles) | opens_document)
    after = np.concatenate((roles[1:], [NONE]))[: len(roles)]
    opens_next = np.concatenate((opens[1:], [True]))[: len(roles)]
    starts = np.flatnonzero(opens)
    ends = np.flatnonzero((roles != NONE) & ((after != roles) | opens_next)) + 1
    return Spans(starts, ends, roles[starts], SIDES[labels[starts]], parsed.token_document[starts].astype(np.int64))
