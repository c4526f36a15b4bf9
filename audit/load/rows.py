"""Rows of jsonl, csv, tsv, parquet and sheets. In: a mapping of columns to values; out: a Draft, its text as it is.

The fields are id, source, url, title, published, author, text, and language and credit where a row has them. Other
usual names for them are understood where the field itself is missing ("body" for text), and the user's own mapping
(`--map text=body`) beats both.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from audit.load.dates import read_date
from audit.load.draft import Draft, Limits, Unreadable
from audit.records import Skipped

FIELDS = ("text", "id", "source", "url", "title", "published", "author", "language", "credit")
# Column names seen in news data sets and scraper output, commonest first.
_SYNONYMS = {
    "text": "body content article_text full_text fulltext article article_body articlebody maintext inhalt "
    "texte contenu texto contenido cuerpo testo tekst",
    "id": "article_id uuid guid doc_id docid",
    "source": "outlet publisher publication newspaper source_name site sitename site_name domain quelle fuente medio",
    "url": "link article_url permalink web_url enlace lien",
    "title": "headline head_line article_title heading name titel überschrift titre título titulo titolo tytuł",
    "published": "date published_at publishedat publish_date date_publish date_published datepublished pub_date "
    "pubdate publication_date datetime datum fecha",
    "author": "authors byline creator writer autor autorin auteur autora autore",
    "language": "lang sprache idioma langue",
    "credit": "origin agency",
}
_KEPT = 100  # characters of a value that is shown but not understood
_ABSENT = frozenset({"", "none", "null", "nan", "n/a", "na", "unknown"})


def columns_of(names: Iterable[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """Our field -> the column that holds it: the user's mapping, then the field itself, then its usual other names."""
    names = list(names)
    folded = {_fold(name): name for name in reversed(names)}
    columns: dict[str, str] = {}
    for field in FIELDS:
        wanted = mapped.get(field)
        candidates = (wanted,) if wanted else (field, *_SYNONYMS[field].split())
        for candidate in candidates:
            column = candidate if candidate in names else folded.get(_fold(candidate))
            if column is not None and column not in columns.values():
                columns[field] = column
                break
    return columns


def table_columns(
    names: Sequence[str], limits: Limits, where: str
) -> Generator[Draft | Skipped, None, dict[str, str]]:
    """Our field -> its column in a table, as the result of `yield from`. Yields a line for each column that the user
    named and the table does not have; raises Unreadable where no column holds the text."""
    columns = columns_of(names, limits.columns)
    listed = ", ".join(names)[:200]
    for field, wanted in limits.columns.items():
        if field not in columns and field != "text":
            yield Skipped(where, f"has no column '{wanted}', which --map names for {field} (columns: {listed})")
    if "text" not in columns:
        raise Unreadable(f"no column holds the text; name it with --map text=COLUMN (columns: {listed})")
    return columns


def describe(columns: Mapping[str, str]) -> str:
    """What was mapped, in words, for `meta`: "text from body, source from outlet", or nothing."""
    return ", ".join(f"{field} from {column}" for field, column in columns.items() if field != _fold(column))


def read_row(row: Mapping[str, Any], columns: Mapping[str, str], where: str) -> Draft | Skipped:
    """The article of one row. The text is taken as it is; a date that cannot be read is kept in `meta`."""
    text = row.get(columns.get("text", ""))
    if not isinstance(text, str):
        what = "has no text" if text is None else f"has {_kind(text)} where its text should be"
        return Skipped(where, f"the row {what}; give it a field 'text', or name the column with --map text=COLUMN")
    meta: dict[str, str] = {}
    if columns != _IDENTITY and (mapping := describe(columns)):
        meta["columns"] = mapping
    published = value = _value(row, columns, "published")
    if value and not (published := read_date(value)):
        meta["date"] = value[:_KEPT]
    return Draft(
        text,
        where,
        _value(row, columns, "id"),
        _named(row, columns, "source"),
        _named(row, columns, "url"),
        _named(row, columns, "title"),
        _named(row, columns, "author"),
        published,
        _named(row, columns, "language"),
        _named(row, columns, "credit"),
        meta,
    )


_IDENTITY = {field: field for field in FIELDS}


def _value(row: Mapping[str, Any], columns: Mapping[str, str], field: str) -> str | None:
    """A field as text, or None: numbers and dates are written out, lists of names joined."""
    value = row.get(columns.get(field, ""))
    if type(value) is str:
        return value if value and not value.isspace() else None
    if value is None or value != value:  # NaN is how tables write a missing value
        return None
    if isinstance(value, (datetime, date)):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value if item is not None) or None
    if isinstance(value, Mapping):
        name = value.get("name")
        return str(name) if name else None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _named(row: Mapping[str, Any], columns: Mapping[str, str], field: str) -> str | None:
    value = _value(row, columns, field)
    return None if value is None or value.strip().lower() in _ABSENT else value.strip()


def _fold(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _kind(value: object) -> str:
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
        bytes: "bytes",
    }
    return kinds.get(type(value), "something else")
