"""One source against the others: what is confirmed, disputed, told alone, left out; text taken from or by others."""

from __future__ import annotations

from typing import Any

from audit.report import names, wording
from audit.report.data import Book, Row
from audit.report.view import quotes
from audit.report.view.compared import Compared, Topic
from audit.report.view.sides import claim_link, side

DISPUTES = 12
OTHERS = 4
INDEPENDENT = 2
"""Independent others that must tell a claim before a page says that a source leaves it out."""

LISTED = 5
PAIRS = 8
PASSAGES = 2
LONGEST = 420
"""Characters of a passage that a page prints; the tables have the rest."""


def against(book: Book, source: str, compared: Compared) -> dict[str, Any]:
    """Counts of this source's claims in shared stories, and the claims behind them."""
    told = {id: story for id, story in book.stories.items() if source in story["sources"] and len(story["sources"]) > 1}
    topics = [topic for id in sorted(told) for topic in compared.topics.get(id, ())]
    claims = [claim for topic in topics for claim in topic.claims if claim["source"] == source]
    several = [topic for topic in topics if topic.pairs]
    relations = _relations(several)
    disputed = [topic for topic in several if _divides(topic, source)]
    alone = [claim for claim in claims if claim["id"] not in relations]
    return {
        "stories": len(told),
        "claims": len(claims),
        "confirmed": _items(book, [claim for claim in claims if "agrees" in relations.get(claim["id"], ())], relations),
        "alone": _items(book, alone, relations),
        "left_out": _items(book, [topic.claims[0] for topic in several if _left_out(book, topic, source)], relations),
        "disputes": [_dispute(book, topic, source) for topic in disputed[:DISPUTES]],
        "disputed": sum("disputes" in relations.get(claim["id"], ()) for claim in claims),
        "more": max(0, len(disputed) - DISPUTES),
    }


def _relations(topics: list[Topic]) -> dict[str, dict[str, list[str]]]:
    """Per claim and relation the other claims."""
    found: dict[str, dict[str, list[str]]] = {}
    for topic in topics:
        for pair in topic.pairs:
            for one, other in (("claim_a", "claim_b"), ("claim_b", "claim_a")):
                found.setdefault(pair[one], {}).setdefault(pair["relation"], []).append(pair[other])
    return found


def _divides(topic: Topic, source: str) -> bool:
    mine = {claim["id"] for claim in topic.claims if claim["source"] == source}
    return any(pair["relation"] != "agrees" and mine & {pair["claim_a"], pair["claim_b"]} for pair in topic.pairs)


def _left_out(book: Book, topic: Topic, source: str) -> bool:
    """Whether independent others tell it and this source does not, nor the text that it repeats."""
    if source in topic.sources or len(topic.claims) < INDEPENDENT:
        return False
    story = book.stories[topic.claims[0]["story"]]
    mine = {book.articles[id]["voice"] or id for id in story["articles"] if book.source_of(id) == source}
    voices = {book.articles[claim["article"]]["voice"] or claim["article"] for claim in topic.claims}
    return len(voices - mine) >= INDEPENDENT and not voices & mine


def _items(book: Book, claims: list[Row], relations: dict[str, dict[str, list[str]]]) -> dict[str, Any]:
    rows = []
    for claim in claims[:LISTED]:
        others = [book.claims[id]["source"] for id in relations.get(claim["id"], {}).get("agrees", ())]
        said = dict.fromkeys(book.source_name(name) for name in [claim["source"], *others])
        rows.append(
            {
                "text": quotes.middle(claim["text"]),
                "href": claim_link(book, claim),
                "own": book.source_name(claim["source"]),
                "sources": wording.listed(list(said)[1 : OTHERS + 1]),
            }
        )
    return {"n": len(claims), "rows": rows, "more": max(0, len(claims) - LISTED)}


def _dispute(book: Book, topic: Topic, source: str) -> dict[str, Any]:
    mine = [claim for claim in topic.claims if claim["source"] == source]
    ids = {claim["id"] for claim in mine}
    pairs = [pair for pair in topic.pairs if pair["relation"] != "agrees" and ids & {pair["claim_a"], pair["claim_b"]}]
    against_ids = dict.fromkeys(pair["claim_b"] if pair["claim_a"] in ids else pair["claim_a"] for pair in pairs)
    theirs = [book.claims[id] for id in against_ids]
    first = next(claim for claim in mine if claim["id"] in {pairs[0]["claim_a"], pairs[0]["claim_b"]})
    story, reason = topic.claims[0]["story"], wording.name(pairs[0]["reason"])
    reasons = " ".join(str(pair["reason"]) for pair in pairs)
    return {
        "mine": side(book, first, theirs, reasons),
        "state": topic.state,
        "theirs": [side(book, claim, mine, reasons) for claim in theirs[:OTHERS]],
        "more": max(0, len(theirs) - OTHERS),
        "reason": wording.capital(reason),
        "story": names.story_page(story) if story in book.stories else "",
    }


def taken(book: Book, source: str) -> dict[str, Any]:
    """Pairs of articles, one of this source and one of another, that share text; the largest share first."""
    pairs = [pair for pair in book.pairs if pair["kind"] != "same-story" and _one_side(book, pair, source)]
    pairs.sort(key=lambda pair: (-pair["share"], pair["a"], pair["b"]))
    return {
        "rows": [_pair(book, pair, source) for pair in pairs[:PAIRS]],
        "more": max(0, len(pairs) - PAIRS),
        "n": len(pairs),
    }


def _one_side(book: Book, pair: Row, source: str) -> bool:
    return (book.source_of(pair["a"]) == source) != (book.source_of(pair["b"]) == source)


def _pair(book: Book, pair: Row, source: str) -> dict[str, Any]:
    first = book.first(pair)
    a, b = (pair["b"], pair["a"]) if first == pair["b"] else (pair["a"], pair["b"])
    passages = book.passages.get((pair["a"], pair["b"]), []) + book.passages.get((pair["b"], pair["a"]), [])
    passages = sorted(passages, key=lambda passage: (passage["a_start"] - passage["a_end"], passage["a_start"]))
    return {
        "known": first is not None,
        "kind": pair["kind"],
        "share": wording.percent(pair["share"]),
        "mine": book.source_of(b) == source,
        "reason": wording.name(pair["reason"]).removeprefix("unknown: "),
        "a": _whose(book, a),
        "b": _whose(book, b),
        "n": len(passages),
        "passages": [passage(book, row, a) for row in passages[:PASSAGES]],
    }


def _whose(book: Book, article: str) -> dict[str, str]:
    return {
        "title": book.title(article),
        "href": book.article_link(article),
        "name": book.source_name(book.source_of(article)),
        "date": wording.date(book.articles[article]["published"]),
    }


def passage(book: Book, row: Row, left: str) -> dict[str, Any]:
    """A passage as it stands in both articles, in pieces of (words, whether they differ); `left` comes first."""
    sides = []
    for name, column in (("a", 0), ("b", 2)):
        changes = [(c[column] - row[f"{name}_start"], c[column + 1] - row[f"{name}_start"]) for c in row["changes"]]
        sides.append(
            {
                "pieces": _pieces(row[f"{name}_text"], changes),
                "href": book.article_link(row[name], f"t{row[f'{name}_start']}"),
            }
        )
    return {"a": sides[0], "b": sides[1]} if row["a"] == left else {"a": sides[1], "b": sides[0]}


def _pieces(text: str, changes: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(changes):
        if at <= start < end <= len(text) and end <= LONGEST:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [*pieces, (text[at:] if len(text) <= LONGEST else text[at:LONGEST].rsplit(" ", 1)[0] + " …", False)]
