"""House styles for training and measuring: a text in; out, the same text with all its marks set alike."""

from __future__ import annotations

import re

STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."})
OPENING = re.compile(r"(^|[\s(\[–—-])([\"'])(?=\S)")
SPACED_HYPHEN = re.compile(r"(?<= )-(?= )")
DOTS = re.compile(r"\.\.\.")
OPENED = {'"': "“", "'": "‘"}


def straight(text: str) -> str:
    """Marks as a typewriter has them: straight quotation marks and apostrophes, hyphens for dashes, three dots."""
    return text.translate(STRAIGHT)


def curved(text: str) -> str:
    """Marks as publishing systems print them: curved quotation marks and apostrophes, spaced dashes, an ellipsis."""
    opened = OPENING.sub(lambda match: match[1] + OPENED[match[2]], straight(text))
    closed = opened.replace('"', "”").replace("'", "’")
    return DOTS.sub("…", SPACED_HYPHEN.sub("–", closed))


STYLES = {"straight": straight, "curved": curved}
