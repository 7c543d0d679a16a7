"""The command line: parse, call one function, print; nothing else.

Exit statuses: 0 all was read (or shown); 1 nothing could be done, and why stands on standard
error; 2 the command was not understood; 3 done, but something was left out (see the skips).
"""

from __future__ import annotations

import getpass
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
judge = typer.Typer(
    no_args_is_help=True,
    help="Record a decision; it is kept, and applied on every run after the machine's own.",
)
app.add_typer(judge, name="judge")
SOME_LEFT_OUT = 3

CaseOption = Annotated[Path, typer.Option("--case", help="The case folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Interchange form, one object a line.")]
AuthorOption = Annotated[
    str, typer.Option(envvar="RASHOMON_AUTHOR", help="Who decides; else the name of the login.")
]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
Actor = Annotated[str, typer.Argument(help="An actor's name, or the id of it or of a mention.")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, or its document.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Interchange form as CSV.")]


class Engine(StrEnum):
    auto = "auto"
    inline = "inline"
    processes = "processes"


class Kind(StrEnum):
    person = "person"
    organisation = "organisation"
    armed_group = "armed_group"
    state = "state"
    people = "people"


class State(StrEnum):
    open = "open"
    explained = "explained"
    not_a_dispute = "not-a-dispute"


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


class ReportForm(StrEnum):
    html = "html"
    md = "md"


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


@judge.command()
def same(
    actors: Annotated[list[str], typer.Argument(help="Two actors or more: names or ids.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """These actors are one."""
    _decide(case, "same", *actors, author=author, reason=reason)


@judge.command()
def different(
    left: Actor,
    right: Actor,
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """These two are not one, and stay two."""
    _decide(case, "different", left, right, author=author, reason=reason)


@judge.command()
def name(
    actor: Actor,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """What an actor is called."""
    _decide(case, "name", actor, value=name, author=author, reason=reason)


@judge.command("type")
def type_(
    actor: Actor,
    kind: Annotated[Kind, typer.Argument(help="What it is.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """What an actor is."""
    _decide(case, "type", actor, value=kind.value, author=author, reason=reason)


@judge.command()
def wrong(
    row: Annotated[str, typer.Argument(metavar="ROW", help="The id of what was read wrongly.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """A mention, quote, statement, link, actor, place, echo, event or account that is none."""
    _decide(case, "wrong", row, author=author, reason=reason)


@judge.command("reference-date")
def reference_date(
    article: ArticleId,
    date: Annotated[str, typer.Argument(help="2020, 2020-02, 2020-02-10 or 2020-02/2020-04.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """When an article was written: its times are counted anew from there."""
    _decide(case, "reference-date", article, value=date, author=author, reason=reason)


@judge.command()
def outlet(
    article: ArticleId,
    name: Annotated[str, typer.Argument(help="Who brought it out.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """Which outlet an article is from."""
    _decide(case, "outlet", article, value=name, author=author, reason=reason)


@judge.command()
def dispute(
    row: Annotated[str, typer.Argument(metavar="ROW", help="The dispute's id.")],
    state: Annotated[State, typer.Argument(help="How it stands.")],
    reason: ReasonOption,
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """How a dispute stands."""
    _decide(case, "dispute", row, value=state.value, author=author, reason=reason)


@judge.command()
def undo(
    judgements: Annotated[list[str], typer.Argument(help="The ids of judgements.")],
    reason: ReasonOption = "",
    author: AuthorOption = "",
    case: CaseOption = Path("case"),
) -> None:
    """Judgements that count no more; an undo can itself be undone."""
    _decide(case, "undo", *judgements, author=author, reason=reason)


@judge.command("list")
def list_(
    case: CaseOption = Path("case"), as_json: JsonOption = False, as_csv: CsvOption = False
) -> None:
    """Every judgement in its order, and whether it is applied; if not, why."""
    show("judgements", case, as_json=as_json, as_csv=as_csv)


def _decide(
    case: Path, verb: str, *targets: str, value: str = "", author: str, reason: str
) -> None:
    """Record it and print its id."""
    opened = door.open_case(case)
    made = opened.judge(verb, *targets, value=value, author=author or _login(), reason=reason)
    print(made.id)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise InputError("say who decides: --author NAME") from None


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
    if _is_behind(opened, "these files"):
        raise typer.Exit(SOME_LEFT_OUT)


@app.command()
def report(
    case: Annotated[Path, typer.Argument(help="The case folder.")] = Path("case"),
    to: Annotated[ReportForm, typer.Option(help="A web page, or Markdown.")] = ReportForm.html,
    out: Annotated[
        Path | None, typer.Option(help="The file to write (report.html in the folder you are in).")
    ] = None,
) -> None:
    """Write one printable page that stands alone: who says what, and in which words."""
    opened = door.open_case(case)
    print(opened.report(out or Path(f"report.{to.value}"), to=to.value))
    if _is_behind(opened, "this report"):
        raise typer.Exit(SOME_LEFT_OUT)


@app.command()
def serve(
    case: Annotated[Path, typer.Argument(help="The case folder.")] = Path("case"),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 chooses a free one.")] = 8470,
    allow: Annotated[
        list[str], typer.Option(help="A further name by which this machine may be asked.")
    ] = [],  # noqa: B006
    no_token: Annotated[
        bool, typer.Option("--no-token", help="Let everyone in who reaches the address.")
    ] = False,
) -> None:
    """Open the reading room: the case as pages in a browser on this machine."""
    opened = door.open_case(case)
    _is_behind(opened, "these pages")
    opened.serve(host=host, port=port, allowed=allow, token="" if no_token else None)


def _is_behind(case: door.Case, made: str) -> bool:
    """Whether a case holds more than its tables do; says so where it does."""
    if case.is_built():
        return False
    print(
        f"rashomon: not all that was read is in {made}: the case {case.folder.path} is being read,"
        " a reading was cut off, or another version read it; `rashomon read` on it brings it up"
        " to date",
        file=sys.stderr,
    )
    return True


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
