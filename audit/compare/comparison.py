"""Sketches of a whole corpus in, everything that comparing finds out: stories, reuse, voices, claims, agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import msgspec

from audit.compare.agreement import Tally, tally
from audit.compare.balance import balance
from audit.compare.catalogue import Catalogue
from audit.compare.direction import order
from audit.compare.findings import copied_spans, finding
from audit.compare.framing import framing
from audit.compare.quoting import quoted
from audit.compare.reuse import proven
from audit.compare.rewritten import rewritten
from audit.compare.shelf import Chosen, Shelf
from audit.compare.sketch import Sketch
from audit.compare.speakers import counts, heard
from audit.compare.stories import TAKEN, WINDOW, gathered, grouped, joined
from audit.compare.telling import Related, Telling, related
from audit.compare.voices import origins, voices
from audit.records import Claim, ClaimPair, Comparison, Finding, Pair, Story
from audit.settings import Settings

Map = Callable[[Callable[[Telling], Related], Iterable[Telling]], Iterable[Related]]

UNDATED = 0.2
"""Share of articles without a date from which the pages warn: stories are then found by words alone."""

SHOWN = 40
"""Articles of a story up to which every two of them are listed as a pair."""

CHAPTER = 1_000
"""Articles whose claims and findings are handed on together, some 15 MB; one story may have more."""

AT_HAND = 256
"""Sketches that are kept decoded: those of most stories."""

HEADLESS = dict.fromkeys(("voices", "named"), b"\x90") | dict.fromkeys(
    ("terms", "counts", "shingles", "codes", "sentences", "sentence_words", "quoted", "kinds"), b""
)
"""What a sketch is without its arrays; MessagePack's empty list stands for no words."""


def compare(
    sketches: Sequence[Sketch],
    texts: Callable[[str], str],
    settings: Settings | None = None,
    owners: Mapping[str, str] | None = None,
    map: Map = map,
) -> Comparison:
    """Compare all articles. `texts` gives the text of an article id; it is asked for candidates only.

    `owners` maps a source to its owner: sources of one owner are not independent. The result does not depend on
    the order of the sketches. `map` is the built-in one, or one that runs its task in other processes.
    """
    whole, *chapters = chaptered(sketches, texts, settings, owners, map)
    findings = {article: finding for chapter in chapters for article, finding in chapter.findings.items()}
    return msgspec.structs.replace(
        whole, claims=tuple(claim for chapter in chapters for claim in chapter.claims),
        claim_pairs=tuple(pair for chapter in chapters for pair in chapter.claim_pairs),
        findings=dict(sorted(findings.items())),
    )  # fmt: skip


def chaptered(
    sketches: Sequence[Sketch],
    texts: Callable[[str], str],
    settings: Settings | None = None,
    owners: Mapping[str, str] | None = None,
    map: Map = map,
) -> Iterator[Comparison]:
    """The same in pieces, so that no more than one of them need lie in memory; `sketches` may read from a disk.

    The first piece has everything but claims and findings; each later one has those of some stories, in their order,
    or of some articles without a story.
    """
    folder = sketches.folder if isinstance(sketches, Shelf) else None
    known = Catalogue.of(sketches, folder)
    ordered = Chosen(sketches, known.by_id)
    heads = {item.article: _head(item) for item in ordered}
    exchanged = list(proven(sketches, known, texts, folder))
    taken = [(one.left, one.right) for one in exchanged if one.pair.share >= TAKEN]
    groups = grouped(sketches, known, settings.compare.window_days if settings else WINDOW, folder)
    found = tuple(gathered(sketches, known, joined(groups, known, taken)))
    reused = tuple(sorted((one.pair for one in exchanged), key=lambda pair: (pair.a, pair.b)))
    parents = voices(list(heads.values()), reused)
    corpus = Corpus(Items(ordered, heads), heads, texts, owners or {}, found, reused, parents,
                    origins(parents))
    yield _whole(corpus, settings)
    yield from _bound(_pieces(corpus, map))


@dataclass(frozen=True)
class Corpus:
    """What is known of all articles before their claims are: stories, reuse, and the voices that follow from it.

    items   sketches by article; heads: the same without their arrays, all at hand
    """

    items: Items
    heads: dict[str, Sketch]
    texts: Callable[[str], str]
    owners: Mapping[str, str]
    stories: tuple[Story, ...]
    reused: tuple[Pair, ...]
    parents: dict[str, str]
    voice: Callable[[str], str]


def _whole(corpus: Corpus, settings: Settings | None) -> Comparison:
    """Everything but claims and findings."""
    found, items, voice = corpus.stories, corpus.items, corpus.voice
    pairs = (*corpus.reused, *_same_story(found, corpus.reused, corpus.heads))
    return Comparison(
        found, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))), voices=dict(sorted(corpus.parents.items())),
        notes=_notes(list(corpus.heads.values())), framing=framing(found, items, voice),
        balance=balance(found, items, voice, settings.score if settings else None), quoted=quoted(found, items, voice),
    )  # fmt: skip


def _pieces(corpus: Corpus, map: Map) -> Iterator[Comparison]:
    """Claims and findings story by story, then the findings of each article without one."""
    told = map(related, _tellings(corpus))
    copied = copied_spans(corpus.reused, corpus.parents)
    swapped = rewritten(corpus.reused, corpus.heads, corpus.texts)

    def findings(tallies: Mapping[str, Tally], unheard: Mapping[str, tuple[int, int]]) -> dict[str, Finding]:
        return {
            article: finding(corpus.items[article], tally, copied.get(article, ()), unheard.get(article, (0, 0)),
                             corpus.heads, corpus.texts, swapped.get(article, ()))
            for article, tally in tallies.items()
        }  # fmt: skip

    for story, claims in zip(corpus.stories, told, strict=True):
        members = {article: corpus.heads[article] for article in story.articles}
        tallies = tally([story], claims.claims, claims.pairs, members, corpus.voice, corpus.owners)
        unheard = counts(heard([story], corpus.items, corpus.voice), [story], members)
        yield Comparison(claims=claims.claims, claim_pairs=claims.pairs, findings=findings(tallies, unheard))
    in_story = {article for story in corpus.stories for article in story.articles}
    for article in corpus.heads:
        if article not in in_story:
            yield Comparison(findings=findings({article: Tally()}, {}))


def _bound(pieces: Iterable[Comparison]) -> Iterator[Comparison]:
    """The pieces, as many together as make up a chapter."""
    claims: list[Claim] = []
    pairs: list[ClaimPair] = []
    findings: dict[str, Finding] = {}
    for piece in pieces:
        claims += piece.claims
        pairs += piece.claim_pairs
        findings |= piece.findings
        if len(findings) >= CHAPTER:
            yield Comparison(claims=tuple(claims), claim_pairs=tuple(pairs), findings=findings)
            claims, pairs, findings = [], [], {}
    if findings:
        yield Comparison(claims=tuple(claims), claim_pairs=tuple(pairs), findings=findings)


class Items(Mapping[str, Sketch]):
    """Sketches by article, the last ones asked for kept at hand; they may lie on a disk."""

    def __init__(self, sketches: Sequence[Sketch], articles: Iterable[str]) -> None:
        self.place = {article: at for at, article in enumerate(articles)}
        self.read = lru_cache(maxsize=AT_HAND)(sketches.__getitem__)

    def __getitem__(self, article: str) -> Sketch:
        return self.read(self.place[article])

    def __iter__(self) -> Iterator[str]:
        return iter(self.place)

    def __len__(self) -> int:
        return len(self.place)


def _head(item: Sketch) -> Sketch:
    """Who, when and where, without what was found in the text: small enough to be kept of every article."""
    return msgspec.structs.replace(item, **HEADLESS)


def _as_first_told(item: Sketch, origin: Sketch) -> Sketch:
    """An article with the date of the text that it repeats: a reprint reports nothing later than its origin."""
    return msgspec.structs.replace(item, published=origin.published, day=origin.day) if origin.day else item


def _tellings(corpus: Corpus) -> Iterator[Telling]:
    """What relating the claims of each story takes."""
    items, owners = corpus.items, corpus.owners
    home = {article: story.id for story in corpus.stories for article in story.articles}
    shared: dict[str, list[Pair]] = {}
    for pair in corpus.reused:
        if home.get(pair.a) == home.get(pair.b):
            shared.setdefault(home.get(pair.a, ""), []).append(pair)
    for story in corpus.stories:
        members = tuple(_as_first_told(items[article], corpus.heads[corpus.voice(article)])
                        for article in story.articles)
        yield Telling(
            members, {article: corpus.texts(article) for article in story.articles},
            {article: corpus.voice(article) for article in story.articles},
            {item.source: owners[item.source] for item in members if item.source in owners},
            tuple(shared.get(story.id, ())),
        )  # fmt: skip


def _same_story(found: Sequence[Story], reused: Sequence[Pair], items: Mapping[str, Sketch]) -> list[Pair]:
    """The other pairs of articles in one story."""
    known = {frozenset((pair.a, pair.b)) for pair in reused}
    pairs = []
    for story in found:
        if len(story.articles) > SHOWN:
            continue
        for left, right in combinations(sorted(story.articles), 2):
            if frozenset((left, right)) not in known:
                first, reason = order(items[left], items[right])
                a, b = (right, left) if first == right else (left, right)
                pairs.append(Pair(a, b, "same-story", 0.0, first, reason))
    return pairs


def _notes(items: Sequence[Sketch]) -> tuple[str, ...]:
    """What a reader must know of this comparison."""
    undated = sum(not item.day for item in items)
    if len(items) > 1 and undated > UNDATED * len(items):
        return (
            f"{undated} of {len(items)} articles have no date: stories were found by their words alone, and who "
            "published first is known only where a page says so.",
        )
    return ()
