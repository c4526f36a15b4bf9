"""Words for the same thing: found in the outlet's own voice, aligned across texts, counted once a voice, weighed."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from audit import partition
from audit.compare import compare, framing, sketch, spoken
from audit.compare.logodds import HALF, STRENGTH, log_odds, prior
from audit.compare.mentions import COUNTED, DESCRIBED, KIND, SAID, SLOTS, Word, named
from audit.compare.sketch import Sketch
from audit.compare.voices import origins
from audit.extract import extract
from audit.parse import Parsed, parse
from audit.records import Article, Comparison, Framed, Story
from audit.settings import load
from tests.compare.stories import ARTICLES, PLAIN, article, told
from tests.seeds import place

DESCRIPTIONS = [
    ("The smug governor Odile Brandt left early.", "Odile Brandt", ["smug", "governor"]),
    ("Police spokeswoman Odile Brandt left early.", "Odile Brandt", ["police", "spokeswoman"]),
    ("Prime Minister Odile Brandt left early.", "Odile Brandt", ["prime", "minister"]),
    ("Odile Brandt, a bitter woman with no friends, left early.", "Odile Brandt", ["bitter", "woman"]),
    ("Odile Brandt, the elected mayor, left early.", "Odile Brandt", ["elected", "mayor"]),
    ("Their shrill leader, Odile Brandt, left early.", "Odile Brandt", ["shrill", "leader"]),
    ("Odile Brandt is the director of the school.", "Odile Brandt", ["director"]),
    ("The crowd cheered Odile Brandt on Monday.", "Odile Brandt", []),
    ("On the next day, Odile Brandt, who was ill, stayed.", "Odile Brandt", []),
    ("Odile Brandt, the union said, was late.", "Odile Brandt", []),
    ("The former Odile Brandt aide left early.", "Odile Brandt", []),
    ("Mr. Odile Brandt left early.", "Odile Brandt", []),
]


@pytest.fixture(scope="module")
def found() -> Comparison:
    return told(ARTICLES)


def words(rows: tuple[Framed, ...], source: str, way: str, story: bool = True) -> Counter[str]:
    mine = [row for row in rows if (row.source, row.way, bool(row.story)) == (source, way, story)]
    return Counter({row.word: row.count for row in mine})


@pytest.mark.parametrize(("text", "name", "wanted"), DESCRIPTIONS, ids=[text for text, _, _ in DESCRIPTIONS])
def test_what_describes_a_name(text: str, name: str, wanted: list[str]) -> None:
    text = f"{text} Odile Brandt has two sons."
    (one,) = named(parse([Article("a", "s", text)]))
    mine = [word for word in one if word.slot == DESCRIBED and word.name == name]
    assert [word.word for word in mine] == wanted
    assert all(text[word.start : word.end].lower() == word.word for word in mine)


@pytest.mark.parametrize(("text", "wanted"), [
    ("About 400 people came.", ["people"]),
    ("Four hundred angry dockers came.", ["angry", "dockers"]),
    ("The bridge is 400 metres long.", []),
    ("Four people came.", []),
    ("In 1998 people came by ferry.", []),
])
def test_counted_people(text: str, wanted: list[str]) -> None:
    (one,) = named(parse([Article("a", "s", text)]))
    assert [word.word for word in one if word.slot == COUNTED] == wanted


def test_other_languages_have_no_words() -> None:
    (one,) = named(parse([Article("a", "s", "Mayor Odile Brandt met 400 people at the protest.", language="nl")]))
    assert one == []


def test_a_kind_of_thing_keeps_its_owner() -> None:
    (one,) = named(parse([Article("a", "s", "Critics blame Brandt's government. The regime is silent.")]))
    assert [(word.name, word.word) for word in one if word.slot == KIND] == [
        ("those in power, Brandt", "government"), ("those in power", "regime")]  # fmt: skip


def test_the_same_thing_is_aligned_across_texts(found: Comparison) -> None:
    rows = found.framing
    assert len(found.stories) == 1
    assert words(rows, "loud", COUNTED) == {"troublemakers": 1}
    assert words(rows, "plain", COUNTED) == {"people": 1}
    assert {"whined", "insisted"} <= set(words(rows, "loud", SAID))
    alone = {(row.source, row.word) for row in rows if row.story and not row.others}
    assert {("loud", "troublemakers"), ("loud", "mob"), ("loud", "whined")} <= alone
    assert not {word for source, word in alone if source == "plain"} & {"people", "governor"}


def test_places_are_the_words(found: Comparison) -> None:
    texts = {one.id: one.text for one in ARTICLES}
    for row in found.framing:
        assert row.places
        assert all(texts[name][start:end].lower()[:3] == row.word[:3] for name, start, end in row.places[:1])
        assert 0 < row.count <= row.base
        assert 0 <= row.others <= row.others_base


def test_words_in_quotations_are_set_apart() -> None:
    text = PLAIN.replace('"It is not safe,"', '"The mob, these 400 troublemakers, is not safe,"')
    rows = told([article("plain", text), *ARTICLES[1:]]).framing
    assert "troublemakers" not in words(rows, "plain", COUNTED)
    assert {(row.source, row.quoted) for row in rows if row.word == "mob" and row.story} <= {("loud", 0)}


def test_a_reprint_is_no_second_voice(found: Comparison) -> None:
    with_copy = told([*ARTICLES, article("copy", PLAIN)])
    assert with_copy.voices
    copies = set(with_copy.voices)
    assert not any(row.source in copies for row in with_copy.framing)
    counts = [(row.word, row.others, row.others_base) for row in found.framing if row.source == "loud"]
    assert counts == [(row.word, row.others, row.others_base) for row in with_copy.framing if row.source == "loud"]


def test_two_persons_of_one_surname_stay_apart() -> None:
    texts = ["The baker Nora Pell stayed. Nora Pell was calm.", "The thief Igor Pell stayed. Igor Pell was calm."]
    parsed = parse([article(str(number), text) for number, text in enumerate(texts)])
    sketches = {item.article: item for item in compare_sketches(parsed)}
    rows = framing.framing([Story("s", ("0", "1"), "t")], sketches, origins({}))
    assert rows == ()


def compare_sketches(parsed: Parsed) -> list[Sketch]:
    findings, mentioned = spoken(parsed, {})
    return sketch(parsed, findings, None, mentioned)


def test_log_odds_are_those_of_the_paper() -> None:
    """Equations 15 and 20 of Monroe et al. 2008, by hand: 6 of 10 words here, 1 of 20 there, pseudo-count 2 of 50."""
    ratio, low, high = log_odds(6, 10, 1, 20, 2.0, 50.0)
    wanted = math.log(8 / 52) - math.log(3 / 67)
    reach = 1.959964 * math.sqrt(1 / 8 + 1 / 3)
    assert (ratio, low, high) == (round(wanted, 3), round(wanted - reach, 3), round(wanted + reach, 3))


def test_a_usual_word_says_less_than_a_rare_one() -> None:
    usual, rare = (log_odds(1, 3, 0, 5, prior().weight(DESCRIBED, word), prior().strength(DESCRIBED))[0]
                   for word in ("president", "nobody-has-it"))
    assert 0 < usual < rare
    assert log_odds(5, 9, 5, 9, 1.0, 50.0)[0] == 0


@pytest.mark.parametrize("way", SLOTS)
def test_the_prior_weighs_as_much_as_it_says(way: str) -> None:
    total = sum(prior().weight(way, word) for word in prior().counts[way])
    assert total == pytest.approx(STRENGTH + HALF * len(prior().counts[way]))
    assert prior().strength(way) == pytest.approx(total)


def test_the_result_does_not_depend_on_the_order(found: Comparison) -> None:
    assert told(ARTICLES[::-1]).framing == found.framing


def test_the_work_grows_with_the_words_not_with_the_pairs() -> None:
    """Words are decoded once an article, however many articles tell the story."""
    (plain,) = compare_sketches(parse([ARTICLES[0]]))
    decoded = Counter[str]()

    class Counted(Sketch, frozen=True):
        def words_for(self) -> list[Word]:
            decoded[self.article] += 1
            return Sketch.words_for(self)

    fields = msgspec.structs.asdict(plain)
    items = {f"a{n}": Counted(**fields | {"article": f"a{n}", "source": f"s{n % 7}"}) for n in range(300)}
    rows = framing.framing([Story("s", tuple(items), "t")], items, origins({}))
    assert len(decoded) == decoded.total() == 300
    assert len(rows) <= 2 * 7 * len(plain.words_for())


GOLD = [json.loads(line) for line in (place.SEEDS / "gold_bias.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def seeds() -> tuple[dict[str, Article], Comparison]:
    """The demonstration corpus by file, and its comparison."""
    articles = place.articles()
    _, sketches = partition.measure(list(articles.values()), load())
    texts = {one.id: one.text for one in articles.values()}
    return articles, compare(sketches, texts.__getitem__, load())


WORDS = [row for row in GOLD if "words" in row]


@pytest.mark.parametrize("gold", WORDS, ids=[f"{row['file']} {row['name']}" for row in WORDS])
def test_seeds_words_that_one_source_alone_uses(
    gold: dict[str, str], seeds: tuple[dict[str, Article], Comparison]
) -> None:
    articles, compared = seeds
    one = articles[gold["file"]]
    thing = gold["way"], gold["name"]
    rows = [row for row in compared.framing if row.places[0][0] == one.id and (row.way, row.name) == thing]
    assert {row.word for row in rows if row.story and not row.others} == set(gold["words"].split())


def test_news_words_are_right_as_often_as_the_page_says(shared: Path) -> None:
    """140 words found in news, read by hand: does the word describe the name, introduce the speaker, count people?"""
    labels = json.loads(Path(__file__).with_name("words_news.json").read_text(encoding="utf-8"))
    rows = {row["article"] for row in labels}
    lines = (shared / "data/stories/allsides_dev.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [Article(row["id"], row["source"], row["text"]) for row in map(json.loads, lines) if row["id"] in rows]
    parsed = parse(articles)
    mentioned = named(parsed, extract(parsed, ["attribution"])["attribution"])
    hits = {(one.id, word.start, word.end, word.slot)
            for one, found in zip(articles, mentioned, strict=True) for word in found}
    met = Counter((row["way"], row["right"]) for row in labels
                  if (row["article"], row["start"], row["end"], row["way"]) in hits)
    right = {way: met[way, True] / (met[way, True] + met[way, False]) for way in (DESCRIBED, SAID, COUNTED)}
    assert right[DESCRIBED] >= 0.87
    assert right[SAID] >= 0.9
    assert right[COUNTED] >= 0.88
    assert sum(met.values()) >= 0.9 * len(labels)
