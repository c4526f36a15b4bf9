"""The manifest: what it unifies, and where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import InputError, SettingsError
from audit.load import find_sources
from audit.load.sources import host_of, read_sources
from tests.load.loading import STORY, load_all

MANIFEST = """\
[[source]]
id = "post"
name = "Lorne Valley Post"
url = "https://www.lvpost.example/"
country = "GB"
aliases = ["LVP", "archive.example"]
owner = "Valley Media"

[[source]]
id = "herald"
"""


@pytest.mark.parametrize(
    "row",
    [
        '{"text": "Rain.", "source": "lvp"}',
        '{"text": "Rain.", "source": "Lorne  Valley post"}',
        '{"text": "Rain.", "url": "https://news.lvpost.example/2021/1"}',
        '{"text": "Rain.", "source": "lvpost.example"}',
        '{"text": "Rain.", "source": "Somebody", "url": "http://archive.example:80/x"}',
    ],
)
def test_names_and_domains_are_unified(tmp_path: Path, row: str) -> None:
    (tmp_path / "sources.toml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(row + "\n", encoding="utf-8")
    (article,), _ = load_all(tmp_path)
    assert article.source == "Lorne Valley Post"


def test_folders_and_files_are_named_by_it(tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "1.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "herald.txt").write_text(STORY, encoding="utf-8")
    manifest = tmp_path / "m.toml"
    manifest.write_text(MANIFEST, encoding="utf-8")
    articles, _ = load_all(tmp_path, manifest=manifest)
    assert [article.source for article in articles] == ["herald", "Lorne Valley Post"]
    source = find_sources([str(tmp_path)], manifest)["post"]
    assert (source.owner, source.country, source.aliases) == ("Valley Media", "GB", ("LVP", "archive.example"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("country", "contry", ":5: unknown key 'contry'; a source has id, name, url, country, owner, aliases"),
        ('id = "herald"', "id = 5", ":10: 'id' must be a text"),
        ('id = "herald"', 'name = "Herald"', ":9: a source needs an id"),
        ('id = "herald"', 'id = "post"', ":10: the id 'post' is used twice"),
        ('["LVP", "archive.example"]', '"LVP"', ":6: 'aliases' must be a list of names"),
        ("[[source]]", "[[sources]]", ":1: unknown key 'sources'"),
        ('owner = "Valley Media"', 'owner = "Valley', ":7: not valid TOML"),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(MANIFEST.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_sources(path)
    assert message in str(error.value)


def test_a_missing_manifest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be read"):
        read_sources(tmp_path / "sources.toml")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.A.example/x?y#z", "a.example"),
        ("a.example", "a.example"),
        ("http://user:pw@a.example:8080/", "a.example"),
        ("nothing", None),
        ("", None),
    ],
)
def test_hosts(url: str, host: str | None) -> None:
    assert host_of(url) == host


def test_the_domain_names_a_source_that_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Rain.", "url": "https://news.bbc.co.uk/1"}\n', encoding="utf-8")
    (article,), _ = load_all(tmp_path / "a.jsonl")
    assert article.source == "bbc.co.uk"
