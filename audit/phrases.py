"""Phrases of lexicons: their small pattern language, and a trie that finds them among token indices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import count, product

import numpy as np
import numpy.typing as npt

from audit.parse import Parsed

NUMBER, CAPITAL = "<num>", "<cap>"
LIMIT = 5000  # phrases that one entry may stand for; more is a slip of the pen

VOWELS = frozenset("aeiou")
Row = tuple[int, int, int, int]
Bools = npt.NDArray[np.bool_]


def expand(entry: str, tokens: Callable[[str], list[str]]) -> list[tuple[str, ...]]:
    """Every token sequence that an entry stands for. Raises ValueError when it stands for none or too many."""
    choices: list[list[tuple[str, ...]]] = []
    for word in _words(entry):
        if word.startswith("[") and word.endswith("]") and len(word) > 2:
            options = [(), *_options(word[1:-1], tokens)]
        else:
            options = _options(word, tokens)
        choices.append(options)
    total = 1
    for options in choices:
        total *= len(options)
    if not choices or total > LIMIT:
        raise ValueError(f"entry {entry!r} stands for {total if choices else 0} phrases; write 1 to {LIMIT}")
    phrases = {tuple(token for part in parts for token in part) for parts in product(*choices)}
    return sorted(phrase for phrase in phrases if phrase)


def _words(entry: str) -> Iterator[str]:
    """The entry by spaces, but a bracketed group stays whole."""
    word, depth = "", 0
    for char in entry.strip():
        depth += (char in "([") - (char in ")]")
        if depth < 0:
            raise ValueError(f"entry {entry!r} closes a bracket that it never opened")
        if char == " " and not depth:
            if word:
                yield word
            word = ""
        else:
            word += char
    if depth:
        raise ValueError(f"entry {entry!r} leaves a bracket open")
    if word:
        yield word


def _options(word: str, tokens: Callable[[str], list[str]]) -> list[tuple[str, ...]]:
    if word in (NUMBER, CAPITAL):
        return [(word,)]
    if word.startswith("(") and word.endswith(")"):
        return [option for part in word[1:-1].split("|") for option in _phrase(part.strip(), tokens)]
    return _phrase(word, tokens)


def _phrase(text: str, tokens: Callable[[str], list[str]]) -> list[tuple[str, ...]]:
    parts: list[list[tuple[str, ...]]] = []
    for word in text.split():
        if word in (NUMBER, CAPITAL):
            parts.append([(word,)])
        elif word.endswith("~"):
            parts.append([tuple(tokens(form)) for form in inflections(word[:-1].lower())])
        else:
            parts.append([tuple(tokens(word.lower().replace("’", "'")))])
    return [tuple(token for part in row for token in part) for row in product(*parts)]


def inflections(word: str) -> list[str]:
    """A word with its regular English inflections, spelling changes included; nouns and verbs alike."""
    forms = {word, word + "s"}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    elif word.endswith("y") and len(word) > 2 and word[-2] not in VOWELS:
        forms = {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    else:
        forms |= {word + "ed", word + "ing"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        forms = (forms - {word + "s"}) | {word + "es"}
    if len(word) > 2 and word[-1] not in VOWELS | set("wxy") and word[-2] in VOWELS and word[-3] not in VOWELS:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return sorted(forms)


_numbers = count()
"""Each trie has a number of its own, under which its answers about words are kept."""


class Trie:
    """Phrases by their tokens. Nodes are dicts from a symbol to the next node; a leaf holds (rule, entry)."""

    def __init__(self) -> None:
        self.number = next(_numbers)
        self.symbols: dict[str, int] = {NUMBER: 1, CAPITAL: 2}
        self.nodes: list[dict[int, int]] = [{}]
        self.leaves: dict[int, tuple[int, int]] = {}
        self.wild = False

    def add(self, phrase: tuple[str, ...], rule: int, entry: int) -> None:
        """Add a phrase; the first rule that lists a phrase keeps it."""
        self.__dict__.pop("_openings", None)
        node = 0
        for token in phrase:
            symbol = self.symbols.setdefault(token, len(self.symbols) + 1)
            self.wild |= symbol in (1, 2)
            following = self.nodes[node].get(symbol)
            if following is None:
                following = self.nodes[node][symbol] = len(self.nodes)
                self.nodes.append({})
            node = following
        self.leaves.setdefault(node, (rule, entry))

    def find(self, parsed: Parsed) -> npt.NDArray[np.int32]:
        """int32 [h, 4]: start token, end token, rule, entry of every hit; leftmost, then longest."""
        if not len(parsed.tokens):
            return np.zeros((0, 4), np.int32)
        symbol_of = self.symbols.get
        symbols = parsed.lower_table(
            f"phrases:{self.number}:{len(self.symbols)}", lambda word: symbol_of(word.replace("’", "'"), 0), np.int32
        )[parsed.lower]
        number, capital = parsed.number, parsed.capital
        places = self._candidates(symbols, number, capital)
        limits = parsed.sentences[parsed.token_sentence[places] + 1]
        walk = self._walk_any if self.wild else self._walk
        rows = walk(places.tolist(), limits.tolist(), symbols.data, number.data, capital.data)
        return np.array(rows, np.int32).reshape(-1, 4)

    def _candidates(
        self, symbols: npt.NDArray[np.int32], number: Bools, capital: Bools
    ) -> npt.NDArray[np.int64]:
        """Places where the first two tokens can open a phrase; most single tokens that could are gone by then."""
        root = self.nodes[0]
        opens, alone, follows, pairs = self._openings
        wanted = opens[symbols]
        if 1 in root:
            wanted |= number
        if 2 in root:
            wanted |= capital
        places = np.flatnonzero(wanted)
        if 1 in root or 2 in root:
            return places
        first, following = symbols[places], symbols[np.minimum(places + 1, len(symbols) - 1)]
        found = alone[first]
        doubtful = np.flatnonzero(~found & follows[following])
        found[doubtful] = np.isin(first[doubtful] * np.int64(len(opens)) + following[doubtful], pairs)
        return places[found]

    @cached_property
    def _openings(self) -> tuple[Bools, Bools, Bools, npt.NDArray[np.int64]]:
        """Of each symbol whether a phrase opens with it, whether it may stand there alone, and whether it ever comes
        second; and all pairs that phrases open with, as one number each."""
        size = len(self.symbols) + 1
        opens, alone, follows = np.zeros((3, size), np.bool_)
        pairs: list[int] = []
        for symbol, node in self.nodes[0].items():
            seconds = list(self.nodes[node])
            opens[symbol], follows[seconds] = True, True
            alone[symbol] = node in self.leaves or not {1, 2}.isdisjoint(seconds)
            pairs += [symbol * size + second for second in seconds]
        return opens, alone, follows, np.array(pairs, np.int64)

    def _walk(self, places: list[int], limits: list[int], symbols: memoryview, number: memoryview,
              capital: memoryview) -> list[Row]:
        """Without wild cards there is one way down from each place."""
        nodes, leaves = self.nodes, self.leaves
        rows: list[Row] = []
        free = 0
        for place, limit in zip(places, limits, strict=True):
            if place < free:
                continue
            node, at, end = 0, place, 0
            while at < limit:
                following = nodes[node].get(symbols[at])
                if following is None:
                    break
                node, at = following, at + 1
                if node in leaves:
                    end, best = at, leaves[node]
            if end:
                rows.append((place, end, *best))
                free = end
        return rows

    def _walk_any(self, places: list[int], limits: list[int], symbols: memoryview, number: memoryview,
                  capital: memoryview) -> list[Row]:
        """With wild cards every way down is tried."""
        rows: list[Row] = []
        free = 0
        for place, limit in zip(places, limits, strict=True):
            if place < free:
                continue
            best: tuple[int, tuple[int, int]] | None = None
            paths = [(0, place)]
            while paths:
                node, at = paths.pop()
                leaf = self.leaves.get(node)
                if leaf is not None and (best is None or at > best[0]):
                    best = at, leaf
                if at < limit and (children := self.nodes[node]):
                    for key in (symbols[at], 1 if number[at] else 0, 2 if capital[at] else 0):
                        if key and key in children:
                            paths.append((children[key], at + 1))
            if best is not None:
                rows.append((place, best[0], *best[1]))
                free = best[0]
        return rows
