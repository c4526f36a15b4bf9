"""What a page is made from: no less than it shows, no more than it needs, and the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from audit.extract import extractors
from audit.report import Before, render, write
from audit.report.data import Book, bind, book
from audit.report.keyed import Index, stored
from audit.report.slices import Slices, joined, opened, packed
from audit.report.view import compared
from audit.report.view.article import frame
from audit.report.view.headline import headline
from audit.report.view.quotes import marks
from audit.report.view.source import source
from audit.report.view.story import story
from audit.tables import COLUMNS
from tests.report.invented import Invented, results

ROWS = pa.table({"key": ["b", "a", None, "b", "c"], "value": [0, 1, 2, 3, 4]})


@pytest.fixture
def given() -> Invented:
    return results()


def whole(given: Invented) -> Book:
    """All tables of a run as one book."""
    return book({name: given.table(name) for name in COLUMNS}, given.audit, given.quantities)


def cut(given: Invented) -> Slices:
    features = [quantity.feature for quantity in headline(bind(given, given.quantities))]
    return Slices(given, given.quantities.values(), features)


def test_a_source_says_the_same_as_from_all_tables(given: Invented, tmp_path: Path) -> None:
    slices, everything = cut(given), whole(given)
    for id, slice in slices.sources(everything.sources, tmp_path):
        mine, _ = joined(slices.of_sources(), slice.own, {"measures": slice.measures.table()})
        evidence = marks(slice.evidence.table())
        expected = source(everything, compared.compare(everything), extractors(), id, evidence)
        assert source(mine, compared.compare(mine), extractors(), id, evidence) == expected


def test_a_story_says_the_same_as_from_all_tables(given: Invented) -> None:
    slices, everything = cut(given), whole(given)
    for id in everything.stories:
        mine, _ = opened(slices.story(id))
        expected = story(everything, compared.topics(everything)[id], id)
        assert story(mine, compared.topics(mine)[id], id) == expected


def test_an_article_says_the_same_as_from_all_tables(given: Invented) -> None:
    slices, everything = cut(given), whole(given)
    seen = []
    for part in slices.partitions():
        mine, _ = joined(slices.of_articles(), part.own)
        seen += part.ids
        assert [frame(mine, id) for id in part.ids] == [frame(everything, id) for id in part.ids]
    assert sorted(seen) == sorted(everything.articles)


def test_a_story_depends_on_its_own_rows_alone(given: Invented) -> None:
    before = {id: cut(given).story(id) for id in whole(given).stories}
    claims = given.tables["claims"].copy()
    touched = claims["story"].iloc[0]
    claims.loc[claims.index[0], "text"] = "Another sentence stands here now."
    given.tables["claims"] = claims
    after = {id: cut(given).story(id) for id in before}
    assert {id for id in before if before[id] != after[id]} == {touched}


def test_the_same_rows_are_the_same_bytes() -> None:
    pieces = pa.concat_tables([ROWS.slice(0, 2), ROWS.slice(2)])
    assert packed({"rows": pieces}) == packed({"rows": ROWS})
    assert packed({"rows": ROWS.slice(1, 2)}) == packed({"rows": ROWS.take([1, 2])})
    assert packed({"rows": ROWS.slice(1, 2)}) != packed({"rows": ROWS.slice(1, 3)})


@pytest.mark.parametrize(
    ("keys", "rows"), [(["b"], [0, 3]), (["c", "b"], [0, 3, 4]), ([""], [2]), (["none"], []), ([], [])]
)
def test_rows_are_found_by_key_in_the_order_of_the_table(keys: list[str], rows: list[int]) -> None:
    assert Index(ROWS["key"]).rows(keys).tolist() == rows


def test_a_table_on_disk_is_read_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.report.keyed.AT_ONCE", 6)
    file = tmp_path / "rows"
    found = stored(file, [ROWS, ROWS, ROWS.slice(0, 0)], ROWS.schema, "key", ["b", "none"])
    assert found["b"].table()["value"].to_pylist() == [0, 3, 0, 3]
    assert found["none"].table().num_rows == 0
    again = stored(tmp_path / "again", [ROWS.slice(3), ROWS], ROWS.schema, "key", ["none"])
    assert {key for key in found if found[key].digest() == again[key].digest()} == {"c", "none"}


def test_a_source_without_a_mark_has_a_page(given: Invented, tmp_path: Path) -> None:
    evidence = given.tables["evidence"]
    given.tables["evidence"] = evidence[evidence["source"] != "tiny-sheet"]
    assert "sources/tiny-sheet.html" in write(given, tmp_path, quantities=given.quantities)


def test_pages_made_from_the_same_are_taken_up(
    given: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made = dict(write(given, first, quantities=given.quantities))
    assert set(made) == {path.relative_to(first).as_posix() for path in first.glob("[as]*/*")}
    spoilt = next(path for path in made if path.startswith("stories/"))
    (first / spoilt).write_text("not what was written", encoding="utf-8")
    fresh: list[str] = []

    def page(name: str, *given: Any, **more: Any) -> str:
        fresh.append(name)
        return rendered(name, *given, **more)

    rendered = render.page
    monkeypatch.setattr(render, "page", page)
    assert write(given, second, quantities=given.quantities, before=Before(first, made)) == made
    assert fresh == ["index.html.jinja", "story.html.jinja"]
    assert all(path == spoilt or (second / path).read_bytes() == (first / path).read_bytes() for path in made)
