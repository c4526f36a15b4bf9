"""Ids in, file names out: safe on every file system, the same everywhere, never two ids for one name.

An id comes from outside, so it may hold path tricks, reserved device names, three hundred characters, or differ from
another only in case. A plain id stays as it is; every other gets a short digest of itself.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

LONGEST = 80
"""Characters of a name: leaves room for a folder and an ending within the 143 bytes of the strictest file systems."""

DIGEST = 8
"""Hexadecimal digits of the digest: one clash is expected only among some 65,000 ids that look alike."""

PLAIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
DIGESTED = re.compile(r"(?:.*-)?[0-9a-f]{8}")
OTHER = re.compile(r"[^a-z0-9]+")
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{digit}" for device in ("com", "lpt") for digit in range(10))]
)
"""Names that Windows keeps for devices, whatever ending follows."""


@lru_cache(maxsize=4096)
def slug(id: str) -> str:
    """The file name (without ending) of an id: lower-case ASCII letters, digits, single dots, dashes, underscores.

    >>> slug("harbour-wire")
    'harbour-wire'
    >>> slug("CON")
    'con-a3dbc4b6'
    """
    if safe(id) and not DIGESTED.fullmatch(id):  # an id that ends like a digest could be another's name
        return id
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
    readable = OTHER.sub("-", id.lower()).strip("-")[: LONGEST - DIGEST - 1].strip("-")
    return f"{readable}-{digest}" if readable else digest


def safe(name: str) -> bool:
    """Whether every file system takes this name as it is, and tells it from every other safe name."""
    return len(name) <= LONGEST and bool(PLAIN.fullmatch(name)) and name.split(".")[0] not in RESERVED


def article_page(id: str) -> str:
    """Path of an article's page, from the root of the report."""
    return f"articles/{slug(id)}.html"


def source_page(name: str) -> str:
    """Path of a source's report, from the root of the report; `name` is the slug in the table of sources."""
    return f"sources/{name if safe(name) else slug(name)}.html"


def story_page(id: str) -> str:
    """Path of a story's page, from the root of the report."""
    return f"stories/{slug(id)}.html"
