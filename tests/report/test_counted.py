"""Where a signal marks more than one thing, its heading says how many of each there are."""

from __future__ import annotations

import re

from audit.report.names import source_page
from audit.results import Results

HEADING = re.compile(r'\d+ of ([\d,]+) marks, in their context <span class="of">([^<]*)</span>')


def test_marks_of_several_kinds_add_up(demo: Results) -> None:
    told = 0
    for source, slug in zip(demo.sources["id"], demo.sources["slug"], strict=True):
        features = demo.evidence_of(source)["feature"].value_counts()
        page = (demo.directory / source_page(slug)).read_text(encoding="utf-8")
        for total, kinds in HEADING.findall(page):
            counts = {title: int(number) for number, title in re.findall(r"([\d,]+) for (.+?)(?:, | and |$)", kinds)}
            assert sum(counts.values()) == int(total.replace(",", ""))
            if "attribution density" in counts:
                assert counts["attribution density"] == features["attribution"]
                assert counts["statements at second hand"] == features["attribution.nested"]
                told += 1
    assert told
