"""The Python door: a case, and the same verbs that the command line has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from rashomon import engines, pipeline
from rashomon.base import store
from rashomon.base.errors import CaseError, QueryError, RashomonError
from rashomon.base.rows import Judgement
from rashomon.base.settings import Settings
from rashomon.identify import judgements
from rashomon.show import evidence, exports, reports, results, summary
from rashomon.show.views import Filters


@dataclass(frozen=True, slots=True)
class Case:
    """One crisis under study. Each table is a method: `case.disputes()`, `case.quotes(actor="…")`.

    Results print as a table, iterate as mappings, and turn into frames with `.arrow`,
    `.pandas()` and `.polars()`.
    """

    folder: store.CaseFolder

    def show(self, table: str, **filters: str | bool) -> results.Result:
        """The rows of a table; the filters are those of `rashomon.show.views.Filters`."""
        with self.folder.store() as tables:
            return results.show(tables, table, Filters(**filters))  # type: ignore[arg-type]

    def articles(self, **filters: str) -> results.Result:
        return self.show("articles", **filters)

    def quotes(self, **filters: str | bool) -> results.Result:
        return self.show("quotes", **filters)

    def statements(self, **filters: str) -> results.Result:
        return self.show("statements", **filters)

    def actors(self, **filters: str) -> results.Result:
        return self.show("actors", **filters)

    def events(self, **filters: str) -> results.Result:
        return self.show("events", **filters)

    def accounts(self, **filters: str) -> results.Result:
        return self.show("accounts", **filters)

    def echoes(self, **filters: str) -> results.Result:
        return self.show("echoes", **filters)

    def disputes(self, **filters: str) -> results.Result:
        return self.show("disputes", **filters)

    def perhaps(self, **filters: str) -> results.Result:
        return self.show("perhaps", **filters)

    def judgements(self, **filters: str) -> results.Result:
        return self.show("judgements", **filters)

    def skips(self, **filters: str) -> results.Result:
        return self.show("skips", **filters)

    def evidence(self, row: str) -> evidence.Evidence:
        """The words behind the row with this id, in their context."""
        with self.folder.store() as tables:
            return evidence.evidence(tables, row)

    def summary(self) -> summary.Summary:
        with self.folder.store() as tables:
            return summary.summary(tables)

    def judge(
        self, verb: str, *targets: str, value: str = "", author: str = "", reason: str = ""
    ) -> Judgement:
        """Record a decision (`rashomon.identify.judgements.VERBS`) and build the tables anew.

        QueryError, and nothing is recorded, if it lacks its author or (but for an undo) its reason,
        or if a target is not in the case or is the name of several actors.
        """
        if not author.strip():
            raise QueryError(f"say who decides: judge({verb!r}, …, author=…)")
        if not reason.strip() and verb != "undo":
            raise QueryError(f"say why: judge({verb!r}, …, reason=…)")
        at = datetime.now(UTC).isoformat(timespec="seconds")
        made = Judgement("", verb, targets, value, author, reason, at, undone=False)
        return pipeline.judge(self.folder, Settings(reader=self.folder.reader()), made)

    def save(
        self, folder: str | Path, *, to: exports.Form = "jsonl", redact: bool = False
    ) -> list[Path]:
        """Write the case into a folder in a form that other tools read; the paths written.

        `redact` leaves out reader comments and, with them, whoever is named only there.
        """
        opened = exports.redacted(self.folder) if redact else self.folder.store()
        with opened as tables:
            return exports.save(tables, to, Path(folder))

    def is_built(self) -> bool:
        """Whether the tables are built from all that is read, by this version: no while the case
        is being read, and after a reading that was cut off."""
        try:
            return pipeline.is_built(self.folder, Settings(reader=self.folder.reader()))
        except RashomonError:  # a reader or model that is not here any more
            return False

    def report(self, path: str | Path, *, to: reports.Form = "html") -> Path:
        """Write one page that stands alone: who says what, and in which words; its path."""
        return reports.save_report(self.folder, Path(path), to)

    def serve(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 8470,
        allowed: Sequence[str] = (),
        token: str | None = None,
    ) -> None:
        """Open the reading room on this machine until it is interrupted; the address to open is
        printed. `token` None makes one, "" goes without."""
        from rashomon.show import web  # a web server is loaded only where one is wanted

        web.serve(
            self.folder, self.judge, tuple(judgements.VERBS),
            host=host, port=port, allowed=allowed, token=token,
        )  # fmt: skip


def open_case(path: str | Path) -> Case:
    """A case that is there."""
    return Case(store.open_existing(Path(path)))


def read(
    sources: Iterable[str | Path],
    case: str | Path = "case",
    *,
    settings: Settings | None = None,
    engine: engines.EngineName = "inline",
    workers: int = 2,
) -> Case:
    """Read sources into a case (made where there is none), juxtapose it, and give it back."""
    folder = store.create(Path(case))
    pipeline.read(
        [str(source) for source in sources],
        folder,
        settings or Settings(),
        engine=engine,
        workers=workers,
    )
    return Case(folder)


def demo(folder: str | Path = "rashomon-demo") -> Case:
    """Read the invented crisis that ships with Rashomon; its reports are laid beside the case."""
    reports = Path(folder) / "reports"
    try:
        reports.mkdir(parents=True, exist_ok=True)
        for report in files("rashomon").joinpath("data", "demo").iterdir():
            if report.name.endswith(".txt"):
                (reports / report.name).write_bytes(report.read_bytes())
    except OSError as error:
        raise CaseError(f"{folder} cannot be written ({error.strerror})") from error
    return read(sorted(reports.glob("*.txt")), Path(folder) / "case")
