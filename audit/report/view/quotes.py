"""Evidence of one source in, a few pieces in their context out, and where the marks of each article begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit.report import wording
from audit.report.data import Book, Places, Row, ordered, rows
from audit.report.view.headline import signal

SHOWN = 3
LONGEST = 420
"""Characters of a marked passage that a quotation prints; the article has the rest."""

CANDIDATES = 60
"""Pieces of a signal, the weightiest first, among which those to show are chosen."""


class Said(msgspec.Struct):
    """The attributes of a statement, as far as they matter here."""

    speaker: str | None = None


QUOTED = 1
"""Which of the ranks says whether a piece is quoted."""

STATEMENT = msgspec.json.Decoder(Said)


@dataclass(frozen=True)
class Marks:
    """The evidence of a source, as a table with a column `row`: the number of each piece within its article.

    `places` says for each signal where its pieces stand in the table, by article and place. `first` is for each
    article the number of the first mark of a signal, or of a rule; `counts` says of how many pieces each number
    consists. `ranks` are, piece by piece, what decides which of them are shown.
    """

    table: pa.Table
    ranks: tuple[npt.NDArray[Any], ...]
    counts: dict[str, int]
    places: dict[str, Places]
    first: dict[str, dict[str, int]]

    def place(self, article: str, feature: str) -> str:
        """The id of the first mark of a number in an article; empty where it has none."""
        first = self.first.get(article, {})
        row = first.get(feature, first.get(signal(feature)))
        return "" if row is None else f"e{row}"

    def of(self, name: str, *columns: str, quoted: bool = True) -> Iterator[tuple[Any, ...]]:
        """Some columns of the pieces of one signal, by article and place; if not `quoted`, of the own words alone."""
        places = self.places.get(name, np.empty(0, np.int64))
        places = places if quoted else places[~self.ranks[QUOTED][places]]
        return zip(*(self.table[column].take(places).to_pylist() for column in columns), strict=True)


def marks(evidence: pa.Table) -> Marks:
    """Number the evidence of a source and find the first mark of each signal in each article."""
    table = evidence.combine_chunks()
    order, numbers = ordered(table)
    articles, ids = _coded(table["article"], order)
    features, kinds = _coded(table["feature"], order)
    rules, ends = _coded(table["rule"], order)
    names = list(dict.fromkeys(map(signal, kinds)))
    signals = np.array([names.index(signal(kind)) for kind in kinds], np.int64)[features]
    first: dict[str, dict[str, int]] = {id: {} for id in ids}
    told = [f"{name}.{rule.rsplit('.', 1)[-1]}" for name in names for rule in ends]
    for codes, words in ((signals, names), (signals * len(ends) + rules, told)):
        found, at = np.unique(articles * len(words) + codes, return_index=True)
        for pair, number in zip(found.tolist(), numbers[at].tolist(), strict=True):
            mine, word = first[ids[pair // len(words)]], words[pair % len(words)]
            mine[word] = min(number, mine.get(word, number))  # two rules may end alike
    row = np.empty_like(numbers)
    row[order] = numbers
    alone = pc.equal(table["rule"], "alone")
    return Marks(
        table.append_column("row", pa.array(row)),
        (-table["weight"].to_numpy(), table["quoted"].to_numpy(), alone.to_numpy()),
        dict(zip(kinds, np.bincount(features, minlength=len(kinds)).tolist(), strict=True)),
        {name: order[signals == code] for code, name in enumerate(names)},
        first,
    )


def _coded(column: pa.ChunkedArray, order: Places) -> tuple[Places, list[str]]:
    """The texts of a column as numbers, in an order, and the texts that these stand for."""
    coded = column.combine_chunks().dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64)[order], coded.dictionary.to_pylist()


def count(found: Marks, name: str) -> dict[str, int]:
    """Pieces of evidence of one signal by feature; the signal's own come first, then what is marked beside them."""
    return {kind: number for kind, number in sorted(found.counts.items()) if signal(kind) == name}


def quotes(book: Book, found: Marks) -> dict[str, list[dict[str, Any]]]:
    """The weightiest pieces of each signal, from as many articles as there are.

    The outlet's own words come before a speaker's, and claims that others tell too before those that nobody does.
    """
    weighty = {
        name: places[np.lexsort([rank[places] for rank in found.ranks])[:CANDIDATES]]
        for name, places in found.places.items()
    }
    some = np.concatenate([*weighty.values(), np.empty(0, np.int64)])
    columns = (found.table[name].take(some).to_pylist() for name in ("article", "text", "rule"))
    keys = zip(*([text.lower() for text in column] for column in columns), strict=True)
    shown = {name: places[_varied([*islice(keys, len(places))])] for name, places in weighty.items()}
    listed = iter(rows(found.table.take(np.concatenate([*shown.values(), np.empty(0, np.int64)]))))
    return {name: [_quote(book, row) for row in islice(listed, len(places))] for name, places in shown.items()}


ARTICLE, TEXT, RULE = range(3)


def _varied(candidates: list[tuple[str, str, str]]) -> list[int]:
    """Which of the candidates to show: those that repeat no article, words or rule, as far as there are any."""
    chosen: list[int] = []
    for fresh in ((ARTICLE, TEXT, RULE), (ARTICLE, TEXT), (TEXT,), ()):
        for place, mine in enumerate(candidates):
            if len(chosen) == SHOWN:
                return chosen
            known = any(mine[key] == candidates[other][key] for other in chosen for key in fresh)
            if place not in chosen and not known:
                chosen.append(place)
    return chosen


def _quote(book: Book, row: Row) -> dict[str, Any]:
    article = book.articles[row["article"]]
    return {
        "before": tail(row["before"]),
        "text": middle(row["text"]),
        "after": head(row["after"]),
        "href": book.article_link(row["article"], f"e{row['row']}"),
        "title": book.title(row["article"]),
        "date": wording.date(article["published"]),
        "reason": wording.name(row["reason"]),
        "quoted": row["quoted"],
        "rule": wording.name(row["rule"]),
    }


def middle(text: str) -> str:
    """The words on one line, with an ellipsis for what is left out in the middle of a long passage."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST - 120].rsplit(' ', 1)[0]} … {words[-110:].split(' ', 1)[-1]}"


def tail(text: str) -> str:
    """The context before: from the last line break on, opened at a whole word."""
    line = text.rsplit("\n", 1)[-1]
    words = " ".join(line.split()) + (" " if line[-1:].isspace() else "")
    return "…" + words.split(" ", 1)[-1] if line == text and " " in words and len(text) >= 80 else words


def head(text: str) -> str:
    """The context after: up to the first line break, closed at a whole word."""
    line = text.split("\n", 1)[0]
    words = (" " if line[:1].isspace() else "") + " ".join(line.split())
    return words.rsplit(" ", 1)[0] + " …" if line == text and " " in words and len(text) >= 80 else words


def by_speaker(book: Book, found: Marks, speakers: Iterable[str], most: int) -> dict[str, list[str]]:
    """The marks of some speakers' statements, as links, at most `most` of each."""
    links: dict[str, list[str]] = {speaker: [] for speaker in speakers}
    for article, row, attributes in found.of("attribution", "article", "row", "attributes"):
        mine = links.get(STATEMENT.decode(attributes or "{}").speaker or "")
        if mine is not None and len(mine) < most:
            mine.append(book.article_link(article, f"e{row}"))
    return links
