"""Files to hand on: one page per source that leads nowhere else, a workbook, JSON, the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from audit.cli import HANDED, main
from audit.errors import InputError, OutputError
from audit.export import PARQUET_ONLY
from audit.handout import FOLDER, FORMATS, hand_out, renew
from audit.handout.workbook import UNSEEN, _cell, _plain
from audit.report.mailed import linked, mailed
from audit.report.render import policy
from audit.results import Results
from audit.tables import COLUMNS
from tests.report.invented import results
from tests.report.pages import Page
from tests.report.test_pages import HOSTILE

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (extra: formats)")


def mails(handed: dict[str, Path]) -> list[Page]:
    return [Page(path) for name, path in handed.items() if name.endswith(".html")]


def test_the_command_offers_every_format() -> None:
    assert list(FORMATS) == HANDED


def test_a_page_per_source_and_nothing_half_written(handed: dict[str, Path], demo: Results) -> None:
    slugs = set(demo.sources["slug"])
    assert {path.stem for path in handed.values() if path.suffix == ".html"} == slugs
    assert {path.stem for path in handed.values() if path.suffix == ".md"} == slugs
    folder = next(iter(handed.values())).parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(handed)
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


def test_no_link_of_a_mailed_page_goes_nowhere(handed: dict[str, Path]) -> None:
    for page in mails(handed):
        inner = [link for link in page.links if not link.startswith(("http:", "https:"))]
        assert len(inner) > 50
        assert not [link for link in inner if not link.startswith("#") or link[1:] not in page.ids], page.path.name
        assert len(page.ids) == len(set(page.ids))
        assert not page.broken
        assert not page.stack


def test_a_mailed_page_holds_its_articles_and_fetches_nothing(handed: dict[str, Path], demo: Results) -> None:
    for page in mails(handed):
        raw = page.path.read_text(encoding="utf-8")
        source = demo.sources.set_index("slug").loc[page.path.stem, "id"]
        titles = demo.articles[demo.articles["source"] == source]["title"]
        assert raw.count('<details class="text"') == len(titles)
        assert all(" ".join(title.split()) in page.text for title in titles)
        assert "<script" not in raw
        assert ("meta", "content", policy("mail")) in page.attributes
        assert not {name for _, name, _ in page.attributes} & {"src", "srcset", "action"}
        assert len(raw.encode()) < 600_000


def test_hostile_words_stay_words_in_a_mailed_page(tmp_path: Path) -> None:
    given = results(hostile=HOSTILE)
    for name, html in mailed(given, given.quantities):
        path = tmp_path / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        page = Page(path)
        assert not page.broken
        assert not page.stack
        assert "<script" not in html
        assert not {tag for tag, _, _ in page.attributes} & {"img", "script", "iframe"}
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert all(not link.lower().startswith(("javascript", "data:")) for link in page.links)


def test_links_are_kept_led_within_or_taken_away() -> None:
    page = '<a href="../articles/x.html#e3">three</a> <a class="n" href="../index.html">all</a> <a href="#top">up</a>'
    page += '<a class="to" href="../stories/s.html">the story</a>'
    page += ' <a href="https://example.org">out</a> <a href="../articles/x.html">whole</a>'
    assert linked(page, {"articles/x.html": "a1-"}) == (
        '<a href="#a1-e3">three</a> all <a href="#top">up</a> <a href="https://example.org">out</a> '
        '<a href="#a1">whole</a>'
    )


def test_only_the_sources_asked_for(demo: Results, tmp_path: Path) -> None:
    source = demo.audit["sources"][0]
    written = hand_out(demo, ["html", "md"], tmp_path / "out", [source])
    slug = demo.sources.set_index("id").loc[source, "slug"]
    assert [path.name for path in written] == [f"{slug}.html", f"{slug}.md"]


def test_a_workbook_with_every_table(handed: dict[str, Path], demo: Results) -> None:
    book = openpyxl.load_workbook(handed["audit.xlsx"], read_only=True)
    assert book.sheetnames == ["about", "comparison", *COLUMNS, "columns"]
    for name in ("sources", "scores", "evidence"):
        rows = list(book[name].iter_rows(values_only=True))
        assert list(rows[0]) == [column for column in COLUMNS[name] if column not in PARQUET_ONLY.get(name, ())]
        assert len(rows) == demo.table(name).num_rows + 1
    compared = list(book["comparison"].iter_rows(values_only=True))
    assert [row[0] for row in compared[1:]] == demo.audit["sources"]
    assert all(isinstance(value, int | float) for row in compared[1:] for value in row[1:] if value is not None)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1"])
def test_no_cell_of_a_workbook_runs(text: str) -> None:
    assert _plain(text) == f"'{text}"


def test_a_cell_holds_what_a_workbook_can_hold() -> None:
    assert not UNSEEN.search(_cell("a\x00b\x0bc"))
    assert len(_cell("x" * 40_000)) == 32_767
    assert _cell(1.5) == 1.5


def test_the_same_run_gives_the_same_workbook(handed: dict[str, Path], demo: Results, tmp_path: Path) -> None:
    again = hand_out(demo, ["xlsx", "json"], tmp_path / "out")
    assert [path.read_bytes() for path in again] == [handed[path.name].read_bytes() for path in again]


def test_json_holds_every_row(handed: dict[str, Path], demo: Results) -> None:
    document = json.loads(handed["run.json"].read_text(encoding="utf-8"))
    assert {name: len(rows) for name, rows in document["tables"].items()} == {
        name: demo.table(name).num_rows for name in COLUMNS
    }
    assert document["audit"] == demo.audit
    parts = [row["parts"] for row in document["tables"]["evidence"] if row["parts"]]
    assert {"role", "start", "end"} == set(parts[0][0])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_as_the_run_keeps_them(handed: dict[str, Path], demo: Results, ending: str) -> None:
    for name in COLUMNS:
        kept = demo.directory / "data" / f"{name}.{ending}"
        assert handed[f"{name}.{ending}"].read_bytes() == kept.read_bytes()


@pytest.mark.parametrize(
    ("forms", "sources", "wanted"),
    [
        (["html"], ["nobody"], "not in this run"),
        (["xlsx"], ["harbour-wire"], "leave SOURCE out"),
        ([], ["harbour-wire"], "--format"),
    ],
)
def test_what_cannot_be_handed_out(
    forms: list[str], sources: list[str], wanted: str, demo: Results, tmp_path: Path
) -> None:
    known = {"harbour-wire": demo.audit["sources"][1]}
    with pytest.raises(InputError, match=wanted):
        hand_out(demo, forms, tmp_path / "out", [known.get(source, source) for source in sources])


def test_a_place_that_cannot_be_written(demo: Results, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="give another -o"):
        hand_out(demo, ["md"], tmp_path / "file" / "out")


def test_a_new_run_leaves_no_old_handout(demo: Results) -> None:
    assert renew(demo, ["json"]) == [demo.directory / FOLDER / "run.json"]
    renew(demo, [])
    assert not (demo.directory / FOLDER).exists()


def test_the_commands(demo: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["report", str(demo.directory), "--format", "html", "--format", "xlsx", "-o", str(tmp_path / "out")])
    assert done.value.code == 0
    printed = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert len(printed) == len(demo.sources) + 1
    assert all(path.is_file() for path in printed)


def test_frames_are_pandas(demo: Results) -> None:
    for name in COLUMNS:
        assert isinstance(getattr(demo, name), pd.DataFrame)


def test_a_run_shows_itself_in_a_notebook(demo: Results) -> None:
    shown = demo._repr_html_()
    assert "<script" not in shown
    assert not re.search(r"\son\w+=", shown)
    for name in demo.sources["name"]:
        assert name in shown
    assert "index.html" in shown
    assert "own sentences" in shown
