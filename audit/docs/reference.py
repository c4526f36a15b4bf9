"""Pages of reference made from the code: every command, every setting, every table. Out: Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import click

from audit.cli import cli
from audit.explain import method
from audit.settings import DEFAULTS
from audit.tables import COLUMNS

MADE = "<!-- Made by python -m audit.docs; changes belong into {source}. -->"
WIDTH = 100

HEADER = re.compile(r"\[(?P<section>\w+)\]$")
SETTING = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>[^#]+?)\s*(?:#\s*(?P<says>.+))?$")
COMMENT = re.compile(r"#\s*(?P<says>.+)$")


def commands() -> str:
    """Every command as its own `--help` shows it."""
    lines = ["# Commands", "", MADE.format(source="audit/cli.py")]
    for words, command in _commands(cli, ("audit",)):
        context = click.Context(command, info_name=" ".join(words), max_content_width=WIDTH, terminal_width=WIDTH,
                                help_option_names=cli.context_settings["help_option_names"])
        lines += ["", f"## `{' '.join(words)}`", "", "```text", command.get_help(context), "```"]
    return "\n".join(lines) + "\n"


def _commands(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _commands(inner, (*words, name))


def settings() -> str:
    """Every setting with its default and its comment in `defaults.toml`."""
    lines = ["# Settings", "", MADE.format(source="audit/defaults.toml"), "",
             "A file given with `--settings` overrides only what it names; an unknown key is an error."]
    for section, rows in described().items():
        lines += ["", f"## [{section}]", "", "| setting | default | what it does |", "|---|---|---|"]
        lines += [f"| `{key}` | `{value}` | {says} |" for key, value, says in rows]
    return "\n".join(lines) + "\n"


def described() -> dict[str, list[tuple[str, str, str]]]:
    """Key, default and comment by section. A comment stands behind its setting, or on lines of its own before it."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    section, above = "", ""
    for line in map(str.strip, DEFAULTS.read_text(encoding="utf-8").splitlines()):
        if header := HEADER.match(line):
            section, above = header["section"], ""
            found[section] = []
        elif comment := COMMENT.match(line):
            above = f"{above} {comment['says']}".strip()
        elif setting := SETTING.match(line):
            says = " ".join(part for part in (above, setting["says"]) if part)
            found[section].append((setting["key"], setting["value"], says))
            above = ""
    return found


def defaults() -> dict[str, list[str]]:
    """The keys of `defaults.toml` by section, as TOML reads them."""
    return {name: list(keys) for name, keys in tomllib.loads(DEFAULTS.read_text(encoding="utf-8")).items()}


def tables() -> str:
    """Every table that a run writes, column by column, and every measure that stands in them."""
    lines = ["# Tables of a run", "", MADE.format(source="audit/tables.py and the signals"), "",
             "A run writes each as `data/<name>.parquet` and `data/<name>.csv`."]
    for name, columns in COLUMNS.items():
        lines += ["", f"## {name}", "", "| column | what it holds |", "|---|---|"]
        lines += [f"| `{column}` | {_cell(says)} |" for column, says in columns.items()]
    lines += ["", "## Measures", "", "| feature | what it is | unit |", "|---|---|---|"]
    lines += [f"| `{one['feature']}` | {_cell(one['title'])} | {_cell(one['unit'])} |"
              for entry in method() for one in entry["measures"]]
    return "\n".join(lines) + "\n"


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|")
