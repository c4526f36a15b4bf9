"""Attribution in a language that has a lexicon and no model: a partition and the lexicon in, relations out.

The lexicon finds the cues and says on which side of them a source stands; punctuation does the rest. A source reaches
from its cue to the next comma, colon or quotation mark, what was said from there to the end of the sentence. No part
of this knows a language: all its words are the lexicon's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.extract.attribution.linker import Relation, TokenRange
from audit.extract.attribution.speakers import Speaker
from audit.extract.listed import hits
from audit.lexicon import Lexicon, Rule
from audit.parse import Parsed

# Where a source or what was said ends.
_STOPS = frozenset(',;:.!?…()–—"“”„«»')
_ENDS = frozenset(".!?…")
_MARKS = frozenset('"“”„«»')
# A subject with its apposition is seldom longer; what is longer is a clause and no source.
_SOURCE_WORDS = 12
# Words between a verb and its "that": "anunció el lunes que ...".
_THAT = 5
# Words of one that stand small inside a name: "Ministerio de Obras", "Casa de la Moneda".
_NAME_GAP = 2
_KINDS = ("anonymous", "organisation", "document", "vague")


@dataclass(frozen=True)
class Told:
    """A relation, the rule of its cue, and who speaks."""

    relation: Relation
    rule: Rule
    speaker: Speaker


def listed(parsed: Parsed, words: Lexicon) -> list[Told]:
    """Relations in the order of their cues; cues without anything that was said are dropped."""
    reader = _Reader(parsed, words)
    found = hits(parsed, words)
    rows = zip(found.documents.tolist(), found.starts.tolist(), found.ends.tolist(), found.rules.tolist(), strict=True)
    told: list[Told] = []
    for document, start, end, rule in rows:
        relation = reader.relation(document, (start, end), words.rules[rule])
        if relation is not None:
            before = [one.speaker for one in told if one.relation.document == document]
            told.append(Told(relation, words.rules[rule], reader.speaker(relation, words.rules[rule], before)))
    return told


class _Reader:
    """What is looked up for every cue: the tokens in lower case, and the lexicon's lists of words."""

    def __init__(self, parsed: Parsed, words: Lexicon) -> None:
        self.parsed = parsed
        self.that = frozenset(word for rule in words.rules for word in rule.attributes.get("that", "").split())
        self.kinds = {
            kind: frozenset(word for rule in words.rules for word in rule.attributes.get(kind, "").split())
            for kind in _KINDS
        }

    def relation(self, document: int, cue: TokenRange, rule: Rule) -> Relation | None:
        """The relation of one cue, or None where nothing is said with it."""
        sentence = int(self.parsed.token_sentence[cue[0]])
        first, last = (int(edge) for edge in self.parsed.sentences[sentence : sentence + 2])
        while last > cue[1] and self._word(last - 1) in _ENDS:
            last -= 1
        side = rule.attributes.get("side", "around")
        before, after = self._trim((first, cue[0])), self._trim((cue[1], last))
        if side == "none":
            source, contents = None, [after or before]
        elif side == "after":
            source = self._run(cue[1], last)
            contents = [self._trim((source[1], last)) if source else None] if before is None else [before]
        else:
            source, contents = self._around(cue, (first, last), before, after)
        kept = tuple(content for content in contents if content is not None)
        if not kept or (side == "after" and source is None):
            return None
        return Relation(document, source, cue, kept)

    def _around(
        self, cue: TokenRange, sentence: TokenRange, before: TokenRange | None, after: TokenRange | None
    ) -> tuple[TokenRange | None, list[TokenRange | None]]:
        """Source and contents of a verb: "X said that ...", "X: ...", "..., said X", "X promised 'a quick way out'"."""
        first, last = sentence
        near = range(cue[1], min(cue[1] + _THAT, last))
        that = next((token for token in near if self._word(token) in self.that), None)
        if that is not None and self._run(cue[1], that) in (None, (cue[1], that)):
            return self._subject(first, cue[0]), [self._trim((that + 1, last))]
        quoted = after is not None and bool(self.parsed.quoted[after[0] : after[1]].any())
        opens = cue[1] < last and (self._word(cue[1]) == ":" or (self._word(cue[1]) in _MARKS and quoted))
        if not opens and cue[0] > first and self._word(cue[0] - 1) in _STOPS:
            source = self._run(cue[1], last)
            return source, [before, self._trim((source[1], last)) if source else None]
        return self._subject(first, cue[0]), [after] if opens or quoted else []  # else the verb has a plain object

    def _subject(self, first: int, cue: int) -> TokenRange | None:
        """What stands before a verb, back to the comma before; over an apposition between two commas as well."""
        start = self._back(first, cue)
        if start == cue and cue > first and self._word(cue - 1) == ",":
            apposed = self._back(first, cue - 1)
            start = self._back(first, max(apposed - 1, first))
        source = self._trim((start, cue))
        return source if source and source[1] - source[0] <= _SOURCE_WORDS else None

    def _back(self, first: int, end: int) -> int:
        start = end
        while start > first and self._word(start - 1) not in _STOPS:
            start -= 1
        return start

    def _run(self, start: int, last: int) -> TokenRange | None:
        """Tokens from `start` up to the next stop, and a name in apposition behind a comma."""
        end = start
        while end < last and self._word(end) not in _STOPS and end - start < _SOURCE_WORDS:
            end += 1
        if end + 1 < last and self._word(end) == "," and self._is_name(end + 1):
            apposed = end + 1
            while apposed < last and self._is_name(apposed):
                apposed += 1
            end = apposed if apposed == last or self._word(apposed) in _STOPS else end
        return (start, end) if end > start else None

    def _trim(self, tokens: TokenRange) -> TokenRange | None:
        """The range without commas, colons and stops at its edges; None when no word is left."""
        start, end = tokens
        while start < end and self._word(start) in _STOPS - _MARKS:
            start += 1
        while start < end and self._word(end - 1) in _STOPS - _MARKS:
            end -= 1
        return (start, end) if any(self.parsed.is_word[start:end].tolist()) else None

    def speaker(self, relation: Relation, rule: Rule, before: Sequence[Speaker]) -> Speaker:
        """Who speaks: a name among the words of the source, else the kind that a listed word tells.

        `before` are the document's earlier speakers: a verb without a subject is the last one's, a surname means the
        full name.
        """
        if relation.source is None:
            if rule.attributes.get("side", "around") == "around" and before and before[-1].name:
                return Speaker(before[-1].name, before[-1].kind, "the speaker before")
            return Speaker("", "vague", "no source")
        start, end = relation.source
        text = " ".join(self.parsed.text_of(relation.document, start, end).split())
        low = {self._word(token) for token in range(start, end)}
        for kind in ("anonymous", "vague"):
            if not low.isdisjoint(self.kinds[kind]):
                return Speaker(text, kind, "listed word")
        if names := list(self._names(start, end)):
            first, last = names[-1]
            name = " ".join(self.parsed.text_of(relation.document, first, last).split())
            full = next((one.name for one in before if one.name.endswith(f" {name}") and one.rule == "name"), None)
            kind = "organisation" if self._in_name(first, last) else "named"
            return Speaker(full or name, kind, "surname" if full else "name")
        kinds = (kind for kind in ("organisation", "document") if not low.isdisjoint(self.kinds[kind]))
        return Speaker(text, next(kinds, "role"), "description")

    def _in_name(self, start: int, end: int) -> bool:
        return any(self._word(token) in self.kinds["organisation"] for token in range(start, end))

    def _names(self, start: int, end: int) -> Iterator[TokenRange]:
        """Runs of capitalised words, small words between two of them included; not the word that opens a sentence."""
        token = start
        while token < end:
            if not self._is_name(token):
                token += 1
                continue
            last = token + 1
            for ahead in range(last, end):
                if self._is_name(ahead) and ahead - last <= _NAME_GAP:
                    last = ahead + 1
                elif ahead - last > _NAME_GAP or self._word(ahead) in _STOPS:
                    break
            if last - token > 1 or not self._opens(token):
                yield token, last
            token = last

    def _is_name(self, token: int) -> bool:
        word: str = self.parsed.vocabulary[self.parsed.tokens[token]]
        return word[0].isupper()

    def _opens(self, token: int) -> bool:
        return bool(self.parsed.sentences[self.parsed.token_sentence[token]] == token)

    def _word(self, token: int) -> str:
        word: str = self.parsed.lower_vocabulary[self.parsed.lower[token]]
        return word
