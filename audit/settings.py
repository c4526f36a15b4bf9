"""Settings: the defaults that ship with the package, overridden by what a user's file names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from audit.errors import SettingsError
from audit.records import Record

DEFAULTS = Path(__file__).with_name("defaults.toml")


class Run(Record, frozen=True):
    """How the work is cut and shared out."""

    partition: int
    workers: int


class Load(Record, frozen=True):
    """Limits on what is read, per file, per article and per run."""

    max_file_bytes: int
    max_article_chars: int
    max_unpacked_bytes: int
    max_articles: int
    min_words: int
    as_of: str
    join_given_ids: bool


class Compare(Record, frozen=True):
    """What counts as the same event."""

    window_days: int


class Scoring(Record, frozen=True):
    """Intervals, ranks and corrections."""

    min_articles: int
    resamples: int
    confidence: float
    false_discovery_rate: float
    seed: int


class Report(Record, frozen=True):
    """What pages show."""

    standing_out: int


class Settings(Record, frozen=True):
    """All settings by section; `defaults.toml` documents each."""

    run: Run
    load: Load
    compare: Compare
    score: Scoring
    report: Report


def load(path: Path | None = None) -> Settings:
    """The defaults, overridden by the file. Raises SettingsError with file and line for an unknown or wrong key."""
    values: dict[str, Any] = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    if path is not None:
        _override(values, path)
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path or DEFAULTS.name}: {error}; see audit/defaults.toml for the kinds") from error


def _override(values: dict[str, Any], path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: the settings cannot be read ({error}); name a file in TOML") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    for section, keys in given.items():
        if section not in values or not isinstance(keys, dict):
            raise SettingsError(f"{path}:{_line(text, section)}: unknown section {section!r}; "
                                f"the sections are {', '.join(values)}")
        for key, value in keys.items():
            if key not in values[section]:
                raise SettingsError(f"{path}:{_line(text, key)}: unknown key {key!r} in [{section}]; "
                                    f"the keys are {', '.join(values[section])}")
            values[section][key] = value


def _line(text: str, needle: str) -> int:
    return text.count("\n", 0, max(text.find(needle), 0)) + 1
