"""Where quotations begin and end: curly, straight, single, guillemets. Unbalanced ones end at their paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from audit.parse import Parsed

MARKS = "\"“”„‟«»‹›‘’'‚`"
SINGLE = frozenset("‘’'‚‹›`")
CLOSES = {"“": "”\"", "„": "“”\"", "‟": "”\"", "«": "»", "»": "«", "”": "”", '"': '"”'}

Ints = npt.NDArray[np.int32]


def quotations(parsed: Parsed) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Token ranges of quotations (int32 [q, 2], marks included), their document edges, and bool [n] inside one."""
    n = len(parsed.tokens)
    mark = parsed.table("quotations:mark", MARKS.__contains__, np.bool_)
    places = np.flatnonzero(mark[parsed.tokens]) if n else np.zeros(0, np.int64)
    ranges = _ranges(parsed, places)
    quotes = np.array(ranges, np.int32).reshape(-1, 2)
    edges = np.searchsorted(quotes[:, 0], parsed.documents).astype(np.int32)
    depth = np.zeros(n + 1, np.int32)
    np.add.at(depth, quotes[:, 0], 1)
    np.add.at(depth, quotes[:, 1], -1)
    quoted = np.cumsum(depth)[:n] > 0
    quoted[places] = False  # the marks themselves are not inside
    return quotes, edges, quoted


def _ranges(parsed: Parsed, places: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    n = len(parsed.tokens)
    paragraph = np.append(np.flatnonzero(parsed.paragraph_starts), n)
    ends = paragraph[np.searchsorted(paragraph, places, side="right")] if len(places) else places
    before = parsed.spaced[places] if n else np.zeros(0, np.bool_)
    after = np.append(parsed.spaced, True)[places + 1] if n else before
    words = parsed.vocabulary
    marks = [words[token] for token in parsed.tokens[places]]
    found: list[tuple[int, int]] = []
    opened: tuple[int, str, int] | None = None  # place, mark, end of its paragraph
    single: tuple[int, int] | None = None
    for place, char, end, left, right in zip(
        places.tolist(), marks, ends.tolist(), before.tolist(), after.tolist(), strict=True
    ):
        if opened and place >= opened[2]:  # never closed: it ends with its paragraph
            found.append((opened[0], opened[2]))
            opened = None
        if char in SINGLE:
            single = _single(found, single, opened is not None, (place, char, end, left, right))
        elif opened and char in CLOSES[opened[1]] and (char == "»" != opened[1] or not (left and not right)):
            found.append((opened[0], place + 1))
            opened = single = None
        elif opened is None and _opens(char, left, right):
            opened, single = (place, char, end), None
    if opened:
        found.append((opened[0], opened[2]))
    return sorted(found)


def _opens(char: str, left: bool, right: bool) -> bool:
    """A mark opens when it is of the opening kind, or a two-sided one with a word attached after it."""
    return char in "“„‟«" or (char in '"”»' and not right)


def _single(
    found: list[tuple[int, int]],
    single: tuple[int, int] | None,
    inside: bool,
    mark: tuple[int, str, int, bool, bool],
) -> tuple[int, int] | None:
    """Single marks count only when balanced within a paragraph and not inside a double quotation."""
    place, char, end, left, right = mark
    if inside:
        return None
    if single and place < single[1] and char in "’'›" and not left:
        found.append((single[0], place + 1))
        return None
    if char in "‘'‚‹`" and left and not right:
        return place, end
    return single if single and place < single[1] else None
