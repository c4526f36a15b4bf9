"""The manifest of sources. In: a `sources.toml`; out: Source records, and an index that unifies names and domains.

[[source]]
id = "gazette"                      # required; also the name of the sub-folder that holds its articles
name = "The Northern Gazette"       # how pages call it; default: the id
url = "https://gazette.example"     # articles from this domain are its own
country = "GB"
aliases = ["N. Gazette", "gazette-archive.example"]
owner = "Northern Media"            # sources of one owner are not independent
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from audit.errors import InputError, SettingsError
from audit.records import Source

MANIFEST = "sources.toml"
_TEXT_KEYS = ("id", "name", "url", "country", "owner")


class Names:
    """Looks up a source by anything it is called: id, name, alias or domain, whatever the case."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self.sources = sources
        self._names: dict[str, Source] = {}
        for source in sources.values():
            for name in (source.id, source.name, source.url, *source.aliases):
                if name:
                    self._names.setdefault(_key(name), source)

    def find(self, name: str | None) -> Source | None:
        """The source that goes by `name`, or None."""
        return self._names.get(_key(name)) if name and self._names else None

    def find_url(self, url: str | None) -> Source | None:
        """The source whose domain, or a parent of it, is the host of `url`, or None."""
        host = host_of(url) if url and self._names else None
        while host:
            if host in self._names:
                return self._names[host]
            host = host.partition(".")[2]
        return None


def read_sources(path: Path) -> dict[str, Source]:
    """The manifest's sources by id. Raises InputError if it is unreadable, SettingsError (file:line) if it is wrong."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the sources manifest could not be read ({_cause(error)})") from error
    return parse_sources(text, path)


def parse_sources(text: str, path: Path | str) -> dict[str, Source]:
    """The same from the text of a manifest; `path` is how errors call it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise SettingsError(f"{where}: not valid TOML: {error}") from error
    for key in document:
        if key != "source":
            raise SettingsError(f"{path}:{_line(text, key)}: unknown key '{key}'; a manifest holds [[source]] tables")
    tables = document.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError(f"{path}:{_line(text, 'source')}: write each source as a table [[source]]")
    sources: dict[str, Source] = {}
    for number, table in enumerate(tables):
        source = _source(path, text, number, table)
        if source.id in sources:
            raise SettingsError(f"{path}:{_line(text, 'id', number)}: the id '{source.id}' is used twice")
        sources[source.id] = source
    return sources


def host_of(url: str) -> str | None:
    """The host of a URL or bare domain, lower case, without 'www.' and port, or None."""
    rest = url.strip().lower().split("//", 1)[-1]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].removeprefix("www.").rstrip(".")
    return host if re.fullmatch(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", host) else None


def _source(path: Path | str, text: str, number: int, table: dict[str, Any]) -> Source:
    for key, value in table.items():
        where = f"{path}:{_line(text, key, number)}"
        if key not in (*_TEXT_KEYS, "aliases"):
            known = ", ".join((*_TEXT_KEYS, "aliases"))
            raise SettingsError(f"{where}: unknown key '{key}'; a source has {known}")
        words = value if key == "aliases" and isinstance(value, list) else [value]
        if (key == "aliases") != isinstance(value, list) or not all(isinstance(word, str) and word for word in words):
            kind = "a list of names" if key == "aliases" else "a text in quotation marks"
            raise SettingsError(f"{where}: '{key}' must be {kind}")
    if "id" not in table:
        raise SettingsError(f"{path}:{_line(text, '[[source]]', number)}: a source needs an id")
    return msgspec.convert({"name": table["id"], **table}, Source)


def _key(name: str) -> str:
    name = name.strip()
    host = host_of(name) if "." in name and " " not in name else None
    return host or " ".join(name.casefold().split())


def _line(text: str, key: str, table: int = 0) -> int:
    """The line of `key` in the n-th [[source]] table: tomllib does not say, so the text is searched."""
    opened = -1
    pattern = re.compile(rf"\s*(?:\[\[?\s*)?\"?{re.escape(key.strip('[]'))}\"?\s*(?:=|\])")
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*source\s*\]\]", line):
            opened += 1
            if opened == table and key == "[[source]]":
                return number
        if opened in (table, -1) and pattern.match(line):
            return number
    return 1


def _cause(error: Exception) -> str:
    return (error.strerror or "unreadable") if isinstance(error, OSError) else "not UTF-8"
