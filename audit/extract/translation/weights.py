"""The trained weights, packed small into `models/translation.npz` and unpacked once.

Packed: the style table as int8 without its empty rows; the sorted keys of the language model as differences; the
lists (function words, tortured phrases, candidates for what a word stands in for) as UTF-8 text, a line each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import models
from audit.extract.translation.collocation import Counts, News
from audit.extract.translation.document import Head
from audit.extract.translation.features import Weights
from audit.extract.translation.style import BITS, JUDGEMENTS, Table
from audit.parse import PIECE
from audit.phrases import Trie, inflections

Arrays = dict[str, npt.NDArray[Any]]
TABLES = ("single", "pairs", "skips")


@dataclass(frozen=True, eq=False)
class Stored:
    """Everything that was learned. `swaps`: word -> words that it may stand in for, likeliest first."""

    weights: Weights
    head: Head
    swaps: Mapping[str, Sequence[str]]
    tortured: Trie
    meant: Sequence[str]


def packed(weights: Weights, head: Head, lists: Mapping[str, Sequence[str]]) -> Arrays:
    """The arrays to save; `lists` holds lines by name: function_words, swaps, tortured."""
    used = np.flatnonzero(weights.style.weights.any(axis=1)).astype(np.uint32)
    arrays: Arrays = {
        "style.places": np.diff(used, prepend=np.uint32(0)), "style": weights.style.weights[used].T.copy(),
        "steps": weights.style.steps, "odd": weights.odd.astype(np.float16),
        "scalars": np.array([weights.odd_base, weights.news.total]),
        "centre": head.centre.astype(np.float32), "scale": head.scale.astype(np.float32),
        "head": head.weights.astype(np.float32), "bias": head.bias.astype(np.float32),
        "lean": head.lean.astype(np.float32), "lean_bias": head.lean_bias.astype(np.float32),
    }
    for name in TABLES:
        counts: Counts = getattr(weights.news, name)
        arrays[f"{name}.keys"] = np.diff(counts.keys, prepend=np.uint32(0))
        arrays[f"{name}.levels"] = counts.levels
    for name, lines in lists.items():
        arrays[name] = np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)
    return arrays


def unpacked(arrays: Arrays) -> Stored:
    """The reverse of `packed`."""
    tables = [Counts(np.cumsum(arrays[f"{name}.keys"], dtype=np.uint32), arrays[f"{name}.levels"]) for name in TABLES]
    base, total = arrays["scalars"].tolist()
    weights = Weights(frozenset(_lines(arrays["function_words"])), _table(arrays),
                      News(tables[0], tables[1], tables[2], total), arrays["odd"].astype(np.float32), base)
    head = Head(*(arrays[name].astype(np.float64) for name in ("centre", "scale", "head", "bias", "lean", "lean_bias")))
    swaps = {word: tuple(meant.split(",")) for word, meant in (line.split("\t") for line in _lines(arrays["swaps"]))}
    trie, meant = _tortured(_lines(arrays["tortured"]))
    return Stored(weights, head, swaps, trie, meant)


def _table(arrays: Arrays) -> Table:
    weights = np.zeros((1 << BITS, len(JUDGEMENTS)), np.int8)
    weights[np.cumsum(arrays["style.places"], dtype=np.int64)] = arrays["style"].T
    return Table(weights, arrays["steps"])


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


def _tortured(lines: Sequence[str]) -> tuple[Trie, list[str]]:
    """The phrases with every regular inflection of their last word, and the term that each stands for."""
    trie, meant = Trie(), []
    for number, line in enumerate(lines):
        phrase, _, term = line.partition("\t")
        tokens = [piece for piece in PIECE.findall(phrase) if not piece.isspace()]
        for form in inflections(tokens[-1]):
            trie.add((*tokens[:-1], form), 0, number)
        meant.append(term)
    return trie, meant


@cache
def stored() -> Stored:
    """The model that ships with the package. Raises ModelError when it is missing or altered."""
    return unpacked(models.load("translation").arrays)
