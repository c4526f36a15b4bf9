"""Articles of one story in, their claims and how the claims of independent articles stand to each other out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from audit.compare import vocabulary
from audit.compare.checkable import KINDS
from audit.compare.contest import MANY, VAGUE, distinctive, posted
from audit.compare.figures import Figure, figures
from audit.compare.givers import Said, other_speakers
from audit.compare.relate import Judgement, judge
from audit.compare.sketch import Sketch, Voice
from audit.compare.standing import standing, told_alike
from audit.compare.statement import QUOTED, Statement, statement
from audit.compare.vectors import Rarity
from audit.compare.words import FUNCTION_WORDS, stem
from audit.records import Claim, ClaimPair

CLOSE = 0.35
"""Cosine of two sentences from which they are looked at. A judgement by eye: few pairs below it told the same."""

FAINT = 0.2
"""The same for two sentences that are the nearest to each other in both articles: a denial repeats few words."""

BEST = 2
"""How many sentences of another article a sentence is compared with."""

CROWD = 24
"""Articles of a story that each article is compared with, the nearest in time; it bounds the work of huge stories."""

FRAMED = 0.7
"""Share of words in common, in order, from which another date is a dispute."""

SAME, LIKELY = 0.5, 0.3
"""Within a story two sentences may be shorter or longer tellings of one thing: from this cosine on, less probability
by the general model suffices (read off some 50 pairs of allsides_dev)."""

QUOTED_ALIKE, SHORTEST = 0.8, 15
"""Share of words, in order, from which two quotations of more than so many characters are the same one."""

SENTENCE = 5
"""Words of a quotation that one person says; shorter ones are slogans, which many say."""

MARK = re.compile(r"[\"“„«]")

LOOKBACK = 300
"""Characters before a sentence in which the one whom "he" means is named."""

NAME = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+(?: [A-Z]\w+)*")
"""Runs of capitalised words inside a sentence."""

Floats = npt.NDArray[np.float32]
Kind = Literal["agrees", "disputes", "updated"]


@dataclass(frozen=True, eq=False)
class Told:
    """The claims of one article, with a row of `rows` (unit length), the text and what stands before it for each."""

    item: Sketch
    claims: tuple[Claim, ...]
    texts: tuple[str, ...]
    rows: Floats
    figures: tuple[tuple[Figure, ...], ...]
    speakers: tuple[frozenset[str], ...]
    before: tuple[str, ...]

    def said(self, at: int) -> Said:
        """A claim as somebody's words."""
        return Said(self.texts[at], self.before[at], self.speakers[at])

    def taken(self, at: int) -> Statement:
        """The statement of a claim, taken apart."""
        return statement(self.texts[at])


def told(members: Sequence[Sketch], texts: Callable[[str], str], rarity: Rarity) -> list[Told]:
    """The checkable sentences of a story's articles, in a term space of their own."""
    picked = [np.flatnonzero(np.frombuffer(item.kinds, np.uint8)) for item in members]
    terms = [_terms(item, places) for item, places in zip(members, picked, strict=True)]
    flat = [term for article in terms for term in article]
    rows = _rows(flat, rarity)
    found, at = [], 0
    for item, places in zip(members, picked, strict=True):
        text = texts(item.article)
        spans = item.spans("sentences")[places].tolist()
        kinds = np.frombuffer(item.kinds, np.uint8)[places].tolist()
        sentences = tuple(text[start:end] for start, end in spans)
        counted = tuple(
            tuple(figures(said)) if KINDS[kind] in ("figure", "date", "quotation") else ()
            for said, kind in zip(sentences, kinds, strict=True)
        )
        claims = tuple(
            _claim(item.article, start, end, KINDS[kind], said, numbers)
            for (start, end), kind, said, numbers in zip(spans, kinds, sentences, counted, strict=True)
        )
        spoken = item.spoken()
        speakers = tuple(_speakers(start, end, spoken) for start, end in spans)
        before = tuple(text[max(0, start - LOOKBACK) : start] for start, _ in spans)
        found.append(Told(item, claims, sentences, rows[at : at + len(places)], counted, speakers, before))
        at += len(places)
    return found


def _rows(flat: list[npt.NDArray[np.uint32]], rarity: Rarity) -> Floats:
    """Unit rows of term weights. What every other sentence of the story says tells little, however rare elsewhere."""
    every = np.concatenate(flat) if flat else np.zeros(0, np.uint32)
    terms, columns = np.unique(every, return_inverse=True)
    rows = np.zeros((len(flat), len(terms)), np.float32)
    if not len(terms):
        return rows
    local = np.log((len(flat) + 1) / np.bincount(columns))
    rows[np.repeat(np.arange(len(flat)), [len(term) for term in flat]), columns] = 1
    rows *= np.minimum(rarity.weights(terms), local).astype(np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(norms > 0, norms, 1)
    return rows


def _terms(item: Sketch, places: npt.NDArray[np.int64]) -> list[npt.NDArray[np.uint32]]:
    codes = np.frombuffer(item.codes, np.uint32)
    edges = np.frombuffer(item.sentence_words, np.int32)
    found = (np.unique(codes[edges[place] : edges[place + 1]]) for place in places.tolist())
    return [terms[terms & 1 > 0] for terms in found]


def _speakers(start: int, end: int, spoken: Sequence[Voice]) -> frozenset[str]:
    """The named speakers of what is said in a span."""
    return frozenset(
        voice.speaker for voice in spoken if voice.kind == "named" and voice.start < end and start < voice.end
    )


def _claim(article: str, start: int, end: int, kind: str, said: str, found: tuple[Figure, ...]) -> Claim:
    """A claim with what it is about (`key`) and what it says of it (`value`): figures, dates, names or words."""
    names = " ".join(dict.fromkeys(NAME.findall(said)))
    quotes = QUOTED.findall(said) if kind == "quotation" else []
    if found and kind != "quotation":
        key = ", ".join(
            dict.fromkeys(figure.counted or figure.unit for figure in found if figure.counted or figure.unit)
        )
        value = ", ".join(figure.text for figure in found)
    else:
        key, value = names, " … ".join(quotes) or said
    return Claim(f"{article}:{start}", article, start, end, kind, key, value)


def pairs_of(one: Told, two: Told, copied: Callable[[Claim, Claim], bool]) -> list[ClaimPair]:
    """How the claims of two independent articles stand to each other. `copied` claims are passed over."""
    if not one.claims or not two.claims:
        return []
    cosines = one.rows @ two.rows.T
    best: dict[tuple[int, int], ClaimPair] = {}
    near = _candidates(cosines) | _same_figures(one, two)
    faint = (_mutual(cosines) | _same_words(one, two)) - near
    for left, right in sorted(near | faint):
        if copied(one.claims[left], two.claims[right]):
            continue
        pair = _related(one, two, left, right, float(cosines[left, right]))
        if pair and (pair.relation == "disputes" or (left, right) not in faint):
            best[left, right] = pair
    return _matched(best)


def _candidates(cosines: Floats) -> set[tuple[int, int]]:
    """Cells above `CLOSE` that are among the best of their row and of their column."""
    size = min(BEST, *cosines.shape)
    rows = np.partition(cosines, -size, axis=1)[:, -size][:, None]
    columns = np.partition(cosines, -size, axis=0)[-size][None, :]
    keep = (cosines >= CLOSE) & (cosines >= rows) & (cosines >= columns)
    return {(int(i), int(j)) for i, j in np.argwhere(keep)}


def _same_words(one: Told, two: Told) -> set[tuple[int, int]]:
    """Claims that quote the same words: who said them may differ."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(one.texts):
        for said in _spoken(text):
            places.setdefault(said, []).append(at)
    return {
        (left, right)
        for right, text in enumerate(two.texts) if places for said in _spoken(text) for left in places.get(said, ())
    }  # fmt: skip


def _spoken(text: str) -> list[str]:
    """The longer quotations of a sentence, without marks and capitals."""
    found = QUOTED.findall(text) if MARK.search(text) else []
    words = [re.findall(r"\w+", said.lower()) for said in found if len(said) > SHORTEST]
    return [" ".join(said) for said in words if len(said) >= SENTENCE]


def _mutual(cosines: Floats) -> set[tuple[int, int]]:
    """Cells above `FAINT` that are the best of their row and of their column: they may dispute, not agree."""
    keep = (cosines >= FAINT) & (cosines >= cosines.max(axis=1)[:, None]) & (cosines >= cosines.max(axis=0)[None, :])
    return {(int(i), int(j)) for i, j in np.argwhere(keep)}


def _same_figures(one: Told, two: Told) -> set[tuple[int, int]]:
    """Claims with one distinctive figure in common, or that count the same thing."""
    places: dict[tuple[str, float | str], list[int]] = {}
    for at, counted in enumerate(one.figures):
        for figure in counted:
            for sign in _signs(one.texts[at], figure):
                places.setdefault((figure.family, sign), []).append(at)
    return {
        (left, right)
        for right, counted in enumerate(two.figures) for figure in counted
        for sign in _signs(two.texts[right], figure)
        for left in places.get((figure.family, sign), ())
    }  # fmt: skip


def _signs(said: str, figure: Figure) -> list[float | str]:
    signs: list[float | str] = [figure.value] if distinctive(figure) else []
    if figure.thing == "person":
        return [*signs, *_happened(said, figure), *([figure.value] if figure.value >= MANY else [])]
    return signs if figure.thing in VAGUE else [*signs, figure.thing]


def _happened(said: str, figure: Figure) -> list[str]:
    """What befell the people who are counted: the content word before the figure, or the second after it."""
    before = re.findall(r"[a-z]+", said[max(0, figure.start - 40) : figure.start].lower())
    after = re.findall(r"[a-z]+", said[figure.end : figure.end + 60].lower())
    near = [word for word in before if word not in FUNCTION_WORDS][-1:]
    near += [word for word in after if word not in FUNCTION_WORDS][1:2]
    return [f"{stem(word)} person" for word in near]


def _matched(found: dict[tuple[int, int], ClaimPair]) -> list[ClaimPair]:
    """Each claim keeps its most similar counterpart, and every dispute."""
    top: dict[tuple[int, int], float] = {}
    for (left, right), pair in found.items():
        for side in ((0, left), (1, right)):
            top[side] = max(top.get(side, 0.0), pair.similarity)
    return [
        pair for (left, right), pair in sorted(found.items())
        if pair.relation == "disputes" or pair.similarity >= min(top[0, left], top[1, right])
    ]  # fmt: skip


def _related(one: Told, two: Told, left: int, right: int, cosine: float) -> ClaimPair | None:
    """The pair of two claims of one story: what `relate` says, with the story as added context for figures."""
    a, b = one.taken(left), two.taken(right)
    judged = judge(a, b)
    later = changed_between((one.item.published, a), (two.item.published, b))
    kind, reason = _other_speaker(one, two, left, right) or _in_story(judged, cosine, a, b, later)
    if kind is None:
        return None
    if one.item.source == two.item.source and kind != "updated":
        return None
    similarity = max(cosine, judged.relation.similarity) if kind == "agrees" else cosine
    return ClaimPair(one.claims[left].id, two.claims[right].id, kind, round(similarity, 4), reason)


def _other_speaker(one: Told, two: Told, left: int, right: int) -> tuple[Kind, str] | None:
    """The same quotation given to another person: a dispute over who said it."""
    for said in _quoted(one.taken(left)):
        for again in _quoted(two.taken(right)):
            if LCSseq.normalized_similarity(said.codes, again.codes) >= QUOTED_ALIKE:
                names = other_speakers(one.said(left), two.said(right))
                return ("disputes", f"“{said.text}” is given to {names[0]} and to {names[1]}") if names else None
    return None


def _quoted(one: Statement) -> list[Statement]:
    found = [statement(one.text[start:end]) for start, end in one.quotes if end - start > SHORTEST]
    return [said for said in found if len(said.codes) >= SENTENCE]


def _in_story(
    judged: Judgement, cosine: float, a: Statement, b: Statement, later: bool | None
) -> tuple[Kind | None, str]:
    """The relation of two sentences of one story, None when they have nothing to do with each other.

    Within a story the same thing counted in sentences on the same matter is the same claim.
    """
    relation = judged.relation
    agreeing = ""
    for both in judged.figures:
        same = both.one.thing == both.two.thing and both.one.family == both.two.family
        about = f" for {both.one.counted}" if same and both.one.thing else ""
        reason = f"{both.one.text} and {both.two.text}{about}"
        stands = standing(a, b, both, cosine, judged.common, later)
        if stands == "updated":
            return stands, f"{reason}; reported at different times"
        if stands == "disputes":
            return stands, reason
        if told_alike(a, b, both):
            agreeing = agreeing or reason
    others = [conflict for conflict in judged.conflicts if conflict.kind != "figure"]
    firm = [conflict for conflict in others if conflict.kind != "date" or judged.common >= FRAMED]
    if firm and not posted(a, b):
        return "disputes", "; ".join(conflict.reason for conflict in firm)
    if judged.conflicts:
        return ("agrees", agreeing) if agreeing else (None, "")
    if relation.relation == "agrees" or (cosine >= SAME and relation.similarity >= LIKELY):
        return "agrees", relation.reason
    if not agreeing:
        agreeing = next((
            f"{both.one.text} and {both.two.text}" for both in judged.figures if both.agree and distinctive(both.one)
            and both.one.value == both.two.value
        ), "")  # fmt: skip
    return ("agrees", agreeing) if agreeing else (None, "")


def changed_between(one: tuple[str, Statement], two: tuple[str, Statement]) -> bool | None:
    """Whether a count can have changed between two reports, each a date and a statement: a toll, or a word that says
    so, on different days. None where it can, if the days differ, and one of them is unknown."""
    early, late = one[0][:10], two[0][:10]
    lists = vocabulary.load()
    changing = (lists.updating | lists.tolls) & {word.lower() for word in (*one[1].words, *two[1].words)}
    if not changing:
        return False
    return early != late if early and late else None
