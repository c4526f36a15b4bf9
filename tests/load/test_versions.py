"""Updates of one article are one article; different articles are never joined."""

from __future__ import annotations

import hashlib
import json
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from audit.load.versions import KEY, earlier_versions, join_versions
from audit.records import Article

PARTS = (
    "The harbour authority closed the northern pier on Tuesday after a crane leaned over the quay in strong wind.",
    "Nobody was hurt, said Ola Brandt, who runs the night shift. Forty containers were moved to the southern yard.",
    "The ferry to Skerry will leave from the fish market until the crane has been taken down, which takes three days.",
    "An engineer from the maker is expected on Wednesday. The pier was last repaired eleven years ago, after a storm.",
    "Traders on the quay were told to keep their stalls shut, and the council promised to waive a week of rent.",
)
MARKET = (
    "The fish market opens at six on Saturday, an hour earlier than in April. Sellers asked for it in winter.\n\n"
    "A new hall is planned beside the ferry, where the old ice house stood. Work may begin after the autumn storms."
)
TITLE = "Crane leans over quay, pier closed"


def article(id: str, text: str, day: str | None = "2021-05-04", title: str = TITLE, source: str = "Post") -> Article:
    return Article(id, source, text, None, title, "en", day)


def text(*numbers: int) -> str:
    return "\n\n".join(PARTS[number] for number in numbers)


FIRST = article("a", text(0, 1, 2), "2021-05-04T08:00:00+00:00")
SECOND = article("b", text(0, 1, 2, 3), "2021-05-04T12:00:00+00:00")
EVENING = "The pier stays closed until Friday.\n\n" + text(0, 1, 2, 3)
THIRD = article("c", EVENING, "2021-05-04T19:00:00+00:00", "Pier shut")
CORRECTED = article("d", text(0, 1, 2, 3).replace("Forty", "Fourteen"), "2021-05-04T13:00:00+00:00")
BRIEF = article("e", text(0, 1), "2021-05-04T07:30:00+00:00")


@pytest.mark.parametrize("articles", [
    (FIRST, SECOND), (SECOND, CORRECTED), (FIRST, SECOND, THIRD), (FIRST, SECOND, CORRECTED, THIRD), (BRIEF, SECOND),
    (article("x", MARKET, None), article("y", MARKET + "\n\nIt will rain.", None)),
])
def test_updates_are_one_article(articles: tuple[Article, ...]) -> None:
    (kept,) = join_versions(articles, given_ids=True)
    assert kept.id == articles[-1].id
    assert kept.text == articles[-1].text
    assert [one.id for one in earlier_versions(kept)] == [one.id for one in articles[:-1]]


@pytest.mark.parametrize("articles", [
    (FIRST, article("m", MARKET)),
    (FIRST, article("o", SECOND.text, source="Other")),
    (FIRST, article("l", text(0, 1, 2, 3, 4) + "\n\n" + MARKET, "2021-05-20")),
    (FIRST, article("r", MARKET + "\n\n" + MARKET + "\n\n" + text(0, 1, 2), title="The week in the harbour")),
    (article("g", MARKET + "\n\n" + text(2, 3), title="Market hall"), article("h", text(0, 1, 2, 3), title="Pier")),
    (article("s", "Rain tomorrow.", "2021-05-04"), article("t", "Rain tomorrow and wind.", "2021-05-05")),
])
def test_different_articles_stay_apart(articles: tuple[Article, ...]) -> None:
    assert join_versions(articles, given_ids=True) == list(articles)


def test_what_is_kept_of_an_earlier_version() -> None:
    (kept,) = join_versions([SECOND, FIRST], given_ids=True)
    (version,) = earlier_versions(kept)
    assert (version.id, version.title, version.published) == ("a", TITLE, "2021-05-04T08:00:00+00:00")
    assert version.words == len(FIRST.text.split())
    assert version.share == 1.0
    assert json.loads(kept.meta[KEY])[0]["id"] == "a"
    assert (kept.published, kept.meta["updated"]) == (FIRST.published, SECOND.published)


def test_the_order_of_the_input_decides_nothing() -> None:
    orders = permutations((FIRST, SECOND, THIRD, CORRECTED))
    kept = {str(sorted(map(str, join_versions(order, given_ids=True)))) for order in orders}
    assert len(kept) == 1


def test_many_versions_cost_as_much_as_many_articles() -> None:
    updates = [
        article(f"{n:03}", f"{text(0, 1, 2, 3)}\n\nAt {n} o'clock.", f"2021-05-04T00:{n % 60:02}") for n in range(300)
    ]
    (kept,) = join_versions(updates, given_ids=True)
    assert len(earlier_versions(kept)) == 299


# Of allsides_10k: the pairs of one source that share a quarter of the shorter text in whole sentences. Each was read.
READ = json.loads((Path(__file__).parent / "versions_read.json").read_text(encoding="utf-8"))


def test_pairs_of_real_articles_that_were_read(shared: Path) -> None:
    articles = []
    with (shared / "data" / "corpus" / "allsides_10k.jsonl").open(encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            known = (row[field] for field in ("id", "source", "text", "url", "title"))
            articles.append(Article(*known, published=row["published"]))
    joined = {(one.id, kept.id) for kept in join_versions(articles, given_ids=True) for one in earlier_versions(kept)}
    versions = {(pair["older"], pair["newer"]) for pair in READ["pairs"] if pair["same_article"]}
    assert joined == versions


def test_pairs_made_in_a_known_way(shared: Path) -> None:
    """As if one source had published both: an article and itself are one, two reports of one event are two."""
    texts = {}
    for row in map(json.loads, (shared / "data" / "reuse" / "articles.jsonl").read_text(encoding="utf-8").splitlines()):
        texts[row["id"]] = row["text"]
    joined: dict[str, list[bool]] = {}
    for pair in map(json.loads, (shared / "data" / "reuse" / "gold.jsonl").read_text(encoding="utf-8").splitlines()):
        two = [article(pair[side], texts[pair[side]], f"2020-03-0{day}", "") for day, side in ((1, "a"), (2, "b"))]
        joined.setdefault(pair["kind"], []).append(len(join_versions(two, given_ids=True)) == 1)
    share = {kind: sum(found) / len(found) for kind, found in joined.items()}
    assert share["verbatim"] == 1
    assert share["trim60"] >= 0.85
    assert not any(share[kind] for kind in ("same_event_independent", "unrelated", "passage2", "mosaic50"))


def test_articles_with_ids_of_their_own_stay_apart() -> None:
    assert join_versions([FIRST, SECOND]) == [FIRST, SECOND]
    ids = [hashlib.sha256(one.text.encode()).hexdigest()[:12] for one in (FIRST, SECOND)]
    made = [msgspec.structs.replace(one, id=id) for one, id in zip((FIRST, SECOND), ids, strict=True)]
    assert len(join_versions(made)) == 1
