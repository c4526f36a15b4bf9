"""What the texts of one source repeat at their edges. In: some of its files; out: the lines that are the page's, not
the stories', whatever their wording: a slogan, an address, the name of a column.

A line counts once for each different story that has it at an edge, so that several versions of one story do not make
its own sentences look repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from audit.load.byline import read_byline
from audit.load.credit import read_credit
from audit.load.dates import read_period
from audit.load.decode import decode
from audit.load.draft import Input, Unreadable
from audit.load.marks import clean_marks
from audit.load.page_lines import fold, is_sentence
from audit.load.streams import raw_stream

# At an edge: among so many lines from the top or from the bottom.
_EDGE_LINES = 12
# Three stories and three in ten: a turn of phrase may open two stories, an outlet's slogan opens most.
_MIN_STORIES = 3
_MIN_SHARE = 0.3
_MAX_BYTES = 200_000
SAMPLE = 200
"""Files of a source that are looked at; more would not change what most of them repeat."""


def repeated_lines(entries: Iterable[Input]) -> frozenset[str]:
    """Folded lines that stand at the edges of several different stories among `entries`, which are plain texts."""
    stories: defaultdict[str, set[int]] = defaultdict(set)
    total = 0
    for entry in entries:
        lines = _lines(entry)
        if not lines:
            continue
        total += 1
        story = hash(max(lines, key=len))
        for line in {fold(line) for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]}:
            stories[line].add(story)
    enough = max(_MIN_STORIES, _MIN_SHARE * total)
    return frozenset(line for line, where in stories.items() if line and len(where) >= enough)


def without_repeated(lines: list[str], repeated: frozenset[str]) -> list[str]:
    """The page's lines with repeated ones blanked, from each edge up to the first sentence that is not repeated.

    Bylines, dates and credits stay, since they are still to be read.
    """
    lines = list(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for number in order:
            line = lines[number].strip()
            if fold(line) in repeated and not _says_something(line):
                lines[number] = ""
            elif is_sentence(line):
                break
    return lines


def _says_something(line: str) -> bool:
    return read_byline(line) is not None or read_period(line) is not None or read_credit(line) is not None


def _lines(entry: Input) -> list[str]:
    try:
        with raw_stream(entry) as stream:
            text, _ = decode(stream.read(_MAX_BYTES))
    except (OSError, Unreadable):
        return []
    return [line.strip() for line in clean_marks(text)[0].split("\n") if line.strip()]
