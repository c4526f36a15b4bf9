"""Attributed statements in, the same with the group that the speaker stands for and the party, where the text says so.

Officials, opposition, parties, experts, companies and other bodies, citizens, anonymous speakers, documents. A group
rests on words of the article itself: those of the statement's source, and those that describe the name anywhere in
the article. Nobody is looked up; a name that no word describes is "unsaid".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from audit.compare import names
from audit.compare.mentions import DESCRIBED, Named, named, person_key
from audit.parse import Parsed
from audit.records import Article, Evidence, Finding

FILE = Path(__file__).with_name("groups.en.toml")

GROUPS = {
    "official": "officials",
    "opposition": "opposition",
    "party": "parties and candidates",
    "expert": "experts",
    "organisation": "companies, unions and other bodies",
    "citizen": "citizens",
    "anonymous": "anonymous speakers",
    "document": "documents",
    "other": "others, described in another way",
    "unsaid": "speakers of whom the text does not say who they are",
}
"""The groups, and their plural for pages."""

NEAR = 90
"""Characters beside a name in which the text may say for whom the person stands: ", who heads the Dockers' Union"."""

SEATS = re.compile(r"\b(?:White House|Downing Street|Capitol Hill|Élysée)\b")
"""Buildings that stand for the office in them, which is counted as the word "presidency"."""

LOOKED = 12
"""Places of a name that are looked at: who somebody is, is said at the first few of them."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CAPITALS = r"[A-Z][\w’'&-]*(?: (?:of |the |for |and )?[A-Z][\w’'&-]*){0,5}"
BODY = re.compile(rf"\s*,? (?:of|from|with|at) (?:the )?((?:ruling |governing |opposition )?{CAPITALS})")
HEADS = re.compile(
    r"\s*, who (?:also )?(?:heads|leads|runs|chairs|directs|founded|owns|represents|speaks for|works for|works at|"
    r"teaches at|is) ([^,.;]{3,60})"
)
APPOSED = re.compile(r"\s*, ((?:an?|the|its|his|her|their|our) [^,.;:]{3,60})[,.;]")
OFFICE = re.compile(r"\s*, ([a-z]+ (?:of|for|at) [^,.;:]{3,60})[,.;]")
OPENED = re.compile(
    r"(?:^|[.;:,(“\"\n])\s*((?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) [^,.;:“\"]{3,60}), $"
)
LETTER = re.compile(r"\s*(?:\(|, )(R|D)(?:\)|[.,]? ?[-–—‑]? ?[A-Z][A-Za-z.]+)")
BEFORE = re.compile(r"((?:[A-Z][\w’'-]* )(?:[\w’'.-]+ ){0,2})$")
NAMED_PARTY = re.compile(r"\b((?:[A-Z][\w’'-]* (?:of |for |and )?){1,4}Party)\b")
GROUPING = re.compile(
    r"^((?:[A-Z][\w’'-]* ){1,3}(?:Alliance|Front|Bloc|Movement)|(?:Social|Christian|Liberal|Sweden) Democrats)$"
)
RULING = re.compile(rf"\b(?:ruling|governing|opposition|coalition partner) ({CAPITALS})")
LETTERS = {"R": "Republicans", "D": "Democrats"}


@dataclass(frozen=True)
class Lists:
    """Sets of lower-case words as the file names them; `parties` by the form that texts write."""

    opposition: frozenset[str]
    office: frozenset[str]
    weak: frozenset[str]
    body: frozenset[str]
    expert: frozenset[str]
    citizen: frozenset[str]
    document: frozenset[str]
    party: frozenset[str]
    parties: dict[str, str]


@cache
def lists() -> Lists:
    """Read the lists; the file is part of the package."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    forms = {form: name for name, line in data["parties"].items() for form in line.split()}
    return Lists(**{key: frozenset(value.split()) for key, value in data["words"].items()}, parties=forms)


def grouped(articles: Sequence[Article], attribution: Sequence[Finding], mentioned: Named) -> list[Finding]:
    """The findings of attribution, one per article, each statement with the attributes `group` and `party`."""
    found = []
    for article, finding, words in zip(articles, attribution, mentioned, strict=True):
        described: dict[str, list[str]] = {}
        for word in words:
            if word.slot == DESCRIBED:
                described.setdefault(word.key, []).append(word.word)
        speakers: dict[tuple[str, str], list[Evidence]] = {}
        for one in finding.evidence:
            if one.attributes.get("speaker"):
                speakers.setdefault(_who(one), []).append(one)
        extra = {who: _told(article.text, said, described) for who, said in speakers.items()}
        evidence = tuple(_with(one, extra.get(_who(one), {})) for one in finding.evidence)
        found.append(msgspec.structs.replace(finding, evidence=evidence))
    return found


def spoken(parsed: Parsed, findings: dict[str, list[Finding]]) -> tuple[dict[str, list[Finding]], Named]:
    """The findings of a partition, statements with the group of their speakers, and the words of `mentions.named`."""
    attribution = findings.get("attribution")
    if attribution is None:
        return findings, named(parsed)
    words = named(parsed, attribution)
    return {**findings, "attribution": grouped(parsed.articles, attribution, words)}, words


def _who(one: Evidence) -> tuple[str, str]:
    """By what the speaker of a statement is known in its article, and of which kind."""
    speaker, kind = one.attributes.get("speaker", ""), one.attributes.get("speaker_kind", "")
    a_person = kind in ("named", "role") and speaker != speaker.lower()
    return (person_key(speaker), "named") if a_person else (speaker.lower(), kind)


def _with(one: Evidence, extra: dict[str, str]) -> Evidence:
    return msgspec.structs.replace(one, attributes={**one.attributes, **extra}) if extra else one


def _told(text: str, said: Sequence[Evidence], described: dict[str, list[str]]) -> dict[str, str]:
    """Group and party of one speaker, from all statements of an article and from what it says beside the name."""
    key, kind = _who(said[0])
    speaker = max((one.attributes["speaker"] for one in said), key=lambda name: (len(name), name))
    sources = [_head(text[part.start : part.end]) for one in said for part in one.parts if part.role == "source"]
    beside = list(_beside(text, speaker)) if kind in ("named", "organisation") and speaker != speaker.lower() else []
    words = [word.lower() for piece in (*sources, *beside) for word in WORD.findall(SEATS.sub("presidency", piece))]
    words += [*described.get(key, ()), *(word.lower() for word in speaker.split()[: -2 if kind == "named" else None])]
    party = _party([*_letters(text, speaker), *beside, *sources, speaker]) if kind != "document" else ""
    official = any("official" in one.attributes for one in said)
    found = {"group": group(kind, words, speaker, party=party, official=official)}
    return found | ({"party": party} if party else {})


def _head(source: str) -> str:
    """The words of a source up to a participle: "Witnesses interviewed by this newspaper" are witnesses."""
    words = source.split()
    stop = next((at for at, word in enumerate(words) if at and names.lists().is_verb(word.lower())), len(words))
    return " ".join(words[:stop])


def _beside(text: str, name: str) -> Iterable[str]:
    """What the text says of a name right before and after it: "of the Greens", "The mayor of Upper Calder,"."""
    for at, end in _places(text, name):
        after = text[end : end + NEAR]
        found = [pattern.match(after) for pattern in (BODY, HEADS, APPOSED, OFFICE)]
        found.append(OPENED.search(text[max(0, at - NEAR) : at]))
        for one in found:
            if one and not any(names.lists().is_verb(word.lower()) for word in one[1].split()[1:]):
                yield one[1]


def _letters(text: str, name: str) -> Iterable[str]:
    """Parties by a letter in brackets after a name, or by a word or two before it."""
    for at, end in _places(text, name.split()[-1]):
        letter = LETTER.match(text, end)
        if letter:
            yield LETTERS[letter[1]]
        before = BEFORE.search(text[max(0, at - 40) : at])
        if before and not before[1].split()[0].endswith("s"):  # "Republicans asked Brand" names no party of hers
            yield before[1]


def _places(text: str, name: str) -> Iterable[tuple[int, int]]:
    """The first places of a name, up to `LOOKED`."""
    at = 0
    for _ in range(LOOKED):
        at = text.find(name, at)
        if at < 0:
            break
        yield at, at + len(name)
        at += len(name)


def _party(pieces: Iterable[str]) -> str:
    """The party that some piece names first, as pages show it; empty where none does."""
    for piece in pieces:
        full = NAMED_PARTY.search(piece)
        if full:
            words = [word for word in full[1].split() if word not in ("The", "A")]
            known = [lists().parties[word] for word in words if word in lists().parties]
            return known[0] if known else " ".join(words)
        grouping = GROUPING.match(piece)
        if grouping:
            return grouping[1]
        ruling = RULING.search(piece)
        if ruling:
            return ruling[1].removeprefix("the ").strip()
        for word in WORD.findall(piece):
            if word in lists().parties:
                return lists().parties[word]
    return ""


def group(kind: str, words: Sequence[str], speaker: str, *, party: str, official: bool) -> str:
    """The group of a speaker of that kind (`speaker_kind`) whom these lower-case words describe."""
    known = lists()
    if kind in ("anonymous", "document"):
        return kind
    said = set(words)
    ranked = (
        ("opposition", known.opposition), ("official", known.office), ("expert", known.expert),
        ("party", known.party), ("organisation", known.body), ("official", known.weak), ("citizen", known.citizen),
        ("document", known.document if kind != "named" else frozenset()),
    )  # fmt: skip
    for name, listed in ranked:
        if not said.isdisjoint(listed):
            return name
    if party or official or kind == "organisation":
        return "party" if party else "official" if official else "organisation"
    telling = said - {word.lower() for word in WORD.findall(speaker)} if kind == "named" else said
    return "other" if any(map(names.lists().is_person, telling)) else "unsaid"
