"""The names of one document, and what can be asked of them: who "he", "the spokesman" or "Brand" is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from audit.extract.attribution.kinds import kinds
from audit.extract.attribution.linker import Relation, TokenRange
from audit.extract.attribution.names import Mention
from audit.parse import Parsed

if TYPE_CHECKING:
    from audit.extract.attribution.speakers import Speaker

ROLE_WINDOW = 8
"""Words after a name and its comma that may tell the person's role: "Ada Brand, a spokeswoman for the union"."""
LONG = {"sen": "senator", "rep": "representative", "gov": "governor", "dr": "doctor", "gen": "general"}
APPOSITION_ENDS = frozenset([",", ".", ")", "who", "of", "for"])


class Antecedents:
    """Lookups over the names of one document. Distances are in sentences; nearer wins, a speaker before a bystander."""

    FAR = 120
    """Tokens after which "it" and "they" are no longer looked up: some five sentences."""
    REACH = 6
    """Sentences back in which "he" and "she" look for a name."""

    def __init__(self, parsed: Parsed, document: int, names: list[Mention]) -> None:
        self.parsed, self.names = parsed, names
        self.genders: dict[str, str] = {}
        self.first, self.last = (int(edge) for edge in parsed.documents[document : document + 2])
        self._sentences = parsed.token_sentence.data
        self._places = [one.start for one in names]
        self._ends = [one.end for one in names]
        self._full = self._longest(names)
        self._known: dict[int, Mention] = {}  # by place
        self.roles = self._roles()

    def _longest(self, names: list[Mention]) -> dict[str, Mention]:
        """The full form of each last word: the name of several words that is used most, then the earliest."""
        counts = Counter(one.name for one in names if len(one.words) > 1)
        best: dict[str, Mention] = {}
        for one in names:
            if len(one.words) > 1 and (one.last not in best or counts[one.name] > counts[best[one.last].name]):
                best[one.last] = one
        return best

    def full(self, mention: Mention) -> Mention:
        """The name in full, where a single word stands for it in this document."""
        if len(mention.words) > 1:
            return mention
        found = self._known.get(mention.start)
        if found is None:
            found = self._known[mention.start] = self._in_full(mention)
        return found

    def _in_full(self, mention: Mention) -> Mention:
        found = self._full.get(mention.last, mention)
        if found.person and mention.gender and mention.titles and found.gender not in ("", mention.gender):
            return next((one for one in self.names if one.last == mention.last and len(one.words) > 1
                         and one.gender == mention.gender), mention)
        return found if found.person == mention.person or found.person else mention

    def _roles(self) -> dict[str, frozenset[str]]:
        """Role words by full name, from titles, from words before the name and from an apposition after it."""
        found: dict[str, set[str]] = {}
        for one in self.names:
            if one.person or one.could_be:
                words = [*one.titles, *self._around(one)]
                if words:
                    words += [LONG[word] for word in words if word in LONG]
                    found.setdefault(self.full(one).name, set()).update(words)
        return {name: frozenset(words) for name, words in found.items()}

    def is_person(self, mention: Mention) -> bool:
        """A name that looks like a person's, or is given a person's role somewhere in the document."""
        if mention.person:
            return True
        full = self.full(mention)
        return full.person or bool(self.roles.get(full.name))

    @cached_property
    def _by_role(self) -> dict[str, list[Mention]]:
        """The names of persons with each role word, in order."""
        found: dict[str, list[Mention]] = {}
        for one in self.names:
            for word in self.roles.get(self.full(one).name, ()):
                found.setdefault(word, []).append(one)
        return found

    def between(self, start: int, end: int) -> list[Mention]:
        """Names that begin in a token range."""
        return self.names[bisect_left(self._places, start) : bisect_left(self._places, end)]

    def inside(self, start: int, end: int) -> list[Mention]:
        """Names that share a token with a range."""
        return self.names[bisect_right(self._ends, start) : bisect_left(self._places, end)]

    def surname(self, word: str) -> Mention | None:
        """The full name that ends in a word, which may also be a common word ("Sand said")."""
        return self._full.get(word)

    def gender(self, full: Mention) -> str:
        """What is known of the person: a pronoun resolved before, a role or title, the given name; "" if nothing."""
        known = self.genders.get(full.name)
        if known:
            return known
        roles = self.roles.get(full.name, frozenset())
        if not roles.isdisjoint(kinds().feminine):
            return "f"
        return "m" if not roles.isdisjoint(kinds().masculine) else full.gender

    def _around(self, mention: Mention) -> list[str]:
        return [*self._titles_before(mention), *self._apposed(mention)]

    def _titles_before(self, mention: Mention) -> list[str]:
        lists, start = kinds(), mention.start - len(mention.titles)
        before = self._words(max(self.first, start - 3), start)
        if lists.role.isdisjoint(before):
            return []
        while before and before[-1] in (",", "."):
            before = before[:-1]
        cut = max((i + 1 for i, word in enumerate(before) if word in lists.boundary), default=0)
        return [word for word in before[cut:] if word in lists.role]

    def _apposed(self, mention: Mention) -> list[str]:
        if mention.end >= self.last or self.parsed.lower_words[mention.end] not in (",", "("):
            return []
        after = self._words(mention.end, min(self.last, mention.end + ROLE_WINDOW))
        stop = next((i for i, word in enumerate(after[1:], 1) if word in APPOSITION_ENDS), len(after))
        apposed = after[1:stop]
        roles = [word for word in apposed if word in kinds().role]
        if apposed and apposed[0] in ("a", "an") and kinds().organisation.isdisjoint(apposed):
            roles.append("person")
        return roles

    def _words(self, start: int, end: int) -> list[str]:
        return self.parsed.lower_words[start:end]

    def _sentence(self, token: int) -> int:
        return self._sentences[token]

    def person(self, relation: Relation, gender: str, said: list[tuple[Relation, Speaker]]) -> Mention | None:
        """Whom "he" or "she" in the source of a relation means: recent, of that gender, a subject or speaker before."""
        source = relation.source[0] if relation.source else relation.cue[0]
        here = self._sentence(min([source, *(start for start, _ in relation.contents)]))
        spoken = {one.mention.name: self._sentence(earlier.cue[0]) for earlier, one in said[-4:] if one.mention}
        best: tuple[float, Mention] | None = None
        reach = int(self.parsed.sentences[max(0, here - self.REACH)])
        recent = range(bisect_left(self._places, reach), bisect_left(self._places, source))
        speakers = [one.mention for _, one in said[-4:] if one.mention and one.mention.start < reach]
        for one in [*speakers, *(self.names[i] for i in recent)]:
            full = self.full(one)
            if not (self.is_person(one) or (one.rare and full.name in spoken)):
                continue
            if any(start <= one.start < end for start, end in relation.contents):
                continue
            spoke = here - spoken.get(full.name, -99)
            back = max(0, min(here - self._sentence(one.start), max(spoke, 0)))
            if back > self.REACH or self.gender(full) not in ("", gender):
                continue
            score = self._salience(one, back, spoke)
            if best is None or score >= best[0]:
                best = (score, one)
        if best:
            self.genders.setdefault(self.full(best[1]).name, gender)
        return best[1] if best else None

    def _salience(self, mention: Mention, back: int, spoke: int) -> float:
        """Hand-set: a sentence back costs 1; opening a sentence gains 1; having just spoken gains up to 2."""
        score = -float(back)
        opening = mention.start - len(mention.titles)
        at_start = int(self.parsed.sentences[self._sentence(mention.start)])
        score += 1.0 if opening - at_start <= 2 else 0.0
        score += 2.0 if spoke <= 1 else 1.0 if spoke <= 3 else 0.0
        score -= 1.5 if self.parsed.quoted[mention.start] else 0.0
        following = self._words(mention.end, min(self.last, mention.end + 1))
        score -= 0.75 if following and following[0] in ("'s", "’s") else 0.0
        return score

    def beside(self, end: int) -> Mention | None:
        """The person named in an apposition that the source stops short of: "its director", then ", Ada Brand,"."""
        if self._words(end, min(end + 1, self.last)) != [","]:
            return None
        return next((one for one in self.names if one.start - len(one.titles) == end + 1
                     and (self.is_person(one) or one.could_be)), None)

    def role(self, head: str, place: int, definite: bool) -> Mention | None:
        """The person with that role named last before the place; an indefinite role may be named just after it."""
        fitting = self._by_role.get(head, [])
        earlier = [one for one in fitting if one.start < place]
        if definite and earlier:
            return earlier[-1]
        here = self._sentence(place)
        later = [one for one in fitting if one.start >= place and self._sentence(one.start) - here <= 3]
        return None if definite or earlier or not later else later[0]

    def organisation(self, base: list[str], place: int) -> Mention | None:
        """The body named before the place whose name ends in the same word: "the ministry"."""
        if len(base) > 1:
            return None
        fitting = [one for one in self.names if not self.is_person(one) and one.start < place and len(one.words) > 1
                   and one.words[-1].lower() == base[0]]
        return fitting[-1] if fitting else None

    def before(self, place: int) -> Mention | TokenRange | None:
        """What stands right before a relative pronoun: a name, or the range of a noun phrase."""
        end = place
        while end > self.first and not bool(self.parsed.is_word[end - 1]):
            end -= 1
        for one in reversed(self.names):
            if one.end == end:
                return one
            if one.end < end:
                break
        start = end
        boundary = kinds().boundary - {"of"}
        floor = max(self.first, int(self.parsed.sentences[self._sentence(max(end - 1, self.first))]), end - 6)
        while start > floor and self._words(start - 1, start)[0] not in boundary:
            start -= 1
            if self._words(start, start + 1)[0] in kinds().determiner:
                break
        return (start, end) if start < end else None
