"""The case folder on disk: what is written aside and renamed whole, and what is only appended.

    case.toml           name, format, the version and the language model that last wrote to it
    originals/ab/ab12…  bytes as read, under their SHA-256
    readings/<batch>/   one Parquet file a table, named by reading version and content
    judgements.jsonl    append-only
    case.duckdb         built from the above; may be deleted at any time; swapped in whole

A folder that is killed at any moment holds every batch that it had finished: what was being
written has a name that begins with a dot and is swept away by the next writer.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from rashomon.base.errors import CaseError, RashomonError
from rashomon.base.rows import READ_TABLES, Reading, Row
from rashomon.base.store import arrow
from rashomon.base.store.locked import LockedStore
from rashomon.base.store.tables import Store

FORMAT = 1
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """Paths and whole-file writes of one case. Make it with `create` or `open_existing`."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "case.duckdb"

    @property
    def journal(self) -> Path:
        return self.path / "judgements.jsonl"

    @property
    def retrievals(self) -> Path:
        return self.path / "retrievals.jsonl"

    @property
    def readings(self) -> Path:
        return self.path / "readings"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the case for writing; a second writer is refused with a clear word."""
        lock = FileLock(self.path / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise CaseError(
                f"another process is writing to the case {self.path}: wait until it ends"
            ) from None
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        for left in [*self.path.glob(".building*"), *self.readings.glob(".*")]:
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    def describe(self, model: str, reader: str) -> None:
        """Say in `case.toml` which version, language model and reader read the case last."""
        _write_description(self.path, model, reader)

    def reader(self) -> str:
        """The reader (`Settings.reader`) that read the case last."""
        return self.described().get("reader") or "shipped"

    def keep_original(self, sha256: str, content: bytes) -> None:
        """Store bytes under their hash; bytes that are there already are left as they are."""
        folder = self.path / "originals" / sha256[:2]
        target = folder / sha256
        if target.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{sha256}.{os.getpid()}"
        aside.write_bytes(content)
        aside.replace(target)

    def original(self, sha256: str) -> bytes:
        return (self.path / "originals" / sha256[:2] / sha256).read_bytes()

    def keep_reading(self, reading: Reading, reading_version: str) -> Path | None:
        """Write a batch aside and rename it whole; None if it holds nothing."""
        ids = [row.id for row in reading.documents] + [row.id for row in reading.skips]
        if not ids:
            return None
        name = f"{reading_version}-{_digest(*sorted(ids))}"
        target, aside = self.readings / name, self.readings / f".{name}"
        if target.exists():
            return target
        aside.mkdir(parents=True, exist_ok=True)
        for table, kind in READ_TABLES.items():
            pq.write_table(
                arrow.table(kind, getattr(reading, table)),
                aside / f"{table}.parquet",
                compression="zstd",
            )
        aside.replace(target)
        return target

    def batches(self, reading_version: str | None = None) -> list[Path]:
        """Finished batches, of one reading version or of all, by name."""
        start = f"{reading_version}-" if reading_version else ""
        if not self.readings.is_dir():
            return []
        return sorted(
            path
            for path in self.readings.iterdir()
            if path.name.startswith(start) and not path.name.startswith(".")
        )

    def known(self, batches: list[Path]) -> Iterator[str]:
        """The id of every document in these batches."""
        for batch in batches:
            yield from pq.read_table(batch / "documents.parquet", columns=["id"])["id"].to_pylist()

    def stale(self, kind: type[R], reading_version: str) -> Iterator[R]:
        """The rows of a class in the batches that other reading versions left."""
        names = [name for name, of in READ_TABLES.items() if of is kind]
        current = set(self.batches(reading_version))
        for batch in self.batches():
            if batch not in current:
                yield from arrow.rows(kind, pq.read_table(batch / f"{names[0]}.parquet"))

    def drop_stale(self, reading_version: str) -> None:
        """Remove the batches of other reading versions, once all in them is read again."""
        for batch in set(self.batches()) - set(self.batches(reading_version)):
            aside = batch.with_name(f".{batch.name}")
            batch.replace(aside)
            shutil.rmtree(aside)

    def journal_digests(self) -> tuple[str, str]:
        """SHA-256 of what people decided, and of where documents came from."""
        return _file_digest(self.journal), _file_digest(self.retrievals)

    @contextmanager
    def building(self, stamp: str) -> Iterator[Store]:
        """A new, empty store that takes the place of `case.duckdb` when the block ends well.

        `stamp` names what it is built from. The one that it replaces can be asked meanwhile
        (`Store.recall`), for work that need not be done again.
        """
        aside = self.path / ".building.duckdb"
        for left in self.path.glob(".building*"):
            left.unlink()
        with Store(aside) as store:
            if self.database.exists():
                store.recall(self.database)
            yield store
            store.execute("CREATE TABLE built AS SELECT ? AS stamp", stamp)
        aside.replace(self.database)

    def stamp(self) -> str | None:
        """What `case.duckdb` is built from; None if there is none or it cannot be read."""
        if not self.database.exists():
            return None
        try:
            with Store(self.database, read_only=True) as store:
                return str(store.query("SELECT stamp FROM built")[0][0])
        except RashomonError:
            return None

    def store(self) -> Store:
        """The store as it stands, to read from."""
        self._must_be_built()
        return Store(self.database, read_only=True)

    def locked(self, prepare: Callable[[Store], None] = lambda _: None) -> LockedStore:
        """The store as it stands, out of whose questions nothing else can be reached."""
        self._must_be_built()
        return LockedStore(self.database, prepare)

    def described(self) -> dict[str, str]:
        """What `case.toml` says: name, format, and what last read the case."""
        found = tomllib.loads((self.path / "case.toml").read_text(encoding="utf-8"))
        return {key: str(value) for key, value in found.items()}

    def _must_be_built(self) -> None:
        if not self.database.exists():
            raise CaseError(
                f"the case {self.path} holds no tables yet: run `rashomon read … --case"
                f" {self.path}` to its end"
            )


def create(path: Path) -> CaseFolder:
    """Open the case at `path`, making the folder where there is none."""
    if (path / "case.toml").exists():
        return open_existing(path)
    if path.is_dir() and any(not entry.name.startswith(".") for entry in path.iterdir()):
        raise CaseError(
            f"{path} is a folder with other things in it: give a new or empty folder to --case"
        )
    try:
        (path / "readings").mkdir(parents=True, exist_ok=True)
        _write_description(path, "", "")
    except OSError as error:
        raise _unwritable(path, error) from error
    return CaseFolder(path)


def open_existing(path: Path) -> CaseFolder:
    """Open a case that is there; refuses what is no case and what a newer version made."""
    try:
        found = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CaseError(f"there is no case at {path}: `rashomon read … --case {path}`") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CaseError(f"{path / 'case.toml'} cannot be read: {error}") from error
    made = found.get("format")
    if not isinstance(made, int) or made > FORMAT:
        raise CaseError(
            f"the case {path} has format {made} (made by Rashomon {found.get('version', '?')});"
            f" this is Rashomon {version('rashomon')}, which reads up to format {FORMAT}:"
            " install a newer one"
        )
    return CaseFolder(path)


def _write_description(path: Path, model: str, reader: str) -> None:
    aside = path / ".case.toml"
    lines = {
        "name": path.resolve().name,
        "version": version("rashomon"),
        "model": model,
        "reader": reader,
    }
    text = "".join(f'{key} = "{_toml_text(value)}"\n' for key, value in lines.items())
    aside.write_text(f"format = {FORMAT}\n{text}", encoding="utf-8")
    aside.replace(path / "case.toml")


def _toml_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _file_digest(path: Path) -> str:
    """SHA-256 of a file, which may be long; of nothing where there is none."""
    if not path.exists():
        return hashlib.sha256().hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unwritable(path: Path, error: OSError) -> CaseError:
    return CaseError(
        f"the case folder {path} cannot be written ({error.strerror}): choose another with --case"
    )
