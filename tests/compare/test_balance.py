"""For whom speakers stand: groups and parties by the article's own words, shares against others, who quotes whom."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from audit import compare as package
from audit.compare.balance import balance, measures, quantities
from audit.compare.groups import GROUPS, spoken
from audit.compare.quoting import quoted
from audit.compare.sketch import Sketch, Voice
from audit.compare.voices import origins
from audit.extract import extract
from audit.parse import parse
from audit.records import Article, Balance, Comparison, Evidence, Story
from audit.settings import load
from tests.compare.stories import ARTICLES, PLAIN, article, told
from tests.seeds import place

SAID = "{} said that the bridge would open again in May."
SPEAKERS = [
    (SAID.format("The minister, Odile Brandt,"), "official", ""),
    (SAID.format("Police"), "official", ""),
    (SAID.format("The White House"), "official", ""),
    (SAID.format("Opposition leader Odile Brandt"), "opposition", ""),
    (SAID.format("Odile Brandt, an economist at the bank,"), "expert", ""),
    (SAID.format("Odile Brandt of the Institute of Bridges"), "expert", ""),
    (SAID.format("Odile Brandt, who heads the Bakers' Union,"), "organisation", ""),
    (SAID.format("Odile Brandt, the president of the steel company,"), "organisation", ""),
    (SAID.format("Odile Brandt, a baker,"), "citizen", ""),
    (SAID.format("Three witnesses"), "citizen", ""),
    (SAID.format("Witnesses interviewed by the police"), "citizen", ""),
    (SAID.format("A source close to the mayor"), "anonymous", ""),
    (SAID.format("The report"), "document", ""),
    (SAID.format("Odile Brandt"), "unsaid", ""),
    (SAID.format("Odile Brandt, the lawyer of the mason,"), "other", ""),
    (SAID.format("Odile Brandt of the Greens"), "party", "Greens"),
    (SAID.format("Odile Brandt of the ruling Centre Alliance"), "party", "Centre Alliance"),
    (SAID.format("Odile Brandt of the Farmers Party"), "party", "Farmers Party"),
    (SAID.format("Sen. Odile Brandt (D-Vt.)"), "official", "Democrats"),
    (SAID.format("Republican Rep. Odile Brandt"), "official", "Republicans"),
    (SAID.format("Odile Brandt, the Labour candidate,"), "party", "Labour"),
]


def statements(text: str) -> list[Evidence]:
    parsed = parse([Article("a", "s", text)])
    findings, _ = spoken(parsed, extract(parsed, ["attribution"]))
    return [one for one in findings["attribution"][0].evidence if one.attributes.get("speaker")]


@pytest.fixture(scope="module")
def found() -> Comparison:
    return told(ARTICLES)


@pytest.mark.parametrize(("text", "group", "party"), SPEAKERS, ids=[text[:50] for text, _, _ in SPEAKERS])
def test_groups_and_parties(text: str, group: str, party: str) -> None:
    (one,) = statements(text)
    assert (one.attributes["group"], one.attributes.get("party", "")) == (group, party)


def test_who_asked_somebody_is_no_party_of_theirs() -> None:
    found = statements("Republicans asked Odile Brandt. Odile Brandt said that she would answer in May.")
    assert all("party" not in one.attributes for one in found if "Brandt" in one.attributes["speaker"])


def test_measures_add_up(found: Comparison) -> None:
    for one in found.findings.values():
        shares = [measure for measure in one.measures if measure.feature.startswith("balance.")]
        assert [measure.feature for measure in shares] == [quantity.feature for quantity in quantities]
        assert sum(measure.count for measure in shares) == shares[0].base > 0


def test_an_article_without_speakers_has_no_measure() -> None:
    (item,) = package.sketch(parse([article("a", "Rain fell all day.")]), {})
    assert all(measure.absent for measure in measures(item.article, (one.group for one in item.spoken())))


def test_a_source_is_held_against_the_others(found: Comparison) -> None:
    rows = {(row.source, row.name): row for row in found.balance if not row.story}
    plain = rows["plain", "opposition"]
    assert (plain.count, plain.others, plain.articles) == (1, 0, 1)
    assert rows["loud", "expert"].count == 1 <= rows["loud", "expert"].others
    assert rows["plain", "Democrats"].kind == "party"
    assert plain.low is plain.difference_low is None  # one article gives no interval


def test_a_reprint_counts_once_among_the_others(found: Comparison) -> None:
    copied = told([*ARTICLES, article("copy", PLAIN)])
    bases = [{(row.source, row.others_base) for row in one.balance if row.source in ("loud", "ferry") and not row.story}
             for one in (found, copied)]
    assert bases[0] == bases[1]


def spoken_by(source: str, number: int, groups: str) -> Sketch:
    (plain,) = package.sketch(parse([article(f"{source}{number}", "A text.", source)]), {})
    voices = [Voice(f"Speaker {at}", "named", 0, 1, group, "Greens" if group == "party" else "", at == 0)
              for at, group in enumerate(groups.split())]
    return msgspec.structs.replace(plain, voices=msgspec.msgpack.encode(voices))


def shares(numbers: int) -> tuple[Balance, ...]:
    items = {}
    for number in range(numbers):
        items[f"left{number}"] = spoken_by("left", number, "official official official citizen")
        items[f"right{number}"] = spoken_by("right", number, "official citizen citizen party")
    found = [Story(f"s{number}", (f"left{number}", f"right{number}"), "t") for number in range(numbers)]
    return balance(found, items, origins({}), load().score)


def test_shares_and_differences_by_hand() -> None:
    rows = {(row.source, row.name): row for row in shares(6) if not row.story}
    left = rows["left", "official"]
    assert (left.count, left.base, left.others, left.others_base) == (18, 24, 6, 24)
    assert left.difference == pytest.approx(0.5)
    assert left.difference_low == left.difference_high == pytest.approx(0.5)  # every story alike
    assert rows["right", "Greens"].difference == pytest.approx(0.25)


def test_few_articles_give_no_interval() -> None:
    assert all(row.low is None for row in shares(4))
    assert any(row.low is not None for row in shares(5) if not row.story)


def test_intervals_are_the_same_every_time() -> None:
    assert shares(5) == shares(5)


def test_whom_only_one_side_quotes(found: Comparison) -> None:
    rows = {(row.speaker, row.source): row for row in found.quoted}
    assert rows["Paul Wirth", "plain"].sources == 2 == rows["Paul Wirth", "loud"].sources
    assert rows["Nora Pell", "plain"].sources == 1
    assert rows["Nora Pell", "plain"].direct == 1
    assert rows["Nora Pell", "plain"].tellers == 3
    assert all(row.articles and row.statements >= row.direct for row in found.quoted)


def test_a_reprint_is_no_second_side() -> None:
    rows = told([*ARTICLES, article("copy", PLAIN)]).quoted
    (one, other) = [row for row in rows if row.speaker == "Nora Pell"]
    assert {one.source, other.source} == {"plain", "copy"}
    assert one.sources == other.sources == 1
    assert one.tellers == 3


def test_persons_of_one_surname_are_two_speakers() -> None:
    items = {}
    for source, name in (("left", "Nora Pell"), ("right", "Igor Pell")):
        (plain,) = package.sketch(parse([article(source, "A text.")]), {})
        items[source] = msgspec.structs.replace(
            plain, voices=msgspec.msgpack.encode([Voice(name, "named", 0, 1, "citizen")])
        )
    rows = quoted([Story("s", ("left", "right"), "t")], items, origins({}))
    assert [(row.speaker, row.sources) for row in rows] == [("Igor Pell", 1), ("Nora Pell", 1)]


def test_every_group_has_a_title() -> None:
    assert [quantity.feature for quantity in quantities] == [f"balance.{name}" for name in GROUPS]


def test_seeds_speakers() -> None:
    """The demonstration corpus, as a reader groups its speakers; nine of ten are found."""
    rows = map(json.loads, (place.SEEDS / "gold_bias.jsonl").read_text(encoding="utf-8").splitlines())
    gold = [row for row in rows if "group" in row]
    articles = place.articles()
    parsed = parse([articles[file] for file in sorted({row["file"] for row in gold})])
    findings, _ = spoken(parsed, extract(parsed, ["attribution"]))
    met = {(one.id, item.attributes["speaker"]): item.attributes
           for one, finding in zip(parsed.articles, findings["attribution"], strict=True)
           for item in finding.evidence if item.attributes.get("speaker")}
    right = [met.get((articles[row["file"]].id, row["speaker"]), {}).get("group") == row["group"] for row in gold]
    parties = [met[articles[row["file"]].id, row["speaker"]]["party"] == row["party"] for row in gold if "party" in row]
    assert sum(right) >= 0.9 * len(right)
    assert all(parties)


def test_news_groups_are_right_as_often_as_the_page_says(shared: Path) -> None:
    """66 statements of news, labelled by hand before the words were tried on them."""
    labels = json.loads(Path(__file__).with_name("groups_news.json").read_text(encoding="utf-8"))
    lines = (shared / "data/stories/allsides_dev.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = {row["article"] for row in labels}
    articles = [Article(row["id"], row["source"], row["text"]) for row in map(json.loads, lines) if row["id"] in wanted]
    parsed = parse(articles)
    findings, _ = spoken(parsed, extract(parsed, ["attribution"]))
    met = {(one.id, part.start): item.attributes
           for one, finding in zip(articles, findings["attribution"], strict=True) for item in finding.evidence
           for part in item.parts if part.role == "source" and item.attributes.get("speaker")}
    right = Counter(met[row["article"], row["start"]].get("group") == row["group"]
                    for row in labels if (row["article"], row["start"]) in met)
    assert right.total() >= 0.85 * len(labels)
    assert right[True] >= 0.8 * right.total()
    named = [row for row in labels if "party" in row and (row["article"], row["start"]) in met]
    assert sum(met[row["article"], row["start"]].get("party") == row["party"] for row in named) >= 0.8 * len(named)
