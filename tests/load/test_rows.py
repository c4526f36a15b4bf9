"""Rows: fields taken as they are, lines that cannot be read, and tables with other names for their columns."""

from __future__ import annotations

import csv
import io
import json
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import InputError
from audit.load.draft import Draft, Input, Limits
from audit.load.lines import read_lines
from tests.load.loading import STORY, load_all

LIMITS = Limits(10**9, 10**6, 10**9)


def jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@given(st.text(min_size=1, max_size=200), st.booleans())
def test_text_is_taken_as_it_is(text: str, escaped: bool) -> None:
    line = json.dumps({"text": text, "source": "s"}, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    (draft,) = read_lines(io.BytesIO(line + b"\n"), Input(Path("a.jsonl"), "a.jsonl"), LIMITS)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert isinstance(draft, Draft)
        assert draft.text == text


def test_fields_and_their_absence(tmp_path: Path) -> None:
    full = {
        "id": "a1",
        "source": "Post",
        "url": "https://p.example/1",
        "title": "T",
        "published": "May 3, 2021",
        "author": ["Nora Vance", "Leo Marsh"],
        "text": " kept  as it is\r\n",
        "story": 5,
    }
    articles, skipped = load_all(jsonl(tmp_path / "a.jsonl", full, {"text": "Rain fell."}))
    assert not skipped
    first, second = articles
    assert (first.id, first.source, first.published, first.author) == (
        "a1",
        "Post",
        "2021-05-03",
        "Nora Vance, Leo Marsh",
    )
    assert first.text == " kept  as it is\r\n"
    assert (second.source, second.title, second.published, second.author) == ("unknown", None, None, None)
    assert len(second.id) == 12


def test_dates_that_cannot_be_read_are_kept_aside(tmp_path: Path) -> None:
    (article,), _ = load_all(jsonl(tmp_path / "a.jsonl", {"text": "Rain.", "published": "last week"}))
    assert (article.published, article.meta["date"]) == (None, "last week")


BROKEN = [
    ('{"text": "cut', "not a JSON object"),
    ('["a", "b"]', "not a JSON object"),
    ("plain words", "not a JSON object"),
    ('{"title": "no text"}', "has no text"),
    ('{"text": 5}', "has a number where its text should be"),
    ('{"text": ""}', "the article has no text"),
    ('{"text": " \\n "}', "the article has no text"),
    ('{"text": "half \\ud800 of a pair"}', ""),
    ("[" * 100_000, "not a JSON object"),
    ('{"text": "' + "x" * 900_000 + '"}', "over the limit of 1,000"),
    ('{"text": "' + "x" * 4_000_000 + '"}', "longer than any article"),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"id": "1", "text": "Rain."}, line + "\n", "\n", {"id": "2", "text": "Sun."})
    articles, (item,) = load_all(path, max_article_chars=1_000)
    assert [article.id for article in articles] == ["1", "2"]
    assert item.where == f"{path}:2"
    assert reason in item.reason
    assert "\n" not in item.reason


def test_bad_bytes_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "Rain."}\n{"text": "\xff\xfe"}\n{"text": "a\\u0000b"}\n')
    articles, (item,) = load_all(path)
    assert [article.text for article in articles] == ["Rain.", "a\0b"]
    assert item.where.endswith(":2")


def test_repeated_ids(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "Rain."},
        {"id": "a", "text": "Sun."},
        {"id": "a", "text": "Rain."},
        {"text": "Wind."},
        {"text": "Wind."},
    ]
    path = jsonl(tmp_path / "a.jsonl", *rows)
    articles, skipped = load_all(path)
    assert len(articles) == 2
    assert skipped[0].reason == f"the id 'a' was used for another text at {path}:1; give each article its own"
    assert skipped[1].reason == f"repeats the article 'a' of {path}:1 word for word; counted once"
    assert "word for word" in skipped[2].reason


def test_csv_with_other_names_and_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'Headline;Outlet;Body\nBridge;Post;"Rain; and\nsun."\nx;y;z;too many\nShort;Post\n', encoding="utf-8"
    )
    articles, skipped = load_all(path)
    (article,) = articles
    assert (article.title, article.source, article.text) == ("Bridge", "Post", "Rain; and\nsun.")
    assert article.meta["columns"] == "text from Body, source from Outlet, title from Headline"
    assert [item.where for item in skipped] == [f"{path}:4", f"{path}:5"]


def test_csv_columns_are_mapped_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("text\tstory\nteaser\tRain fell.\n", encoding="utf-8")
    (article,), _ = load_all(path, columns={"text": "story"})
    assert article.text == "Rain fell."
    assert "name it with --map" in load_all(path, columns={"text": "nothing"})[1][0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text,title\n“Café” was shut in Málaga.,Café\n".encode(encoding))
    (article,), skipped = load_all(path)
    assert (article.text, article.title, skipped) == ("“Café” was shut in Málaga.", "Café", [])


def test_csv_without_rows_or_text(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "numbers.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    reasons = [item.reason for item in load_all(tmp_path)[1]]
    assert reasons[0].startswith("the table is empty")
    assert reasons[1] == "no column holds the text; name it with --map text=COLUMN (columns: a, b)"


def test_parquet_in_batches(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    count = 1_500
    table = {
        "id": list(range(count)),
        "text": [f"Rain {n}." for n in range(count)],
        "published": ["2021-05-03"] * count,
    }
    pyarrow.parquet.write_table(pyarrow.table(table | {"source": [None] * count}), tmp_path / "a.parquet")
    articles, skipped = load_all(tmp_path / "a.parquet")
    assert (len(articles), skipped) == (count, [])
    assert (articles[-1].id, articles[-1].text, articles[-1].source) == ("1499", "Rain 1499.", "unknown")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and then nothing")
    assert "not a readable parquet file" in load_all(tmp_path / "b.parquet")[1][0].reason


def test_json_documents(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Rain."}, 5, {"text": "Sun."}]', encoding="utf-8")
    articles, (item,) = load_all(tmp_path / "a.json")
    assert [article.text for article in articles] == ["Rain.", "Sun."]
    assert item.where.endswith("a.json:2")


@pytest.mark.parametrize(
    ("data", "source", "text"),
    [
        (b'{"text": "Rain.", "source": "Post"}\n', "Post", "Rain."),
        (STORY.encode(), "unknown", STORY),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, source: str, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    (article,), _ = load_all("-")
    assert (article.source, article.text) == (source, text)


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "text"])
            writer.writerows([n, f"{n} " + "rain " * 2_000] for n in range(rows))
        limits = Limits(10**9, 10**6, 10**9)
        from audit.load.tables import read_csv

        tracemalloc.start()
        with path.open("rb") as stream:
            for _ in read_csv(stream, Input(path, "a.csv"), limits):
                pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(50)
    assert peak(2_000) < 2 * peak(200)


def test_names_of_columns_that_do_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("body,head\nRain.,Rain\n", encoding="utf-8")
    (article,), (item,) = load_all(path, columns={"title": "Headlin"})
    assert article.text == "Rain."
    assert item.reason == "has no column 'Headlin', which --map names for title (columns: body, head)"
    with pytest.raises(InputError, match="there is no such field; the fields are text, id"):
        load_all(path, columns={"body": "text"})


def test_a_run_takes_no_more_articles_than_it_may(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "Rain {n}."}}\n' for n in range(5)), encoding="utf-8")
    articles, (item,) = load_all(path, max_articles=3)
    assert [article.id for article in articles] == ["0", "1", "2"]
    assert item.where.endswith("a.jsonl:4")
    assert item.reason == (
        "this and all behind it was not read: the run has 3 articles; raise max_articles in the settings"
    )
