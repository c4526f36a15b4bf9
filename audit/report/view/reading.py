"""A row of the table of articles in, sentences on how it was read out: earlier versions, and what reading noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from audit.report import wording
from audit.report.data import Row, decoded

NOTES = {
    "columns": "Columns of the table",
    "removed": "Taken out of the text",
    "kept": "Left in the text, which is taken as it is",
    "mended": "Mended in the text",
    "encoding": "Read as",
    "date": "A date that could not be read with certainty",
    "updated": "Updated",
    "dated": "Its date was counted",
    "period": "The days it covers",
    "dateline": "Dateline",
    "original_title": "Title of the original",
    "credit_url": "Link to the original",
    "fetched": "Fetched, which is not published,",
}
"""What `audit.load` writes into an article's `meta`, in words; what is not here is not shown."""


def versions(row: Row) -> list[dict[str, Any]]:
    """The earlier versions of an article, oldest first."""
    return [
        {
            "date": wording.moment(earlier["published"]),
            "title": wording.name(earlier["title"] or "", "title unknown"),
            "words": wording.plural(earlier["words"], "word"),
            "share": f"{100 * earlier['share']:.0f}{wording.SPACE}%",
        }
        for earlier in decoded(row["versions"])
    ]


def notes(row: Row) -> list[str]:
    """What reading the article noted, a line each."""
    return noted(json.loads(row["notes"] or "{}"))


def noted(meta: Mapping[str, str]) -> list[str]:
    """The notes of an article's `meta`, in words."""
    return [f"{words}: {wording.name(meta[key])}" for key, words in NOTES.items() if key in meta]
