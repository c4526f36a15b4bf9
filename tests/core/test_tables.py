"""Speakers counted by columns are those counted one by one; scores of articles stand where the reference puts them."""

from __future__ import annotations

import json
from collections import Counter

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from audit import tables
from audit.tabulation import SCORE, STATEMENT

STATED = st.fixed_dictionaries({
    "source": st.sampled_from(["Bugle", "Øst"]), "speaker": st.sampled_from(["Ada Quill", "a clerk", "Östen"]),
    "kind": st.sampled_from(["named", "role", "vague"]), "mode": st.sampled_from(["direct", "mixed", "indirect"]),
    "article": st.sampled_from(["a1", "a2", "a3"]), "story": st.sampled_from(["", "s1", "s2"]),
})


def counted(statements: list[dict[str, str]]) -> list[dict[str, object]]:
    rows = []
    for source, speaker in {(one["source"], one["speaker"]) for one in statements}:
        mine = [one for one in statements if (one["source"], one["speaker"]) == (source, speaker)]
        kinds = Counter(one["kind"] for one in mine)
        rows.append({
            "source": source, "speaker": speaker, "kind": min(kinds, key=lambda kind: (-kinds[kind], kind)),
            "statements": len(mine), "direct": sum(one["mode"] != "indirect" for one in mine),
            "articles": len({one["article"] for one in mine}),
            "stories": json.dumps(sorted({one["story"] for one in mine} - {""}), separators=(",", ":")),
        })
    return sorted(rows, key=lambda row: (row["source"], -row["statements"], row["speaker"]))


@given(st.lists(STATED, max_size=25))
def test_speakers_are_counted_by_source(statements: list[dict[str, str]]) -> None:
    assert tables.speakers(pa.Table.from_pylist(statements, STATEMENT)).to_pylist() == counted(statements)


def test_scores_of_articles_have_six_digits_and_a_place() -> None:
    rows = [{"subject": "a1", "feature": "x", "value": 0.12345678, "low": None, "high": 0.5, "n": 1}]
    found = tables.article_scores(pa.Table.from_pylist(rows, SCORE), lambda feature, value, level: 100 * value)
    assert found.schema == tables.schema("scores")
    assert found.to_pylist() == [{
        "subject": "a1", "level": "article", "feature": "x", "value": 0.123457, "low": None, "high": 0.5, "n": 1,
        "count": None, "base": None, "percentile": 12.345678, "rank": None, "absent": None,
    }]  # fmt: skip
