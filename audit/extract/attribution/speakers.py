"""A relation's source in, the speaker out: whose name it is, what kind of speaker, and by which rule we know.

Names, surnames, pronouns and roles are looked up among the names of the same article, nearest first. Words and
their order decide; no parse tree is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from audit.extract.attribution.antecedents import Antecedents
from audit.extract.attribution.kinds import Kinds, kinds
from audit.extract.attribution.linker import Relation, TokenRange
from audit.extract.attribution.names import Mention
from audit.parse import Parsed

SINGULAR = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset("they their them themselves".split())
FIRST = frozenset("i we my our me us myself ourselves".split())
RELATIVE = frozenset("who which that whom whose".split())
IT = frozenset("it its itself".split())
AFTER_PRONOUN = frozenset("himself herself themselves itself 's ’s both all each".split())
APPOSED = 4
"""Words between a comma and a name that may still be its title: "One of them, crane driver Emil Storr"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` is empty where nobody is named; `kind` and `rule` as in the attributes of the evidence."""

    name: str
    kind: str
    rule: str
    official: bool = False
    mention: Mention | None = None


@dataclass
class Resolver:
    """Resolves the sources of one document in order; earlier answers help later ones."""

    parsed: Parsed
    document: int
    names: list[Mention]
    relations: list[Relation]
    lists: Kinds = field(default_factory=kinds)
    said: list[tuple[Relation, Speaker]] = field(default_factory=list)

    def __post_init__(self) -> None:
        sources = [one.source for one in self.relations if one.source and one.source[1] - one.source[0] == 1]
        self.bare = {self.parsed.lower_words[start] for start, _ in sources}
        self.antecedents = Antecedents(self.parsed, self.document, self.names)

    def resolve(self, relation: Relation) -> Speaker:
        """The speaker of the document's next relation."""
        speaker = self.whose(relation)
        self.said.append((relation, speaker))
        return speaker

    def whose(self, relation: Relation) -> Speaker:
        """The speaker of any relation, given those resolved so far; nothing is remembered."""
        if relation.source is None:
            return Speaker("", "vague", "no source")
        start, end = relation.source
        words = self.parsed.lower_words[start:end]
        text = self.parsed.text_of(self.document, start, end)
        if self.lists.withheld(text):
            return Speaker(text, "anonymous", "name withheld", self._is_official(words))
        while words and words[0] in ('"', "“", "”", "'", ",", "’", "-", "–", "—"):
            start, words = start + 1, words[1:]
        if not words:
            return Speaker(text, "vague", "no words")
        return self._pronoun(relation, (start, end), words) or self._phrase((start, end), words, text)

    def _pronoun(self, relation: Relation, span: TokenRange, words: list[str]) -> Speaker | None:
        word = words[0].replace("’", "'").split("'")[0]  # "I've" is a pronoun too
        if len(words) > 1 and words[1] not in self.lists.boundary and words[1] not in AFTER_PRONOUN:
            return None
        if word in SINGULAR:
            found = self.antecedents.person(relation, SINGULAR[word], self.said)
            return self._named(found, "pronoun") if found else Speaker(words[0], "role", "pronoun, open")
        if word in FIRST:
            return self._first_person(relation, word)
        if word in RELATIVE:
            return self._relative(span)
        if word in IT or word in PLURAL:
            return self._neuter(relation, word)
        return None

    def _first_person(self, relation: Relation, word: str) -> Speaker:
        cue = relation.cue[0]
        for earlier, speaker in reversed(self.said):
            if any(start <= cue < end for start, end in earlier.contents) and speaker.name:
                return replace(speaker, rule="first person in a quotation")
        author = self.parsed.articles[self.document].author
        if word in ("i", "my", "me", "myself") and author:
            return Speaker(author, "named", "first person")
        return Speaker("the author" if word in ("i", "my", "me", "myself") else word, "role", "first person")

    def _relative(self, span: TokenRange) -> Speaker:
        found = self.antecedents.before(span[0])
        if isinstance(found, Mention):
            return self._named(found, "relative pronoun")
        if not found:
            return Speaker("", "vague", "relative pronoun, open")
        return self._phrase(found, self._lower(found), self.parsed.text_of(self.document, *found))

    def _neuter(self, relation: Relation, word: str) -> Speaker:
        for earlier, speaker in reversed(self.said[-4:]):
            plural = speaker.kind in ("vague", "anonymous") or speaker.name.lower().endswith("s")
            if speaker.name and (speaker.kind in ("organisation", "document") or (word in PLURAL and plural)):
                if relation.cue[0] - earlier.cue[0] > self.antecedents.FAR:
                    break
                return replace(speaker, rule="pronoun")
        return Speaker(word, "vague", "pronoun, open")

    def _phrase(self, span: TokenRange, words: list[str], text: str) -> Speaker:
        start, end = span
        skip = 1 if words[0] in self.lists.determiner and len(words) > 1 else 0
        size = self._base(words, skip, start)
        base = words[skip:size] or words[:1]
        inside = self.antecedents.inside(start, end)
        head_end = start + size
        for one in inside:
            if one.start < head_end <= one.end:
                return self._named(one, "name")
        surname = self.antecedents.surname(base[0]) if len(base) == 1 and text[:1].isupper() else None
        if surname:
            return self._named(surname, "surname")
        in_apposition = self._apposed(span, words, head_end, inside, base[-1])
        if in_apposition:
            return replace(self._named(in_apposition, "apposition"), kind="named")
        titled = self._titled(base[-1], inside, end)
        if titled:
            return self._named(titled, "title")
        official = self._is_official(base)
        kind = self.lists.of_head(base[-1], base)
        shown = self._shown(start if kind == "vague" else start + skip, start, words)
        if kind == "role":
            beside = self.antecedents.beside(end)
            if beside:
                return replace(self._named(beside, "apposition"), kind="named")
            person = self.antecedents.role(base[-1], start, definite=words[0] == "the")
            if person:
                earlier = person.start < start
                return Speaker(self.antecedents.full(person).name, "named" if earlier else "role", "role",
                               official, self.antecedents.full(person))
        if kind == "organisation":
            body = self.antecedents.organisation(base, start)
            if body:
                return Speaker(body.name, "organisation", "short form", official, body)
            if words[0] in ("a", "an"):
                kind = "role"
        return Speaker(shown, kind, "description", official)

    def _base(self, words: list[str], skip: int, start: int) -> int:
        """How many words the noun phrase has before its first comma, preposition or relative clause."""
        if not self.lists.boundary.isdisjoint(words):
            near = self.antecedents.between(start, start + len(words))
            covered = {token for one in near for token in range(one.start, one.end)}
            for place in range(skip + 1, len(words)):
                if words[place] in self.lists.boundary and start + place not in covered:
                    return place
        size = len(words)
        while size > skip + 1 and words[size - 1] in ("'s", "’s", "’", "'", "himself", "herself"):
            size -= 1
        return size

    def _apposed(
        self, span: TokenRange, words: list[str], head_end: int, inside: list[Mention], head: str
    ) -> Mention | None:
        """A person's name after a comma: "a spokesman for the union, Ada Brand"."""
        if self.lists.vague_qualifiers & set(words[:2]):
            return None
        for one in inside:
            opening = one.start - span[0]
            between = words[: max(opening, 0)][::-1]
            comma = between.index(",") if "," in between else len(between)
            plain = self.lists.boundary.isdisjoint(between[:comma])
            near = comma <= APPOSED and comma < len(between) and plain
            fits = self.antecedents.is_person(one) or (head in self.lists.role and one.could_be)
            if near and one.start >= head_end and fits:
                return one
        return None

    def _titled(self, head: str, inside: list[Mention], end: int) -> Mention | None:
        """A name that closes a long title, "press secretary of the Russian President Peskov".

        It could also be the secretary's master; that the bare surname speaks elsewhere in the article decides.
        """
        if head not in self.lists.role or not inside:
            return None
        last = inside[-1]
        if last.end != end or not last.person or last.last not in self.bare:
            return None
        opening = last.start - len(last.titles)
        article = self._lower((opening - 2, opening))
        return last if last.titles and "the" in article and len(last.words) == 1 else None

    def _named(self, mention: Mention, rule: str) -> Speaker:
        full = self.antecedents.full(mention)
        around = [*mention.titles, *full.titles, *self.antecedents.roles.get(full.name, ())]
        if self.antecedents.is_person(mention) or full.rare:
            return Speaker(full.name, "named", rule, self._is_official(around), full)
        low = [word.lower() for word in mention.words]
        kind = "organisation"
        if low[-1] in self.lists.vague:
            kind = "vague"
        elif low[-1] in self.lists.document and len(low) > 1 and low[-1] not in self.lists.organisation:
            kind = "document"
        return Speaker(full.name, kind, rule, self._is_official(low), full)

    def _is_official(self, words: list[str] | tuple[str, ...]) -> bool:
        return not self.lists.official.isdisjoint(words)

    def _shown(self, start: int, opening: int, words: list[str]) -> str:
        """The description up to its first comma or relative clause."""
        stop = next((i for i, word in enumerate(words) if i and (word in RELATIVE or word in ",;:()")), len(words))
        shown = " ".join(self.parsed.text_of(self.document, start, opening + stop).split()).rstrip(" .,;:")
        return shown or " ".join(words)

    def _lower(self, span: TokenRange) -> list[str]:
        return self.parsed.lower_words[span[0] : span[1]]
