"""Tallies and copied passages in, one Finding per article out: the measures of agreement and the spans behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from audit.compare import balance
from audit.compare.agreement import Tally, quantities
from audit.compare.sketch import Sketch
from audit.compare.words import TOKEN
from audit.records import Evidence, Finding, Measure, Pair

ALONE = "no other source tells this story"
UNITS = {quantity.feature: quantity.unit for quantity in quantities}

Copied = tuple[int, int, str]
"""A span and the article in which it stood earlier."""


def copied_spans(pairs: Sequence[Pair], parents: Mapping[str, str]) -> dict[str, list[Copied]]:
    """Spans of each article that it took from an earlier one; where dates do not tell, the tree of voices does."""
    spans: dict[str, list[Copied]] = {}
    for pair in pairs:
        for passage in pair.passages:
            if pair.first == pair.a or (pair.first is None and parents.get(pair.b) == pair.a):
                spans.setdefault(pair.b, []).append((passage.b_start, passage.b_end, pair.a))
            elif pair.first == pair.b or parents.get(pair.a) == pair.b:
                spans.setdefault(pair.a, []).append((passage.a_start, passage.a_end, pair.b))
    return {article: sorted(found) for article, found in sorted(spans.items())}


def finding(
    item: Sketch,
    tally: Tally,
    copied: Sequence[Copied],
    unheard: tuple[int, int],
    sources: Mapping[str, str],
    texts: Callable[[str], str],
    swapped: Sequence[Evidence] = (),
) -> Finding:
    """What the comparison says of one article; `swapped` is the evidence of a rewritten copy, `sources` are those of
    the other articles that are named."""
    evidence = [*_claims(item, tally, sources), *_copied(item, copied, sources), *swapped]
    groups = [voice.group for voice in item.spoken()]
    return Finding(
        tuple(sorted(evidence, key=lambda one: (one.start, one.end, one.rule, one.reason))),
        (*_measures(item, tally, unheard), _share(item, copied, texts), *balance.measures(item.article, groups)),
    )


def _measures(item: Sketch, tally: Tally, unheard: tuple[int, int]) -> list[Measure]:
    """Shares of the article's claims, and of the others' claims, absent where nobody else tells the story."""
    absent = None if tally.in_story else ALONE
    told = dict.fromkeys(("agrees", "disputes", "updated"), 0)
    for relations in tally.relations.values():
        for kind in {relation for relation, _, _ in relations}:
            told[kind] += 1
    base = len(tally.claims) if tally.in_story else 0
    values = {
        "agreement.confirmed": (told["agrees"], base),
        "agreement.disputed": (told["disputes"], base),
        "agreement.alone": (base - len(tally.relations), base),
        "agreement.omitted": (tally.omitted, tally.told_by_others),
        "agreement.unheard": unheard,
    }
    return [
        Measure(item.article, feature, count, per, UNITS[feature], absent) for feature, (count, per) in values.items()
    ]


def _share(item: Sketch, copied: Sequence[Copied], texts: Callable[[str], str]) -> Measure:
    """Words inside copied spans; no text is needed where nothing was copied."""
    count = 0
    if copied:
        text, reached = texts(item.article), 0
        for start, end, _ in copied:
            count += len(TOKEN.findall(text[max(start, reached) : end])) if end > reached else 0
            reached = max(reached, end)
    return Measure(item.article, "agreement.copied", min(count, item.words), item.words, UNITS["agreement.copied"])


def _claims(item: Sketch, tally: Tally, sources: Mapping[str, str]) -> list[Evidence]:
    """One piece of evidence per claim and relation; claims that nobody else tells are marked alone."""
    if not tally.in_story:
        return []
    rules = {"agrees": "confirmed", "disputes": "disputed", "updated": "updated"}
    verbs = {"agrees": "tells the same", "disputes": "tells it otherwise", "updated": "tells it at another time"}
    found = []
    for name, claim in sorted(tally.claims.items()):
        relations = sorted(set(tally.relations.get(name, [])))
        for kind in dict.fromkeys(relation for relation, _, _ in relations):
            of_kind = [(other, reason) for relation, other, reason in relations if relation == kind]
            others = ", ".join(dict.fromkeys(sources[other] for other, _ in of_kind))
            found.append(Evidence(
                item.article, "agreement", rules[kind], claim.start, claim.end,
                f"{others} {verbs[kind]}: {of_kind[0][1]}", quoted=claim.kind == "quotation",
                attributes={"articles": " ".join(dict.fromkeys(other for other, _ in of_kind)), "kind": claim.kind},
            ))  # fmt: skip
        if not relations:
            found.append(Evidence(
                item.article, "agreement", "alone", claim.start, claim.end,
                "no independent source of this story tells it", quoted=claim.kind == "quotation",
                attributes={"kind": claim.kind},
            ))  # fmt: skip
    return found


def _copied(item: Sketch, copied: Sequence[Copied], sources: Mapping[str, str]) -> list[Evidence]:
    return [
        Evidence(item.article, "agreement", "copied", start, end, f"stands in {sources[other]} as well",
                 attributes={"articles": other})
        for start, end, other in copied
    ]  # fmt: skip
