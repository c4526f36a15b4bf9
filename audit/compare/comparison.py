"""Sketches of a whole corpus in, everything that comparing finds out: stories, reuse, voices, claims, agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

import msgspec

from audit.compare.account import FINDINGS, ROWS, SHARES, TOLD, Account, Elsewhere, Lone, Rows, account, alone
from audit.compare.catalogue import Catalogue
from audit.compare.findings import Copied, copied_spans
from audit.compare.held import Held, Job, Keeper, Map
from audit.compare.overall import Added, Overall, Shares, overall
from audit.compare.reuse import Proven, proven
from audit.compare.rewritten import Way, rewritten, tried
from audit.compare.shelf import Chosen, Shelf, digest
from audit.compare.sketch import Sketch
from audit.compare.stories import TAKEN, WINDOW, gathered, grouped, joined
from audit.compare.telling import Related, Telling
from audit.compare.voices import origins, voices
from audit.records import Comparison, Evidence, Finding, Pair, Story
from audit.settings import Scoring, Settings, load

UNDATED = 0.2
"""Share of articles without a date from which the pages warn: stories are then found by words alone."""

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
    held = Held(map)
    found = accounted(sketches, texts, settings, owners, held)
    told = [msgspec.msgpack.decode(held.part(key, TOLD), type=Related) for key in found.stories]
    return msgspec.structs.replace(
        found.whole, claims=tuple(claim for one in told for claim in one.claims),
        claim_pairs=tuple(pair for one in told for pair in one.pairs),
        findings={article: msgspec.msgpack.decode(held.part(*place), type=Finding)
                  for article, place in sorted(found.findings().items())},
    )  # fmt: skip


class Accounted(NamedTuple):
    """What holds for all articles together, without claims and findings; and by what key the keeper has the account of
    each story, in their order, and the finding of each article without one."""

    whole: Comparison
    stories: list[bytes]
    alone: dict[str, bytes]

    def findings(self) -> dict[str, tuple[bytes, int]]:
        """Of each article the key of the result that has its finding, and the part."""
        places = {article: (key, 0) for article, key in self.alone.items()}
        for story, key in zip(self.whole.stories, self.stories, strict=True):
            places |= {article: (key, FINDINGS + at) for at, article in enumerate(story.articles)}
        return places


def accounted(
    sketches: Sequence[Sketch],
    texts: Callable[[str], str],
    settings: Settings | None,
    owners: Mapping[str, str] | None,
    keeper: Keeper,
) -> Accounted:
    """The same, claims and findings with the keeper, so that they need not lie in memory; `sketches` may read from a
    disk."""
    folder = sketches.folder if isinstance(sketches, Shelf) else None
    known = Catalogue.of(sketches, folder)
    ordered = Chosen(sketches, known.by_id)
    plain = [_head(item) for item in sketches]
    heads = {item.article: item for item in (plain[row] for row in known.by_id.tolist())}
    exchanged: list[Proven] = []
    groups = grouped(sketches, known, settings.compare.window_days if settings else WINDOW, folder, keeper.map,
                     lambda: exchanged.extend(proven(sketches, known, texts, folder, keeper)))
    taken = [(one.left, one.right) for one in exchanged if one.pair.share >= TAKEN]
    found = tuple(gathered(sketches, known, joined(groups, known, taken)))
    reused = tuple(sorted((one.pair for one in exchanged), key=lambda pair: (pair.a, pair.b)))
    parents = voices(list(heads.values()), reused)
    marks = {article: digest(sketches, int(row)) for article, row in zip(heads, known.by_id, strict=True)}
    jobs = (Job(msgspec.msgpack.encode(pair) + marks[pair.a] + marks[pair.b], partial(_with_texts, pair, texts))
            for pair in reused)
    ways = (msgspec.msgpack.decode(keeper.part(key), type=list[Way]) for key in keeper.run(tried, jobs))
    swapped = rewritten(chain.from_iterable(ways), heads, texts)
    corpus = Corpus(Items(ordered, heads), heads, marks, texts, owners or {}, found, reused, origins(parents),
                    copied_spans(reused, parents), swapped)
    stories = list(keeper.run(account, _accounts(corpus)))
    lone = dict(zip(*_lone(corpus, keeper), strict=True))
    sources = list(keeper.run(overall, _added(corpus, stories, keeper, (settings or load()).score)))
    whole = _whole(corpus, (keeper.part(key, ROWS) for key in stories), map(keeper.part, sources))
    return Accounted(msgspec.structs.replace(whole, voices=dict(sorted(parents.items()))), stories, lone)


@dataclass(frozen=True)
class Corpus:
    """What is known of all articles before their claims are: stories, reuse, and the voices that follow from it.

    items   sketches by article; heads: the same without their arrays, all at hand; marks: their digests
    """

    items: Items
    heads: dict[str, Sketch]
    marks: dict[str, bytes]
    texts: Callable[[str], str]
    owners: Mapping[str, str]
    stories: tuple[Story, ...]
    reused: tuple[Pair, ...]
    voice: Callable[[str], str]
    copied: Mapping[str, list[Copied]]
    swapped: Mapping[str, tuple[Evidence, ...]]

    def elsewhere(self, articles: Sequence[str]) -> Elsewhere:
        """What the findings of some articles take from others."""
        copied = {article: self.copied[article] for article in articles if article in self.copied}
        named = {*articles, *(other for spans in copied.values() for _, _, other in spans)}
        return Elsewhere(
            copied, {article: self.swapped[article] for article in articles if article in self.swapped},
            {article: self.heads[article].source for article in sorted(named)},
        )  # fmt: skip


def _whole(corpus: Corpus, stories: Iterable[bytes], sources: Iterable[bytes]) -> Comparison:
    """Everything but claims, findings and voices, from what was found in each story and of each source."""
    found = [msgspec.msgpack.decode(some, type=Rows) for some in stories]
    over = [msgspec.msgpack.decode(some, type=Overall) for some in sources]
    pairs = [*corpus.reused, *(pair for one in found for pair in one.pairs)]
    return Comparison(
        corpus.stories, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))),
        notes=_notes(list(corpus.heads.values())),
        framing=tuple(row for some in (found, over) for one in some for row in one.framing),
        balance=tuple(row for some in (found, over) for one in some for row in one.balance),
        quoted=tuple(row for one in found for row in one.quoted),
    )  # fmt: skip


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


def _with_texts(pair: Pair, texts: Callable[[str], str]) -> tuple[Pair, dict[str, str]]:
    return pair, {article: texts(article) for article in (pair.a, pair.b)}


def _head(item: Sketch) -> Sketch:
    """Who, when and where, without what was found in the text: small enough to be kept of every article."""
    return msgspec.structs.replace(item, **HEADLESS)


def _accounts(corpus: Corpus) -> Iterator[Job]:
    """The account of each story. All that it depends on is either small or has a digest."""
    home = {article: story.id for story in corpus.stories for article in story.articles}
    shared: dict[str, list[Pair]] = {}
    for pair in corpus.reused:
        if home.get(pair.a) == home.get(pair.b):
            shared.setdefault(home.get(pair.a, ""), []).append(pair)
    for story in corpus.stories:
        plain = Telling(
            (), {}, {article: corpus.voice(article) for article in story.articles},
            {source: corpus.owners[source] for source in sorted({corpus.heads[one].source for one in story.articles})
             if source in corpus.owners},
            tuple(shared.get(story.id, ())), _first(corpus, story.articles),
        )  # fmt: skip
        small = Account(story, plain, corpus.elsewhere(story.articles))
        marks = [corpus.marks[article] for article in story.articles]
        yield Job(msgspec.msgpack.encode((small, marks)), partial(_made, corpus, small))


def _made(corpus: Corpus, small: Account) -> Account:
    """The same with sketches and texts."""
    articles = small.story.articles
    telling = msgspec.structs.replace(
        small.telling, members=tuple(corpus.items[article] for article in articles),
        texts={article: corpus.texts(article) for article in articles},
    )  # fmt: skip
    return msgspec.structs.replace(small, telling=telling)


def _first(corpus: Corpus, articles: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Date and day of the text that each article repeats, where it repeats one that has them."""
    origins = {article: corpus.heads[corpus.voice(article)] for article in articles}
    return {article: (one.published, one.day) for article, one in origins.items() if one.article != article and one.day}


def _added(corpus: Corpus, stories: Sequence[bytes], keeper: Keeper, settings: Scoring) -> Iterator[Job]:
    """What each source adds in all its stories; the keys of these tell all that decides it."""
    told: dict[str, list[bytes]] = {}
    for story, key in zip(corpus.stories, stories, strict=True):
        for source in {corpus.heads[article].source for article in story.articles}:
            told.setdefault(source, []).append(key)
    plain = msgspec.msgpack.encode(settings)

    @lru_cache(maxsize=AT_HAND)
    def shares(key: bytes) -> Shares:
        return msgspec.msgpack.decode(keeper.part(key, SHARES), type=Shares)

    def made(source: str) -> Added:
        found = [shares(key) for key in told[source]]
        return Added(source, [usage for one in found for usage in one.usages.get(source, ())],
                     [side for one in found for side in one.sides.get(source, ())], settings)

    for source in sorted(told):
        yield Job(msgspec.msgpack.encode((source, told[source], plain)), partial(made, source))


def _lone(corpus: Corpus, keeper: Keeper) -> tuple[list[str], Iterator[bytes]]:
    """The articles without a story, and the keys of their findings."""
    in_story = {article for story in corpus.stories for article in story.articles}
    articles = [article for article in corpus.heads if article not in in_story]

    def jobs() -> Iterator[Job]:
        for article in articles:
            others = corpus.elsewhere([article])
            yield Job(corpus.marks[article] + msgspec.msgpack.encode(others), partial(made, article, others))

    def made(article: str, others: Elsewhere) -> Lone:
        return Lone(corpus.items[article], corpus.texts(article) if others.copied else "", others)

    return articles, keeper.run(alone, jobs(), here=True)


def _notes(items: Sequence[Sketch]) -> tuple[str, ...]:
    """What a reader must know of this comparison."""
    undated = sum(not item.day for item in items)
    if len(items) > 1 and undated > UNDATED * len(items):
        return (
            f"{undated} of {len(items)} articles have no date: stories were found by their words alone, and who "
            "published first is known only where a page says so.",
        )
    return ()
