"""`--redact-text`: what is shared holds the words of evidence, and nowhere a longer piece of an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.redact import COVER, IN_A_ROW, SHARE, covered
from tests.core.test_cli import call
from tests.faults.running import write

TAG = re.compile(r"<[^>]*>")
MARKS = re.compile(r"[\W_]+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every stretch of one word more than may stand in a row."""
    words = [bare.lower() for word in text.split() if (bare := MARKS.sub("", word))]
    return {tuple(words[at : at + IN_A_ROW + 1]) for at in range(len(words) - IN_A_ROW)}


def contents(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything that a reader of the folder can get at, as plain text."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".parquet":
            frame = pd.read_parquet(path)
            for column in frame.columns:
                for value in frame[column].map(str, na_action=None):
                    yield path, value
        else:
            text = path.read_text(encoding="utf-8", errors="replace")
            yield path, unescape(TAG.sub("", text)) if path.suffix == ".html" else text


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    return {item.id: item.text for item in audit.read([root / "seeds"]) if isinstance(item, audit.Article)}


@pytest.fixture(scope="module")
def shared_out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A redacted run of the demonstration corpus."""
    folder = tmp_path_factory.mktemp("redacted") / "out"
    audit.run([root / "seeds"], folder, redact=True, workers=1)
    return folder


def test_no_file_holds_a_long_piece_of_an_article(shared_out: Path, texts: dict[str, str]) -> None:
    whole = set().union(*map(runs, texts.values()))
    assert len(whole) > 3000
    for path, text in contents(shared_out):
        assert not runs(text) & whole, path


def test_what_was_measured_is_not_left_behind(shared_out: Path) -> None:
    assert sorted(path.name for path in (shared_out / ".audit").iterdir()) == ["lock", "timings.json"]


def test_offsets_still_hold(shared_out: Path, texts: dict[str, str]) -> None:
    results = audit.Results(shared_out)
    articles = results.frame("articles").set_index("id")["text"]
    for id, text in articles.items():
        assert len(text) == len(texts[str(id)])
        assert all(ours in (COVER, theirs) for ours, theirs in zip(text, texts[str(id)], strict=True))
    for row in results.frame("evidence").itertuples():
        assert row.text == articles[row.article][row.start : row.end]
    for row in results.frame("claims").itertuples():
        assert row.text == articles[row.article][row.start : row.end]


def test_the_counts_are_those_of_the_whole_texts(tmp_path: Path) -> None:
    corpus = write(tmp_path / "in", range(6))
    whole, redacted = (audit.run([corpus], tmp_path / f"{on}", redact=on, workers=1) for on in (False, True))
    assert redacted.audit == {**whole.audit, "redacted": True}
    for name in ("measures", "scores", "differences", "speakers"):
        assert getattr(redacted, name).equals(getattr(whole, name)), name
    assert len(redacted.evidence) == len(whole.evidence) > 20


def test_a_finished_run_can_be_redacted_afterwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str]
) -> None:
    sentence = "The council of Eldmoor agreed on Monday that the ferry to Sarn will not sail again before the spring "
    text = "\n\n".join(sentence + f"and that {number} crews may look for other work." for number in range(9))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "post.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    assert call(capsys, "run", tmp_path / "in", "-o", out)[0] == 0
    assert any(runs(found) & runs(text) for _, found in contents(out))
    for words in (("report", out, "--redact-text"), ("report", out)):  # the second must not bring the text back
        assert call(capsys, *words)[0] == 0
        assert not any(runs(found) & runs(text) for _, found in contents(out))
        assert json.loads((out / "audit.json").read_text(encoding="utf-8"))["redacted"] is True
    assert call(capsys, "run", tmp_path / "in", "-o", out)[0] == 0
    assert "redacted" not in json.loads((out / "audit.json").read_text(encoding="utf-8"))


@st.composite
def evidence(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    text = draw(st.text(alphabet=st.sampled_from("ab \n\u202eé"), max_size=400))
    rows: list[dict[str, object]] = []
    for _ in range(draw(st.integers(0, 30))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        rule = draw(st.sampled_from(["epistemic", "disputed", "alone"]))
        rows.append({"rule": rule, "start": start, "end": end, "weight": draw(st.sampled_from([0.5, 1.0]))})
    return text, rows


@given(evidence())
def test_the_bounds_hold_for_any_text(given: tuple[str, list[dict[str, object]]]) -> None:
    text, rows = given
    found = covered(text, rows)
    assert len(found) == len(text)
    assert all(ours in (COVER, theirs) for ours, theirs in zip(found, text, strict=True))
    shown = [word for word in re.findall(r"\S{1,40}", found) if COVER not in word]
    assert len(shown) <= SHARE * len(re.findall(r"\S{1,40}", text))
    stretches = [stretch.split() for stretch in re.split(COVER, found)]
    assert max(map(len, stretches), default=0) <= IN_A_ROW
