"""Sources of one owner, as the manifest says, are not independent: neither confirms what the other tells."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from audit import pipeline

TEXTS = {
    "alpha": "Bridge over the Lorne to close\n\nMay 3, 2021\n\n"
    "The bridge over the Lorne will close on Monday for 14 weeks, the county engineer Ada Finch said. Repairs "
    "will cost 3.2 million crowns. Some 4,100 cars cross the bridge each day, according to the county. The "
    "detour by way of Harrow adds twenty minutes.",
    "beta": "County shuts the Lorne bridge\n\nMay 3, 2021\n\n"
    "County engineer Ada Finch announced that the Lorne bridge is to shut for 14 weeks from Monday. It will "
    "cost 3.2 million crowns to repair. About 4,100 cars use it every day. Drivers can go through Harrow, "
    "which takes twenty minutes longer.",
    "gamma": "Lorne bridge shut from Monday\n\nMay 4, 2021\n\n"
    "For 14 weeks no car will cross the Lorne bridge, said Ada Finch, engineer of the county. The work costs "
    "3.2 million crowns. Each day 4,100 cars cross there. The way round through Harrow takes twenty minutes "
    "more.",
}  # fmt: skip
OWNED = '\nowner = "Northern Media"'


@pytest.mark.parametrize(("owned", "pairs", "told_by_two"), [
    ((), {("alpha", "beta"), ("alpha", "gamma"), ("beta", "gamma")}, {"alpha", "beta", "gamma"}),
    (("alpha", "beta"), {("alpha", "gamma"), ("beta", "gamma")}, set()),
    (("alpha", "beta", "gamma"), set(), set()),
])  # fmt: skip
def test_who_confirms_whom(
    tmp_path: Path, owned: tuple[str, ...], pairs: set[tuple[str, str]], told_by_two: set[str]
) -> None:
    tables = []
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "a.txt").write_text(text, encoding="utf-8")
        tables.append(f'[[source]]\nid = "{name}"{OWNED if name in owned else ""}\n')
    (tmp_path / "in" / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    results = pipeline.run([tmp_path / "in"], tmp_path / "out", workers=1)
    source = dict(zip(results.articles["id"], results.articles["source"], strict=True))
    frame: pd.DataFrame = results.claim_pairs
    assert {tuple(sorted((source[a], source[b]))) for a, b in zip(frame["a"], frame["b"], strict=True)} == pairs
    omitted = results.measures[results.measures["feature"] == "agreement.omitted"]
    assert set(omitted["source"][omitted["base"] > 0]) == told_by_two
