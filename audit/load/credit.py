"""Where a page says that its text comes from. In: lines at the edges of a page; out: the outlet's name, or None.

"From the MT:", "Source: Reuters", a bare domain or a link by itself at the end, "originally published in The Herald",
"The Associated Press contributed to this report", and the agency of a dateline: "MINSK (AFP) -". A short form or a
domain is spelled out where `outlets.toml` knows it; any other name stays as the page writes it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from audit.load.page_lines import tables
from audit.load.sources import host_of

_DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/?", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_DATELINE = re.compile(r"(?P<place>[A-Z][^()\n]{1,60}?),?\s\((?P<agency>[A-Z][\w./ -]{1,30})\)\s?(?:-{1,2}|–|—|:)\s")
_DATELINE_DAY = re.compile(r",?\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?$")
_NAME_WORD = re.compile(r"[A-Z0-9À-Þ][\w.&'’/-]*")
_INNER = frozenset({"of", "the", "and", "for", "&", "de", "del", "la", "le"})
_MAX_NOTE_WORDS = 60
_MAX_PLACE_WORDS = 5
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
_FILE_ENDINGS = frozenset({"html", "htm", "php", "txt", "jpg", "png", "pdf", "md", "doc", "mp4", "zip"})


def known_outlet(name: str) -> str | None:
    """The full name of an outlet that goes by `name`, or by that domain, in `outlets.toml`; else None."""
    name = name.strip()
    by_name, by_domain = _outlets()
    plain = name[4:] if name[:4] in ("the ", "The ") else name
    found = by_name.get(name) or by_name.get(plain) or by_name.get(plain.casefold())
    if found is None and "." in name and (host := host_of(name)):
        found = _by_host(host, by_domain)
    return found


def read_credit(line: str) -> str | None:
    """The outlet that this line credits, if the whole line does nothing else; else None."""
    line = line.strip().strip("*_()[]").strip()
    if not line or len(line) > 600:
        return None
    if domain := linked_outlet(line):
        return domain
    return _named(line) or _note(line)


def linked_outlet(line: str) -> str | None:
    """The outlet behind a line that is one link or one bare domain: its name if known, else its domain."""
    if not (_LINK.fullmatch(line) or _DOMAIN.fullmatch(line)):
        return None
    host = host_of(line)
    if host is None or host.rpartition(".")[2] in _FILE_ENDINGS:
        return None
    if _by_host(host, _platforms()):
        return None
    return _by_host(host, _outlets()[1]) or host


def read_dateline(paragraph: str) -> tuple[str, str] | None:
    """Place and agency of a dateline that opens `paragraph`, as in "MINSK, Sept 11 (Reuters) - ", or None."""
    match = _DATELINE.match(paragraph[:140])
    if match is None:
        return None
    agency = known_outlet(match["agency"])
    place = _DATELINE_DAY.sub("", match["place"]).strip(" ,")
    return (place, agency) if agency and len(place.split()) <= _MAX_PLACE_WORDS else None


def _named(line: str) -> str | None:
    """ "From the MT:", "Via Reuters", "Source: example.com": a credit word, then a name and nothing else."""
    lower = line.lower()
    for opening in sorted(tables()["credit"]["names"], key=len, reverse=True):
        if not lower.startswith(opening) or lower[len(opening) : len(opening) + 1] not in (" ", ":"):
            continue
        name = line[len(opening) :].strip(' :.-–—"“”')
        if name.lower().startswith("the ") and known_outlet(name[4:]):
            name = name[4:]
        found = known_outlet(name) or linked_outlet(name)
        # "From Moscow" is a place as well as "Via Roma": a name that is not known needs the colon of a credit.
        marked = ":" in line[len(opening) :][:2] or line.endswith(":")
        if found or (marked and _is_name(name)):
            return found or name
    return None


def _note(line: str) -> str | None:
    """A note about the text: "originally published in ...", "... contributed to this report"."""
    lower = line.lower()
    if len(line.split()) > _MAX_NOTE_WORDS:
        return None
    for phrase in tables()["credit"]["phrases"]:
        at = lower.find(phrase)
        if at >= 0 and (name := _name_after(line[at + len(phrase) :])):
            return name
    for phrase in tables()["credit"]["contributed"]:
        at = lower.find(f" {phrase}")
        if at > 0 and len(line) - at - len(phrase) < 12:
            return _contributor(line[:at])
    label, _, names = line.partition(":")
    return (
        _contributor(names)
        if label.lower() in ("contributing", "with reporting by", "with contributions from")
        else None
    )


def _contributor(text: str) -> str | None:
    """The first known outlet among the contributors; people and unknown names are not origins."""
    for piece in re.split(r",\s|\sand\s", text):
        words = piece.split()
        # "Jane Doe of the Associated Press": the outlet stands at the end.
        for start in range(len(words)):
            if outlet := known_outlet(" ".join(words[start:])):
                return outlet
    return None


def _name_after(text: str) -> str | None:
    """The name that opens `text`: capitalised words with small words between them, or a domain."""
    words = text.strip(" :\"“”‘’'*_").split()
    taken: list[str] = []
    for word in words[:8]:
        bare = word.rstrip(".,;:)\"”’'*_")
        if not taken and bare.lower() in ("the", "by"):
            taken += [bare] if bare == "The" else []
            continue
        if not (_NAME_WORD.fullmatch(bare) or _DOMAIN.fullmatch(bare) or (taken and bare in _INNER)):
            break
        taken.append(bare)
        if bare != word:
            break
    while taken and taken[-1].lower() in _INNER:
        taken.pop()
    name = " ".join(taken)
    if not name or taken[0].lower() in _MONTHS or name.endswith(("'s", "’s")):
        return None
    first = name.partition(" and ")[0]
    return known_outlet(name) or linked_outlet(name) or known_outlet(first) or name


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 7 and all(_NAME_WORD.fullmatch(word) or word in _INNER for word in words)


def _by_host(host: str, by_domain: dict[str, str]) -> str | None:
    while host:
        if host in by_domain:
            return by_domain[host]
        host = host.partition(".")[2]
    return None


@cache
def _platforms() -> dict[str, str]:
    return {host: host for host in _table()["platforms"]}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("audit.load") / "outlets.toml").read_text("utf-8"))


@cache
def _outlets() -> tuple[dict[str, str], dict[str, str]]:
    """Names and domains of known outlets. Full names are found in any case, short forms as they are written."""
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    for outlet in _table()["outlets"]:
        full = outlet["name"]
        for name in (
            full,
            full.removeprefix("The "),
            full.casefold(),
            full.removeprefix("The ").casefold(),
            *outlet["short"],
        ):
            names.setdefault(name, full)
        domains |= dict.fromkeys(outlet["domains"], full)
    return names, domains
