"""Pages of hostile articles in a real browser: nothing runs, nothing is asked for, nothing leads away.

Each page is opened twice: as it is, and with its Content-Security-Policy switched off, so that the escaping is seen to
hold without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.test_cli import call
from tests.hostile import payloads

RAN = "document.documentElement.dataset.ran || window.ran"
FOREIGN = """() => [...document.querySelectorAll('*')].flatMap(node => [...node.attributes].map(a => [node.tagName, a]))
    .filter(([tag, a]) => a.name.startsWith('on') || /^(src|srcdoc|action|formaction|background)$/.test(a.name)
        || (/href$/.test(a.name) && !/^(https?:|[.#]|[a-z]+[/.])/.test(a.value)))
    .map(([tag, a]) => `${tag} ${a.name}=${a.value}`)"""

STEP = 3
"""Every third page of each report is opened; by their names these are as good as drawn, and the suite stays short."""


@pytest.fixture(params=[False, True], ids=["as it is", "without its policy"])
def look(request: pytest.FixtureRequest, browser: Any) -> Iterator[Callable[[Path], Any]]:
    """Opens a file, touches all of it, and fails if anything ran, asked for anything or went anywhere."""
    context = browser.new_context(bypass_csp=request.param)
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda sent: sent.url.startswith("file:") or wrong.append(f"asked for {sent.url}"))
    page.on("popup", lambda opened: wrong.append(f"opened {opened.url}"))

    def opened(path: Path) -> Any:
        page.goto(path.resolve().as_uri())
        assert page.url == path.resolve().as_uri()
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        page.evaluate(
            "for (const n of document.querySelectorAll('[tabindex], mark, a, button, input, summary')) "
            "{ n.focus(); n.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})) }"
        )
        assert not page.evaluate(RAN), path
        assert not page.evaluate(FOREIGN), path
        assert not wrong, path
        return page

    yield opened
    context.close()


def test_nothing_of_a_report_runs(hostile: Path, look: Callable[[Path], Any]) -> None:
    paths = sorted(hostile.rglob("*.html"))
    assert len(paths) > 100
    for path in paths[len(paths) % STEP :: STEP]:
        page = look(path)
        assert page.evaluate("document.scripts.length") <= 1
        assert page.evaluate("document.querySelectorAll('iframe, img, object, embed, base, form, link').length") == 0


@pytest.mark.parametrize("command", ["scan", "read"])
def test_nothing_of_a_printed_page_runs(
    command: str, tmp_path: Path, look: Callable[[Path], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    payloads.write(tmp_path / "in")
    code, out, _ = call(capsys, command, tmp_path / "in", "--format", "html")
    assert code == 3
    (tmp_path / "page.html").write_text(out, encoding="utf-8", errors="replace")
    page = look(tmp_path / "page.html")
    assert "ran.example" in page.locator("body").inner_text()  # the words are there, as words


def test_a_page_that_runs_would_be_seen(tmp_path: Path, look: Callable[[Path], Any]) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><title>x</title><body><p>x</p><script>{payloads.RUN}</script>", encoding="utf-8")
    with pytest.raises(AssertionError):
        look(path)
    path.write_text('<!doctype html><title>x</title><a href="javascript:0">x</a>', encoding="utf-8")
    with pytest.raises(AssertionError):
        look(path)
