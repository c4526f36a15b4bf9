"""Cells of long tables: as a template would print them, whatever stands in them."""

from __future__ import annotations

import pytest

from audit.report.cells import cells, columns, lines, periods
from audit.report.data import Spread

MEASURED = {"text": "3/40", "absent": "", "sort": "0.075", "href": "articles/a.html#e2"}
ABSENT = {"text": "", "absent": 'no "own" words & <none>', "sort": "", "href": ""}


def test_a_number_leads_to_its_first_mark() -> None:
    assert cells([MEASURED], "../") == '<td class="num" data-v="0.075"><a href="../articles/a.html#e2">3/40</a></td>'
    assert columns([MEASURED, ABSENT]) == " 3/40 | absent |"


def test_a_reason_from_outside_is_escaped() -> None:
    html = cells([MEASURED, ABSENT], "")
    assert "no &#34;own&#34; words &amp; &lt;none&gt;" in html
    assert html.count("<td") == 2
    assert "<none>" not in html


@pytest.mark.parametrize(("placed", "count"), [(True, 5), (False, 4)])
def test_a_row_has_a_place_where_any_has(placed: bool, count: int) -> None:
    row = {"id": "m-x", "title": "A <b> title", "unit": "%", "text": "7", "count": "1 of 14", "interval": "2–9",
           "others": "", "percentile": ""}  # fmt: skip
    html = lines([row, row], placed=placed)
    assert html.count('<td class="num">') == 2 * count
    assert html.count('<tr id="m-x"><th scope="row">A &lt;b&gt; title <span class="of">%</span></th>') == 2


def test_a_period_says_what_was_not_measured() -> None:
    html = periods([{"text": "7 %", "count": "1 of 14"}, {"text": "", "count": ""}])
    assert html == (
        '<td class="num">7 %<small>1 of 14</small></td><td class="num"><span class="none">not measured</span></td>'
    )


@pytest.mark.parametrize(
    ("value", "left"),
    [(None, (1.0, 2.0, 2.0, 5.0)), (2.0, (1.0, 2.0, 5.0)), (1.0, (2.0, 2.0, 5.0)), (5.0, (1.0, 2.0, 2.0))],
)
def test_the_others_are_all_but_one(value: float | None, left: tuple[float, ...]) -> None:
    assert Spread((1.0, 2.0, 2.0, 5.0), (1.0, 5.0)).without(value) == left
