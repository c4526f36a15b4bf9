"""A parsed partition in, the manner of writing out: sentence length, passive voice, exclamations, forms of headlines.

Nothing here says whether a text is for or against anything. Only the outlet's own sentences count; a headline is the
article's title or, where there is none, a short first line that does not end like a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from audit import lexicon
from audit.extract.base import Extractor, Quantity
from audit.lexicon import Lexicon, Rule
from audit.parse import Parsed, parse
from audit.records import Article, Evidence, Finding, Measure

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Hit = tuple[str, int, int]

LONGEST_HEADLINE = 25
"""Words of a first line that may be a headline; 99 of 100 titles of AllSides' articles have fewer."""

BETWEEN = 3
"""Words that may stand between the auxiliary and the participle ("was not yet officially opened")."""

AUXILIARY = frozenset(
    "am is are was were be been being isn't aren't wasn't weren't 's 're get gets got getting".split()
)
FILLER = frozenset(
    "not n't also never always already still only just even soon now then yet again often once later first both all "
    "being been either well largely so far".split()
)
ADJECTIVES = frozenset(
    "tired interested excited concerned worried pleased married supposed used scared convinced committed dedicated "
    "determined experienced sacred wicked naked rugged ragged crooked beloved blessed learned aged limited "
    "complicated advanced mixed detailed sophisticated prepared surprised disappointed embarrassed ashamed "
    "satisfied delighted thrilled frustrated confused bored amazed opposed inclined accustomed devoted supposed "
    "unprecedented indeed hundred speed need feed seed weed bleed breed red bed shed led united qualified talented "
    "gifted retired unemployed deceased alleged so-called outdated crowded divided worded".split()
)
"""Words in -ed that are adjectives or nouns far more often than passives; left out."""

IRREGULAR = frozenset(
    "beaten become begun bent bet bitten blown born bought bound broken brought built burnt burst bred cast caught "
    "chosen cut dealt done drawn driven dug eaten fed felt flown forbidden forgiven forgotten fought found frozen "
    "given ground grown heard held hidden hit hung hurt kept known laid led left lent let lit lost made meant met "
    "misled mistaken overcome overheard overrun overseen overthrown overturned paid proven put read rebuilt reset "
    "rewritten ridden risen run said seen sent set sewn shaken shed shot shown shut slain sold sought sown spent "
    "split spread spun stolen stood struck stuck stung stricken sung sunk swept sworn swung taken taught thought "
    "thrown told torn understood undertaken undone unveiled upheld upset withdrawn withheld won worn woven written "
    "undercut outspent overridden forbidden".split()
)

COUNTED = {
    "style.passive": "passive",
    "style.exclamation": "exclamation",
    "style.question": "question",
}
HEADLINES = {
    "style.headline_exclamation": ("exclamation",),
    "style.headline_question": ("question",),
    "style.clickbait": ("clickbait-tease", "clickbait-list", "clickbait-pointer"),
}
NO_OWN = "no sentence in the outlet's own voice"
NO_HEADLINE = "the article has no headline"


@cache
def _lexicon() -> Lexicon:
    return lexicon.load("style")


def extract(parsed: Parsed) -> list[Finding]:
    """One finding per document: words per sentence, shares of own sentences, and headlines (0 or 1 of 1)."""
    own = ~parsed.sentence_quoted & (parsed.sentence_words > 0)
    documents = len(parsed.articles)
    base = np.bincount(parsed.sentence_document[own], minlength=documents)
    words = np.bincount(parsed.sentence_document[own], parsed.sentence_words[own], documents)
    hits = [*_passives(parsed, own), *_endings(parsed, own)]
    found: list[list[Hit]] = [[] for _ in range(documents)]
    sentences: list[set[tuple[str, int]]] = [set() for _ in range(documents)]
    for rule, first, last in hits:
        document = int(parsed.token_document[first])
        found[document].append((rule, int(parsed.starts[first]), int(parsed.ends[last])))
        sentences[document].add((rule, int(parsed.token_sentence[first])))
    headlines = [_headline(parsed, document) for document in range(documents)]
    forms = _forms([text for text, _ in headlines])
    return [
        _finding(article, int(base[i]), float(words[i]), sentences[i], found[i], headlines[i], forms[i])
        for i, article in enumerate(parsed.articles)
    ]


def _passives(parsed: Parsed, own: Bools) -> list[Hit]:
    """Auxiliary, up to three words of filling, participle: as (rule, first token, last token)."""
    auxiliary = parsed.lower_table("style:auxiliary", lambda word: word.replace("’", "'") in AUXILIARY, np.bool_)
    filler = parsed.lower_table("style:filler", lambda word: word in FILLER or word.endswith("ly"), np.bool_)
    participle = parsed.lower_table("style:participle", _is_participle, np.bool_)
    places = np.flatnonzero(auxiliary[parsed.lower] & own[parsed.token_sentence] & ~parsed.quoted) if len(own) else own
    ends = parsed.sentences[parsed.token_sentence[places] + 1]
    hits: list[Hit] = []
    at, first, limit = places + 1, places, ends
    for _ in range(BETWEEN + 1):
        inside = at < limit
        at, first, limit = at[inside], first[inside], limit[inside]
        token = parsed.lower[at]
        done = participle[token]
        hits += [("passive", a, b) for a, b in zip(first[done].tolist(), at[done].tolist(), strict=True)]
        going = ~done & filler[token]
        at, first, limit = at[going] + 1, first[going], limit[going]
    return _outermost(sorted(hits, key=lambda hit: (hit[2], hit[1])))


def _outermost(hits: list[Hit]) -> list[Hit]:
    """Of hits that end at the same participle ("is being built") the longest, which comes first."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or kept[-1][2] != hit[2]:
            kept.append(hit)
    return kept


def _is_participle(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 4 and word not in ADJECTIVES)


def _endings(parsed: Parsed, own: Bools) -> list[Hit]:
    """Own sentences whose last mark is an exclamation or a question mark, outside quotations."""
    hits: list[Hit] = []
    for rule, sign in (("exclamation", "!"), ("question", "?")):
        marks = parsed.lower_table(f"style:{sign}", sign.__eq__, np.bool_)
        last = np.flatnonzero(marks[parsed.lower] & ~parsed.quoted) if len(parsed.tokens) else np.zeros(0, np.int64)
        sentence = parsed.token_sentence[last]
        ends = own[sentence] & (parsed.sentences[sentence + 1] - last <= 2)
        last = last[ends]
        last = last[np.append(np.diff(sentence[ends]) > 0, True)[: len(last)]]
        hits += [(rule, token, token) for token in last.tolist()]
    return hits


def _headline(parsed: Parsed, document: int) -> tuple[str, int | None]:
    """The headline and where it stands in the text; None where it is only known from the page."""
    article = parsed.articles[document]
    title = (article.title or "").strip()
    if title:
        start = article.text.find(title, 0, 3 * len(title) + 200)
        return title, start if start >= 0 else None
    first = article.text.lstrip()
    line = first.split("\n", 1)[0].rstrip()
    if not line or len(line.split()) > LONGEST_HEADLINE or line[-1] in ".,;:”\"":
        return "", None
    return line, len(article.text) - len(first)


def _forms(headlines: Sequence[str]) -> list[list[Hit]]:
    """Per headline its clickbait forms and its closing mark, with offsets into the headline."""
    parsed = parse([Article(str(number), "", text) for number, text in enumerate(headlines)])
    found: list[list[Hit]] = [[] for _ in headlines]
    hits = _lexicon().find(parsed)
    for start, end, rule, document in zip(hits.starts, hits.ends, hits.rules, hits.documents, strict=True):
        found[document].append((_lexicon().rules[rule].id, int(parsed.starts[start]), int(parsed.ends[end - 1])))
    for document, text in enumerate(headlines):
        for rule_id, mark in (("exclamation", "!"), ("question", "?")):
            if text.endswith(mark):
                found[document].append((rule_id, len(text) - 1, len(text)))
    return found


def _finding(
    article: Article,
    base: int,
    words: float,
    sentences: set[tuple[str, int]],
    found: list[Hit],
    headline: tuple[str, int | None],
    forms: list[Hit],
) -> Finding:
    title, offset = headline
    spans = {*found, *((rule, a + offset, b + offset) for rule, a, b in forms if offset is not None)}
    absent = None if base else NO_OWN
    measures = [Measure(article.id, "style", words, base, "sentence", absent)]
    for feature, rule in COUNTED.items():
        count = sum(1 for found_rule, _ in sentences if found_rule == rule)
        measures.append(Measure(article.id, feature, count, base, "sentence", absent))
    seen = {rule for rule, _, _ in forms}
    for feature, rules in HEADLINES.items():
        counted = int(not seen.isdisjoint(rules))
        reason = None if title else NO_HEADLINE
        measures.append(Measure(article.id, feature, counted, int(bool(title)), "headline", reason))
    rules_by_id = {rule.id: rule for rule in _lexicon().rules}
    ordered = sorted(spans, key=lambda hit: (hit[1], hit[2], hit[0]))
    return Finding(tuple(_evidence(article, rules_by_id[rule], a, b) for rule, a, b in ordered), tuple(measures))


def _evidence(article: Article, rule: Rule, start: int, end: int) -> Evidence:
    reason = rule.reason.replace("{text}", article.text[start:end])
    return Evidence(article.id, "style", rule.id, start, end, reason, attributes={"kind": rule.id})


def _share(feature: str, counted: str, per: str, unit: str, higher: str) -> Quantity:
    return Quantity(feature, counted, counted, per, unit, scale=100, higher=higher)


OWN = ("own sentences", "sentence")
TITLES = ("headlines", "headline")

extractor = Extractor(
    name="style",
    title="Style",
    quantities=(
        Quantity("style", "words per sentence", "words", *OWN, higher="longer sentences"),
        _share("style.passive", "sentences in the passive voice", *OWN, "more sentences in the passive voice"),
        _share("style.exclamation", "sentences that end in an exclamation mark", *OWN, "more exclamations"),
        _share("style.question", "sentences that ask", *OWN, "more questions in the outlet's own voice"),
        _share("style.headline_exclamation", "headlines that end in an exclamation mark", *TITLES, "more exclamations"),
        _share("style.headline_question", "headlines that ask", *TITLES, "more headlines ask"),
        _share("style.clickbait", "headlines that tease, list or point", *TITLES, "more headlines tease"),
    ),
    extract=extract,
    what="How the outlet writes: the length of its sentences, passive voice, exclamations and questions in its own "
    "voice, and headlines that tease, list or point instead of telling.",
    why="Style says who a text is written for. It differs between agencies, papers, blogs and promotion, and changes "
    "when a text is translated or rewritten.",
    limits="Style is no measure of truth. Passive voice is found by word forms; headlines are known only where the "
    "page or the file gives a title, or the first line looks like one, and only fixed forms of teasing are known.",
)
