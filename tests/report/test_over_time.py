"""A source over the months: what is drawn is what was measured in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.report.data import Book, book
from audit.report.view.over_time import MOST, over_time
from audit.tables import COLUMNS
from tests.report.invented import results

MONTHS = MOST + 3


@pytest.fixture
def known() -> Book:
    given = results()
    return book({name: given.table(name) for name in COLUMNS}, given.audit, given.quantities)


def monthly(known: Book, source: str, measured: dict[str, range]) -> Book:
    """One article a month, whose numbers are known in some of the months alone."""
    ids = [f"m{month:02}" for month in range(MONTHS)]
    row = known.articles[known.order[source][0]]
    articles = {id: row | {"id": id, "published": f"{2010 + month // 12}-{month % 12 + 1:02}-03"}
                for month, id in enumerate(ids)}
    measures = {id: {feature: (1.0, 4.0, None) for feature, months in measured.items() if month in months}
                for month, id in enumerate(ids)}
    return replace(known, articles=articles, order={source: ids}, measures=measures)


def test_a_number_of_months_that_are_not_shown_has_no_column(known: Book) -> None:
    source = min(known.order)
    made = over_time(monthly(known, source, {"hedging": range(MONTHS), "attribution": range(2)}), source)
    assert made is not None
    assert [column["title"] for column in made["columns"]] == ["Hedged"]
    assert (len(made["rows"]), made["earlier"]) == (MOST, MONTHS - MOST)
    assert all(len(row["cells"]) == 1 for row in made["rows"])


def test_a_number_known_in_some_of_the_months_shown_has_a_column(known: Book) -> None:
    source = min(known.order)
    measured = {"hedging": range(MONTHS), "attribution": range(MONTHS - 1, MONTHS)}
    made = over_time(monthly(known, source, measured), source)
    assert made is not None
    assert len(made["columns"]) == 2
    assert sum(bool(cell["text"]) for row in made["rows"] for cell in row["cells"]) == MOST + 1
