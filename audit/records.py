"""The records that stages hand to each other: frozen, slotted, and equal after a round trip through JSON.

Offsets are code points into `Article.text`, half-open. Dates are ISO 8601 strings, as precise as the page was.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

SCHEMA = 1
"""Version of every JSON document and table that `audit` writes."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Base of all records: immutable and compared by value. None can hold itself, so the collector of cycles need not
    look at the millions that a run makes."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, ready for JSON or a template."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Article(Record, frozen=True):
    """One text as it was loaded. `credit` is the outlet that the page itself names as its origin."""

    id: str
    source: str
    text: str
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published: str | None = None
    author: str | None = None
    credit: str | None = None
    meta: dict[str, str] = {}


class Earlier(Record, frozen=True):
    """An earlier version of an article: `share` is the part of its words that stands in the version that was kept."""

    id: str
    published: str | None
    title: str | None
    url: str | None
    words: int
    share: float


class Skipped(Record, frozen=True):
    """An input that could not be read: `where` is file, or file:line; `reason` says what, and what to do."""

    where: str
    reason: str


class Source(Record, frozen=True):
    """An outlet, as the manifest or the articles name it. Sources of one `owner` are not independent."""

    id: str
    name: str
    url: str | None = None
    country: str | None = None
    owner: str | None = None
    aliases: tuple[str, ...] = ()


class Part(Record, frozen=True):
    """A span with a role inside a piece of evidence: `source`, `cue` or `content`."""

    role: str
    start: int
    end: int


class Evidence(Record, frozen=True):
    """A span of text, the rule that found it, and the reason. `quoted` means a speaker's words, not the outlet's."""

    article: str
    feature: str
    rule: str
    start: int
    end: int
    reason: str
    weight: float = 1.0
    quoted: bool = False
    parts: tuple[Part, ...] = ()
    attributes: dict[str, str] = {}


class Measure(Record, frozen=True):
    """A count and what it was counted in. `absent` says why the measure does not apply; absent is never zero."""

    article: str
    feature: str
    count: float
    base: float
    unit: str
    absent: str | None = None

    @property
    def rate(self) -> float | None:
        """Count per base, or None where the measure is absent or the base is empty."""
        return self.count / self.base if self.absent is None and self.base else None


class Score(Record, frozen=True):
    """A value of an article or a source, with its interval and its place among reference news (0 to 100)."""

    subject: str
    feature: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int = 0
    percentile: float | None = None
    parts: dict[str, float] = {}


class Finding(Record, frozen=True):
    """What one extractor found in one article."""

    evidence: tuple[Evidence, ...]
    measures: tuple[Measure, ...]
    scores: tuple[Score, ...] = ()


class Story(Record, frozen=True):
    """Articles on the same event; `first` and `last` are dates of publication where they are known."""

    id: str
    articles: tuple[str, ...]
    title: str
    first: str | None = None
    last: str | None = None


class Passage(Record, frozen=True):
    """A stretch of `a` that stands again in `b`, with `changes` as (a start, a end, b start, b end) of other words."""

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    changes: tuple[tuple[int, int, int, int], ...] = ()


class Pair(Record, frozen=True):
    """Two articles. `share` is the part of the later text's words that stand in the earlier one."""

    a: str
    b: str
    kind: Literal["copy", "derived", "same-story"]
    share: float
    first: str | None = None
    reason: str = ""
    passages: tuple[Passage, ...] = ()


class Claim(Record, frozen=True):
    """What can be checked: a number with what it counts, a date, a name with a role, a quotation, a statement."""

    id: str
    article: str
    start: int
    end: int
    kind: str
    key: str
    value: str


class ClaimPair(Record, frozen=True):
    """Two claims (ids) of two articles that tell the same thing, or tell it differently."""

    a: str
    b: str
    relation: Literal["agrees", "disputes", "updated"]
    similarity: float
    reason: str


class Relation(Record, frozen=True):
    """How two statements stand to each other."""

    relation: Literal["agrees", "disputes", "unrelated"]
    similarity: float
    reason: str


class Framed(Record, frozen=True):
    """A word that a source uses for something that other sources of the story name too (Monroe et al. 2008).

    `story` is empty for all shared stories together, and then so are `key` and `name`. `count` of `base` words for the
    thing are this word, in the other sources `others` of `others_base`; `quoted` more stand in quotations of the
    source. `places` are the first of them, as (article, start, end).
    """

    story: str
    source: str
    way: str
    key: str
    name: str
    word: str
    count: int
    base: int
    others: int
    others_base: int
    quoted: int
    log_odds: float
    low: float
    high: float
    places: tuple[tuple[str, int, int], ...] = ()


class Balance(Record, frozen=True):
    """How often a source lets a group or a party speak in one story, or (`story` empty) in all that it shares.

    `count` of `base` statements; in the other sources of the same stories `others` of `others_base`. `difference` is
    between the two shares, with an interval where there are enough articles.
    """

    story: str
    source: str
    kind: Literal["group", "party"]
    name: str
    count: int
    base: int
    others: int
    others_base: int
    articles: int
    low: float | None = None
    high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None


class Quoted(Record, frozen=True):
    """A speaker whom a source lets speak in a story. `sources` independent sources of `tellers` do so."""

    story: str
    speaker: str
    source: str
    kind: str
    group: str
    party: str
    statements: int
    direct: int
    sources: int
    tellers: int
    articles: tuple[str, ...] = ()


class Comparison(Record, frozen=True):
    """What comparing the articles of all sources gave. `voices` maps an article to the article it repeats."""

    stories: tuple[Story, ...] = ()
    pairs: tuple[Pair, ...] = ()
    claims: tuple[Claim, ...] = ()
    claim_pairs: tuple[ClaimPair, ...] = ()
    findings: dict[str, Finding] = {}
    voices: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    framing: tuple[Framed, ...] = ()
    balance: tuple[Balance, ...] = ()
    quoted: tuple[Quoted, ...] = ()


Span = tuple[int, int]


class Document(Record, frozen=True):
    """What parsing understood of one article, as spans of its text."""

    article: str
    sentences: tuple[Span, ...]
    words: tuple[Span, ...]
    quotes: tuple[Span, ...]
