"""Lines that the texts of one source repeat at their edges."""

from __future__ import annotations

from pathlib import Path

from tests.load.loading import STORY, load_all

SLOGAN = "The valley's paper since 1874, read by everyone who matters in Harrow and beyond."
ADDRESS = "Lorne Valley Post, 4 Mill Lane, Harrow"


def write(folder: Path, texts: list[str]) -> None:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def other(number: int) -> str:
    return f"The {number} rivers of the valley rose again, and the county closed {number} of its roads.\n\n{STORY}"


def test_a_slogan_goes_and_the_story_stays(tmp_path: Path) -> None:
    write(tmp_path / "post", [f"{SLOGAN}\n\nBridge {n} to close\n\n{other(n)} Day {n}.\n\n{ADDRESS}" for n in range(5)])
    articles, _ = load_all(tmp_path)
    assert [article.text for article in articles] == [f"{other(n)} Day {n}." for n in range(5)]
    assert articles[3].title == "Bridge 3 to close"


def test_two_are_not_enough(tmp_path: Path) -> None:
    write(tmp_path / "post", [f"{SLOGAN}\n\n{other(n)}" for n in range(2)])
    articles, _ = load_all(tmp_path)
    assert all(article.text.startswith(SLOGAN) for article in articles)


def test_versions_of_one_story_keep_their_sentences(tmp_path: Path) -> None:
    longest = (
        "The longest line of the story is the same in each version, and tells of the bridge at great length indeed."
    )
    write(tmp_path / "post", [f"{SLOGAN}\n\n{longest * 3}\n\nVersion {n} is short." for n in range(5)])
    articles, _ = load_all(tmp_path)
    assert all(article.text.startswith(SLOGAN) for article in articles)


def test_a_column_of_one_author_keeps_her_name(tmp_path: Path) -> None:
    write(tmp_path / "post", [f"Notes from the bridge no. {n}\n\nBy Nora Vance\n\n{other(n)}" for n in range(4)])
    articles, _ = load_all(tmp_path)
    assert {article.author for article in articles} == {"Nora Vance"}
