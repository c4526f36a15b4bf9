"""A parsed partition in, one compact sketch per article out: all that comparing needs, without the text.

Arrays are kept as bytes so that a sketch fits one row of a Parquet file. Times and places are small: an article of
900 words gives about 7 kB.
"""

from __future__ import annotations

import datetime
from hashlib import blake2b

import msgspec
import numpy as np
import numpy.typing as npt

from audit.compare.calendar import mentions, packed
from audit.compare.checkable import checkable
from audit.compare.mentions import Named, Word
from audit.compare.words import TOKEN, code
from audit.parse import Parsed
from audit.quotations import MARKS
from audit.records import Finding
from audit.settings import Settings

LEAD_WORDS = 120
"""Words of title and opening that tell what an article is about: some five sentences. Not tuned."""

SAMPLED = 2
"""One shingle in two is kept: a copied passage of two sentences still leaves eight, of which three must meet."""

U32 = npt.NDArray[np.uint32]
I32 = npt.NDArray[np.int32]


class Voice(msgspec.Struct, frozen=True):
    """A quotation or attributed statement: who speaks, of which kind, group and party, and the span of the words."""

    speaker: str
    kind: str
    start: int
    end: int
    group: str = ""
    party: str = ""
    direct: bool = False


class Sketch(msgspec.Struct, frozen=True):
    """What comparing keeps of one article.

    terms, counts   uint32 [t] sorted keys of content words; uint8 [t, 3] times in all, in the lead, capitalised
    shingles        uint32: sampled keys of three content words in a row, outside quotations
    codes           uint32 [w]: `words.code` of every word
    sentences       int32 [s, 2] spans; sentence_words int32 [s+1]: where each begins among the words
    quoted          int32 [q, 2]: ranges of words inside quotations
    kinds           uint8 [s]: what is checkable in each sentence, an index into `KINDS`
    day             proleptic day of publication, 0 when unknown
    calendar        months, weekdays and latest year that the text names (`calendar.packed`)
    text            BLAKE2b of the text: what equal sketches have in common is all that comparing looks at
    """

    article: str
    source: str
    title: str
    words: int
    day: int
    calendar: int
    published: str
    credit: str
    url: str
    terms: bytes
    counts: bytes
    shingles: bytes
    codes: bytes
    sentences: bytes
    sentence_words: bytes
    quoted: bytes
    kinds: bytes
    voices: bytes
    named: bytes = b"\x90"
    text: bytes = b""

    def words_for(self) -> list[Word]:
        """The words that name or describe somebody or something, decoded."""
        return msgspec.msgpack.decode(self.named, type=list[Word])

    def spoken(self) -> list[Voice]:
        """The attributed statements, decoded."""
        return msgspec.msgpack.decode(self.voices, type=list[Voice])

    def spans(self, name: str) -> I32:
        """`sentences` or `quoted` as int32 [n, 2]."""
        return np.frombuffer(getattr(self, name), np.int32).reshape(-1, 2)


def day_of(published: str | None) -> int:
    """The day of an ISO date or time, 0 when it is missing or names no day."""
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return 0


def sketch(
    parsed: Parsed, findings: dict[str, list[Finding]], settings: Settings | None = None, words: Named | None = None
) -> list[Sketch]:
    """One sketch per document of the partition, in order. `findings["attribution"]` gives the speakers.

    `words` are those of `mentions.named`; without them a sketch has none.
    """
    attribution = findings.get("attribution") or [Finding((), ())] * len(parsed.articles)
    words = words or [[] for _ in parsed.articles]
    table = parsed.table("compare:code", code, np.uint32)
    kinds, dates = checkable(parsed), mentions(parsed)
    capital = parsed.table("compare:capital", lambda word: word[0].isupper(), np.bool_)
    codes = table[parsed.tokens] if len(table) else np.zeros(0, np.uint32)
    capitals = capital[parsed.tokens] if len(capital) else np.zeros(0, np.bool_)
    return [
        _document(parsed, index, codes, capitals, kinds, dates, finding, words[index])
        for index, finding in enumerate(attribution)
    ]


def _document(
    parsed: Parsed,
    index: int,
    codes: U32,
    capitals: npt.NDArray[np.bool_],
    kinds: npt.NDArray[np.uint8],
    dates: npt.NDArray[np.int64],
    finding: Finding,
    words: list[Word],
) -> Sketch:
    article = parsed.articles[index]
    first, last = (int(edge) for edge in parsed.documents[index : index + 2])
    is_word = parsed.is_word[first:last]
    mine = codes[first:last][is_word]
    before = np.concatenate(([0], np.cumsum(is_word))).astype(np.int32)
    title = np.array([code(word) for word in TOKEN.findall(article.title or "")], np.uint32)
    terms, counts = _terms(mine, capitals[first:last][is_word], title)
    opened, closed = (int(edge) for edge in parsed.document_sentences[index : index + 2])
    edges = parsed.sentences[opened : closed + 1]
    spans = np.column_stack([parsed.starts[edges[:-1]], parsed.ends[edges[1:] - 1]]).astype(np.int32)
    quotes = _closed(parsed, parsed.quotes[parsed.document_quotes[index] : parsed.document_quotes[index + 1]])
    quoted = before[quotes - first].reshape(-1, 2)
    own = mine[outside(len(mine), quoted)]
    return Sketch(
        article=article.id, source=article.source, title=article.title or "", words=len(mine),
        day=day_of(article.published), calendar=packed(dates[first:last]), published=article.published or "",
        credit=article.credit or "", url=article.url or "", terms=terms.tobytes(), counts=counts.tobytes(),
        shingles=sampled(grams(own[own & 1 > 0])).tobytes(), codes=mine.tobytes(), sentences=spans.tobytes(),
        sentence_words=before[edges - first].tobytes(), quoted=quoted.tobytes(), kinds=kinds[opened:closed].tobytes(),
        voices=_voices(finding), named=msgspec.msgpack.encode(words),
        text=blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
    )  # fmt: skip


def outside(size: int, ranges: I32) -> npt.NDArray[np.bool_]:
    """Which of so many words lie in none of the ranges [r, 2]."""
    steps = np.zeros(size + 1, np.int32)
    np.add.at(steps, ranges[:, 0], 1)
    np.add.at(steps, ranges[:, 1], -1)
    return np.asarray(np.cumsum(steps)[:-1] <= 0)


def _closed(parsed: Parsed, quotes: I32) -> I32:
    """Quotations that never close end with the sentence they open in, unless they open a paragraph: a speaker's next
    paragraph opens anew, but a mark lost in copying must not swallow the outlet's own words."""
    marks = parsed.table("compare:mark", lambda word: word in MARKS, np.bool_)
    loose = ~marks[parsed.tokens[quotes[:, 1] - 1]] & ~parsed.paragraph_starts[quotes[:, 0]]
    ends = parsed.sentences[np.searchsorted(parsed.sentences, quotes[:, 0], side="right")]
    return np.column_stack([quotes[:, 0], np.where(loose, np.minimum(quotes[:, 1], ends), quotes[:, 1])])


def _terms(mine: U32, capitals: npt.NDArray[np.bool_], title: U32) -> tuple[U32, npt.NDArray[np.uint8]]:
    """Distinct keys and how often each stands in all, in the lead (title included), and capitalised."""
    every = np.concatenate((title, mine))
    terms, place = np.unique(every, return_inverse=True)
    size = len(terms)
    lead = np.arange(len(every)) < LEAD_WORDS
    named = np.concatenate((np.zeros(len(title), np.bool_), capitals))
    counts = np.column_stack(
        [np.bincount(place[keep], minlength=size) for keep in (np.ones(len(every), np.bool_), lead, named)]
    )
    known = terms & 1 > 0
    return terms[known].astype(np.uint32), np.minimum(counts[known], 255).astype(np.uint8)


def grams(content: U32) -> U32:
    """Keys [c-2] of three content words in a row, whatever their order within the three."""
    if len(content) < 3:
        return np.zeros(0, np.uint32)
    three = np.sort(np.column_stack([content[:-2], content[1:-1], content[2:]]), axis=1).astype(np.uint64)
    mixed = three[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ three[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed = (mixed ^ (mixed >> np.uint64(29))) + three[:, 2] * np.uint64(0x165667B19E3779F9)
    keys: U32 = (mixed ^ (mixed >> np.uint64(32))).astype(np.uint32)
    return keys


def sampled(keys: U32) -> U32:
    """The distinct keys of the sample: the same ones in every article."""
    found: U32 = np.unique(keys[keys % SAMPLED == 0])
    return found


def _voices(finding: Finding) -> bytes:
    voices = []
    for evidence in finding.evidence:
        speaker = evidence.attributes.get("speaker", "")
        if speaker:
            content = next((part for part in evidence.parts if part.role == "content"), evidence)
            told = evidence.attributes
            voices.append(Voice(
                speaker, told.get("speaker_kind", ""), content.start, content.end, told.get("group", ""),
                told.get("party", ""), told.get("mode", "indirect") != "indirect",
            ))  # fmt: skip
    return msgspec.msgpack.encode(voices)
