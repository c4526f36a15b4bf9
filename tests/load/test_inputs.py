"""Which files of a folder are articles, whose they are, and what happens to everything else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.errors import InputError
from tests.load.loading import STORY, load_all


def write(root: Path, *names: str) -> None:
    for number, name in enumerate(names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{STORY} It is number {number}.", encoding="utf-8")


def test_files_of_a_flat_folder_are_sources(tmp_path: Path) -> None:
    write(tmp_path, "gazette.txt", "post.v2.txt", "herald.md")
    articles, skipped = load_all(tmp_path)
    assert [article.source for article in articles] == ["gazette", "herald", "post"]
    assert not skipped


def test_sub_folders_are_sources(tmp_path: Path) -> None:
    write(tmp_path, "gazette/1.txt", "gazette/2020/may/2.txt", "post/1.txt")
    articles, _ = load_all(tmp_path)
    assert [article.source for article in articles] == ["gazette", "gazette", "post"]


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.txt",
        "README.md",
        "LICENSE",
        "sources2.toml",
        "gold.jsonl",
        ".hidden/b.txt",
        ".x.txt",
        "a_files/c.txt",
    )
    articles, skipped = load_all(tmp_path)
    assert [article.source for article in articles] == ["a"]
    assert not skipped


def test_unknown_formats_get_a_line(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.pptx", "c")
    articles, skipped = load_all(tmp_path)
    assert len(articles) == 1
    assert [(Path(item.where).name, item.reason.split(";")[0]) for item in skipped] == [
        ("b.pptx", "'.pptx' is not a format that audit reads"),
        ("c", "a file without a suffix is not a format that audit reads"),
    ]


def test_a_missing_path_raises(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: there is no such file or folder"):
        load_all(tmp_path / "nowhere")


def test_an_empty_folder_gets_a_line(tmp_path: Path) -> None:
    assert "holds no articles" in load_all(tmp_path)[1][0].reason


def test_a_report_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "reports/audit.json", "reports/index.html")
    articles, skipped = load_all(tmp_path)
    assert (len(articles), skipped) == (1, [])
    assert "a report that audit wrote" in load_all(tmp_path / "reports")[1][0].reason


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt")
    (tmp_path / "one" / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    articles, skipped = load_all(tmp_path)
    assert len(articles) == 1
    assert {Path(item.where).name: item.reason.split(";")[0] for item in skipped} == {
        "loop": "the link leads back to a folder above it",
        "dangling.txt": "could not be opened (No such file or directory)",
    }


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    _, skipped = load_all(tmp_path)
    assert [item.reason.split(",")[0] for item in skipped] == ["is a named pipe", "is a device"]


def test_a_file_without_permission_gets_a_line(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read every file")
    write(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    assert "could not be read" in load_all(tmp_path)[1][0].reason


def test_limits_are_said(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    assert "max_file_bytes" in load_all(tmp_path, max_file_bytes=100)[1][0].reason
    assert "max_article_chars" in load_all(tmp_path, max_article_chars=100)[1][0].reason
    assert "fewer than min_words = 90" in load_all(tmp_path, min_words=90)[1][0].reason
