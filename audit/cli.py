"""The command `audit`: parse the words, call the library, exit. Data goes to stdout, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from audit.errors import AuditError

DONE, CROSSED, FAILED, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
SETTINGS = click.option("--settings", type=click.Path(path_type=Path), help="A TOML file that overrides defaults.")
SOURCES = click.option("--sources", type=click.Path(path_type=Path), help="A manifest of sources (sources.toml).")
MAP = click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN",
                   help="Name a table's column, as text=body.")

HANDED = ["html", "md", "json", "csv", "parquet", "xlsx"]


def _from(name: str) -> Any:
    """A module, imported when a command needs it, so that `audit --help` starts at once."""
    return import_module(f"audit.{name}")


def _signals(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    """For completion in a shell: the signals that open with what was typed."""
    return [name for name in _from("extract").extractors() if name.startswith(typed)]


def _explained(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    """For completion in a shell: everything that can be explained and opens with what was typed."""
    return [name for name in _from("explain").names() if name.startswith(typed)]


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        version = _from("version")
        click.echo(f"audit {version.VERSION}")
        for name, digest in sorted(version.digests()["models"].items()):
            click.echo(f"model {name} {digest[:12]}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
              help="Show the version and the digests of the models.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", count=True, help="Say how long each stage took; -vv shows tracebacks.")
@click.pass_context
def cli(context: click.Context, quiet: bool, verbose: int) -> None:
    """Audit news sources: what their own words show about reliability and bias."""
    context.obj = {"quiet": quiet, "verbose": verbose}


def _limit(context: click.Context, _: click.Parameter, values: Sequence[str]) -> list[tuple[str, float]]:
    limits = []
    for value in values:
        feature, number = value.partition("=")[::2]
        try:
            limits.append((feature, float(number)))
        except ValueError as error:
            raise click.BadParameter(f"{value!r} is not FEATURE=NUMBER, as in hedging=0.3") from error
    return limits


@cli.command()
@INPUTS
@click.option("-o", "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
              help="The folder to write.")
@SOURCES
@SETTINGS
@MAP
@click.option("--workers", type=click.IntRange(min=0), help="Processes; 0 is one per core.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", help="Address of a Dask scheduler.")
@click.option("--storage", metavar="ADDRESS",
              help="Keep the files that workers share there, as s3://bucket/run, instead of in OUT. One address a "
                   "report.")
@click.option("--fresh", is_flag=True, help="Measure everything again.")
@click.option("--force", is_flag=True, help="Write into a folder that a run did not make.")
@click.option("--redact-text", is_flag=True, help="Show only the surroundings of evidence, not whole articles.")
@click.option("--format", "forms", multiple=True, type=click.Choice(HANDED),
              help="Also write files to hand on into OUT/handout: html is one page per source, to mail. Repeatable.")
@click.option("--fail-over", multiple=True, callback=_limit, metavar="FEATURE=VALUE",
              help="Exit with 1 when a source's value is above VALUE.")
@click.option("--open", "show", is_flag=True, help="Open the comparison in a browser.")
@click.pass_context
def run(context: click.Context, inputs: tuple[str, ...], out: Path, sources: Path | None, settings: Path | None,
        columns: tuple[str, ...], workers: int | None, engine: str, scheduler: str | None, storage: str | None,
        fresh: bool, force: bool, redact_text: bool, forms: tuple[str, ...], fail_over: list[tuple[str, float]],
        show: bool) -> None:
    """Audit INPUTs into a folder of pages and tables."""
    talk = context.obj
    progress = _from("progress").Progress(quiet=talk["quiet"], verbose=bool(talk["verbose"]))
    results = _from("pipeline").run(
        inputs, out, settings=_from("settings").load(settings), manifest=sources, columns=_columns(columns),
        workers=workers, engine_name=engine, scheduler=scheduler, fresh=fresh, force=force, redact=redact_text,
        storage=storage, progress=progress,
    )
    _from("handout").renew(results, forms)
    skipped = results.audit["skipped"]
    for item in skipped:
        click.echo(f"{item['where']}: {item['reason']}", err=True)
    crossed = _from("limits").crossed(results, fail_over)
    for line in crossed:
        click.echo(line, err=True)
    if not talk["quiet"]:
        click.echo(_from("limits").summary(results), err=True)
    click.echo(out / "index.html")
    if show:
        click.launch(str(out / "index.html"))
    context.exit(PARTLY if skipped else CROSSED if crossed else DONE)


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise click.BadParameter(f"{pair!r} is not FIELD=COLUMN, as in text=body", param_hint="--map")
        columns[field] = column
    return columns


def _articles(inputs: Sequence[str], settings: Path | None, sources: Path | None, columns: Sequence[str],
              skipped: list[Any], places: dict[str, str] | None = None) -> Any:
    """Articles as they stream in; what is skipped is said on stderr and kept in the list."""
    api, records = _from("api"), _from("records")
    given = _from("settings").load(settings)
    for item in api.read(inputs, settings=given, manifest=sources, columns=_columns(columns), places=places):
        if isinstance(item, records.Skipped):
            skipped.append(item)
            click.echo(f"{item.where}: {item.reason}", err=True)
        else:
            yield item


def _streamed(context: click.Context, lines: Any, skipped: list[Any], crossed: Sequence[str] = ()) -> None:
    count = 0
    for line in lines:
        click.echo(line)
        count += 1
    if not count:
        raise _from("errors").InputError("not one article could be read; see the lines above")
    for line in crossed:
        click.echo(line, err=True)
    context.exit(PARTLY if skipped else CROSSED if crossed else DONE)


@cli.command()
@INPUTS
@click.option("--feature", multiple=True, metavar="F", shell_complete=_signals,
              help="Only this signal; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "sarif", "github", "html"]), default="text",
              show_default=True, help="github: annotations of a workflow; sarif: for tools of code review.")
@click.option("--fail-over", multiple=True, callback=_limit, metavar="FEATURE=VALUE",
              help="Exit with 1 when an article's value is above VALUE.")
@SOURCES
@SETTINGS
@MAP
@click.pass_context
def scan(context: click.Context, inputs: tuple[str, ...], feature: tuple[str, ...], form: str,
         fail_over: list[tuple[str, float]], sources: Path | None, settings: Path | None,
         columns: tuple[str, ...]) -> None:
    """Print the evidence in INPUTs (files, folders or -), like a linter."""
    limits = _from("limits")
    names = limits.known_features(feature)
    limits.known_measures(fail_over, names)
    skipped: list[Any] = []
    crossed: list[str] = []
    places: dict[str, str] = {}
    rows = _from("api").scanned(_articles(inputs, settings, sources, columns, skipped, places), names)
    watched = limits.watched(rows, fail_over, places, crossed)
    lines = _from("formats").FORMATS[form](watched, places)
    _streamed(context, lines, skipped, crossed)


@cli.command()
@INPUTS
@click.option("--format", "form", type=click.Choice(["jsonl", "html"]), default="jsonl", show_default=True)
@SOURCES
@SETTINGS
@MAP
@click.pass_context
def read(context: click.Context, inputs: tuple[str, ...], form: str, sources: Path | None,
         settings: Path | None, columns: tuple[str, ...]) -> None:
    """Print what was understood of INPUTs: titles, dates, sources, cleaned text."""
    skipped: list[Any] = []
    rows = _articles(inputs, settings, sources, columns, skipped)
    _streamed(context, _from("reading").FORMATS[form](rows, skipped), skipped)


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
def compare(directory: Path, sources: tuple[str, ...], form: str) -> None:
    """Show the sources of a run side by side."""
    results = _from("results").Results(directory)
    click.echo(_from("terminal").comparison(results, sources, form), nl=False)


@cli.command()
@click.argument("before", type=click.Path(path_type=Path), metavar="DIR_A")
@click.argument("after", type=click.Path(path_type=Path), metavar="DIR_B")
@click.option("--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write; stdout if not given.")
def diff(before: Path, after: Path, form: str, out: Path | None) -> None:
    """Show what changed between two runs; --format html makes one page of it."""
    results = _from("results").Results
    changes = _from("terminal").changes(results(before), results(after), form)
    _from("handout").save(out, changes) if out else click.echo(changes, nl=False)


@cli.command()
@click.argument("name", required=False, metavar="[FEATURE|RULE]", shell_complete=_explained)
def explain(name: str | None) -> None:
    """Say what a signal or a rule finds, why it matters, its limits, and how well it does."""
    click.echo(_from("explain").explain(name))


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--format", "forms", multiple=True, type=click.Choice(HANDED),
              help="Write files to hand on instead: html and md are one file per source, to mail or paste. Repeatable.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The folder for these; DIR/handout if not given.")
@click.option("--redact-text", is_flag=True, help="Show only the surroundings of evidence, not whole articles.")
def report(directory: Path, sources: tuple[str, ...], forms: tuple[str, ...], out: Path | None,
           redact_text: bool) -> None:
    """Write the pages of a run again; nothing is measured anew. With --format, files to hand on."""
    if redact_text or not forms:
        _from("publication").again(directory, redact=redact_text)
    if redact_text:
        _from("handout").renew(_from("results").Results(directory), ())  # what was handed out before shows whole texts
    for path in _from("handout").hand_out(_from("results").Results(directory), forms, out, sources):
        click.echo(path)
    if not forms:
        click.echo(directory / "index.html")


@cli.command("eval")
@click.argument("task")
@click.argument("gold", type=click.Path(path_type=Path))
@SETTINGS
@click.pass_context
def evaluate(context: click.Context, task: str, gold: Path, settings: Path | None) -> None:
    """Measure TASK on the labels in GOLD against the committed floors."""
    found = _from("evaluate").evaluate(task, gold, _from("settings").load(settings))
    click.echo(found.text())
    context.exit(CROSSED if found.below else DONE)


@cli.group()
def lexicon() -> None:
    """Work with lexicons."""


@lexicon.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE...]")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check lexicons, the installed ones if none is named.

    Errors name file, line and column; so do notes on entries that never win, since others list all they stand for.
    """
    lexicons = _from("lexicon")
    failed = False
    for path in files or lexicons.installed():
        try:
            found = lexicons.read(path)
            entries = sum(len(rule.entries) for rule in found.rules)
            click.echo(f"{path.name}: {len(found.rules)} rules, {entries} entries")
            for note in lexicons.idle(path):
                click.echo(f"{note}; take it out, or move it up", err=True)
        except AuditError as error:
            click.echo(str(error), err=True)
            failed = True
    context.exit(FAILED if failed else DONE)


@lexicon.command("list")
@click.argument("names", nargs=-1, metavar="[SIGNAL...]")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
def listing(names: tuple[str, ...], form: str) -> None:
    """List every entry of the lexicons of SIGNALs (all, if none is named).

    Each has its kind, an example and its source, and for English how often it fires per million words of reference
    news, and how often it is right where labels exist.
    """
    for line in _from("entries").FORMATS[form](_from("entries").rows(names)):
        click.echo(line)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code; errors are one line on stderr."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(words, prog_name="audit", standalone_mode=False) or DONE
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; the same command goes on where it stopped", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = DONE
    except AuditError as error:
        if "-vv" in words:
            raise
        click.echo(f"audit: {error}", err=True)
        code = FAILED
    except Exception as error:
        if "-vv" in words:
            raise
        kind = type(error).__name__
        click.echo(f"audit: a fault in audit itself: {kind}: {error}; -vv shows where, please report it", err=True)
        code = FAILED
    sys.exit(code)
