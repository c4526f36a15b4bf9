"""The rows of a piece are made once: what stays is taken up, what changes is made again, what is damaged as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import pipeline, tabulation
from audit.records import Article
from audit.settings import load as settings
from audit.tabulation import PIECE, SMALL, pieces
from tests.engine.runs import corpus, digest, parts, place

MANY = [Article(f"{number:05}", "s", "") for number in range(3_000)]


def ids(articles: list[Article]) -> set[tuple[str, ...]]:
    return {tuple(article.id for article in articles[piece]) for piece in pieces(articles)}


def test_pieces_are_the_partition_and_none_is_much_larger_than_others() -> None:
    sizes = [len(MANY[piece]) for piece in pieces(MANY)]
    assert sum(sizes) == len(MANY)
    assert min(sizes[1:-1]) > PIECE
    assert PIECE < sum(sizes) / len(sizes) < 3 * PIECE
    assert max(sizes) < 8 * PIECE
    assert [pieces(MANY[:count]) for count in (1, SMALL)] == [[slice(0, 1)], [slice(0, SMALL)]]


def test_one_article_more_or_less_changes_few_pieces() -> None:
    before = ids(MANY)
    changed = [len(before - ids([*MANY[:at], *MANY[at + 1:]])) for at in range(0, 3_000, 100)]
    assert max(changed) <= 3
    assert sum(changed) < 1.5 * len(changed)


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus in one partition."""
    return place(tmp_path_factory.mktemp("tabulation"), corpus(root), partition=500)


def audit(folder: Path, out: str, rows: list[str], made: list[int] | None = None, **more: bool) -> dict[str, str]:
    """A run in pieces of few articles; `made` is how many articles were tabulated."""
    (folder / "some.jsonl").write_text("\n".join(rows), encoding="utf-8")
    tabulate = tabulation.tabulate

    def watched(articles: list[Article], *rest: object) -> object:
        if made is not None:
            made.append(len(articles))
        return tabulate(articles, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabulation, "PIECE", 1)
        patch.setattr(tabulation, "SMALL", 1)
        patch.setattr(tabulation, "tabulate", watched)
        pipeline.run([folder / "some.jsonl"], folder / out, settings=settings(), workers=1, **more)
    return digest(folder / out)


def test_added_changed_and_removed_articles_leave_other_pieces_as_they_are(folder: Path) -> None:
    rows = (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    alone = rows[0].replace('"text": "', '"text": "Nobody else tells of the lighthouse at Skerry. ')
    for some in (rows[2:], rows, [alone, *rows[1:]], rows[1:]):
        made: list[int] = []
        found = audit(folder, "grown", some, made)
        assert found == audit(folder, "anew", some, fresh=True)
    whole: list[int] = []
    audit(folder, "anew", rows[1:], whole, fresh=True)
    assert sum(made) < sum(whole) == len(rows) - 1
    made = []
    assert audit(folder, "grown", rows[1:], made) == found
    assert not made
    assert parts(folder / "grown", "rows").keys() == parts(folder / "anew", "rows").keys()  # the rest is dropped


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:40] + b"?" + data[41:], lambda data: b""])
def test_a_damaged_piece_is_made_again(folder: Path, harm: object) -> None:
    rows = (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    before = audit(folder, "harmed", rows)
    path = next((folder / "harmed" / ".audit" / "parts").glob("*.rows"))
    whole = path.read_bytes()
    path.write_bytes(harm(whole))  # type: ignore[operator]
    made: list[int] = []
    assert audit(folder, "harmed", rows, made) == before
    assert len(made) == 1
    assert path.read_bytes() == whole


def test_a_run_that_ends_amid_its_pieces_takes_up_those_it_has(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    tabulate, made = tabulation.tabulate, 0

    def killed(*given: object) -> object:
        nonlocal made
        made += 1
        if made == 3:
            raise KeyboardInterrupt
        return tabulate(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(tabulation, "tabulate", killed)
        with pytest.raises(KeyboardInterrupt):
            audit(folder, "cut", rows)
    assert len(parts(folder / "cut", "rows")) == 2
    again: list[int] = []
    assert audit(folder, "cut", rows, again) == audit(folder, "uncut", rows)
    assert len(again) == len(parts(folder / "uncut", "rows")) - 2


def test_nothing_is_kept_of_a_redacted_run(folder: Path) -> None:
    rows = (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    audit(folder, "redacted", rows, redact=True)
    assert not parts(folder / "redacted", "rows")
