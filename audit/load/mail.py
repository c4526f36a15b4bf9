"""Newsletters. In: an .eml message or an .mbox mailbox; out: a Draft for each message with its text."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.utils import parseaddr
from typing import BinaryIO

from audit.load.dates import read_date
from audit.load.draft import Draft, Input, Limits, Unreadable
from audit.load.marks import clean_marks
from audit.load.streams import read_whole
from audit.load.text import clean_page
from audit.load.web import plain_text
from audit.records import Skipped

_SEPARATOR = b"From "


def read_message(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """The one message of the file."""
    yield _message(read_whole(stream, limits), entry.name)


def read_mailbox(stream: BinaryIO, entry: Input, limits: Limits) -> Iterator[Draft | Skipped]:
    """Messages in order, one in memory at a time; `where` is the line on which a message begins."""
    lines: list[bytes] = []
    size, start, blank = 0, 1, True
    for number, line in enumerate(iter(lambda: stream.readline(1 << 20), b""), start=1):
        if number == 1 and not line.startswith(_SEPARATOR):
            raise Unreadable("not a mailbox, whose first line begins with 'From '; name a single message .eml")
        if blank and line.startswith(_SEPARATOR):
            if lines:
                yield _bounded(lines, size, f"{entry.name}:{start}", limits)
            lines, size, start = [], 0, number
        else:
            size += len(line)
            if size <= limits.max_page_bytes:
                lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        blank = line in (b"\n", b"\r\n")
    if lines:
        yield _bounded(lines, size, f"{entry.name}:{start}", limits)


def _bounded(lines: list[bytes], size: int, where: str, limits: Limits) -> Draft | Skipped:
    if size > limits.max_page_bytes:
        return Skipped(where, f"the message has {size:,} bytes, more than an article has")
    return _message(b"".join(lines), where)


def _message(data: bytes, where: str) -> Draft | Skipped:
    message = email.message_from_bytes(data, policy=email.policy.default)
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        content = body.get_content() if body is not None else None
        name, address = parseaddr(str(message["From"] or ""))
        title, stamp = str(message["Subject"] or ""), str(message["Date"] or "")
    except Exception as error:  # the parser of headers raises whatever it stumbles over, OverflowError and all
        return Skipped(where, f"the message could not be read ({str(error)[:80]}); save its text as .txt")
    if body is None or not isinstance(content, str) or not content.strip():
        return Skipped(where, "the message has no text; save what it shows as .txt")
    text, removed = clean_marks(plain_text(content) if body.get_content_type() == "text/html" else content)
    draft = clean_page(text, where, " ".join(title.split()) or None)
    draft.source = name or address.rpartition("@")[2] or None
    draft.published = read_date(stamp) or draft.published
    draft.meta |= removed
    return draft
