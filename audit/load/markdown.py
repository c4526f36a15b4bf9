"""Markdown to plain text. In: a marked-down text; out: the text without marks, and the fields of its front matter."""

from __future__ import annotations

import re

from audit.load.dates import read_date
from audit.load.rows import columns_of

_FIELD = re.compile(r"([A-Za-z_ -]{2,30}):\s*(.*)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]\n]{0,400})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,400})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)")
_AUTOLINK = re.compile(r"<(https?://[^>\s]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,1000})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^\n*_]{1,1000})(?<=[^\s*_])\1(?![\w*])")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_MAX_FRONT_LINES = 40


def read_markdown(text: str) -> tuple[str, dict[str, str]]:
    """Plain text and fields. The title is the front matter's, or the one heading of the first level that opens."""
    text, fields = _front_matter(text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _QUOTED.sub("", text)
    if "title" not in fields and (first := re.match(r"\s*#[ \t]+(\S.*)\n", text)):
        fields["title"] = first[1].strip(" #\t")
        text = text[first.end() :]
    return _UNDERLINE.sub("", _HEADING.sub(r"\1", text)), fields


def _front_matter(text: str) -> tuple[str, dict[str, str]]:
    """The `key: value` lines between two lines of three hyphens at the very start, by our names of fields."""
    lines = text.split("\n", _MAX_FRONT_LINES)
    if lines[0].strip() != "---":
        return text, {}
    end = next((number for number, line in enumerate(lines[1:_MAX_FRONT_LINES], 1) if line.strip() == "---"), None)
    if end is None:
        return text, {}
    pairs = (match.groups() for line in lines[1:end] if (match := _FIELD.fullmatch(line.strip())))
    found = {key.strip(): value.strip(" '\"[]") for key, value in pairs}
    columns = columns_of(found, {})
    fields = {
        field: found[column] for field, column in columns.items() if found[column] and field not in ("text", "id")
    }
    if "published" in fields:
        fields["published"] = read_date(fields["published"]) or ""
    return "\n".join(lines[end + 1 :]), fields
