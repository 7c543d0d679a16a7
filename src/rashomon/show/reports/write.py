"""A report as one HTML page or as Markdown, made from the same parts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from rashomon.base.errors import CaseError
from rashomon.base.store import CaseFolder, Store
from rashomon.show.pages.environment import asset, environment, nowhere
from rashomon.show.queries import shelves
from rashomon.show.reports.gathered import gather

Form = Literal["html", "md"]


def report(store: Store, described: Mapping[str, str], form: Form = "html") -> str:
    """The report of a case whose shelves are filled. HTML holds its own style, no script, and a
    policy that lets it load nothing."""
    gathered = gather(store, described)
    if form == "md":
        return (
            environment(nowhere, markup=False)
            .get_template("report.md")
            .render(report=gathered, decided=gathered.decided)
        )
    style = asset("reading.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment(nowhere).get_template("report.html")
    return page.render(report=gathered, decided=gathered.decided, style=style, digest=digest)


def save_report(folder: CaseFolder, path: Path, form: Form = "html") -> Path:
    """Write the report of a case to a file; the file's path. CaseError where the case holds no
    tables yet or the file cannot be written."""
    with folder.locked(shelves.prepare) as store:
        text = report(store, folder.described(), form)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")
        aside.write_text(text, encoding="utf-8", errors="replace")
        aside.replace(path)
    except OSError as error:
        raise CaseError(f"{path} cannot be written ({error.strerror})") from error
    return path
