"""What the tests of loading share: settings with small limits, and a loader that returns lists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from audit import settings
from audit.load import load
from audit.records import Article, Skipped


def load_all(
    *inputs: Path | str, manifest: Path | None = None, columns: Mapping[str, str] | None = None, **limits: int | str
) -> tuple[list[Article], list[Skipped]]:
    """Articles and skipped inputs, with `limits` in place of the `[load]` settings of those names."""
    given = settings.load()
    changed = msgspec.structs.replace(given, load=msgspec.structs.replace(given.load, **limits))
    records = list(load([str(path) for path in inputs], changed, manifest, columns))
    articles = [record for record in records if isinstance(record, Article)]
    return articles, [record for record in records if isinstance(record, Skipped)]


STORY = (
    "The bridge over the Lorne will be closed for repairs until the spring, the county said on Monday.\n\n"
    "Drivers must go by way of Harrow, which adds twenty minutes. “Nobody likes it,” said the mayor, Ada Finch."
)
