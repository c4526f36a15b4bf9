"""The likeliest labels in, the same with the statements that are likeliest to be missed out.

The one best reading leaves out every statement that is doubtful by itself, and so finds too few where an article has
many of them: letters, opinion, analysis. How many there are is known better than which: the chances of all tokens to
open a cue add up to a number that readers' counts follow (r .78 against .69 on articles of polnear_train that the
network had not seen). Where an article has fewer statements than that, the sentences with the likeliest missed cue are
read again, given that cue.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from audit.extract.attribution.expected import OPENING, Floats, Ints, openings
from audit.extract.attribution.labels import CUE, OPENS, ROLES
from audit.extract.attribution.viterbi import best_paths
from audit.parse import Parsed

Labels = npt.NDArray[np.int8]

DOUBTFUL = 1 / 50
"""A chance below it is none: one in ten of the statements added at such odds is right (polnear_train)."""
LONGEST = 250
"""Tokens of the longest sentence that is read again; what goes on for longer is no prose."""
CERTAIN = 1e4
"""Score that settles a label: far above any that the network gives, far below what a float32 can add."""


def with_expected(labels: Labels, scores: Floats, transitions: Floats, parsed: Parsed) -> Labels:
    """int8 [n]: the labels, with as many statements per document as the chances add up to, or more if it had more."""
    chances = openings(scores, transitions, labels, parsed)
    documents = len(parsed.articles)
    cue = ROLES[labels] == CUE
    opens = cue & (OPENS[labels] | ~np.concatenate(([False], cue[:-1]))[: len(cue)])
    found = np.bincount(parsed.token_document[opens], minlength=documents)
    expected = np.bincount(parsed.token_document, chances, documents)
    missing: Ints = np.round(expected).astype(np.int64) - found
    places = _likeliest(np.where(cue, 0, chances), missing, parsed)
    if not len(places):
        return labels
    tokens, again = _read_again(places, labels, scores, transitions, parsed)
    out = labels.copy()
    out[tokens] = again
    return out


def _likeliest(chances: Floats, missing: Ints, parsed: Parsed) -> Ints:
    """int64 [c]: of each document the `missing` tokens of the highest chances, one a sentence, in their order."""
    places = np.flatnonzero(chances > DOUBTFUL)
    places = places[missing[parsed.token_document[places]] > 0]
    sentences = parsed.token_sentence[places]
    places = places[np.diff(parsed.sentences)[sentences] <= LONGEST]
    places = places[np.lexsort((places, -chances[places], parsed.token_sentence[places]))]
    _, first = np.unique(parsed.token_sentence[places], return_index=True)
    places = places[first]
    places = places[np.lexsort((places, -chances[places], parsed.token_document[places]))]
    documents = parsed.token_document[places]
    rank = np.arange(len(places)) - np.searchsorted(documents, documents)
    kept: Ints = np.sort(places[rank < missing[documents]])
    return kept


def _read_again(
    places: Ints, labels: Labels, scores: Floats, transitions: Floats, parsed: Parsed
) -> tuple[Ints, Labels]:
    """The tokens of the sentences of `places` and their best labels, given a cue there and those found before.

    The labels around a sentence are taken for granted.
    """
    sentences = parsed.token_sentence[places]
    starts, ends = parsed.sentences[sentences].astype(np.int64), parsed.sentences[sentences + 1].astype(np.int64)
    edges = np.concatenate(([0], np.cumsum(ends - starts)))
    tokens = np.arange(edges[-1]) + np.repeat(starts - edges[:-1], ends - starts)
    given = scores[tokens]
    settled = np.flatnonzero(ROLES[labels[tokens]] == CUE)
    given[settled, labels[tokens[settled]]] += CERTAIN
    given[edges[:-1] + places - starts, OPENING] += CERTAIN
    inside = ~np.isin(starts, parsed.documents)
    given[edges[:-1][inside]] += transitions[labels[starts[inside] - 1]]
    inside = ~np.isin(ends, parsed.documents)
    given[edges[1:][inside] - 1] += transitions[:, labels[ends[inside]]].T
    return tokens, best_paths(given, transitions, edges)
