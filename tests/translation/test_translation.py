"""The signal as a whole: probabilities, intervals, absence, evidence; and how well it does on the data folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from audit.extract.translation import LEAST_WORDS, TOO_SHORT, extract, features, typesetting
from audit.extract.translation.document import (
    MOST_AGAINST,
    MOST_FOR_PEOPLE,
    READINGS,
    Head,
    interval,
    reading,
    softmax,
)
from audit.extract.translation.weights import stored
from audit.parse import parse
from audit.records import Article, Finding
from audit.train.translation_restyle import STYLES

PLAIN = (
    "The city council voted on Tuesday to repair the old bridge before winter. Officials said the work would cost "
    "about three million dollars and take four months. Residents who live near the river have complained for "
    "years that the bridge is too narrow for trucks. The mayor told reporters that the money would come from last "
    "year's surplus. A second vote is expected in June, when the council will decide who gets the contract. "
    "Traffic will be sent over the northern bridge while the work goes on, and buses will run every ten minutes."
)
SPUN = (
    "The metropolis chamber cast a ballot on Tuesday to mend the antique extension prior to winter. Authorities "
    "expressed the labor could fee approximately three million bucks and seize four months. Occupants who reside "
    "close to the waterway have grumbled for quite a long time that the scaffold is excessively thin for trucks. "
    "The civic chairman informed columnists that the cash could come from final year's overflow. A subsequent "
    "ballot is anticipated in June, while the chamber will determine who receives the agreement. Movement will be "
    "dispatched over the northern extension whilst the labor is going on, and transports will sprint each ten "
    "minutes."
)


def scan(*texts: str) -> list[Finding]:
    return extract(parse([Article(str(number), "test", text) for number, text in enumerate(texts)]))


def value(finding: Finding, feature: str = "translation") -> float:
    return next(score.value for score in finding.scores if score.feature == feature)


def test_a_plain_report_is_not_flagged_and_a_spun_one_is() -> None:
    plain, spun = scan(PLAIN, SPUN)
    assert value(plain) < 0.5 < value(spun)
    assert value(spun, "translation.machine_rewritten") > value(spun, "translation.machine_translated")


def test_the_score_is_the_sum_of_its_kinds_and_lies_in_its_interval() -> None:
    for finding in scan(PLAIN, SPUN):
        kinds = value(finding, "translation.machine_translated") + value(finding, "translation.machine_rewritten")
        assert value(finding) == pytest.approx(kinds, abs=0.003)
        for score in finding.scores:
            assert 0 <= score.low <= score.value <= score.high <= 1


def test_a_longer_text_has_a_narrower_interval() -> None:
    short, long = scan(PLAIN, " ".join([PLAIN] * 5))
    width = [next(score.high - score.low for score in found.scores if score.feature == "translation.translated")
             for found in (short, long)]
    assert width[1] < width[0]


def test_below_sixty_words_there_is_evidence_but_no_value() -> None:
    finding, = scan("It rained. The old sailor She called for help.")
    assert not finding.scores
    assert [record.rule for record in finding.evidence] == ["stray-capital"]
    absent = {measure.feature: measure.absent for measure in finding.measures}
    assert all(absent[feature] == TOO_SHORT for feature in READINGS)
    assert absent["translation.artefacts"] is None


def test_short_texts_are_called_short() -> None:
    words = PLAIN.split()
    short, long = scan(" ".join(words[: LEAST_WORDS + 20]) + ".", " ".join([PLAIN] * 3))
    assert "short text" in short.scores[0].parts
    assert "short text" not in long.scores[0].parts


def test_evidence_slices_its_text_and_weighs_something() -> None:
    finding, = scan(SPUN)
    assert any(record.rule == "odd-word" for record in finding.evidence)
    for record in finding.evidence:
        assert 0 <= record.start < record.end <= len(SPUN)
        assert record.weight > 0
        assert record.attributes["kind"] in ("machine_translated", "machine_rewritten")


def test_empty_and_wordless_articles_are_taken() -> None:
    for finding in scan("", "...", "   \n"):
        assert not finding.scores


def test_articles_do_not_influence_each_other() -> None:
    together = scan(PLAIN, "", SPUN)
    assert [value(together[0]), value(together[2])] == pytest.approx([value(scan(PLAIN)[0]), value(scan(SPUN)[0])])


def test_the_interval_opens_with_the_error_and_closes_without() -> None:
    head = Head(np.zeros(2), np.ones(2), np.array([[1.0, 0, 0, -1], [0, 1, -1, 0]]), np.zeros(4), np.zeros((2, 4)),
                np.zeros(4))
    logits = head.logits(np.array([[0.5, -0.5]]))
    kinds = READINGS["translation"]
    middle = reading(softmax(logits), kinds)[0]
    for error, wide in ((0.0, False), (0.5, True)):
        low, high = interval(head, np.full((1, 2), error), logits, kinds)
        assert (high[0] - low[0] > 0.05) == wide
        assert low[0] <= middle <= high[0]


def test_typography_moves_a_logit_within_bounds_only() -> None:
    lean = np.array([[1.0, 1, -1, -1]])
    head = Head(np.zeros(1), np.ones(1), np.zeros((1, 4)), np.zeros(4), lean, np.zeros(4))
    logits = head.logits(np.array([[100.0], [-100.0], [0.5]]))
    assert logits[0].tolist() == [MOST_FOR_PEOPLE, MOST_FOR_PEOPLE, -MOST_FOR_PEOPLE, -MOST_FOR_PEOPLE]
    assert logits[1].tolist() == [-MOST_AGAINST, -MOST_AGAINST, MOST_AGAINST, MOST_AGAINST]
    assert logits[2].tolist() == [0.5, 0.5, -0.5, -0.5]


TYPED = [
    ("It\u2019s 5 % \u2013 he said.", {"curved-apostrophe": 1, "spaced-percent-sign": 1, "spaced-en-dash": 1}),
    ("\"It's late,\" she said.", {"straight-quote": 1, "spaced-straight-quote": 1, "stop-then-quote": 1}),
    ("On 5 March, Mr. Hale left.", {"number-month": 1, "mister-stop": 1}),
    ("On March 5 he said \"no\".", {"month-number": 1, "quote-then-stop": 1}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_typographic_features_count_marks(text: str, expected: dict[str, int]) -> None:
    one = parse([Article("a", "test", text)])
    found = dict(zip(typesetting.names(), typesetting.matrix(one)[0], strict=True))
    for name, count in expected.items():
        assert found[f"{name}.any"] == pytest.approx(count / (1 + count))
    assert bool(sum(found.values())) == bool(text)


def test_house_styles_reach_no_feature_that_is_not_typographic() -> None:
    text = "\"It's late,\" she said. The pilot - a friend - wasn't there. \"We can't wait,\" he said."
    plain = ~features.typographic()
    rows = []
    for style in STYLES.values():
        one = parse([Article("a", "test", style(text))])
        rows.append(features.matrix(one, features.signs(one, stored().weights))[0])
    assert rows[0][plain] == pytest.approx(rows[1][plain], abs=0.15)
    assert rows[0][~plain] != pytest.approx(rows[1][~plain], abs=0.15)


STRAIGHT = "\"It's late,\" she said - 'twas '90s talk... 5 - 3"
CURVED = "\u201cIt\u2019s late,\u201d she said \u2013 \u2018twas \u201890s talk\u2026 5 \u2013 3"


def test_restyled_texts_have_one_style() -> None:
    assert STYLES["curved"](STRAIGHT) == CURVED
    assert STYLES["straight"](CURVED) == STRAIGHT


def rows(path: Path, limit: int) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:limit]


@pytest.mark.parametrize("style", ["as it is", *STYLES])
def test_few_real_news_articles_are_flagged_in_any_house_style(shared: Path, style: str) -> None:
    change = STYLES.get(style, str)
    texts = [change(row["text"]) for row in rows(shared / "data/stories/allsides_dev.jsonl", 200)]
    flagged = [value(finding) >= 0.5 for finding in scan(*texts) if finding.scores]
    assert np.mean(flagged) <= 0.03


@pytest.mark.parametrize("style", ["as it is", *STYLES])
def test_few_translations_by_people_are_flagged_in_any_house_style(shared: Path, style: str) -> None:
    change = STYLES.get(style, str)
    found = [row for row in rows(shared / "data/translation/wmt_dev.jsonl", 2000) if row["kind"] == "human_translation"]
    flagged = [value(finding) >= 0.5 for finding in scan(*(change(row["text"]) for row in found)) if finding.scores]
    assert np.mean(flagged) <= 0.1


def test_rule_based_translation_is_flagged(shared: Path) -> None:
    texts = [row["text"] for row in rows(shared / "data/translation/apertium_dev.jsonl", 47)]
    assert np.mean([value(finding) >= 0.5 for finding in scan(*texts)]) >= 0.9


@pytest.mark.parametrize(("number", "kind"), [
    ("000", None), ("001", "machine_rewritten"), ("002", None), ("003", None), ("004", "machine_translated"),
])
def test_real_pages_read_as_what_they_are(shared: Path, number: str, kind: str | None) -> None:
    path, = (shared / "seeds").glob(f"{number}_*.txt")
    finding, = scan(path.read_text(encoding="utf-8"))
    assert (value(finding) >= 0.5) == (kind is not None)
    if kind:
        assert value(finding, f"translation.{kind}") >= 0.5
