"""Claims and reuse of all stories in, measures and evidence of each article out: confirmed, disputed, alone, left out,
copied. Nothing here says who is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from audit.compare.sketch import Sketch
from audit.extract.base import Quantity
from audit.records import Claim, ClaimPair, Story

OTHERS = 2
"""Independent sources that must report a claim before leaving it out is counted."""

quantities = (
    Quantity("agreement.confirmed", "confirmed elsewhere", "claims confirmed by an independent source", "own claims",
             "claim", scale=100),
    Quantity("agreement.disputed", "told otherwise elsewhere", "claims that an independent source tells otherwise",
             "own claims", "claim", scale=100),
    Quantity("agreement.alone", "told by nobody else", "claims that no independent source tells", "own claims",
             "claim", scale=100),
    Quantity("agreement.omitted", "left out", "claims of two or more independent others left out",
             "claims of two or more independent others", "claim", scale=100),
    Quantity("agreement.unheard", "not heard", "named speakers of two or more others who do not speak here",
             "named speakers of two or more others", "speaker", scale=100),
    Quantity("agreement.copied", "text taken from elsewhere", "words that stand in an earlier text", "own words",
             "word", scale=100),
)  # fmt: skip
"""What agreement measures, in the form in which extractors describe themselves."""


@dataclass
class Tally:
    """What was found for the claims of one article."""

    claims: dict[str, Claim] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    omitted: int = 0
    told_by_others: int = 0
    in_story: bool = False


def tally(
    stories: Sequence[Story],
    claims: Sequence[Claim],
    pairs: Sequence[ClaimPair],
    items: dict[str, Sketch],
    voice: Callable[[str], str],
    owners: Mapping[str, str],
) -> dict[str, Tally]:
    """Count per article; `owners` maps a source to its owner where it has one.

    Articles without another source in their story stay `in_story` False.
    """
    found = {article: Tally() for article in items}
    home = {article: story for story in stories for article in story.articles}
    for claim in claims:
        found[claim.article].claims[claim.id] = claim
    article_of = {claim.id: claim.article for claim in claims}
    for story in stories:
        sources = {items[article].source for article in story.articles}
        for article in story.articles:
            found[article].in_story = len(sources) > 1
    pairs = [pair for pair in pairs if len({items[article_of[claim]].source for claim in (pair.a, pair.b)}) > 1]
    for pair in pairs:
        for mine, other in ((pair.a, pair.b), (pair.b, pair.a)):
            entry = (pair.relation, article_of[other], pair.reason)
            found[article_of[mine]].relations.setdefault(mine, []).append(entry)
    _omissions(found, pairs, article_of, home, items, voice, owners)
    return found


def _omissions(
    found: dict[str, Tally],
    pairs: Sequence[ClaimPair],
    article_of: dict[str, str],
    home: dict[str, Story],
    items: dict[str, Sketch],
    voice: Callable[[str], str],
    owners: Mapping[str, str],
) -> None:
    """Count for each article the claims that at least `OTHERS` independent others tell, and which of them it omits."""
    for group in groups(pairs):
        tellers = {article_of[claim] for claim in group}
        told_by = {items[article].source for article in tellers}
        story = home[min(tellers)]
        for article in story.articles:
            mine = items[article].source
            owner = owners.get(mine, mine)
            others = {  # what one owner's sources tell counts once
                owners.get(items[other].source, voice(other)) for other in tellers
                if owners.get(items[other].source, items[other].source) != owner and voice(other) != voice(article)
            }
            if len(others) < OTHERS:
                continue
            found[article].told_by_others += 1
            if mine not in told_by:
                found[article].omitted += 1


def groups(pairs: Sequence[ClaimPair]) -> list[list[str]]:
    """Claims that tell the same, whether or not with the same figures: connected by any relation. Sorted."""
    parent: dict[str, str] = {}

    def root(claim: str) -> str:
        while parent.setdefault(claim, claim) != claim:
            parent[claim] = parent[parent[claim]]
            claim = parent[claim]
        return claim

    for pair in pairs:
        left, right = sorted((root(pair.a), root(pair.b)))
        parent[right] = left
    together: dict[str, list[str]] = {}
    for claim in sorted(parent):
        together.setdefault(root(claim), []).append(claim)
    return [sorted(group) for _, group in sorted(together.items())]
