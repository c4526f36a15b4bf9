"""The JSON Schema that ships: it is what the types say, and what `audit` writes is valid by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from audit.api import read, scan_object, scanned
from audit.documents import DIALECT, FILE, TYPED, Audit, Scan, generated, unpacked, whole
from audit.records import SCHEMA, Article
from audit.results import Results
from audit.tables import COLUMNS

SENTENCES = "“It may rain,” said Ilse Varga, the mayor. Some experts believe otherwise. It is a reckless plan."


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lines(root: Path) -> list[bytes]:
    """What `audit scan --format jsonl` prints for the demonstration corpus and for a sentence or two."""
    given = [item for item in read([root / "seeds"]) if isinstance(item, Article)]
    small = [Article("a", "unknown", SENTENCES), Article("b", "unknown", "."), Article("c", "x", "Да.", language="ru")]
    return [msgspec.json.encode(scan_object(row)) for row in scanned([*given, *small])]


def test_the_committed_schema_is_what_the_types_say(schema: dict[str, Any]) -> None:
    assert FILE.read_text(encoding="utf-8") == generated(), "run `python -m audit.documents` and commit"
    assert schema["$schema"] == DIALECT
    assert schema["title"].endswith(f"schema {SCHEMA}")


def test_every_column_is_documented_in_it(schema: dict[str, Any]) -> None:
    for name, columns in COLUMNS.items():
        row = schema["$defs"][f"{name}_row"]
        assert {column: found["description"] for column, found in row["properties"].items()} == columns
        assert set(row["required"]) == set(columns)


def test_columns_of_json_are_known_by_their_description() -> None:
    assert TYPED.keys() <= {(name, column) for name in COLUMNS for column in unpacked(name)}


def test_what_scan_prints_is_valid(lines: list[bytes]) -> None:
    assert len(lines) > 20
    for line in lines:
        msgspec.json.decode(line, type=Scan)


def test_what_a_run_writes_is_valid(demo: Results, handed: dict[str, Path]) -> None:
    msgspec.json.decode((demo.directory / "audit.json").read_bytes(), type=Audit)
    msgspec.json.decode(handed["run.json"].read_bytes(), type=whole())
    assert (demo.directory / "data" / "schema.json").read_bytes() == FILE.read_bytes()


def test_an_independent_validator_agrees(
    schema: dict[str, Any], lines: list[bytes], demo: Results, handed: dict[str, Path]
) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (extra: test)")
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, documents in (
        ("Scan", lines),
        ("Audit", [(demo.directory / "audit.json").read_bytes()]),
        ("Whole", [handed["run.json"].read_bytes()]),
    ):
        validator = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
        for document in documents:
            assert not [error.message for error in validator.iter_errors(json.loads(document))]


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"words": "many"}, Scan), ({"schema": SCHEMA + 1}, Scan), ({"mood": 1}, Scan), ({"evidence": [{}]}, Scan)],
)
def test_what_is_not_ours_is_not_valid(lines: list[bytes], change: dict[str, Any], kind: type) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(json.loads(lines[0]) | change, kind)
