"""A run killed while the new report takes the place of the old one: the next command, of any kind, completes it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from audit import store
from audit.errors import OutputError
from tests.core.test_cli import call
from tests.core.test_run import digest
from tests.faults.running import seen_whole, whole, write

RENAMES = 1 + 2 * 4 + 2
"""Names that change: the staged folder's, each of four folders twice, each of two files once."""


def staged(work: Path, text: str, files: int) -> None:
    """A report of so many pages, each with this text."""
    folder = store.staging(work)
    for place in ("data", "sources", "articles", "stories"):
        for number in range(files):
            (folder / place / str(number)).write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(text, encoding="utf-8")
    store.write_json(folder / store.MARKER, {"schema": 1, "text": text})


def exchanged(out: Path, text: str, files: int, last: int = 0) -> int:
    """Publish a report in a process of its own, which kills itself before its `last`th rename; gives how it ended."""
    process = os.fork()
    if process == 0:
        with store.opened(out) as work:
            staged(work, text, files)
            renames = 0

            def touch(event: str, _: object) -> None:
                nonlocal renames
                if event == "os.rename":
                    renames += 1
                    if renames == last:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(touch)
            store.publish(out, work)
        os._exit(renames)
    status = os.waitpid(process, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


@pytest.mark.parametrize("last", range(1, RENAMES + 1))
def test_killed_between_any_two_renames(tmp_path: Path, last: int) -> None:
    reports = {}
    for text, files in (("one", 3), ("two", 2)):
        exchanged(tmp_path / text, text, files)
        reports[text] = digest(tmp_path / text)
    out = tmp_path / "out"
    exchanged(out, "one", 3)
    assert exchanged(out, "two", 2, last) == -signal.SIGKILL
    seen_whole(out, list(reports.values()))
    begun = (out / store.WORK / store.READY).is_dir()
    assert begun == (last > 1)
    assert (out / "index.html").read_text(encoding="utf-8") == "one", "the index comes last"
    assert store.read_audit(out)["text"] == ("two" if begun else "one")
    assert digest(out) == reports["two" if begun else "one"]
    assert not {"ready", "old"} & {path.name for path in (out / store.WORK).iterdir()}
    assert exchanged(out, "two", 2) == RENAMES
    assert digest(out) == reports["two"]


def test_what_stands_in_the_way_is_moved_away(tmp_path: Path) -> None:
    """A folder where a file belongs, and a file where a folder belongs, of somebody who said --force."""
    (tmp_path / "index.html").mkdir()
    (tmp_path / "data").write_text("", encoding="utf-8")
    with store.opened(tmp_path, force=True) as work:
        staged(work, "one", 1)
        store.publish(tmp_path, work)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "one"
    assert (tmp_path / "data" / "0").is_file()


@pytest.mark.parametrize("command", [("compare",), ("report",), ("diff",)])
def test_commands_that_read_complete_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    few, more = write(tmp_path / "few", range(6)), write(tmp_path / "more", range(3, 12))
    whole(few, tmp_path / "out")
    wanted = whole(more, tmp_path / "new")
    out, work = tmp_path / "out", tmp_path / "out" / store.WORK
    (tmp_path / "new").rename(work / store.READY)
    (out / "articles").rename(tmp_path / "lost")  # killed after the first of its two renames
    others = (tmp_path / "out",) if command == ("diff",) else ()
    code, said, err = call(capsys, *command, out, *others)
    assert (code, "Traceback" in err) == (0, False), said + err
    assert digest(out) == wanted


def test_a_reader_during_the_exchange_is_told_to_wait(tmp_path: Path) -> None:
    with store.opened(tmp_path) as work:
        staged(work, "one", 1)
        (work / "staging").rename(work / store.READY)
        with pytest.raises(OutputError, match="another run is writing here; wait"):
            store.read_audit(tmp_path)
    assert store.read_audit(tmp_path)["text"] == "one"
