"""Plain dicts in, pages out: one strict, autoescaped environment, and a policy that lets a page run only itself."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from audit.redact import COVER
from audit.report.cells import cells, columns, lines, periods
from audit.report.view.say import Run, web

STYLES = {
    "index": ("base", "charts", "compare", "bias"),
    "source": ("base", "charts", "compare", "quotes", "source", "bias"),
    "article": ("base", "article"),
    "story": ("base", "quotes", "story", "bias"),
    "read": ("base", "read"),
    "changed": ("base", "charts", "compare", "source"),
    "mail": ("base", "charts", "compare", "quotes", "source", "article", "bias"),
}
"""The style sheets of each kind of page, in order."""

SCRIPTED = ("index", "source", "story")
"""Kinds of pages with a script; a page with the text of articles, which comes from outside, runs none at all."""

FOLDER = Path(__file__).parent / "templates"
COMMENT = re.compile(r"/\*[^*]*\*/")
INDENT = re.compile(r"\n\s*")
AROUND = re.compile(r"\s*([{};,])\s*")
BLANK = re.compile(r"\n\s*\n")
SPACES = re.compile(r"\s+")
COVERED = re.compile(f"{COVER}+(?:\\s+{COVER}+)*")
MARKDOWN = re.compile(r"([\\`*_{}\[\]#|<>~&])")


class Plain(Environment):
    """Templates whose values are plain dicts: `row.name` looks for the key first, and only then for an attribute."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment() -> Environment:
    """Where HTML is made: every value is escaped, and a name that a template misspells is an error."""
    made = Plain(
        loader=PackageLoader("audit.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals.update(cells=cells, lines=lines, periods=periods)
    made.globals.update(scripted=SCRIPTED, style=style, script=asset("script.js"), policy=policy)
    made.filters.update(at=_at, web=web)
    return made


@cache
def markdown() -> Environment:
    """Where Markdown is made: every value has its marks escaped, so that no title can become a heading or a link."""
    made = Plain(
        loader=PackageLoader("audit.report"),
        autoescape=False,  # Markdown has its own escapes, in finalize
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    made.globals.update(cells=columns)
    return made


def _shown(value: Any) -> Any:
    return "" if value is None else value


STAR = Markup("**")
"""A mark of Markdown that a template prints itself."""


def _plain(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    return "" if value is None else _one_line(str(value))


@lru_cache(maxsize=4096)
def _one_line(text: str) -> str:
    """Words for Markdown: what a signal is stands in each report."""
    return MARKDOWN.sub(r"\\\1", SPACES.sub(" ", text))


@pass_context
def _at(context: Context, href: str) -> str:
    """A path from the root of the report, as seen from this page; a fragment stays on the page."""
    return href if href.startswith("#") else f"{context['root']}{href}"


@cache
def asset(name: str) -> Markup:
    """A style sheet or script of the package without comments and indents; it is our own, so it is not escaped."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    bare = INDENT.sub("\n", COMMENT.sub("", text)).strip()
    return Markup(AROUND.sub(r"\1", bare) if name.endswith(".css") else bare)  # noqa: S704 - a file of this package


@cache
def style(kind: str) -> Markup:
    """The style sheet of one kind of page."""
    return Markup("\n").join(asset(f"style/{name}.css") for name in STYLES[kind])


@cache
def policy(kind: str) -> str:
    """The Content-Security-Policy of one kind of page: its own style and script, by digest, and nothing else."""
    script = _digest(str(asset("script.js"))) if kind in SCRIPTED else "'none'"
    styles = _digest(str(style(kind)))
    return f"default-src 'none'; style-src {styles}; script-src {script}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(template: str, root: str, **view: Any) -> str:
    """One HTML page. `root` is the way from the page's folder to the root of the report: empty, or `../`."""
    return environment().get_template(template).render(root=root, **view)


def text(template: str, root: str, **view: Any) -> str:
    """One Markdown page, with no more than one empty line in a row."""
    return BLANK.sub("\n\n", markdown().get_template(template).render(root=root, star=STAR, **view)).strip() + "\n"


def uncovered(content: str, *, redact: bool) -> str:
    """A page on which, if the report is redacted, an ellipsis in brackets stands for covered words."""
    return COVERED.sub("[…]", content) if redact else content


def encoded(content: str, *, redact: bool = False) -> bytes:
    """A page as the same bytes on every system; what no encoding holds becomes a question mark."""
    return uncovered(content, redact=redact).encode("utf-8", "replace")


def save(path: Path, content: str, *, redact: bool = False) -> None:
    """Write a page."""
    write(path, encoded(content, redact=redact))


def write(path: Path, content: bytes) -> None:
    """Write a page that is encoded already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


__all__ = ["Run", "asset", "encoded", "page", "policy", "save", "text", "write"]
