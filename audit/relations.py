"""What comparing found in, its tables out, a column at a time: stories, pairs, passages, claims, framing, balance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import pyarrow as pa

from audit.chapters import Chapters
from audit.records import Article, Claim, ClaimPair, Framed, Passage, Quoted, Story
from audit.tables import CONTEXT, batches, json, listed

AT_HAND = 1_000
"""Articles whose texts lie open: those of a chapter's neighbouring stories, which follow one after the other."""

Texts = Callable[[str], Article]


def relations(
    comparison: Chapters, articles: Mapping[str, Article], stories: Mapping[str, str]
) -> Iterator[tuple[str, Iterator[pa.Table]]]:
    """Each table by name, in pieces. `stories` has the story of each article that others tell too."""
    whole, texts = comparison.whole, lru_cache(AT_HAND)(articles.__getitem__)
    shared = [story for story in whole.stories if len(story.articles) > 1]
    passages = (passage for pair in whole.pairs for passage in pair.passages)
    claims = chain.from_iterable(told.claims for told in comparison.told())
    yield "stories", _pieces(shared, lambda some: _stories(some, texts))
    yield "pairs", _pieces(whole.pairs, lambda some: listed("pairs", some))
    yield "passages", _pieces(passages, lambda some: _passages(some, texts))
    yield "claims", _pieces(claims, lambda some: _claims(some, texts, stories))
    yield "claim_pairs", _pieces(_ended(comparison), _claim_pairs)
    yield "framing", _pieces(whole.framing, lambda some: _framing(some, texts))
    yield "balance", _pieces(whole.balance, lambda some: listed("balance", some))
    yield "quoted", _pieces(whole.quoted, _quoted)


def _pieces(items: Iterable[Any], table: Callable[[list[Any]], pa.Table]) -> Iterator[pa.Table]:
    return (table(some) for some in batches(items))


def _stories(some: Sequence[Story], texts: Texts) -> pa.Table:
    """Stories with the sources that tell them."""
    return listed("stories", some, articles=[json(story.articles) for story in some],
                  sources=[json(sorted({texts(article).source for article in story.articles})) for story in some])


def _passages(some: Sequence[Passage], texts: Texts) -> pa.Table:
    """The aligned passages of pairs, with their words."""
    return listed("passages", some, changes=[json(p.changes) for p in some],
                  a_text=[texts(p.a).text[p.a_start:p.a_end] for p in some],
                  b_text=[texts(p.b).text[p.b_start:p.b_end] for p in some])


def _claims(some: Sequence[Claim], texts: Texts, stories: Mapping[str, str]) -> pa.Table:
    """Claims with their words."""
    return listed("claims", some, source=[texts(claim.article).source for claim in some],
                  story=[stories.get(claim.article, "") for claim in some],
                  text=[texts(claim.article).text[claim.start:claim.end] for claim in some])


def _ended(comparison: Chapters) -> Iterator[tuple[ClaimPair, str, str]]:
    """Claims that tell the same thing, or tell it differently, and their articles."""
    for told in comparison.told():
        articles = {claim.id: claim.article for claim in told.claims} if told.claim_pairs else {}
        yield from ((pair, articles[pair.a], articles[pair.b]) for pair in told.claim_pairs)


def _claim_pairs(some: Sequence[tuple[ClaimPair, str, str]]) -> pa.Table:
    pairs = [pair for pair, _, _ in some]
    return listed("claim_pairs", pairs, a=[a for _, a, _ in some], b=[b for _, _, b in some],
                  claim_a=[pair.a for pair in pairs], claim_b=[pair.b for pair in pairs])


def _framing(some: Sequence[Framed], texts: Texts) -> pa.Table:
    """Words that sources use for what others name too, with the surroundings of the first place of each."""
    firsts = [(texts(article).text, start, end) for article, start, end in (framed.places[0] for framed in some)]
    told = [(text, start, end) if framed.story else ("", 0, 0)
            for framed, (text, start, end) in zip(some, firsts, strict=True)]
    return listed("framing", some, places=[json(framed.places) for framed in some],
                  shown=[text[start:end] for text, start, end in firsts],
                  before=[text[max(0, start - CONTEXT):start] for text, start, _ in told],
                  after=[text[end:end + CONTEXT] for text, _, end in told])


def _quoted(some: Sequence[Quoted]) -> pa.Table:
    """The speakers of stories in each source."""
    return listed("quoted", some, articles=[json(quoted.articles) for quoted in some])
