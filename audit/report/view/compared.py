"""Claim pairs and copies in; topics (claims on one thing) per story and who took text from whom out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import msgspec

from audit.compare.figures import figures
from audit.report.data import Book, Row

DISPUTED, UPDATED, CONFIRMED, ALONE = "disputed", "updated", "confirmed", "alone"
RELATIONS = {"disputes": DISPUTED, "updated": UPDATED, "agrees": CONFIRMED}
STATES = (DISPUTED, UPDATED, CONFIRMED, ALONE)


class Topic(msgspec.Struct, frozen=True, gc=False):
    """Claims of one story that tell the same thing, the earliest first. `pairs` relates them."""

    state: str
    claims: tuple[Row, ...]
    pairs: tuple[Row, ...]

    @property
    def sources(self) -> list[str]:
        """The sources that tell it, the earliest first."""
        return list(dict.fromkeys(claim["source"] for claim in self.claims))

    @property
    def sides(self) -> list[list[Row]]:
        """The claims that some other tells differently, in groups that tell the same; the earliest stands first."""
        differ: set[frozenset[str]] = set()
        agree: set[frozenset[str]] = set()
        for pair in self.pairs:
            (agree if pair["relation"] == "agrees" else differ).add(frozenset((pair["claim_a"], pair["claim_b"])))

        def fits(claim: Row, group: list[Row]) -> bool:
            ends = [frozenset((claim["id"], other["id"])) for other in group]
            alike = any(end in agree for end in ends) or any(_told_alike(other, claim) for other in group)
            return alike and not any(end in differ for end in ends)

        groups: list[list[Row]] = []
        for claim in (claim for claim in self.claims if any(claim["id"] in ends for ends in differ)):
            group = next((group for group in groups if fits(claim, group)), None)
            if group is None:
                groups.append([claim])
            else:
                group.append(claim)
        return groups


def _told_alike(one: Row, other: Row) -> bool:
    """Whether two claims name one value, be it in digits or in words."""
    if one["value"] == other["value"]:
        return True
    values = [[(figure.value, figure.bound) for figure in figures(claim["value"])] for claim in (one, other)]
    return bool(values[0]) and values[0] == values[1]


@dataclass(frozen=True, slots=True)
class Taken:
    """Text of `origin` that stands in `taker`: in which articles (id of the later to its pair), and how much of all."""

    origin: str
    taker: str
    pairs: dict[str, Row]
    share: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What pages say about sources side by side."""

    topics: dict[str, list[Topic]]
    taken: list[Taken]
    undirected: list[Row]

    def count(self, story: str, state: str) -> int:
        """Topics of a story in one state."""
        return sum(topic.state == state for topic in self.topics.get(story, ()))


def compare(book: Book) -> Compared:
    """All of it, in an order that depends on the data alone."""
    taken, undirected = _taken(book)
    return Compared(topics(book), taken, undirected)


def topics(book: Book) -> dict[str, list[Topic]]:
    """Claims that are related, with every claim on its own that is not, by story."""
    groups = _related(book.claim_pairs)
    pairs, members = defaultdict(list), defaultdict(list)
    for pair in book.claim_pairs:
        pairs[groups[pair["claim_a"]]].append(pair)
    found: dict[str, list[tuple[int, int, str, Topic]]] = defaultdict(list)  # each after what puts them in order
    for id, claim in book.claims.items():
        if id in groups:
            members[groups[id]].append(claim)
        else:
            found[claim["story"] or ""].append((STATES.index(ALONE), -1, id, Topic(ALONE, (claim,), ())))
    for key, some in members.items():
        claims = sorted(some, key=lambda claim: (book.when(claim["article"]), claim["start"], claim["id"]))
        topic = Topic(_state(pairs[key]), tuple(claims), tuple(pairs[key]))
        place = STATES.index(topic.state), -len(topic.sources), claims[0]["id"]
        found[claims[0]["story"] or ""].append((*place, topic))
    return {story: [entry[-1] for entry in sorted(mine)] for story, mine in found.items()}


def _related(pairs: list[Row]) -> dict[str, str]:
    """The claims of pairs, each with the first id of all that it is related to, be it by way of others."""
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            parent[id] = parent.setdefault(parent[id], parent[id])
            id = parent[id]
        return id

    for pair in pairs:
        a, b = sorted((root(pair["claim_a"]), root(pair["claim_b"])))
        parent[b] = a
    return {id: root(id) for id in [*parent]}


def _state(pairs: list[Row]) -> str:
    states = {RELATIONS.get(pair["relation"], ALONE) for pair in pairs}
    return next(state for state in STATES if state in states or state == ALONE)


def _taken(book: Book) -> tuple[list[Taken], list[Row]]:
    found: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    undirected = []
    for pair in book.pairs:
        if pair["kind"] == "same-story" or book.source_of(pair["a"]) == book.source_of(pair["b"]):
            continue
        first = book.first(pair)
        if first is None:
            undirected.append(pair)
            continue
        later = pair["b"] if first == pair["a"] else pair["a"]
        best = found[book.source_of(first), book.source_of(later)]
        if later not in best or pair["share"] > best[later]["share"]:
            best[later] = pair
    taken = [Taken(origin, taker, pairs, _share(book, taker, pairs)) for (origin, taker), pairs in found.items()]
    return sorted(taken, key=lambda t: (-len(t.pairs), -t.share, t.origin, t.taker)), undirected


def _share(book: Book, taker: str, pairs: dict[str, Row]) -> float:
    words = sum(book.articles[later]["words"] * pair["share"] for later, pair in pairs.items())
    return float(words / max(1, book.sources[taker]["words"]))
