"""Articles in, one shared parse out: tokens, sentences, paragraphs and quotations of a whole partition.

Everything is a numpy array over the tokens of all documents, one after the other, so that extractors work on
indices and ask a question about a word once per *distinct* word (`Parsed.table`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from audit import answers
from audit.answers import Answers, Numbers
from audit.load.marks import HIDDEN, IN_WORDS, bare
from audit.quotations import quotations
from audit.records import Article, Document
from audit.sentences import boundaries

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

# Every character falls in exactly one piece, so offsets are running sums of lengths and no match object is made.
_OTHER = (
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,]\d+)*\w*"  # 1.5  100,000  26th
    r"|\w+(?:['’](?![sS]\b)\w+)*"  # don't  O'Brien, but Peskov|'s
    r"|['’][sS]\b"
    r"|\.{2,}|-{2,}"
    r"|[^\w\s]"
)
PIECE = re.compile(rf"\s+|[a-zA-Z]{{2,}}+(?![\w'’])|{_OTHER}")  # plain words would come out the same, but slower

# The same for texts with marks inside words (soft hyphens, accents apart): they belong to the word, and the vocabulary
# holds it without them, so that offsets refer to the text as it is and words are compared as readers see them.
_MARKED_PIECE = re.compile(r"\s+|" + _OTHER.replace(r"\w+", rf"[\w{IN_WORDS}]+"))


def _pieces(text: str) -> list[str]:
    if text.isascii() or not HIDDEN.search(text):
        return PIECE.findall(text)
    return _MARKED_PIECE.findall(text)


Known = tuple[Answers, Ints]
"""What is known of words, and the numbers that the distinct ones of a partition have there."""


@dataclass(eq=False)
class Parsed:
    """A partition of parsed documents. Token ranges are half-open indices into `tokens`.

    tokens, starts, ends   int32 [n]: index into `vocabulary`; code points in the token's own article
    documents              int32 [d+1]: where each document's tokens begin
    sentences              int32 [s+1]: where each sentence's tokens begin
    document_sentences     int32 [d+1]: where each document's sentences begin
    quotes                 int32 [q, 2]: token ranges of quotations, marks included
    document_quotes        int32 [d+1]: where each document's quotations begin
    quoted, spaced, paragraph_starts   bool [n]: inside a quotation; white space or nothing before; opens a paragraph
    """

    articles: Sequence[Article]
    vocabulary: list[str]
    tokens: Ints
    starts: Ints
    ends: Ints
    documents: Ints
    sentences: Ints
    document_sentences: Ints
    quotes: Ints
    document_quotes: Ints
    quoted: Bools
    spaced: Bools
    paragraph_starts: Bools
    _tables: dict[tuple[str, int], npt.NDArray[Any]] = field(default_factory=dict, repr=False)

    def table(
        self, key: str, function: Callable[[str], Any], dtype: npt.DTypeLike, *, model: object = None,
        lasting: bool = True,
    ) -> npt.NDArray[Any]:
        """`function` of each distinct word, as an array [v] to be gathered by `tokens`; computed once per `key`.

        Answers are kept for later partitions, so of one key and `model` (whatever else it depends on, as the words
        that a model knows) `function` must always say the same of a word. Where it cannot, `lasting` is False.
        """
        place = key, id(model)
        if place not in self._tables:
            known = self._known if lasting else None
            self._tables[place] = _asked(known, self.vocabulary, key, function, dtype, model)
        return self._tables[place]

    def lower_table(
        self, key: str, function: Callable[[str], Any], dtype: npt.DTypeLike, *, model: object = None
    ) -> npt.NDArray[Any]:
        """The same over `lower_vocabulary`, to be gathered by `lower`."""
        place = f"lower:{key}", id(model)
        if place not in self._tables:
            self._tables[place] = _asked(self._lower_known, self.lower_vocabulary, key, function, dtype, model)
        return self._tables[place]

    @cached_property
    def _known(self) -> Known:
        known = answers.cased()
        return known, known.places(self.vocabulary)

    @cached_property
    def _lower_known(self) -> Known:
        known = answers.lower()
        return known, known.places(self.lower_vocabulary)

    @cached_property
    def _lowered(self) -> tuple[Ints, list[str]]:
        ids = Numbers()
        lower = np.fromiter((ids[word.lower()] for word in self.vocabulary), np.int32, len(self.vocabulary))
        return lower[self.tokens] if len(lower) else self.tokens, list(ids)

    @property
    def lower(self) -> Ints:
        """int32 [n]: index into `lower_vocabulary`."""
        return self._lowered[0]

    @property
    def lower_vocabulary(self) -> list[str]:
        """The distinct lower-cased tokens."""
        return self._lowered[1]

    @cached_property
    def lower_words(self) -> list[str]:
        """Each token in lower case, for code that looks at few words one by one."""
        words = self.lower_vocabulary
        return [words[number] for number in self.lower.tolist()]

    @cached_property
    def is_word(self) -> Bools:
        """bool [n]: the token has a letter or a digit."""
        flags = self.table("is_word", lambda word: word.isalnum() or any(map(str.isalnum, word)), np.bool_)
        return flags[self.tokens]

    @cached_property
    def capital(self) -> Bools:
        """bool [n]: the token opens with a capital."""
        return self.table("capital", lambda word: word[0].isupper(), np.bool_)[self.tokens]

    @cached_property
    def number(self) -> Bools:
        """bool [n]: the token opens with a digit."""
        return self.table("number", lambda word: word[0].isdigit(), np.bool_)[self.tokens]

    @cached_property
    def token_document(self) -> Ints:
        """int32 [n]: the document of each token."""
        return np.repeat(np.arange(len(self.articles), dtype=np.int32), np.diff(self.documents))

    @cached_property
    def token_sentence(self) -> Ints:
        """int32 [n]: the sentence of each token."""
        return np.repeat(np.arange(len(self.sentences) - 1, dtype=np.int32), np.diff(self.sentences))

    @cached_property
    def sentence_document(self) -> Ints:
        """int32 [s]: the document of each sentence."""
        return np.repeat(np.arange(len(self.articles), dtype=np.int32), np.diff(self.document_sentences))

    @cached_property
    def sentence_words(self) -> Ints:
        """int32 [s]: how many words each sentence has."""
        return _sums(self.is_word, self.sentences)

    @cached_property
    def sentence_quoted(self) -> Bools:
        """bool [s]: more than half of the sentence's words are inside a quotation, so it is a speaker's."""
        inside = _sums(self.is_word & self.quoted, self.sentences)
        return np.asarray(2 * inside > self.sentence_words)

    @cached_property
    def document_words(self) -> Ints:
        """int32 [d]: how many words each document has."""
        return _sums(self.is_word, self.documents)

    @cached_property
    def words_before(self) -> tuple[memoryview, memoryview]:
        """Words, and words inside quotations, before each token and before the end: int64 [n+1], to look up one by one
        what few tokens ask for."""
        return _running(self.is_word).data, _running(self.is_word & self.quoted).data

    @cached_property
    def places(self) -> tuple[memoryview, memoryview]:
        """`starts` and `ends`, to look up one by one."""
        return self.starts.data, self.ends.data

    def text_of(self, document: int, start: int, end: int) -> str:
        """The text from token `start` up to token `end` (exclusive) of a document; "" for an empty range."""
        if start >= end:
            return ""
        starts, ends = self.places
        return self.articles[document].text[starts[start] : ends[end - 1]]

    def excerpt(self, documents: Sequence[int], tokens: npt.NDArray[np.int64], edges: Ints, sentences: Ints) -> Parsed:
        """Stretches of documents as documents of their own, with the same vocabulary and offsets.

        `documents` [d] says whose stretch each is, `tokens` [m] which tokens they have, `edges` [d+1] and `sentences`
        [s+1] where stretches and their sentences begin. Quotations are left out, which tokens are quoted is kept.
        """
        none = np.zeros((0, 2), np.int32)
        excerpt = Parsed(
            [self.articles[document] for document in documents], self.vocabulary, self.tokens[tokens],
            self.starts[tokens], self.ends[tokens], edges, sentences,
            np.searchsorted(sentences, edges).astype(np.int32), none, np.zeros(len(edges), np.int32),
            self.quoted[tokens], self.spaced[tokens],
            self.paragraph_starts[tokens], self._tables,
        )
        excerpt.__dict__ |= {
            "_lowered": (self.lower[tokens], self.lower_vocabulary),
            "_known": self._known, "_lower_known": self._lower_known,
        }
        return excerpt

    def document(self, index: int) -> Document:
        """One document as a record of spans."""
        first, last = self.documents[index : index + 2]
        words = [(int(a), int(b)) for a, b in zip(self.starts[first:last], self.ends[first:last], strict=True)]
        keep = self.is_word[first:last]
        edges = self.sentences[self.document_sentences[index] : self.document_sentences[index + 1] + 1]
        quotes = self.quotes[self.document_quotes[index] : self.document_quotes[index + 1]]
        return Document(
            article=self.articles[index].id,
            sentences=tuple(self._span(a, b) for a, b in pairwise(edges)),
            words=tuple(word for word, is_word in zip(words, keep, strict=True) if is_word),
            quotes=tuple(self._span(a, b) for a, b in quotes),
        )

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return int(self.starts[start]), int(self.ends[end - 1])


def _sums(flags: Bools, edges: Ints) -> Ints:
    return np.diff(_running(flags)[edges]).astype(np.int32)


def _asked(
    known: Known | None, words: Sequence[str], key: str, function: Callable[[str], Any], dtype: npt.DTypeLike,
    model: object,
) -> npt.NDArray[Any]:
    if known is None:
        return np.fromiter(map(function, words), dtype, len(words))
    everything, places = known
    return everything.to(key, function, dtype, model)[places]


def _running(flags: Bools) -> npt.NDArray[np.int64]:
    running = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=running[1:])
    return running


def parse(articles: Sequence[Article]) -> Parsed:
    """Parse a partition at once. Any text is accepted; an empty one gives a document without tokens."""
    ids = Numbers()
    pieces = [np.fromiter(map(ids.__getitem__, found), np.int32, len(found))
              for found in (_pieces(article.text) for article in articles)]
    words = list(ids)
    flat = np.concatenate(pieces) if pieces else np.zeros(0, np.int32)
    length = np.fromiter(map(len, words), np.int32, len(words))
    space = np.fromiter(map(str.isspace, words), np.bool_, len(words))
    newlines = np.zeros(len(words), np.int32)
    for number in np.flatnonzero(space).tolist():
        newlines[number] = words[number].count("\n")

    counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
    piece_edges = np.concatenate(([0], np.cumsum(counts)))
    ends = np.cumsum(length[flat], dtype=np.int64)
    base = np.concatenate(([0], ends))[piece_edges[:-1]]  # code points before each document
    ends = ends - np.repeat(base, counts)
    keep = ~space[flat]
    breaks = np.concatenate(([0], newlines[flat]))[:-1]  # newlines in the piece before
    spaced = np.concatenate(([True], space[flat]))[:-1]
    spaced[piece_edges[:-1][counts > 0]] = True
    breaks[piece_edges[:-1][counts > 0]] = 2

    numbers = np.cumsum(~space, dtype=np.int32) - 1  # vocabulary without white space
    kept = flat[keep]
    documents = np.concatenate(([0], np.cumsum(keep)))[piece_edges].astype(np.int32)
    vocabulary = [word if word.isascii() or not HIDDEN.search(word) else bare(word)
                  for word in words if not word.isspace()]
    ends = ends[keep].astype(np.int32)
    first_of_document = documents[:-1][np.diff(documents) > 0]
    breaks, spaced = breaks[keep], spaced[keep]
    breaks[first_of_document], spaced[first_of_document] = 2, True

    parsed = Parsed(
        articles, vocabulary, numbers[kept] if len(kept) else kept, ends - length[kept], ends, documents,
        documents, documents, np.zeros((0, 2), np.int32), documents, np.zeros(len(kept), np.bool_), spaced,
        np.zeros(len(kept), np.bool_),
    )
    parsed.paragraph_starts, parsed.sentences = boundaries(parsed, breaks)
    parsed.document_sentences = np.searchsorted(parsed.sentences, documents).astype(np.int32)
    parsed.quotes, parsed.document_quotes, parsed.quoted = quotations(parsed)
    return parsed
