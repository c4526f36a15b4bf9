"""Documents that are made: they say what the code says today, examples print what they show, links lead on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audit.docs import __main__ as docs
from audit.docs import diagram, reference
from audit.errors import AuditError
from audit.explain import method
from audit.tables import COLUMNS

README = docs.README.read_text(encoding="utf-8")
WRITTEN = [docs.README, *sorted(docs.FOLDER.glob("*.md")), *sorted((docs.README.parent / ".github").rglob("*.md"))]


@pytest.mark.parametrize("path", docs.MADE, ids=lambda path: path.name)
def test_pages_of_reference_are_those_of_today(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == docs.current(path, docs.MADE[path]), "run python -m audit.docs"


@pytest.mark.parametrize("path", docs.RUN, ids=lambda path: path.name)
def test_examples_run_and_print_what_is_shown(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == docs.current(path, docs.RUN[path]), "run python -m audit.docs"


def test_the_diagram_is_that_of_the_imports() -> None:
    assert diagram.diagram() in README, "run python -m audit.docs"


def test_every_part_stands_in_one_box() -> None:
    held = [part for _, parts in diagram.PARTS.values() for part in parts]
    assert len(held) == len(set(held))
    assert diagram.parts() == {*held, *diagram.GROUND}


def test_a_new_import_would_change_the_diagram(tmp_path: Path) -> None:
    file = tmp_path / "parse.py"
    text = "from audit.report import write\nif TYPE_CHECKING:\n    from audit import score\n"
    file.write_text(text, encoding="utf-8")
    assert diagram.imported(file) == {"report"}
    assert diagram.needed({"a": set(), "b": {"a"}, "c": {"a", "b"}}) == {"a": set(), "b": {"a"}, "c": {"b"}}


def test_each_setting_is_documented_where_it_is_set() -> None:
    described = reference.described()
    assert {section: [key for key, _, _ in rows] for section, rows in described.items()} == reference.defaults()
    for section, rows in described.items():
        for key, value, says in rows:
            assert says, f"audit/defaults.toml says nothing on {section}.{key} = {value}"


def test_each_column_and_measure_is_documented() -> None:
    page = reference.tables()
    for name, columns in COLUMNS.items():
        assert f"## {name}\n" in page
        assert all(f"| `{column}` | " in page for column in columns)
    for measure in (one for entry in method() for one in entry["measures"]):
        assert f"| `{measure['feature']}` | " in page


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        assert link.startswith("https://") or (path.parent / link).exists(), link


def test_the_notebook_is_one() -> None:
    notebook = json.loads((docs.FOLDER / "three_outlets.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"markdown", "code"}


@pytest.mark.parametrize(("text", "wanted"), [
    ("```console\n$ echo one; echo two\nold\n```\n", "```console\n$ echo one; echo two\none\ntwo\n```\n"),
    ("```console\n$ seq 9\n1\n...\n```", "```console\n$ seq 9\n1\n...\n```"),
    ("```toml\nkey = 1\n```", "```toml\nkey = 1\n```"),
])
def test_an_example_is_made_anew(text: str, wanted: str, tmp_path: Path) -> None:
    assert docs.examples.refreshed(text, tmp_path) == wanted


@pytest.mark.parametrize("text", [
    "```sh\nfalse\n```", "```python\nraise OSError\n```", "```console\n$ audit run nowhere\n```",
])
def test_an_example_that_fails_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="ended with"):
        docs.examples.refreshed(text, tmp_path)


def test_a_cell_that_fails_is_told(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "outputs": [], "execution_count": None, "source": "1 / 0"}
    written = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    with pytest.raises(AuditError, match="ZeroDivisionError: division by zero"):
        docs.notebook.refreshed(json.dumps(written), tmp_path)
