"""What a page is made from: no less than it shows, no more than it needs, and the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from audit.extract import extractors
from audit.report import Before, render, write
from audit.report.data import Book, book
from audit.report.keyed import Index, Keyed, digests, store, stored
from audit.report.names import article_page
from audit.report.slices import of_stories, opened, packed
from audit.report.target import Target
from audit.report.view import compared
from audit.report.view.article import claim_ways, frame, passage_spans
from audit.report.view.headline import headline
from audit.report.view.quotes import marks
from audit.report.view.source import source
from audit.report.view.story import story
from audit.report.write import Work
from audit.tables import COLUMNS
from tests.report.invented import Invented, results

ROWS = pa.table({"key": ["b", "a", None, "b", "c"], "value": [0, 1, 2, 3, 4]})


@pytest.fixture
def given() -> Invented:
    return results()


def whole(given: Invented) -> Book:
    """All tables of a run as one book."""
    return book({name: given.table(name) for name in COLUMNS}, given.audit, given.quantities)


def work(given: Invented, folder: Path) -> Work:
    return Work(given, given.quantities, Target("", False, Before(folder)), folder)


def test_a_source_says_the_same_as_from_all_tables(given: Invented, tmp_path: Path) -> None:
    everything, mine = whole(given), work(given, tmp_path)
    for table in mine.ordered():
        table.made()
    seen = {}
    for task in mine.sources():
        evidence = marks(task.evidence.table())
        seen[task.id] = task.view() == source(everything, compared.compare(everything), extractors(), task.id, evidence)
    assert seen == dict.fromkeys(everything.sources, True)


def test_a_story_says_the_same_as_from_all_tables(given: Invented, tmp_path: Path) -> None:
    slices, everything = work(given, tmp_path).slices, whole(given)
    together = Keyed(opened(slices.stories([*everything.stories])))
    for id in everything.stories:
        expected = story(everything, compared.topics(everything)[id], id)
        for tables in (opened(slices.stories([id])), of_stories(together, [id])):
            mine = book(tables)
            assert story(mine, compared.topics(mine)[id], id) == expected


def test_an_article_says_the_same_as_from_all_tables(given: Invented, tmp_path: Path) -> None:
    everything = whole(given)
    ways, passages, shown = claim_ways(everything), passage_spans(everything), headline(everything)
    seen = []
    for task in work(given, tmp_path).articles():
        for article, _ in task.given(task.partition.ids):
            id = article["id"]
            seen.append(id)
            assert article["frame"] == frame(everything, id, shown)
            assert article["ways"] == ways.get(id, {})
            assert article["passages"] == passages.get(id, [])
    assert sorted(seen) == sorted(everything.articles)


def test_a_story_depends_on_its_own_rows_alone(given: Invented, tmp_path: Path) -> None:
    before = {id: work(given, tmp_path).slices.stories([id]) for id in whole(given).stories}
    claims = given.tables["claims"].copy()
    touched = claims["story"].iloc[0]
    claims.loc[claims.index[0], "text"] = "Another sentence stands here now."
    given.tables["claims"] = claims
    after = {id: work(given, tmp_path).slices.stories([id]) for id in before}
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
    store(file, [ROWS, ROWS, ROWS.slice(0, 0)], ROWS.schema, "key")
    found = stored(file, ROWS.schema, ["a", "b", "c", "none"])
    assert found["b"].table()["value"].to_pylist() == [0, 3, 0, 3]
    assert found["none"].table().num_rows == 0
    assert stored(file, ROWS.schema, ["none"])["none"].table().schema == ROWS.schema


MIXED = pa.table({
    "key": ["b", "a", "b", "c", "b", "d", "a"],
    "text": ["one", "", "two", None, "three", "one two", None],
    "number": [1, 0, 2, None, 3, 1, None],
    "share": [0.5, None, float("nan"), 0.0, 1.0, 0.5, 0.0],
    "quoted": [True, False, None, None, True, True, False],
})  # fmt: skip


def test_rows_of_a_key_have_one_digest_wherever_they_stand() -> None:
    whole = digests(MIXED, "key")
    for key in "abcd":
        alone = MIXED.filter(pc.equal(MIXED["key"], key))
        moved = pa.concat_tables([MIXED.filter(pc.not_equal(MIXED["key"], key)), alone])
        assert digests(alone, "key") == {key: whole[key]}
        assert digests(moved, "key")[key] == whole[key]
    assert digests(MIXED.slice(0, 0), "key") == {}


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [("text", 1, None), ("text", 3, ""), ("text", 0, "oneT"), ("number", 3, 0), ("share", 3, None), ("share", 2, 2.0),
     ("quoted", 2, False), ("number", 0, 2)],
)  # fmt: skip
def test_any_other_value_is_another_digest(column: str, row: int, value: object) -> None:
    rows = MIXED.to_pylist()
    rows[row] = rows[row] | {column: value}
    changed = digests(pa.Table.from_pylist(rows, MIXED.schema), "key")
    assert {key for key, found in digests(MIXED, "key").items() if changed[key] != found} == {rows[row]["key"]}


def test_a_letter_moved_to_the_next_row_is_another_digest() -> None:
    one, other = (pa.table({"key": ["a", "a"], "text": texts}) for texts in (["ab", "c"], ["a", "bc"]))
    assert digests(one, "key") != digests(other, "key")


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
    again = write(given, second, quantities=given.quantities, before=Before(first, made))
    assert {path: page for path, page in again.items() if path != spoilt} == {
        path: page for path, page in made.items() if path != spoilt
    }
    assert fresh == ["index.html.jinja", "story.html.jinja"]
    assert all(path == spoilt or (second / path).read_bytes() == (first / path).read_bytes() for path in made)


def test_pages_are_copied_where_a_file_has_one_name_only(
    given: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    made = dict(write(given, first, quantities=given.quantities))

    def link(*_: object) -> None:
        raise PermissionError("no second names here")

    monkeypatch.setattr("os.link", link)
    again = write(given, second, quantities=given.quantities, before=Before(first, made))
    assert {path: page.origin for path, page in again.items()} == {path: page.origin for path, page in made.items()}
    assert all((second / path).read_bytes() == (first / path).read_bytes() for path in made)
    assert all((second / path).stat().st_ino != (first / path).stat().st_ino for path in made)


def test_articles_keep_their_pages_when_another_of_their_source_changes(given: Invented, tmp_path: Path) -> None:
    made = write(given, tmp_path / "first", quantities=given.quantities)
    changed = given.tables["measures"]["article"].iloc[0]
    source = given.tables["measures"]["source"].iloc[0]
    given.tables["measures"].loc[given.tables["measures"]["article"] == changed, "count"] += 1
    given.tables["scores"].loc[given.tables["scores"]["subject"] == source, "value"] *= 1.01
    again = write(given, tmp_path / "second", quantities=given.quantities)
    articles = {path for path in made if path.startswith("articles/")}
    assert {path for path in articles if made[path].origin != again[path].origin} == {article_page(changed)}
    assert all(made[path].origin != again[path].origin for path in made if path.startswith("sources/"))
