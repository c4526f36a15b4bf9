"""Stories and their speakers in, who quotes whom out: one row per story, speaker and source that lets the person speak.

Whom only one side quotes is told by `sources`: of the independent sources of the story, how many quote the speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from audit.compare.mentions import known_as, person_key, without_office
from audit.compare.sketch import Sketch, Voice
from audit.records import Quoted, Story

PEOPLE, BODIES = "named", "organisation"


def quoted(found: Sequence[Story], items: Mapping[str, Sketch], voice: Callable[[str], str]) -> tuple[Quoted, ...]:
    """Speakers with a name in stories that several sources tell, in order of story, name and source."""
    return tuple(row for story in found for row in in_story(story, items, voice))


def in_story(story: Story, items: Mapping[str, Sketch], voice: Callable[[str], str]) -> Iterator[Quoted]:
    """Rows of one story. Sources count as one where their texts repeat one another."""
    tellers = {voice(article) for article in story.articles}
    if len({items[article].source for article in story.articles}) < 2:
        return
    spoken = [(article, one) for article in sorted(story.articles) for one in items[article].spoken() if _key(one)]
    persons = {_key(one) for _, one in spoken if one.kind == PEOPLE}
    forms: dict[str, set[str]] = {}
    for _, one in spoken:
        forms.setdefault(_person(one, persons), set()).add(without_office(one.speaker))
    said: dict[str, dict[str, list[tuple[str, Voice]]]] = {}
    for article, one in spoken:
        key = known_as(_person(one, persons), without_office(one.speaker), forms[_person(one, persons)])
        said.setdefault(key, {}).setdefault(items[article].source, []).append((article, one))
    for _, by_source in sorted(said.items()):
        everything = [one for statements in by_source.values() for _, one in statements]
        name = max((without_office(one.speaker) for one in everything), key=lambda form: (len(form), form))
        heard = {voice(article) for statements in by_source.values() for article, _ in statements}
        for source, statements in sorted(by_source.items()):
            mine = [one for _, one in statements]
            yield Quoted(
                story.id, name, source, _most(mine, "kind"), _most(mine, "group"), _most(mine, "party"), len(mine),
                sum(one.direct for one in mine), len(heard), len(tellers),
                tuple(dict.fromkeys(article for article, _ in statements)),
            )  # fmt: skip


def _key(one: Voice) -> str:
    """By what a speaker is known in a story; "" for speakers without a name of their own."""
    if one.speaker == one.speaker.lower():
        return ""
    if one.kind == PEOPLE:
        return person_key(one.speaker)
    return one.speaker.lower() if one.kind == BODIES else ""


def _person(one: Voice, persons: set[str]) -> str:
    """The key of a speaker; a body whose last word is the surname of a speaker of the story was a person."""
    return person_key(one.speaker) if person_key(one.speaker) in persons else _key(one)


def _most(statements: Sequence[Voice], name: str) -> str:
    """The value that most of the statements have, one that says something before one that says nothing."""
    counts = Counter(str(getattr(one, name)) for one in statements)
    return min(counts, key=lambda value: (value in ("", "unsaid"), -counts[value], value))
