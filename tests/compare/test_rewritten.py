"""Words that a machine swapped in somebody's text, and what they do to the text's scores."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path

import pytest

from audit.compare import sketch, weighed
from audit.compare.rewritten import RULE, log_odds, rewritten, swaps, ways
from audit.parse import parse
from audit.records import Article, Evidence, Finding, Measure, Score
from tests.compare.corpus import STRIKE, article
from tests.compare.found import reuse_of

SWAPPED = {
    "Tram drivers": "Tram operatives", "walked out": "strolled out", "talks": "discourses", "shifts": "movements",
    "collapsed": "crumpled", "asked": "petitioned", "offered": "proffered", "runs": "sprints",
    "nine lines": "nine strings", "passengers": "voyagers", "working": "toiling", "opened": "unlocked",
    "hour late": "hour tardy", "reach": "attain", "winter": "wintertime", "joined": "conjoined", "return": "revert",
}  # fmt: skip
EDITED = {"walked out": "went on strike", "dawn": "daybreak", "collapsed": "failed", "runs": "operates"}


def altered(changes: dict[str, str]) -> str:
    text = STRIKE
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    return text


def found(text: str, day: str | None = "2023-03-08", first: str | None = "2023-03-06") -> tuple[Evidence, ...]:
    articles = [article("wire", STRIKE, day=first), article("later", text, day=day)]
    texts = {one.id: one.text for one in articles}
    sketches = sketch(parse(articles), {})
    pairs = reuse_of(sketches, texts.__getitem__)
    told = [way for pair in pairs for way in ways(pair, texts.__getitem__)]
    every = rewritten(told, {one.article: one for one in sketches}, texts.__getitem__)
    assert set(every) <= {"later"}
    return every.get("later", ())


def test_swapped_words_are_found_in_both_texts() -> None:
    text = altered(SWAPPED)
    evidence = found(text)
    assert len(evidence) >= 8
    for one in evidence:
        assert (one.feature, one.rule, one.article) == ("translation", RULE, "later")
        original = STRIKE[int(one.attributes["start"]) : int(one.attributes["end"])]
        assert original == one.attributes["expected"]
        assert any(original in old and text[one.start : one.end] in new for old, new in SWAPPED.items())
        assert f"“{text[one.start : one.end]}” stands where wire has “{original}”" == one.reason
        assert one.weight > 0


def test_without_dates_the_words_tell_which_text_was_rewritten() -> None:
    assert [one.start for one in found(altered(SWAPPED), None, None)] == [one.start for one in found(altered(SWAPPED))]


@pytest.mark.parametrize("text", [altered(EDITED), STRIKE, STRIKE.replace("1,240", "1,300")])
def test_an_edited_copy_is_not_rewritten(text: str) -> None:
    assert found(text) == ()


def readings(rewritten_: float, translated: float, human: float) -> Finding:
    name = "translation"
    values = {
        name: rewritten_ + translated, f"{name}.machine_rewritten": rewritten_,
        f"{name}.machine_translated": translated, f"{name}.translated": translated + human,
    }  # fmt: skip
    scores = tuple(Score("a", key, value, max(0.001, value - 0.1), min(0.999, value + 0.1), 100)
                   for key, value in values.items())  # fmt: skip
    flags = (Measure("a", key, float(value >= 0.5), 1, "article") for key, value in values.items())
    return Finding((), tuple(flags), scores)


def told(*weights: float) -> Finding:
    return Finding(
        tuple(Evidence("a", "translation", RULE, at, at + 1, "", weight) for at, weight in enumerate(weights)), ()
    )


def test_evidence_moves_the_readings_by_the_rule_of_bayes() -> None:
    before, ratio = readings(0.1, 0.2, 0.3), exp(1.5)
    after = {score.feature: score for score in weighed(before, told(1.0, 0.5)).scores}
    total = 0.1 * ratio + 0.9
    assert after["translation.machine_rewritten"].value == pytest.approx(0.1 * ratio / total)
    assert after["translation.machine_translated"].value == pytest.approx(0.2 / total)
    assert after["translation.translated"].value == pytest.approx(0.5 / total)
    assert after["translation"].value == pytest.approx((0.2 + 0.1 * ratio) / total)
    for score in after.values():
        assert score.low is not None
        assert score.high is not None
        assert 0 < score.low <= score.value <= score.high < 1


def test_a_flag_follows_the_new_reading_and_nothing_else_changes() -> None:
    before = readings(0.1, 0.2, 0.3)
    after = weighed(before, told(6.0))
    flags = {measure.feature: measure.count for measure in after.measures}
    assert flags["translation.machine_rewritten"] == flags["translation"] == 1
    assert weighed(before, told()) == before
    absent = Finding((), (Measure("a", "translation", 0, 0, "article", "fewer than 60 words"),))
    assert weighed(absent, told(6.0)) == absent


def test_floor_on_shared_texts(shared: Path) -> None:
    """WordNet-rewritten copies are found, two translations of one text are not taken for them."""
    folder = shared / "data" / "translation"
    rows = [json.loads(line) for line in (folder / "wmt_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows}
    spun = [json.loads(line) for line in (folder / "rewritten_wordnet.jsonl").read_text(encoding="utf-8").splitlines()]
    copies = [(texts[row["base_id"]], row["text"]) for row in spun if row["base_id"] in texts][::8][:60]
    by_document: dict[str, list[str]] = {}
    for row in rows:
        by_document.setdefault(row["doc_id"], []).append(row["text"])
    others = [(two[0], two[1]) for two in by_document.values() if len(two) > 1][:60]
    shares = [sum(map(_taken, pairs)) / len(pairs) for pairs in (copies, others)]
    assert shares[0] >= 0.85
    assert shares[1] <= 0.05


def _taken(pair: tuple[str, str]) -> bool:
    articles = [Article(name, name, text, published=f"2023-01-0{day}")
                for day, (name, text) in enumerate(zip("ab", pair, strict=True), 1)]  # fmt: skip
    texts = {one.id: one.text for one in articles}
    pairs = reuse_of(sketch(parse(articles), {}), texts.__getitem__)
    return any(log_odds(swaps(one, texts[one.a], texts[one.b])) > 0 for one in pairs)
