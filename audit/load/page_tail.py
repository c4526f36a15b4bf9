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
    body = filled[1:]  # the first line of the story is never cut
    cut = next((place for place, number in enumerate(body) if _is_end(lines, body[place:])), len(body))
    for number in body[cut:]:
        _learn(tail, lines, number, body)
    kept = _peel(tail, lines, body[:cut], author, cut < len(body))
    tail.start = (kept[-1] if kept else filled[0]) + 1
    return tail


def _is_end(lines: list[str], rest: list[int]) -> bool:
    """Whether the lines `rest` are the page's end: the first opens it, and no line of the story is among them."""
    texts = [lines[number].strip() for number in rest]
    if not opens_end(texts[0]):
        return False
    if _COMMENTS.fullmatch(texts[0]) and any(_COMMENTER.fullmatch(text) for text in texts[1:]):
        return True
    running = 0
    label = texts[0]  # the last heading or furniture above
    for place, text in enumerate(texts):
        if is_furniture(text) or opens_end(text) or is_heading(text):
            label = text
        elif is_sentence(text):
            running += len(text.split())
            last = place + 1 == len(texts)
            if not _is_boxed(texts[place - 1], text) and (last or not _is_blurb(label, text)):
                return False
        elif place and is_ended(text):
            return False  # short, but a sentence: a story may close on "Nobody answered."
    whole = sum(len(line.split()) for line in lines)
    return running <= min(_MAX_RUNNING_WORDS, whole * _MAX_RUNNING_SHARE)


def _is_blurb(label: str, text: str) -> bool:
    """A paragraph that sells the page: it speaks to readers, and it or the label above it is about subscribing."""
    return addresses_reader(text) and (names_customer(text) or names_customer(label))


def _is_boxed(name: str, text: str) -> bool:
    return is_name(name) and is_biography(text, name)


def _peel(tail: Tail, lines: list[str], body: list[int], author: str | None, cut: bool) -> list[int]:
    """Takes single lines off the end of `body` while they are not the story. `cut` tells that furniture follows."""
    framed = cut
    while body:
        line = lines[body[-1]].strip()
        before = lines[body[-2]].strip() if len(body) > 1 else ""
        if is_furniture(line) or opens_end(line):
            framed = True
            body = body[:-1]
        elif (note := _NOTE_DATE.fullmatch(line)) and (date := read_date(note["date"])):
            tail.published = tail.published or (date if note["how"] else None)
            body = body[:-1]
        elif credit := read_credit(line):
            _credit(tail, line, credit)
            body = body[:-1]
        elif _is_box(lines, body, framed):
            tail.author = tail.author or before
            body = body[:-2]
        elif author and is_biography(line, author) and line.split()[0] in author.split():
            body = body[:-1]
        elif framed and (read_period(line) or read_byline(line)):
            _learn(tail, lines, body[-1], body)
            body = body[:-1]
        else:
            break
    return body


def _is_box(lines: list[str], body: list[int], framed: bool) -> bool:
    """Whether the last two lines are a name and a paragraph that presents it, with furniture on a side."""
    if len(body) < 2:
        return False
    name, text = lines[body[-2]].strip(), lines[body[-1]].strip()
    above = lines[body[-3]].strip() if len(body) > 2 else ""
    return (framed or is_furniture(above)) and _is_boxed(name, text)


def _learn(tail: Tail, lines: list[str], number: int, body: list[int]) -> None:
    """What a line of the cut end says: who is presented in a box, who posted the page and when, whom it credits."""
    line = lines[number].strip()
    if byline := read_byline(line):
        tail.author = tail.author or byline.author
        tail.published = tail.published or byline.published
    elif found := read_period(line):
        tail.published = tail.published or (found[1] if found[0] == found[1] else None)
    elif is_name(line):
        following = next((lines[n].strip() for n in body if n > number), "")
        if is_biography(following, line):
            tail.author = tail.author or line
    elif not is_sentence(line) and (credit := read_credit(line)):
        _credit(tail, line, credit)


def _credit(tail: Tail, line: str, credit: str) -> None:
    # From the end upwards: the credit nearest to the story wins, since links further down lead elsewhere.
    tail.credit = credit
    if "//" in line and linked_outlet(line):
        tail.credit_url = line
