"""What stands before the story on a page. In: the page's lines; out: the lines to drop, and what they say.

The head ends where running text begins. In it, landmarks are lines that say what they are: a date, a byline, a
credit, the title told twice. Short lines above the last landmark are kickers and labels; short lines below it stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from audit.load.byline import read_byline
from audit.load.credit import known_outlet, linked_outlet, read_credit
from audit.load.dates import read_period
from audit.load.page_lines import is_bullet, is_ended, is_furniture, is_sentence, same_line
from audit.load.relative import is_relative

# A head longer than this is no head; tables of contents and lists stay in the text.
_MAX_LINES = 30
# Bylines and dates also stand under a standfirst, within this many lines after the first running text.
_BELOW_STANDFIRST = 3
_MAX_TITLE_WORDS = 30
# Kickers and labels ("Foreign affairs") are short; a standfirst is longer and stays.
_MAX_LABEL_WORDS = 12
_SECTION_MARKS = (" | ", " » ")
_MIN_TITLE = 12
_SENTENCE_WORDS = 8
_MAX_SECTION_WORDS = 4
_DATE_LABEL = re.compile(
    r"(?:(?P<late>(?:last\s)?(?:updated|modified|edited|revised))|(?:first\s)?(?:published|posted|written|date|created|added|issued|filed))"
    r"(?:\s(?:on|at))?\s?:?\s+(?=\S)",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(r"[“\"‘'«].{8,200}[”\"’'»]")


@dataclass(slots=True)
class Head:
    """The head of a page: `end` is the line where the story begins, `dropped` the lines that are not the story."""

    end: int = 0
    dropped: set[int] = field(default_factory=set)
    title: str | None = None
    section: str | None = None
    original_title: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    period: str | None = None
    relative: str | None = None
    credit: str | None = None
    credit_url: str | None = None


def read_head(lines: list[str], title: str | None = None) -> Head:
    """Reads the lines before the story and the few below a standfirst; `title` is given where it is known."""
    head = Head(title=title)
    others: list[int] = []
    landmark = -1
    after_credit = False
    numbers = [number for number, line in enumerate(lines) if line.strip()][:_MAX_LINES]
    story = _first_running(lines, numbers)
    for number in numbers:
        line = lines[number].strip()
        if story is not None and number >= story:
            break
        head.end = number + 1
        if after_credit and _QUOTED_LINE.fullmatch(line) and not is_ended(line[:-1]):
            head.original_title = line[1:-1].strip()
            head.dropped.add(number)
        elif _read_landmark(head, line):
            head.dropped.add(number)
            landmark = number
        elif is_furniture(line):
            head.dropped.add(number)
        elif outlet := known_outlet(line):  # the outlet's or the agency's name by itself
            head.credit = head.credit or outlet
            head.dropped.add(number)
        else:
            others.append(number)
        after_credit = number in head.dropped and head.credit is not None and head.original_title is None
    if story is not None:
        head.end = story
        _read_below(head, lines, story)
    _read_title(head, lines, others, landmark, story)
    head.published = head.published or head.updated
    return head


def read_label(head: Head, line: str) -> bool:
    """Whether the line is a date, with or without a label such as "Published:"; the head takes it in."""
    label = _DATE_LABEL.match(line)
    found = read_period(line[label.end() :] if label else line)
    if found is None:
        text = line[label.end() :] if label else line
        if not is_relative(text, labelled=label is not None):
            return False
        head.relative = head.relative or text
        return True
    first, last = found
    if label and label["late"]:
        head.updated = head.updated or last
        return True
    if head.published is None:
        # A bulletin on a week is published when the week is over: the last day it covers.
        head.published = last
        head.period = f"{first}/{last}" if first != last else None
    return True


def _read_landmark(head: Head, line: str) -> bool:
    if read_label(head, line):
        return True
    if byline := read_byline(line):
        head.author = head.author or byline.author
        head.published = head.published or byline.published
        head.relative = head.relative or byline.relative
        head.credit = head.credit or byline.credit
        return True
    if (credit := read_credit(line)) and not is_sentence(line):
        head.credit = head.credit or credit
        if "//" in line and linked_outlet(line):
            head.credit_url = head.credit_url or line
        return True
    return False


def _first_running(lines: list[str], numbers: list[int]) -> int | None:
    """The first line of running text that is neither furniture nor a byline."""
    probe = Head()
    for number in numbers:
        line = lines[number].strip()
        if is_sentence(line) and not is_furniture(line) and not _read_landmark(probe, line):
            return number
    return None


def _read_below(head: Head, lines: list[str], story: int) -> None:
    """Bylines and dates that stand between a standfirst and the story."""
    seen = 0
    found: list[int] = []
    for number in range(story + 1, len(lines)):
        line = lines[number].strip()
        if not line:
            continue
        seen += 1
        if seen > _BELOW_STANDFIRST or is_sentence(line):
            break
        if _read_landmark(head, line) or (found and is_furniture(line)):
            found.append(number)
    head.dropped.update(found)


def _read_title(head: Head, lines: list[str], others: list[int], landmark: int, story: int | None) -> None:
    """The title is the line told twice, else the first short line without a full stop that something follows."""
    if head.title is not None:
        told = [number for number in others if same_line(lines[number], head.title)]
        head.dropped.update(told)
        landmark = max([landmark, *told])
    opening = list(takewhile(lambda number: not _closes(lines[number]), others))
    known = head.title is not None or (story is None and landmark < 0)
    titles = [] if known else [number for number in opening if _is_title(lines[number])]
    twice = next((a for a in titles for b in titles if a < b and same_line(lines[a], lines[b])), None)
    if titles:
        chosen = titles[0] if twice is None else twice
        same = [number for number in titles if same_line(lines[number], lines[chosen])]
        _take_title(head, lines[chosen].strip())
        head.dropped.update(same)
        landmark = max(landmark, *same)
    for number in opening:
        if number < landmark and not is_bullet(lines[number]) and len(lines[number].split()) <= _MAX_LABEL_WORDS:
            head.dropped.add(number)


def _closes(line: str) -> bool:
    """Whether a short line is a sentence or leads into one; no headline stands below it."""
    return line.rstrip().endswith((".", ":", ",", ";"))


def _take_title(head: Head, line: str) -> None:
    """The title, and the section that many pages put behind it: "Bridge to close | Region"."""
    for mark in _SECTION_MARKS:
        title, cut, section = line.rpartition(mark)
        if cut and len(title) >= _MIN_TITLE and 0 < len(section.split()) <= _MAX_SECTION_WORDS:
            head.title, head.section = title.strip(), section.strip()
            return
    head.title = line.strip("#*_ ")


def _is_title(line: str) -> bool:
    line = line.strip()
    if not 2 <= len(line.split()) <= _MAX_TITLE_WORDS or _closes(line):
        return False
    return (line[0].isalnum() or line[0] in "“\"‘'#$¿¡") and not _holds_sentence(line.split())


def _holds_sentence(words: list[str]) -> bool:
    """A caption that is a sentence, and the title behind it: a title holds no finished sentence of eight words."""
    return any(
        word.endswith(".") and len(word) > 3 and following[0].isupper()
        for number, (word, following) in enumerate(pairwise(words))
        if number >= _SENTENCE_WORDS - 1
    )
