"""Records by name in, the same out again when they are asked for: meanwhile they lie in a file, not in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

import msgspec

Kind = TypeVar("Kind")


class Spool(Mapping[str, Kind]):
    """Records of one kind in a file of their own, which goes when this goes, however that comes about.

    In memory are the names and where each record begins: some hundred bytes an entry.
    """

    def __init__(self, folder: Path, kind: type[Kind]) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this does
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._place: dict[str, int] = {}
        self._edges = array("q", [0])

    def put(self, name: str, content: bytes) -> None:
        """Add a record, as MessagePack. A name that is there already is given the new one."""
        self._file.seek(self._edges[-1])
        self._file.write(content)
        self._place[name] = len(self._edges) - 1
        self._edges.append(self._edges[-1] + len(content))

    def __getitem__(self, name: str) -> Kind:
        at = self._place[name]
        self._file.seek(self._edges[at])
        return self._decoder.decode(self._file.read(self._edges[at + 1] - self._edges[at]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._place)

    def __len__(self) -> int:
        return len(self._place)
