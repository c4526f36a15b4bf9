"""Stories and the speakers of their articles in; whom each source lets speak, and whom only the others do, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audit.compare.sketch import Sketch
from audit.records import Story

OTHERS = 2
"""Independent sources that must let a person speak before it counts that another source does not."""


@dataclass(frozen=True)
class Heard:
    """A named speaker of a story: the sources that quote or report the person, and those that never do."""

    story: str
    speaker: str
    sources: tuple[str, ...]
    silent: tuple[str, ...]


def heard(found: Sequence[Story], items: Mapping[str, Sketch], voice: Callable[[str], str]) -> tuple[Heard, ...]:
    """The speakers whom at least `OTHERS` independent articles of a story let speak, in order of story and name.

    Within a story a person is known by the last word of the name; the longest form met is shown.
    """
    rows = []
    for story in found:
        everyone = {items[article].source for article in story.articles}
        for name, tellers in sorted(_speakers(story, items).items()):
            if len({voice(article) for article in tellers}) >= OTHERS:
                sources = {items[article].source for article in tellers}
                full = max((full for forms in tellers.values() for full in forms), key=lambda form: (len(form), form))
                silent = tuple(sorted(everyone - sources))
                rows.append((name, Heard(story.id, full, tuple(sorted(sources)), silent)))
    return tuple(row for _, row in rows)


def _speakers(story: Story, items: Mapping[str, Sketch]) -> dict[str, dict[str, set[str]]]:
    """Last word of a name, to the articles that let the person speak, to the forms of the name there."""
    found: dict[str, dict[str, set[str]]] = {}
    for article in story.articles:
        for one in items[article].spoken():
            if one.kind == "named" and one.speaker.strip():
                last = one.speaker.split()[-1].lower()
                found.setdefault(last, {}).setdefault(article, set()).add(one.speaker)
    return found


def counts(rows: Sequence[Heard], found: Sequence[Story], items: Mapping[str, Sketch]) -> dict[str, tuple[int, int]]:
    """Of each article: speakers of its story that its source never lets speak, and all speakers that count."""
    by_story: dict[str, list[Heard]] = {}
    for row in rows:
        by_story.setdefault(row.story, []).append(row)
    return {
        article: (
            sum(items[article].source in row.silent for row in by_story.get(story.id, [])),
            len(by_story.get(story.id, [])),
        )
        for story in found
        for article in story.articles
    }
