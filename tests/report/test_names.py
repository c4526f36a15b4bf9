"""Ids become file names that no file system changes and that never meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.report import names

PLAIN = ["harbour-wire", "000_c00a7ef7c343498e", "cnn.com", "a", "0518f446cee4"]
CHANGED = [
    "CON",
    "con",
    "nul.txt",
    "lpt1",
    "com0",
    "../../etc/passwd",
    "..",
    ".",
    ".hidden",
    "trailing.",
    "a/b",
    "a\\b",
    "a b",
    "Harbour Wire",
    "x" * 300,
    "",
    "é",
    "a:b",
    "what?",
    "a--b",
    "end-",
    "a\x00b",
    "\ud800",
    "line\nbreak",
    "a-12345678",
]


@pytest.mark.parametrize("id", PLAIN)
def test_a_plain_id_is_its_own_name(id: str) -> None:
    assert names.slug(id) == id


@pytest.mark.parametrize("id", CHANGED)
def test_any_other_id_gets_a_digest(id: str) -> None:
    slug = names.slug(id)
    assert slug != id
    assert names.DIGESTED.fullmatch(slug)


@given(st.text(max_size=400))
def test_every_name_is_safe(id: str) -> None:
    assert names.safe(names.slug(id))
    assert len(names.slug(id)) <= names.LONGEST


@given(st.lists(st.sampled_from([*PLAIN, *CHANGED, "cON", "Con", "HARBOUR-WIRE"]), unique=True))
def test_different_ids_never_meet_even_where_case_is_lost(ids: list[str]) -> None:
    assert len({names.slug(id).casefold() for id in ids}) == len(ids)


def test_the_name_of_one_id_is_not_the_name_of_another() -> None:
    assert names.slug(names.slug("CON")) != names.slug("CON")


def test_paths_stay_below_their_folder() -> None:
    assert names.article_page("../../x").startswith("articles/x-")
    assert names.source_page("../x").startswith("sources/x-")
    assert names.source_page("cnn.com") == "sources/cnn.com.html"
    assert names.story_page("6a32bfb9e228") == "stories/6a32bfb9e228.html"
