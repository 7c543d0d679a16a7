"""How long the reading room and the report take on a large case.

    python benchmarks/serving.py --articles 1000 --folder /tmp/serving [--report] [--requests 20]

The case is the invented crisis that ships with Rashomon, many times over: each copy has ids of its
own and the same words, so that a search finds them all. It is made in SQL, not read, and kept in
the folder for the next run.

Prints a line for opening the case (the shelves), with seconds and megabytes; for each kind of page
the median and the 95th of its answers' times in milliseconds (of the clock, and of the processor
over all threads), asked one after the other over HTTP; and with `--report` the report's seconds
and megabytes, as HTML and as Markdown.
"""

from __future__ import annotations

import argparse
import http.client
import resource
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import uvicorn

import rashomon
from rashomon.base import store
from rashomon.base.rows import TABLES
from rashomon.base.store import arrow
from rashomon.identify import judgements
from rashomon.show.queries import actors, articles, disputes, events, shelves
from rashomon.show.web import application
from rashomon.show.web.desk import Desk

_DEMO_ARTICLES = 16
_ID = "^[a-z]{3}-[0-9a-f]{16}$"


def copied(value: str, kind: pa.DataType, depth: int = 0) -> str:
    """SQL for a value of an Arrow type with all ids in it made those of copy `k`; 0 keeps them."""
    if pa.types.is_string(kind):
        fresh = f"{value}[:4] || md5({value} || k)[:16]"
        is_id = f"k > 0 AND regexp_matches({value}, '{_ID}')"
        return f"CASE WHEN {is_id} THEN {fresh} ELSE {value} END"
    if pa.types.is_list(kind):
        inner = copied(f"x{depth}", kind.value_type, depth + 1)
        return f"list_transform({value}, lambda x{depth}: {inner})"
    if pa.types.is_struct(kind):
        parts = [(part.name, copied(f'({value})."{part.name}"', part.type, depth)) for part in kind]
        packed = ", ".join(f'"{name}" := {sql}' for name, sql in parts)
        return f"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack({packed}) END"
    return value


def made(folder: Path, count: int) -> rashomon.Case:
    """A case of about so many articles, from the folder or made there."""
    path = folder / f"case-{count}"
    if (path / "case.duckdb").exists():
        return rashomon.open_case(path)
    demo = rashomon.demo(folder / "demo")
    copies = -(-count // _DEMO_ARTICLES)
    target = store.create(path)
    source = str(demo.folder.database).replace("'", "''")
    with target.building("many times the demo") as tables:
        tables.execute(f"ATTACH '{source}' AS demo (READ_ONLY)")
        for name, kind in TABLES.items():
            parts = [
                (part.name, copied(f'"{part.name}"', part.type)) for part in arrow.schema(kind)
            ]
            columns = ", ".join(f'{sql} AS "{column}"' for column, sql in parts)
            tables.execute(
                f"INSERT INTO {name} BY NAME SELECT {columns}"
                f" FROM demo.{name}, range({copies}) r(k) ORDER BY id"
            )
        tables.execute("DETACH demo")
    return rashomon.Case(target)


def pages(case: rashomon.Case) -> dict[str, list[str]]:
    """Addresses of each kind of page; those of rows are spread over the case."""
    with case.folder.locked(shelves.prepare) as opened, opened.asking(600) as tables:
        many = {
            "a dispute": [f"/disputes/{row['id']}" for row in disputes.disputes(tables)],
            "an event": [f"/events/{r['id']}" for r in events.events(tables, events.Wanted())],
            "an actor": [f"/actors/{row['id']}" for row in actors.actors(tables)],
            "an article": [f"/articles/{row['id']}" for row in articles.articles(tables)],
        }
    return {
        "the case": ["/"],
        "disputes": ["/disputes", "/disputes?start=300"],
        "events": ["/events", "/events?start=900", "/events?order=time"],
        "events, filtered": [
            "/events?actor=herons&polarity=denied", "/events?place=imreth&since=2031-03-12",
            "/events?outlet=Vessen+Wire&origins=2",
        ],
        "the timeline": ["/timeline", "/timeline?since=2031-03-12&until=2031-03-20"],
        "the map": ["/map"],
        "who acts": ["/acting", "/acting?which=cooperation&since=2031-03-01"],
        "who takes": ["/taking"],
        "actors": ["/actors", "/actors?find=mardun"],
        "articles": ["/articles", "/articles?outlet=Free+Quay"],
        "search, common": ["/search?q=market"],
        "search, rare": ["/search?q=nobody+says+this"],
        **many,
    }  # fmt: skip


def asked(port: int, addresses: list[str], requests: int) -> Iterator[tuple[float, float]]:
    """The seconds of each answer, one after the other: of the clock and of the processor."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for number in range(requests):
        address = addresses[number % len(addresses)]
        began, used = time.perf_counter(), time.process_time()
        connection.request("GET", address, headers={"Host": f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
        yield time.perf_counter() - began, time.process_time() - used
    connection.close()


def serve(case: rashomon.Case, requests: int) -> None:
    """Start a reading room and print how long its pages take."""
    desk = Desk(case.folder, seconds=120)
    app = application(case.folder, case.judge, tuple(judgements.VERBS), desk=desk)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    began = time.perf_counter()
    with desk.asking():
        pass
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"opening: {time.perf_counter() - began:.1f} s, {memory:,.0f} MB at most so far")
    thread.start()
    port = listening.getsockname()[1]
    heads = ("median ms", "95th ms", "CPU median", "CPU 95th")
    print(f"{'page':<20}{''.join(f'{head:>12}' for head in heads)}")
    for name, addresses in pages(case).items():
        cells = list[str]()
        for times in zip(*asked(port, addresses, requests), strict=True):
            last = sorted(times)[min(int(len(times) * 0.95), len(times) - 1)]
            cells += [f"{seconds * 1000:>12.0f}" for seconds in (statistics.median(times), last)]
        print(f"{name:<20}{''.join(cells)}")
    server.should_exit = True
    thread.join(10)


def report(case: rashomon.Case, folder: Path) -> None:
    """Write the report in both forms and print its seconds and its size."""
    for form, path in (("html", folder / "report.html"), ("md", folder / "report.md")):
        began, used = time.perf_counter(), time.process_time()
        case.report(path, to="md" if form == "md" else "html")
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        print(
            f"report, {form}: {seconds:.1f} s, {cpu:.1f} CPU-s, {path.stat().st_size / 1e6:.2f} MB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--report", action="store_true")
    arguments = parser.parse_args()
    case = made(arguments.folder, arguments.articles)
    if arguments.report:
        report(case, arguments.folder)
    serve(case, arguments.requests)


if __name__ == "__main__":
    main()
