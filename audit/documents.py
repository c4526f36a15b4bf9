"""The JSON documents that `audit` writes, as types in, their JSON Schema out.

`python -m audit.documents` writes `schema.json` beside this file again; every run puts a copy into its `data` folder.
The version of the schema is `audit.records.SCHEMA`; a test holds the file to these types, and documents to the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, TypedDict

import msgspec
import pyarrow as pa
from msgspec import Meta

from audit.records import SCHEMA, Earlier, Part, Record, Skipped
from audit.tables import COLUMNS, schema

FILE = Path(__file__).with_name("schema.json")
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Version = Annotated[int, Meta(ge=SCHEMA, le=SCHEMA, description="version of this schema")]
Offset = Annotated[int, Meta(ge=0, description="a code point of the article's text, counted from 0")]
Percentile = Annotated[float, Meta(ge=0, le=100)]


class Measured(Record, frozen=True):
    """A count in one article, and what it was counted in."""

    count: float
    base: float
    unit: str
    rate: Annotated[float | None, Meta(description="count / base; null when absent")]
    absent: Annotated[str | None, Meta(description="why the measure does not apply; absent is never zero")]


class Scored(Record, frozen=True):
    """A value of one article, with its place among the articles of reference news."""

    value: float
    low: Annotated[float | None, Meta(description="lower end of the 95 % interval")]
    high: Annotated[float | None, Meta(description="upper end of the 95 % interval")]
    percentile: Annotated[Percentile | None, Meta(description="share of reference news at or below the value")]


class Found(Record, frozen=True):
    """One piece of evidence: the words, the rule that found them, and the reason."""

    feature: str
    rule: str
    start: Offset
    end: Offset
    text: str
    reason: str
    weight: float
    quoted: Annotated[bool, Meta(description="true when a speaker's words stand here, not the outlet's")]
    parts: tuple[Part, ...]
    attributes: dict[str, str]


class Scan(Record, frozen=True):
    """One line of `audit scan --format jsonl`: an article with its measures, scores and evidence."""

    schema: Version
    id: str
    source: str
    title: str | None
    language: str | None
    words: int
    sentences: int
    measures: dict[str, Measured]
    scores: dict[str, Scored]
    evidence: tuple[Found, ...]


class Digests(Record, frozen=True):
    """SHA-256 of everything that decides the numbers of a run."""

    articles: str
    models: dict[str, str]
    lexicons: dict[str, str]


class Run(Record, frozen=True):
    """What a run was made with."""

    version: str
    settings: dict[str, dict[str, Any]]
    digests: Digests


class Band(Record, frozen=True):
    """The quartiles of a measure in reference news."""

    p25: float
    p50: float
    p75: float


class Audit(Record, frozen=True):
    """`audit.json`: a run in figures."""

    schema: Version
    run: Run
    sources: tuple[str, ...]
    articles: int
    words: int
    languages: tuple[str, ...]
    first: Annotated[str | None, Meta(description="earliest date of publication")]
    last: Annotated[str | None, Meta(description="latest date of publication")]
    stories: Annotated[int, Meta(description="stories of two articles or more")]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]
    reference: dict[str, Band]
    redacted: Annotated[bool, Meta(description="true when the tables hold no more than the words of evidence")] = False


TYPED: dict[tuple[str, str], Any] = {
    ("articles", "versions"): list[Earlier],
    ("articles", "notes"): dict[str, str],
    ("evidence", "parts"): list[Part],
    ("evidence", "attributes"): dict[str, str],
    ("passages", "changes"): list[tuple[int, int, int, int]],
    ("stories", "articles"): list[str],
    ("stories", "sources"): list[str],
    ("speakers", "stories"): list[str],
}
"""What stands in columns that hold JSON, where it is known more closely than "a list" or "an object"."""


def unpacked(name: str) -> dict[str, Any]:
    """The columns of a table that hold JSON, with the type of what they hold; a JSON document holds that instead."""
    told = {c: what for c, what in COLUMNS[name].items() if what.startswith("JSON ")}
    kinds = {column: list[Any] if what.startswith("JSON list") else dict[str, Any] for column, what in told.items()}
    return kinds | {column: TYPED[name, column] for column in told if (name, column) in TYPED}


def tables() -> Any:
    """The type of all tables in one JSON document, from the columns that `audit.tables` documents."""
    rows = {name: list[_row(name)] for name in COLUMNS}  # type: ignore[misc]
    return TypedDict("Tables", rows)  # type: ignore[operator]


def _row(name: str) -> Any:
    columns, documents = {}, unpacked(name)
    for field in schema(name):
        kind = documents.get(field.name) or _python(field.type) | None
        columns[field.name] = Annotated[kind, Meta(description=COLUMNS[name][field.name])]
    return TypedDict(f"{name}_row", columns)  # type: ignore[operator]


def _python(kind: pa.DataType) -> Any:
    if pa.types.is_boolean(kind):
        return bool
    return int if pa.types.is_integer(kind) else float if pa.types.is_floating(kind) else str


def whole() -> Any:
    """The type of the document that `audit report DIR --format json` writes: `audit.json` with all tables."""
    return msgspec.defstruct(
        "Whole",
        [("schema", Version), ("audit", Audit), ("tables", tables())],
        bases=(Record,),
        frozen=True,
        namespace={"__doc__": "`audit report DIR --format json`: a run with all its tables."},
    )


def generated() -> str:
    """The JSON Schema of every document, a line for each kind. A document of any kind is valid by it as a whole."""
    kinds, parts = msgspec.json.schema_components([Scan, Audit, whole()], ref_template="#/$defs/{name}")
    defs = dict(sorted(parts.items()))
    made = {
        "$schema": DIALECT,
        "title": f"Documents of audit, schema {SCHEMA}",
        "description": "A line of `audit scan --format jsonl`, the audit.json of a run, or a run with all its tables.",
        "anyOf": list(kinds),
    }
    top = json.dumps(made | {"$defs": {}}, indent=1, ensure_ascii=False)
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(kind, ensure_ascii=False)}" for name, kind in defs.items())
    return top.replace('"$defs": {}', f'"$defs": {{\n{lines}\n }}') + "\n"


if __name__ == "__main__":
    FILE.write_text(generated(), encoding="utf-8")
