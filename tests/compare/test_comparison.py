"""Stories, voices, claims and what they add up to."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest

from audit.compare import compare, quantities, sketch
from audit.compare.findings import ALONE
from audit.compare.sketch import Sketch
from audit.parse import parse
from audit.records import Article, Comparison
from tests.compare.corpus import ORCHARD, STRIKE, STRIKE_ELSEWHERE, article, compared
from tests.compare.found import linked, stories_of

CORPUS = [
    article("wire", STRIKE), article("reprint", STRIKE, day="2023-03-07", credit="wire"),
    article("other", STRIKE_ELSEWHERE), article("apples", ORCHARD, day="2023-04-21"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compared(CORPUS)


def measure(comparison: Comparison, article_id: str, feature: str) -> tuple[float, float, str | None]:
    (one,) = [one for one in comparison.findings[article_id].measures if one.feature == feature]
    return one.count, one.base, one.absent


def test_one_event_is_one_story(found: Comparison) -> None:
    assert [sorted(story.articles) for story in found.stories] == [["other", "reprint", "wire"]]
    assert (found.stories[0].first, found.stories[0].last) == ("2023-03-06", "2023-03-07")


def test_a_reprint_is_no_second_voice(found: Comparison) -> None:
    assert found.voices == {"reprint": "wire"}
    articles = {claim.id: claim.article for claim in found.claims}
    assert all({articles[pair.a], articles[pair.b]} != {"wire", "reprint"} for pair in found.claim_pairs)


def test_claims_agree_and_dispute_with_both_values(found: Comparison) -> None:
    reasons = {(pair.relation, pair.reason) for pair in found.claim_pairs}
    assert ("disputes", "980 and 1,240 for drivers") in reasons
    assert any(relation == "agrees" and "140,000" in reason for relation, reason in reasons)


def test_measures_add_up(found: Comparison) -> None:
    for name in ("wire", "reprint", "other"):
        confirmed, base, absent = measure(found, name, "agreement.confirmed")
        alone = measure(found, name, "agreement.alone")[0]
        assert absent is None
        assert 0 < confirmed <= base
        assert alone < base
    assert measure(found, "apples", "agreement.confirmed")[2] == ALONE
    assert measure(found, "reprint", "agreement.copied")[0] >= 80
    assert measure(found, "wire", "agreement.copied")[0] == 0
    assert {one.feature for one in found.findings["wire"].measures} == {one.feature for one in quantities}


def test_evidence_marks_spans_and_names_the_other(found: Comparison) -> None:
    texts = {one.id: one.text for one in CORPUS}
    rules = set()
    for name, finding in found.findings.items():
        for one in finding.evidence:
            rules.add(one.rule)
            assert 0 <= one.start < one.end <= len(texts[name])
    assert {"confirmed", "disputed", "alone", "copied"} <= rules


def test_sources_of_one_owner_do_not_confirm_each_other() -> None:
    owned = compared(CORPUS, {"wire": "Trust", "reprint": "Trust", "other": "Trust"})
    assert owned.claim_pairs == ()
    assert len(compared(CORPUS).claim_pairs) > 0


def test_what_two_independent_others_tell_is_left_out() -> None:
    third = "The tram strike in Oskendal went on. A mediator of the district court was offered by Mayor Hedda Brunsvik."
    corpus = [*CORPUS[:1], CORPUS[2], article("third", third + " No tram of Norlinjen left the northern depot.")]
    count, base, _ = measure(compared(corpus), "third", "agreement.omitted")
    assert 0 < count <= base


def test_the_order_of_the_input_does_not_matter(found: Comparison) -> None:
    shuffled = list(CORPUS)
    random.Random(4).shuffle(shuffled)
    assert compared(shuffled) == found


def test_undated_articles_are_compared_with_a_warning() -> None:
    undated = compared([Article(id=one.id, source=one.source, text=one.text) for one in CORPUS])
    assert sorted(undated.stories[0].articles) == ["other", "reprint", "wire"]
    assert "no date" in undated.notes[0]


def test_an_empty_corpus_and_empty_texts() -> None:
    assert compared([]).stories == ()
    assert compared([article("a", ""), article("b", "")]).pairs == ()


def test_a_sketch_survives_its_row() -> None:
    import msgspec

    (one,) = sketch(parse([CORPUS[0]]), {})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Sketch) == one


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([(0, 1, 3.0), (1, 2, 3.0), (0, 2, 3.0)], [0, 0, 0, 3]),
        ([(0, 1, 3.0), (1, 2, 1.0)], [0, 0, 2, 3]),
        ([(0, 1, -1.0)], [0, 1, 2, 3]),
        ([], [0, 1, 2, 3]),
    ],
)
def test_average_linkage(edges: list[tuple[int, int, float]], expected: list[int]) -> None:
    assert linked(4, edges, 0.0, -8.0) == expected


@pytest.mark.parametrize(("name", "dated", "floor"), [("allsides_dev", True, 0.965), ("basil", False, 0.97)])
def test_floor_of_stories(shared: Path, name: str, dated: bool, floor: float) -> None:
    lines = (shared / "data" / "stories" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    articles = [
        Article(id=row["id"], source=row["source"], text=row["text"], title=row["title"],
                published=row["published"] if dated else None)
        for row in rows
    ]  # fmt: skip
    story = {name_: one.id for one in stories_of(sketch(parse(articles), {})) for name_ in one.articles}
    gold, ours = defaultdict(set), defaultdict(set)
    for row in rows:
        gold[row["story"]].add(row["id"])
        ours[story.get(row["id"], row["id"])].add(row["id"])
    shared_ = [(gold[row["story"]], ours[story.get(row["id"], row["id"])]) for row in rows]
    precision = sum(len(g & o) / len(o) for g, o in shared_) / len(rows)
    recall = sum(len(g & o) / len(g) for g, o in shared_) / len(rows)
    assert 2 * precision * recall / (precision + recall) >= floor


def test_floor_of_reuse(shared: Path) -> None:
    folder = shared / "data" / "reuse"
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()][::6]
    wanted = {name for row in gold for name in (row["a"], row["b"])}
    articles = [Article(**row) for row in rows if row["id"] in wanted]
    texts = {one.id: one.text for one in articles}
    pairs = compare(sketch(parse(articles), {}), texts.__getitem__).pairs
    reused = {frozenset((pair.a, pair.b)) for pair in pairs if pair.kind != "same-story"}
    hits = [(row["label"], frozenset((row["a"], row["b"])) in reused) for row in gold]
    right = sum(label == 1 and hit for label, hit in hits)
    assert right / sum(hit for _, hit in hits) >= 0.98
    assert 2 * right / (sum(label for label, _ in hits) + sum(hit for _, hit in hits)) >= 0.95
