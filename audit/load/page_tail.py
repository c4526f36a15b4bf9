"""What stands after the story on a page. In: the page's lines; out: where the story ends, and what the end says.

Two rules, both from the end upwards. A heading such as "Related posts" cuts the rest if the rest is headings, links,
furniture and the blurbs and author boxes among them. Then single lines are peeled while each is furniture, a credit
or an author's box. A sentence that neither addresses readers among furniture nor presents the author always stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.load.byline import is_biography, is_name, read_byline
from audit.load.credit import linked_outlet, read_credit
from audit.load.dates import read_date, read_period
from audit.load.page_lines import (
    addresses_reader,
    is_ended,
    is_furniture,
    is_heading,
    is_sentence,
    names_customer,
    opens_end,
)

# What follows the story may hold a blurb and a box: this many words of running text, and a third of the page.
_MAX_RUNNING_WORDS = 200
_MAX_RUNNING_SHARE = 1 / 3
_MAX_LABEL = 120
_COMMENTER = re.compile(r"[\w .'’-]{2,40} says:?|reply|.{2,40} (?:at|on) .{0,40}\d{1,2}:\d{2}.{0,12}", re.IGNORECASE)
_COMMENTS = re.compile(
    r"\d{1,5} (?:comments?|replies|responses|thoughts on .{1,200})|(?:comments|replies|responses) \(\d{1,5}\)",
    re.IGNORECASE,
)
_NOTE_DATE = re.compile(
    r"(?:this|the) (?:article|story|piece|post|column|report|interview) (?:was|has been) "
    r"(?P<how>first |originally )?(?:published|updated|posted) (?:on |at )?(?P<date>[^.]{6,60}?)\.?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Tail:
    """The end of a page: `start` is the line after the story's last."""

    start: int
    author: str | None = None
    published: str | None = None
    credit: str | None = None
    credit_url: str | None = None


def read_tail(lines: list[str], story: int, author: str | None) -> Tail:
    """Where the story that begins at line `story` ends. `author` is who the head named, to know the own box."""
    filled = [number for number in range(story, len(lines)) if lines[number].strip()]
    tail = Tail(len(lines))
    if not filled:
        return tail
    texts = [lines[number].strip() for number in filled]
    cut = _find_end(texts)
    for place in range(cut, len(texts)):
        _learn(tail, texts, place)
    kept = _peel(tail, texts[:cut], author, cut < len(texts))
    tail.start = filled[kept - 1] + 1
    return tail


def _find_end(texts: list[str]) -> int:
    """The place of the first line that opens the page's end, after which no line is the story's; else their number.

    The first line of the story is never cut. One pass forwards finds the last line that must be the story's, one pass
    backwards adds up the running text behind it.
    """
    after, running = 1, {}
    label = ""  # the last heading or furniture above
    commenters = [place for place, text in enumerate(texts) if len(text) < _MAX_LABEL and _COMMENTER.fullmatch(text)]
    for place, text in enumerate(texts):
        if opens_end(text) or is_furniture(text) or is_heading(text):
            label = text
            if place and _COMMENTS.fullmatch(text) and commenters and commenters[-1] > place:
                return place
        elif is_sentence(text):
            running[place] = len(text.split())
            last = place + 1 == len(texts)
            if not _is_boxed(texts[place - 1], text) and (last or not _is_blurb(label, text)):
                after = place + 1
        elif is_ended(text):
            after = place + 1  # short, but a sentence: a story may close on "Nobody answered."
    limit = min(_MAX_RUNNING_WORDS, sum(len(text.split()) for text in texts) * _MAX_RUNNING_SHARE)
    found, behind = len(texts), 0
    for place in range(len(texts) - 1, after - 1, -1):
        behind += running.get(place, 0)
        if behind > limit:
            break
        if place and opens_end(texts[place]):
            found = place
    return found


def _is_blurb(label: str, text: str) -> bool:
    """A paragraph that sells the page: it speaks to readers, and it or the label above it is about subscribing."""
    return addresses_reader(text) and (names_customer(text) or names_customer(label))


def _is_boxed(name: str, text: str) -> bool:
    return is_name(name) and is_biography(text, name)


def _peel(tail: Tail, texts: list[str], author: str | None, framed: bool) -> int:
    """How many of `texts` are the story: single lines are taken off the end while they are furniture, a credit or a
    box. `framed` tells that furniture follows."""
    kept = len(texts)
    while kept > 1:
        line = texts[kept - 1]
        if is_furniture(line) or opens_end(line):
            framed = True
        elif (note := _NOTE_DATE.fullmatch(line)) and (date := read_date(note["date"])):
            tail.published = tail.published or (date if note["how"] else None)
        elif credit := read_credit(line):
            # Going upwards, the credit nearest to the story wins: links further down lead elsewhere.
            tail.credit, tail.credit_url = credit, _link(line) or tail.credit_url
        elif kept > 2 and (framed or is_furniture(texts[kept - 3])) and _is_boxed(texts[kept - 2], line):
            tail.author = tail.author or texts[kept - 2]
            kept -= 1
        elif framed and (read_period(line) or read_byline(line)):
            _learn(tail, texts, kept - 1)
        elif not (author and is_biography(line, author) and line.split()[0] in author.split()):
            break
        kept -= 1
    return max(kept, 1)


def _learn(tail: Tail, texts: list[str], place: int) -> None:
    """What a line of the cut end says: who is presented in a box, who posted the page and when, whom it credits."""
    line = texts[place]
    if byline := read_byline(line):
        tail.author = tail.author or byline.author
        tail.published = tail.published or byline.published
    elif found := read_period(line):
        tail.published = tail.published or (found[1] if found[0] == found[1] else None)
    elif is_name(line):
        boxed = place + 1 < len(texts) and is_biography(texts[place + 1], line)
        tail.author = tail.author or (line if boxed else None)
    elif tail.credit is None and not is_sentence(line) and (credit := read_credit(line)):
        tail.credit, tail.credit_url = credit, _link(line)


def _link(line: str) -> str | None:
    return line if "//" in line and linked_outlet(line) else None
