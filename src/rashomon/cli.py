"""The command line: parse, call one function, print; nothing else.

Exit statuses: 0 all was read (or shown); 1 nothing could be done, and why stands on standard
error; 2 the command was not understood; 3 done, but something was left out (see the skips).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rashomon import case as door
from rashomon import pipeline
from rashomon.base import store
from rashomon.base.errors import InputError, RashomonError
from rashomon.base.settings import Settings
from rashomon.show import exports, results, terminal, views
from rashomon.show import progress as show_progress

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads many reports of one crisis and sets their accounts side by side.",
)
SOME_LEFT_OUT = 3

CaseOption = Annotated[Path, typer.Option("--case", help="The case folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Interchange form, one object a line.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Interchange form as CSV.")]


class Engine(StrEnum):
    auto = "auto"
    inline = "inline"
    processes = "processes"


class Verb(StrEnum):
    same = "same"
    different = "different"
    name = "name"
    type = "type"
    undo = "undo"


class Form(StrEnum):
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    plover = "plover"
    events = "events"
    ftm = "ftm"
    geojson = "geojson"
    graphml = "graphml"
    timeline = "timeline"


@app.command()
def read(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, archives, globs, addresses, or - .")
    ],
    case: CaseOption = Path("case"),
    engine: Annotated[Engine, typer.Option(help="Where reading runs.")] = Engine.auto,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 2,
    max_bytes: Annotated[
        int, typer.Option(min=1, help="Leave out documents over this size.")
    ] = Settings().max_bytes,
    reader: Annotated[
        str, typer.Option(help="The small learned reader: shipped, none, or a folder.")
    ] = Settings().reader,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
) -> None:
    """Read reports into a case, juxtapose them, and print what was found."""
    folder = store.create(case)
    chosen = pipeline.choose_engine(sources) if engine is Engine.auto else engine.value
    with show_progress.watch(quiet) as progress:
        outcome = pipeline.read(
            sources,
            folder,
            Settings(max_bytes=max_bytes, reader=reader),
            engine="processes" if chosen == "processes" else "inline",
            workers=workers,
            progress=progress,
        )
    if outcome.skipped and not outcome.read and not outcome.known:
        raise InputError("nothing could be read: " + outcome.skipped[0].reason)
    if not quiet:
        _print_summary(door.Case(folder))
        print(f"\n{outcome.read} newly read, {outcome.known} known before. Case: {case}")
    raise typer.Exit(SOME_LEFT_OUT if outcome.skipped else 0)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where to put it.")] = Path("rashomon-demo"),
) -> None:
    """Read the invented crisis that ships with Rashomon, and show what was found."""
    _print_summary(door.demo(folder))
    print(f"\nThe reports lie in {folder / 'reports'}, the case in {folder / 'case'}. Try:")
    print(f"  rashomon show disputes --case {folder / 'case'}")
    print(f"  rashomon evidence ID --case {folder / 'case'}")


@app.command()
def show(
    table: Annotated[str, typer.Argument(help=", ".join(views.VIEWS))],
    case: CaseOption = Path("case"),
    actor: Annotated[str | None, typer.Option(help="Rows about this actor or speaker.")] = None,
    through: Annotated[str | None, typer.Option(help="Told through this voice.")] = None,
    document: Annotated[str | None, typer.Option(help="In documents of this name.")] = None,
    since: Annotated[str | None, typer.Option(help="Not all before this date.")] = None,
    until: Annotated[str | None, typer.Option(help="Not all after this date.")] = None,
    act: Annotated[str | None, typer.Option(help="PLOVER act.")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of dispute, source of a quote.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Quotes that this one speaks.")] = None,
    unnamed: Annotated[
        bool, typer.Option("--unnamed", help="Quotes whose source has no name.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=0, help="At most so many rows.")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show the rows of a table."""
    filters = views.Filters(
        actor, through, document, since, until, act, kind, speaker, unnamed or None
    )
    with store.open_existing(case).store() as tables:
        if as_json:
            _, rows = results.interchange(tables, table, filters, limit=limit)
            exports.write_jsonl(rows, sys.stdout)
        elif as_csv:
            exports.write_csv(*results.interchange(tables, table, filters, limit=limit), sys.stdout)
        else:
            found = results.show(tables, table, filters, limit=limit)
            _console().print(terminal.table(found.table, found.arrow))


@app.command()
def evidence(
    row: Annotated[str, typer.Argument(metavar="ID", help="The id of any row.")],
    case: CaseOption = Path("case"),
    as_json: JsonOption = False,
) -> None:
    """Show the words behind a row, in their context."""
    found = door.open_case(case).evidence(row)
    if as_json:
        print(terminal.evidence_json(found))
    else:
        _console().print(terminal.evidence(found))


@app.command()
def judge(
    verb: Annotated[Verb, typer.Argument(help="What is decided.")],
    targets: Annotated[list[str], typer.Argument(help="Ids or names; for undo, a judgement's id.")],
    case: CaseOption = Path("case"),
    value: Annotated[str, typer.Option(help="The name, or the kind of actor.")] = "",
    author: Annotated[str, typer.Option(help="Who decides.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Record a decision about actors; it is kept and applied on every run."""
    made = door.open_case(case).judge(
        verb.value, *targets, value=value, author=author, reason=reason
    )
    print(made.id)


@app.command()
def save(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.")],
    case: CaseOption = Path("case"),
    to: Annotated[
        Form,
        typer.Option(
            help="Every table (jsonl, csv, parquet); coded statements (plover, events); entities"
            " (ftm); places (geojson); graphs (graphml); events in time (timeline)."
        ),
    ] = Form.jsonl,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out reader comments and who is only there.")
    ] = False,
) -> None:
    """Write the case into a folder, in a form that other tools read."""
    opened = door.open_case(case)
    for path in opened.save(folder, to=to.value, redact=redact):
        print(path)
    if not opened.is_built():
        print(
            f"rashomon: not all that was read is in these files: the case {case} is being read, a"
            " reading was cut off, or another version read it; `rashomon read` on it brings it up"
            " to date",
            file=sys.stderr,
        )
        raise typer.Exit(SOME_LEFT_OUT)


def _print_summary(case: door.Case) -> None:
    _console().print(terminal.summary(case.summary()))


def _console() -> Console:
    """Standard output; as wide as needed when it is no terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def main() -> None:
    """Run the command; an error that Rashomon foresees is one line and status 1."""
    try:
        app()
    except RashomonError as error:
        print(f"rashomon: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
