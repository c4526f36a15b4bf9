"""A corpus folder with labels, such as `seeds/`. In: its gold rows, one an article; out: what a task measures.

A gold row names its article by `file` and `id`. Of most articles a few spans are labelled, as examples; where
`complete` names a signal, every sentence and every attribution that it ought to find is, and only those are measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from audit import pipeline
from audit.errors import InputError
from audit.evaluate.tasks import Given, Row
from audit.parse import parse
from audit.records import Article
from audit.settings import Settings

SENTENCES = ("hedging", "loaded")
"""Tasks on sentences: one that holds labelled evidence ought to be found, any other ought not."""

COPIES = ("copy", "derived")


def is_corpus(rows: Sequence[Row]) -> bool:
    """Whether gold rows are about the files of a folder."""
    return bool(rows) and "file" in rows[0]


def articles(gold: Path, settings: Settings) -> tuple[list[Article], dict[str, str]]:
    """The articles of the folder that the gold file lies in, and the owners of their sources."""
    loaded = pipeline.read([str(gold.parent)], settings)
    return loaded.articles, {one.name: one.owner for one in loaded.sources.values() if one.owner}


def given(task: str, rows: Sequence[Row], gold: Path, settings: Settings) -> Given:
    """The labels of one task, in the form that a labelled set has. Raises InputError for an article not there."""
    if task == "claims":
        return Given([_statements(row) for row in _relations(rows)])
    texts, owners = articles(gold, settings)
    by_id = {article.id: article for article in texts}
    for row in rows:
        if row["id"] not in by_id:
            raise InputError(f"{gold}: {row['file']} has no article {row['id']}; set ids and offsets again with "
                             "python tests/seeds/place.py")
    if task in ("stories", "reuse"):
        return Given(list(rows) if task == "stories" else list(_pairs(rows)), texts, owners)
    if task in SENTENCES:
        return _sentences([row for row in rows if task in row["complete"]], by_id, task)
    kept = [{**row, "text": by_id[row["id"]].text} for row in rows if task == "translation" or task in row["complete"]]
    return Given(kept, [by_id[row["id"]] for row in kept])


def voices(rows: Sequence[Row]) -> dict[str, str]:
    """Each file's first origin: files with one origin are one voice."""
    origin = {row["file"]: copy["of"] for row in rows for copy in row.get("copies", ()) if copy["kind"] in COPIES}

    def first(file: str) -> str:
        while file in origin:
            file = origin[file]
        return file

    return {row["file"]: first(row["file"]) for row in rows}


def _pairs(rows: Sequence[Row]) -> Iterator[Row]:
    """Every two articles of one story; label 1 where they are one voice."""
    voice = voices(rows)
    for one, other in combinations(rows, 2):
        if one["story"] == other["story"]:
            yield {"a": one["id"], "b": other["id"], "label": int(voice[one["file"]] == voice[other["file"]])}


def _relations(rows: Sequence[Row]) -> Iterator[Row]:
    return (relation for row in rows for relation in row.get("relations", ()))


def _statements(relation: Row) -> Row:
    """An updated number is told by two dates; of the bare statements one can only say that they differ."""
    updated = relation["relation"] == "updated"
    return {**relation, "relation": "disputes" if updated else relation["relation"]}


def _sentences(rows: Sequence[Row], by_id: dict[str, Article], feature: str) -> Given:
    """One row and one article per sentence of each article whose sentences are all labelled."""
    labelled, texts = [], []
    for row in rows:
        article = by_id[row["id"]]
        marks = [(one["start"], one["end"]) for one in row["evidence"] if one["feature"] == feature]
        for number, (start, end) in enumerate(parse([article]).document(0).sentences):
            label = int(any(start < last and first < end for first, last in marks))
            sentence = Article(f"{article.id}/{number}", article.source, article.text[start:end], language="en")
            labelled.append({"id": sentence.id, "text": sentence.text, "label": label})
            texts.append(sentence)
    return Given(labelled, texts)
