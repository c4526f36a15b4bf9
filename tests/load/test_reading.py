"""`audit read`: lines of JSON as they come, and a page that shows what was understood and what was not."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from audit import reading
from audit.cli import main
from audit.records import Article, Skipped
from tests.load.loading import STORY

ARTICLES = [
    Article("aaaaaaaaaaaa", "Post", STORY, "https://post.example/1", "Bridge to close", "en",
            "2021-05-03T10:00:00+00:00", "Nora Vance"),
    Article("bbbbbbbbbbbb", "Post", STORY + " It will rain.", None, "Bridge to close", "en",
            "2021-05-03T18:00:00+00:00"),
    Article("<b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>\u202egnp", "javascript:alert(1)",
            meta={"columns": "text from body", "kept": "1 invisible character"}),
]  # fmt: skip


def page() -> str:
    (html,) = reading.as_html(ARTICLES, [Skipped("a.csv:7", "the row has no text")])
    return html


def test_lines_of_json() -> None:
    rows = [json.loads(line) for line in reading.as_jsonl(iter(ARTICLES))]
    assert [row["id"] for row in rows] == ["aaaaaaaaaaaa", "bbbbbbbbbbbb", "<b>"]
    assert rows[2]["text"] == ARTICLES[2].text


@pytest.mark.parametrize("said", [
    "3 articles", "2 sources", "3 May 2021", "English 2", "language unknown 1",  # the line of facts
    "a.csv:7", "the row has no text", "Nora Vance", "3 May 2021, 18:00", "title unknown",
    "Columns of the table: text from body", "Left in the text, which is taken as it is: 1 invisible character",
    "1 of the articles is an earlier version of another", 'href="https://post.example/1"',
])  # fmt: skip
def test_what_the_page_says(said: str) -> None:
    assert said in page().replace("\u00a0", " ")


def test_nothing_on_the_page_runs() -> None:
    html = page()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'none'", unescape(html))


def test_no_article_gives_no_page() -> None:
    assert list(reading.as_html([], [])) == []


def test_the_command_maps_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("story,head\nRain fell.,Rain\n", encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["read", str(path), "--map", "text=story", "--map", "title=head"])
    row = json.loads(capsys.readouterr().out)
    assert (done.value.code, row["text"], row["title"]) == (0, "Rain fell.", "Rain")
    assert row["meta"]["columns"] == "text from story, title from head"
    for mapping, reason in (("text=nothing", "no column holds the text"), ("words=story", "no such field")):
        with pytest.raises(SystemExit) as done:
            main(["read", str(path), "--map", mapping])
        assert done.value.code == 2
        assert reason in capsys.readouterr().err
