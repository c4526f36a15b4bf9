"""What others build on: public names say what they give and raise, formats carry a version, old runs are told."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import pytest

import audit
from audit import errors, store
from audit.records import SCHEMA
from tests.core.test_cli import call

NAMES = [name for name in audit.__all__ if not name.startswith("__")]
RAISING = ("read", "run", "Results")


@pytest.mark.parametrize("name", NAMES)
def test_public_names_say_what_they_are(name: str) -> None:
    thing = getattr(audit, name)
    said = inspect.getdoc(thing) or ""
    assert len(said.split()) >= 5, name
    assert said.rstrip().endswith((".", ":")) or "\n" in said
    if inspect.isfunction(thing):
        assert all(parameter.annotation is not inspect.Parameter.empty
                   for parameter in inspect.signature(thing).parameters.values())  # fmt: skip


@pytest.mark.parametrize("name", RAISING)
def test_public_names_say_what_they_raise(name: str) -> None:
    said = inspect.getdoc(getattr(audit, name)) or ""
    assert "Raises" in said
    assert any(error in said for error in vars(errors) if error.endswith("Error"))


def test_every_error_is_ours_and_explains_itself() -> None:
    kinds = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, Exception)]
    assert len(kinds) >= 6
    for kind in kinds:
        assert issubclass(kind, errors.AuditError)
        assert inspect.getdoc(kind)


def test_what_is_printed_carries_its_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("The ferry may not sail, the mayor said.", encoding="utf-8")
    _, out, _ = call(capsys, "scan", tmp_path / "a.txt", "--format", "jsonl")
    assert json.loads(out)["schema"] == SCHEMA
    assert call(capsys, "run", tmp_path / "a.txt", "-o", tmp_path / "out")[0] == 0
    assert json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))["schema"] == SCHEMA


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, None, "1"])
@pytest.mark.parametrize("command", ["report", "compare", "diff"])
def test_a_run_of_another_schema_is_refused_with_a_sentence(
    command: str, schema: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / store.MARKER).write_text(json.dumps({"schema": schema}), encoding="utf-8")
    code, _, err = call(capsys, command, tmp_path, *([tmp_path] if command == "diff" else []))
    assert code == 2
    assert f"schema {schema} is not {SCHEMA}, the one this version reads; run again" in err
    assert len(err.splitlines()) == 1


def test_a_run_mends_a_folder_of_another_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / store.MARKER).write_text('{"schema": 0}', encoding="utf-8")
    (tmp_path / "a.txt").write_text("The ferry may not sail, the mayor said.", encoding="utf-8")
    assert call(capsys, "run", tmp_path / "a.txt", "-o", out)[0] == 0
    assert store.read_audit(out)["schema"] == SCHEMA


def unversioned(source: str) -> list[str]:
    """Deprecations of a module that do not say as of which version, and in which one the name goes."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    said = [ast.unparse(call) for call in calls if "DeprecationWarning" in ast.unparse(call)]
    return [text for text in said if len(re.findall(r"\b\d+\.\d+\b", text)) < 2]


def test_deprecations_are_warnings_with_versions(root: Path) -> None:
    found = {str(path): wrong for path in (root / "audit").rglob("*.py")
             if (wrong := unversioned(path.read_text(encoding="utf-8")))}
    assert found == {}
    assert unversioned("warnings.warn('`words` is now `tokens`', DeprecationWarning, 2)")
    assert not unversioned("warnings.warn('`words` is `tokens` since 1.2 and goes in 1.4', DeprecationWarning, 2)")


def test_a_table_of_an_older_run_that_lacks_a_column_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyarrow.parquet

    (tmp_path / "a.txt").write_text("The ferry may not sail, the mayor said.", encoding="utf-8")
    out = tmp_path / "out"
    assert call(capsys, "run", tmp_path / "a.txt", "-o", out)[0] == 0
    path = out / "data" / "scores.parquet"
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(path).drop_columns(["percentile"]), path)
    code, _, err = call(capsys, "compare", out)
    assert code == 2
    assert "run the audit again" in err
    assert "a fault in audit itself" not in err
