"""Where sentences and paragraphs begin, decided for all tokens of a partition at once.

A full stop, question or exclamation mark ends a sentence when white space follows and the next token can open one,
unless the word before is an abbreviation or an initial. A line break ends one too, unless the text is hard-wrapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from audit.parse import Parsed

TERMINALS = frozenset([".", "!", "?", "…", "..", "...", "....", "‽", "。"])
CLOSERS = frozenset("\"'”’»)]}")

# Abbreviations that a name or number follows; they do not end a sentence.
TITLES = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj capt cmdr adm sgt cpl pvt pres rev hon messrs mme "
    "mlle st ste mt ft vs dept supt insp det amb atty jr sr bros approx est cf viz al".split()
)
# Abbreviations only before a number ("No. 5"); elsewhere they are words.
NUMBERED = frozenset("no nos fig figs art sec pp p vol ch".split())
# Abbreviations that may also stand last in a sentence.
MAYBE = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec inc corp co ltd llc plc etc ave blvd rd calif ariz colo conn fla "
    "ill ind kan ky la mass md mich minn mo neb nev okla ore pa tenn tex va vt wash wis wyo".split()
)
# Words that open a sentence far more often than they follow an abbreviation inside one.
STARTERS = frozenset(
    "the a an in on at as but and he she it they we i you this that these those there his her its their our my when "
    "while if for after before since although though however so yet still meanwhile also what who how why where".split()
)
REPORTING = frozenset("said says asked asks told added replied wrote tweeted shouted cried demanded wondered".split())

# Share of line breaks in mid-sentence above which a document counts as hard-wrapped: half of them, since
# headlines and lists alone stay far below and wrapped mail or plain text far above.
WRAPPED = 0.5

Bools = npt.NDArray[np.bool_]


def _flags(parsed: Parsed, name: str, words: frozenset[str]) -> Bools:
    table = parsed.lower_table(f"sentences:{name}", words.__contains__, np.bool_)
    flags: Bools = table[parsed.lower] if len(table) else np.zeros(0, np.bool_)
    return flags


def _shift(flags: Bools, by: int) -> Bools:
    """The flag of the token `by` places later (negative: earlier); False beyond the ends."""
    out = np.zeros_like(flags)
    if by > 0:
        out[:-by] = flags[by:]
    elif by < 0:
        out[-by:] = flags[:by]
    return out


def boundaries(parsed: Parsed, breaks: npt.NDArray[np.int32]) -> tuple[Bools, npt.NDArray[np.int32]]:
    """Paragraph openings (bool [n]) and sentence edges (int32 [s+1]).

    `breaks` int [n]: line breaks before each token; 2 or more is always a new paragraph.
    """
    n = len(parsed.tokens)
    if not n:
        return np.zeros(0, np.bool_), np.zeros(1, np.int32)
    lower_case = parsed.table("sentences:lower", lambda word: word[0].islower(), np.bool_)[parsed.tokens]
    terminal = _flags(parsed, "terminal", TERMINALS)
    paragraphs = (breaks >= 2) | ((breaks == 1) & ~_wrapped(parsed, breaks, lower_case, terminal))
    starts = paragraphs | _after_terminal(parsed, terminal, lower_case)
    edges = np.append(np.flatnonzero(starts), n).astype(np.int32)
    return paragraphs, edges


def _wrapped(parsed: Parsed, breaks: npt.NDArray[np.int32], lower_case: Bools, terminal: Bools) -> Bools:
    """bool [n]: the token's document is hard-wrapped, so that one line break is only a space."""
    single = breaks == 1
    inside = single & lower_case & ~_shift(terminal, -1)
    documents = parsed.documents
    lines = np.diff(np.concatenate(([0], np.cumsum(single)))[documents])
    mid = np.diff(np.concatenate(([0], np.cumsum(inside)))[documents])
    wrapped = (lines > 0) & (mid > WRAPPED * lines)
    return np.repeat(wrapped, np.diff(documents))


def _after_terminal(parsed: Parsed, terminal: Bools, lower_case: Bools) -> Bools:
    """bool [n]: the token opens a sentence because the one before it closed."""
    closer = _flags(parsed, "closer", CLOSERS) & ~parsed.spaced
    ended = terminal & ~_abbreviated(parsed, terminal)
    ended |= _dotted_end(parsed)
    quoted_end = np.zeros_like(ended)
    for _ in range(3):  # a mark, then up to three closing quotes and brackets, all without a space
        carried = _shift(ended, -1) & closer
        quoted_end |= carried
        ended = (ended & ~_shift(closer & ended, 1)) | carried
    before = _shift(ended, -1)
    can_open = ~lower_case & ~terminal
    after_quote = _shift(quoted_end, -1) & _speaker_follows(parsed)
    glued = ~parsed.spaced & _shift(terminal, -1) & _glued(parsed)
    result: Bools = (before & parsed.spaced & can_open & ~after_quote) | glued
    return result


def _abbreviated(parsed: Parsed, terminal: Bools) -> Bools:
    """bool [n]: a full stop that belongs to the abbreviation or initial before it."""
    title = _flags(parsed, "title", TITLES)
    maybe = _flags(parsed, "maybe", MAYBE)
    initial = parsed.table("sentences:initial", lambda word: len(word) == 1 and word.isupper() and word != "I", bool)
    starter = _shift(_flags(parsed, "starter", STARTERS), 1)
    number, attached = parsed.number, ~parsed.spaced
    listed = _shift(number & parsed.paragraph_starts, -1) if parsed.paragraph_starts.any() else np.zeros_like(terminal)
    numbered = _shift(_flags(parsed, "numbered", NUMBERED), -1) & _shift(number, 1)
    held = _shift(title, -1) | numbered | (_shift(maybe, -1) & ~starter) | _shift(initial[parsed.tokens], -1) & ~starter
    stop = parsed.table("sentences:stop", ".".__eq__, np.bool_)[parsed.tokens]
    result: Bools = stop & attached & (held | listed)
    return result


def _dotted_end(parsed: Parsed) -> Bools:
    """bool [n]: an abbreviation with inner dots ("U.S.") that also ends its sentence."""
    dotted = parsed.table("sentences:dotted", lambda word: len(word) > 3 and word[-1] == "." and word[0].isalpha(),
                          np.bool_)[parsed.tokens]
    clock = _flags(parsed, "clock", frozenset(["a.m.", "p.m."]))
    result: Bools = dotted & (_shift(_flags(parsed, "starter", STARTERS), 1) | clock)
    return result


def _speaker_follows(parsed: Parsed) -> Bools:
    """bool [n]: a reporting verb stands within three tokens, so `"Why?" Peskov asked` stays one sentence."""
    reporting = _flags(parsed, "reporting", REPORTING)
    return _shift(reporting, 1) | _shift(reporting, 2) | _shift(reporting, 3)


def _glued(parsed: Parsed) -> Bools:
    """bool [n]: "ended.The": a title-case word glued to the stop of a lower-case one."""
    title_case = parsed.table("sentences:title_case", lambda word: len(word) > 1 and word.istitle(), np.bool_)
    lower_word = parsed.table("sentences:lower_word", lambda word: len(word) > 2 and word.islower(), np.bool_)
    result: Bools = title_case[parsed.tokens] & _shift(lower_word[parsed.tokens], -2)
    return result
