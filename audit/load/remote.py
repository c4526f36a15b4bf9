"""Files behind a URL. In: any address that fsspec understands (`memory://a.jsonl`, `s3://bucket/news/`, `file:///a.csv`,
`zip://a.csv::b.zip`); out: one Input a file, named by its address, in sorted order, or Skipped.

Nothing is read here but names and sizes; the file itself is streamed by the reader of its format. A folder means the
same as a local one: what lies under its sub-folders belongs to the source that the first sub-folder names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from audit.errors import InputError
from audit.load.draft import ONE_ARTICLE, Input, RemoteFile, is_article
from audit.records import Skipped

_REPORT = "audit.json"
_EXTRA = "install audit-news[remote] and the package of that storage"


def is_remote(argument: str) -> bool:
    """Whether an argument is a URL and no local path."""
    scheme, found, _ = argument.partition("://")
    return bool(found) and scheme.replace(":", "").replace("+", "").replace("-", "").isalnum()


def find_remote(address: str) -> Iterator[Input | Skipped]:
    """Each file that the address names, matches (`*`) or holds. Raises InputError when nothing can be there."""
    system, place = _system(address)
    found: list[tuple[str, str | None]]
    try:
        if "*" in place:
            found = [(item, None) for item in sorted(system.glob(place)) if not system.isdir(item)]
        elif system.isdir(place):
            found = [(item, place) for item in sorted(system.find(place))]
        elif system.exists(place):
            found = [(place, None)]
        else:
            raise InputError(f"{address}: there is no such file or folder; check the address")
    except InputError:
        raise
    except Exception as error:  # each storage raises errors of its own
        yield Skipped(address, f"could not be opened ({_brief(error)}); check the address and the access to it")
        return
    reports = {item.removesuffix(_REPORT) for item, _ in found if item.endswith(f"/{_REPORT}")}
    own = [(item, folder) for item, folder in found if not item.startswith(tuple(reports))]
    entries = [entry for item, folder in own if (entry := _entry(system, item, folder)) is not None]
    yield from entries
    if not entries:
        yield Skipped(address, "holds no articles; audit reads .txt, .md, .html, .jsonl, .csv and .parquet files")


def read_beside(address: str, name: str) -> str | None:
    """The text of a file of that name in the folder that the address names, or None where there is none."""
    system, place = _system(address)
    inner = f"{place.rstrip('/')}/{name}"
    try:
        return str(system.cat_file(inner).decode("utf-8-sig")) if system.isfile(inner) else None
    except Exception as error:  # each storage raises errors of its own
        raise InputError(f"{address}: {name} could not be read ({_brief(error)})") from error


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        system, place = url_to_fs(address)
    except ImportError as error:
        raise InputError(f"{address}: the address needs a package ({_brief(error)}); {_EXTRA}") from error
    except Exception as error:  # ValueError for an unknown protocol; storages raise their own on opening
        raise InputError(f"{address}: the address cannot be opened ({_brief(error)}); {_EXTRA}") from error
    return system, place


def _entry(system: Any, place: str, root: str | None) -> Input | None:
    """The Input of one file, None for what no folder means as an article."""
    inner = PurePosixPath(place.removeprefix(root or "").lstrip("/"))
    if root is not None and not (all(map(is_article, inner.parts)) and all(map(_is_folder, inner.parts[:-1]))):
        return None
    folder = inner.parts[0] if root is not None and len(inner.parts) > 1 else None
    entry = Input(PurePosixPath(place), str(system.unstrip_protocol(place)), folder, remote=RemoteFile(system, place))
    if folder is None and entry.kind in ONE_ARTICLE:
        entry.stem = PurePosixPath(place).name.split(".", 1)[0] or None
    return entry


def _is_folder(name: str) -> bool:
    """Browsers save what belongs to a page in a folder beside it."""
    return not name.endswith("_files")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
