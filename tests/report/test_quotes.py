"""The evidence of a source: its first marks, its counts, and the pieces that a report shows, as told one by one."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from audit.report.data import Book, Row, bind, numbered, rows
from audit.report.view.headline import signal
from audit.report.view.quotes import CANDIDATES, Marks, count, marks, quotes
from audit.report.write import known
from tests.report.invented import results


@pytest.fixture(scope="module")
def book() -> Book:
    return bind(results(), known())


@pytest.fixture(scope="module")
def evidence(book: Book) -> pa.Table:
    """What one source has, the pieces in no order."""
    table = results().table("evidence")
    mine = table.filter(pa.compute.equal(table["source"], sorted(book.sources)[0]))
    return mine.take(pa.array(range(mine.num_rows - 1, -1, -1)))


@pytest.fixture(scope="module")
def found(evidence: pa.Table) -> Marks:
    return marks(evidence)


@pytest.fixture(scope="module")
def plain(evidence: pa.Table) -> list[Row]:
    return rows(numbered(evidence))


def test_the_first_mark_of_a_number_is_that_of_its_rule_or_its_signal(found: Marks, plain: list[Row]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in plain:
        first.setdefault((row["article"], signal(row["feature"])), row["row"])
        first.setdefault((row["article"], f"{signal(row['feature'])}.{row['rule'].rsplit('.', 1)[-1]}"), row["row"])
    assert len({name for _, name in first}) > 3
    assert all(found.place(article, name) == f"e{row}" for (article, name), row in first.items())
    assert {(article, name) for article, mine in found.first.items() for name in mine} == {*first}
    article, name = next(iter(first))
    assert found.place(article, f"{name}.no-such-rule") == found.place(article, name)
    assert found.place(article, "unheard") == found.place("unknown", name) == ""


def test_counts_are_by_number(found: Marks, plain: list[Row]) -> None:
    counted = Counter(row["feature"] for row in plain)
    for name in {signal(feature) for feature in counted}:
        assert count(found, name) == {f: n for f, n in sorted(counted.items()) if signal(f) == name}


def test_the_weightiest_of_the_own_words_come_first(book: Book, found: Marks, plain: list[Row]) -> None:
    shown = quotes(book, found)
    assert {*shown} == {signal(row["feature"]) for row in plain}
    for name, some in shown.items():
        mine = [row for row in plain if signal(row["feature"]) == name]
        mine.sort(key=lambda row: (row["rule"] == "alone", row["quoted"], -row["weight"], row["article"], row["row"]))
        assert some[0]["href"].endswith(f"#e{mine[0]['row']}")
        weighty = {f"{book.article_link(row['article'])}#e{row['row']}" for row in mine[:CANDIDATES]}
        assert {one["href"] for one in some} <= weighty
        assert len(some) == min(3, len(mine))


def test_a_source_without_evidence_has_none(book: Book, evidence: pa.Table) -> None:
    none = marks(evidence.slice(0, 0))
    assert quotes(book, none) == {}
    assert count(none, "hedging") == {}
    assert none.place("a", "hedging") == ""
