"""Articles that come, change or go: what is kept of an earlier comparison never tells in the result of the next one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from audit import partition
from audit.compare import account, reuse
from audit.compare.account import Account, Lone
from audit.compare.comparison import accounted
from audit.compare.held import Held, Keeper, Parts
from audit.compare.reuse import Opened
from audit.compare.shelf import Shelf
from audit.engine import inline
from audit.kept import Memory
from audit.records import Article
from audit.settings import Settings, load
from tests.compare.corpus import ORCHARD, SPUN, STRIKE, STRIKE_ELSEWHERE, article
from tests.compare.stories import ARTICLES as BRIDGE
from tests.compare.stories import FERRY, PLAIN

OFFER = "Subscribe to our letter from the harbour town of Brellin and read every evening what the council decided."
"""Stands in many articles: once it does so over many days it is a fixture, which proves nothing."""

LATE = STRIKE.replace("1,240", "1,300").replace("86 trams", "90 trams")
MARKET = "The fish market of Brellin opens at five. Traders sold forty crates of herring before the bell rang."
CORPUS = [
    *BRIDGE, article("wire", STRIKE), article("reprint", STRIKE, day="2023-03-07", credit="wire"),
    article("other", STRIKE_ELSEWHERE), article("spun", SPUN, day="2023-03-08"),
    article("apples", f"{ORCHARD} {OFFER}", day="2023-04-21"), article("fish", f"{MARKET} {OFFER}", day="2023-04-22"),
    article("undated", FERRY.replace("400", "300"), day=None), article("note", "The library opens.", day="2023-09-02"),
]  # fmt: skip
MORE = [
    article("late", LATE, source="other", day="2023-03-09"), article("alone", "Snow fell on Senn.", day="2023-01-02"),
    article("third", f"{MARKET.replace('forty', 'fifty')} The market closed at noon.", day="2023-04-23"),
    article("morning", PLAIN.replace("Monday", "Tuesday"), day="2023-03-07"),
    article("winter", f"The ferry rests until March. {OFFER}", day="2023-12-01"),
]  # fmt: skip
OWNERS = {"wire": "Trust", "other": "Trust"}
STEPS: list[tuple[list[Article], Mapping[str, str], str]] = [
    (CORPUS, {}, "at first"), ([*CORPUS, *MORE], {}, "added"), ([*CORPUS, *MORE], OWNERS, "owned"),
    ([*CORPUS[1:], *MORE], OWNERS, "removed"), ([*CORPUS, *MORE[:-1]], {}, "no fixture any more"),
    ([*(msgspec.structs.replace(one, text=LATE) if one.id == "wire" else one for one in CORPUS), *MORE], {}, "changed"),
    ([*(msgspec.structs.replace(one, published="2023-03-05") if one.id == "other" else one for one in CORPUS)], {},
     "dated anew"),
    ([*(msgspec.structs.replace(one, source="wire") if one.id == "spun" else one for one in CORPUS)], {}, "moved"),
    (CORPUS[:1], {}, "one"), ([], {}, "none"), (CORPUS, {}, "at last"),
]  # fmt: skip


def content(
    articles: list[Article], owners: Mapping[str, str], folder: Path, keeper: Keeper, settings: Settings
) -> list[bytes]:
    """All that a comparison says, byte by byte: what holds for all, claims and findings."""
    texts = {one.id: one.text for one in articles}
    sketches = partition.measure(articles, settings)[1] if articles else ()
    Shelf.write(folder / "sketches", sketches)
    with Shelf(folder / "sketches") as shelf:
        found = accounted(shelf, texts.__getitem__, settings, owners, keeper)
    claims = [keeper.part(key, account.TOLD) for key in found.stories]
    findings = [article.encode() + keeper.part(*place) for article, place in sorted(found.findings().items())]
    return [msgspec.msgpack.encode(found.whole), *claims, *findings]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_never_shows(tmp_path: Path, seed: int) -> None:
    steps, chance, settings = list(STEPS), random.Random(seed), load()
    if seed:
        chance.shuffle(steps)
    seen = set()
    for articles, owners, what in steps:
        memory = Memory(tmp_path / "some.memory", "1", inline())
        found = content(chance.sample(articles, len(articles)), owners, tmp_path, memory, settings)
        memory.forget()
        assert found == content(articles, owners, tmp_path, Held(), settings), what
        seen.add(tuple(found))
    assert len(seen) == len(steps) - 1  # each change shows but the last, which takes all back


def ran(articles: list[Article], folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[set[str], set[str], set[str]]:
    """The stories whose account was made, the articles that were looked at alone, and the pairs that were aligned."""
    stories: set[str] = set()
    lone: set[str] = set()
    pairs: set[str] = set()

    def watched(given: Account) -> Parts:
        stories.add(" ".join(sorted(given.story.articles)))
        return account.account(given)

    def alone(given: Lone) -> Parts:
        lone.add(given.item.article)
        return account.alone(given)

    def taken(job: tuple[Opened, int, int]) -> Parts:
        pairs.add(" ".join(job[0].text(place)[0].article for place in job[1:]))
        return reuse_taken(job)

    reuse_taken = reuse.taken
    with monkeypatch.context() as patch:
        patch.setattr("audit.compare.comparison.account", watched)
        patch.setattr("audit.compare.comparison.alone", alone)
        patch.setattr(reuse, "taken", taken)
        memory = Memory(folder / "some.memory", "1", inline())
        content(articles, {}, folder, memory, load())
        memory.forget()
    return stories, lone, pairs


def test_only_what_an_added_article_touches_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stories, lone, pairs = ran(CORPUS, tmp_path, monkeypatch)
    assert stories == {"ferry loud plain undated", "other reprint spun wire", "apples fish"}
    assert lone == {"note"}
    assert {"reprint wire", "reprint spun", "spun wire"} <= pairs
    assert ran(CORPUS, tmp_path, monkeypatch) == (set(), set(), set())
    stories, lone, pairs = ran([*CORPUS, MORE[0], MORE[1]], tmp_path, monkeypatch)
    assert stories == {"late reprint spun wire"}  # words that "late" uses too are less rare now: "other" stands alone
    assert lone == {"alone", "other"}
    assert all("late" in pair for pair in pairs)
    changed = [msgspec.structs.replace(one, text=one.text + " It rained.") if one.id == "note" else one
               for one in [*CORPUS, MORE[0], MORE[1]]]  # fmt: skip
    assert ran(changed, tmp_path, monkeypatch) == (set(), {"note"}, set())
