"""What a run takes up of an earlier one, what a change makes it do again, and how it ends when it is interrupted."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audit import kept, partition, pipeline
from audit.records import Article
from audit.settings import load as settings
from tests.engine.runs import WORDS, corpus, digest, environment, parts, place, run

NEW = 2
"""Articles that are added to a finished run."""


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All articles but a few, all articles, and a finished run of the former."""
    rows = corpus(root)
    made = place(tmp_path_factory.mktemp("resume"), rows)
    (made / "most.jsonl").write_text("\n".join(rows[NEW:]), encoding="utf-8")
    run(made, "most.jsonl", "grown", "--workers", "1")
    return made


def test_added_articles_alone_are_measured_and_the_bytes_are_those_of_a_new_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []
    measure = partition.measure

    def watched(articles: list[Article], *rest: object) -> object:
        measured.extend(article.id for article in articles)
        return measure(articles, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(partition, "measure", watched)
    given = settings(folder / "settings.toml")
    pipeline.run([folder / "all.jsonl"], folder / "grown", settings=given, workers=1)
    assert len(measured) == NEW
    pipeline.run([folder / "all.jsonl"], folder / "anew", settings=given, workers=1)
    assert len(measured) == 2 * NEW + len((folder / "most.jsonl").read_text().splitlines())
    assert digest(folder / "grown") == digest(folder / "anew")


@pytest.mark.parametrize(("change", "again"), [
    ("[score]\nseed = 7\n", {"comparison"}),
    ("[compare]\nwindow_days = 3\n", {"comparison"}),
    ("[report]\nstanding_out = 2\n", set()),
])
def test_a_changed_setting_does_again_what_depends_on_it(folder: Path, change: str, again: set[str]) -> None:
    run(folder, "all.jsonl", "anew", "--workers", "1")
    before = {kind: parts(folder / "anew", kind) for kind in ("measured", "comparison")}
    text = (folder / "settings.toml").read_text(encoding="utf-8")
    try:
        (folder / "settings.toml").write_text(text + change, encoding="utf-8")
        run(folder, "all.jsonl", "anew", "--workers", "1")
    finally:
        (folder / "settings.toml").write_text(text, encoding="utf-8")
    assert {kind for kind, files in before.items() if parts(folder / "anew", kind) != files} == again
    assert len(parts(folder / "anew", "comparison")) == 1


def test_a_changed_model_is_another_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    from audit import version

    known = version.digests()
    for name, other in (("hedging", True), ("stories", False)):
        before, compared = version.measuring(), version.comparing(settings())
        changed = known | {"models": known["models"] | {name: "0" * 64}}
        with monkeypatch.context() as patch:
            patch.setattr(version, "digests", lambda changed=changed: changed)
            assert (version.measuring() != before) is other
            assert version.comparing(settings()) != compared


def test_fresh_measures_everything_again(folder: Path) -> None:
    run(folder, "all.jsonl", "anew", "--workers", "1")
    before, report = parts(folder / "anew", "measured"), digest(folder / "anew")
    run(folder, "all.jsonl", "anew", "--workers", "1", "--fresh")
    after = parts(folder / "anew", "measured")
    assert after.keys() == before.keys()
    assert all(after[name] > before[name] for name in after)
    assert digest(folder / "anew") == report


def test_a_page_that_was_changed_by_hand_is_written_again(folder: Path) -> None:
    run(folder, "all.jsonl", "anew", "--workers", "1")
    report = digest(folder / "anew")
    page = min((folder / "anew" / "articles").iterdir())
    page.write_text("changed", encoding="utf-8")
    run(folder, "all.jsonl", "anew", "--workers", "1")
    assert digest(folder / "anew") == report


def test_what_is_measured_does_not_depend_on_the_company(folder: Path) -> None:
    articles = pipeline.read([str(folder / "all.jsonl")], settings()).articles
    measured, sketches = partition.measure(articles, settings())
    for index, article in enumerate(articles):
        alone, sketch = partition.measure([article], settings())
        assert alone.findings == {name: [found[index]] for name, found in measured.findings.items()}, article.id
        assert sketch == sketches[index : index + 1]


def until(happened: Callable[[], object], what: str) -> None:
    """Waits a minute at most."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.02)


def started(folder: Path, out: str, *more: str) -> subprocess.Popen[str]:
    words = [*WORDS, *more, "run", "all.jsonl", "-o", out, "--settings", "settings.toml", "--workers", "2"]
    # a job that a shell runs in the background is told to ignore Ctrl-C, and hands that on
    return subprocess.Popen(words, cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True,
                            start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def below(pid: int) -> list[int]:
    """All processes that a process has started, and those of theirs."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        pytest.skip("the processes of this system cannot be listed")
    found = [int(child) for child in children.read_text().split()]
    return [one for child in found for one in (child, *below(child))]


def runs(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("group", [False, True])
def test_ctrl_c_stops_within_a_second_and_says_how_to_go_on(folder: Path, group: bool) -> None:
    """A terminal sends the signal to every process of the group, `kill -INT` to the first one alone."""
    took = [interrupted(folder, f"stopped-{group}", os.killpg if group else os.kill)]
    crowd = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # on a machine with other work a second takes longer
    while min(took) >= crowd and len(took) < 4:
        took.append(interrupted(folder, f"stopped-{group}-{len(took)}", os.killpg if group else os.kill))
    assert min(took) < crowd


def interrupted(folder: Path, out: str, kill: Callable[[int, int], None]) -> float:
    """Seconds from the signal to the end of a run, which must have said what to do."""
    with started(folder, out) as process:
        until(lambda: parts(folder / out, "measured"), "the first partition")
        workers = below(process.pid)
        began = time.monotonic()
        kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        took = time.monotonic() - began
    assert process.returncode == 130
    assert said.rstrip().endswith("interrupted; the same command goes on where it stopped")
    assert "Traceback" not in said
    until(lambda: not [pid for pid in workers if runs(pid)], "the end of the workers")
    assert not (folder / out / "index.html").exists()
    return took


def test_workers_end_with_the_run_that_was_killed(folder: Path) -> None:
    with started(folder, "killed", "-q") as process:
        until(lambda: parts(folder / "killed", "measured"), "the first partition")
        workers = below(process.pid)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert workers
    until(lambda: not [pid for pid in workers if runs(pid)], "the end of the workers")


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:9] + b"?" + data[10:], lambda data: b""])
def test_a_damaged_file_is_noticed(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "some.kept"
    kept.write(path, {"a": [1, 2, 3]})
    assert kept.whole(path)
    assert kept.read(path, dict[str, list[int]]) == {"a": [1, 2, 3]}
    path.write_bytes(harm(path.read_bytes()))
    assert not kept.whole(path)
    with pytest.raises(kept.Damaged):
        kept.read(path, dict[str, list[int]])


def test_partitions_are_even_also_for_ids_that_were_sampled_by_their_digest() -> None:
    ids = (f"n{number}" for number in range(40_000))
    low = [name for name in ids if hashlib.sha256(name.encode()).digest()[0] < 64]
    sizes = [len(part) for part in partition.split([Article(name, "s", "") for name in low], 500).values()]
    assert sum(sizes) == len(low)
    assert max(sizes) < 500
    assert min(sizes) > 200
