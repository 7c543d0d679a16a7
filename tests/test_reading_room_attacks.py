"""What somebody may try on the reading room, and that it does not work: a test for each."""

from __future__ import annotations

import hashlib
import html
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

import rashomon
from rashomon.base.errors import QueryError, TooLongError
from rashomon.base.store import Store
from rashomon.show.queries import searches, shelves
from rashomon.show.queries.searches import Found
from rashomon.show.web.desk import Desk
from served import Served, served

SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'
FILE = '"><img src=x onerror=alert(3)>.txt'
SLOW = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range = 7"
ADDRESSES = (
    "/", "/disputes", "/events", "/timeline", "/map", "/actors", "/acting", "/taking", "/articles",
    "/judgements", "/skips", "/search?q=alert",
)  # fmt: skip
PARAMETERS = (
    "/disputes?kind=", "/disputes?start=", "/disputes/{dis}?account=", "/disputes/{dis}?question=",
    "/disputes/", "/events?actor=", "/events?act=", "/events?place=", "/events?since=",
    "/events?until=", "/events?polarity=", "/events?modality=", "/events?outlet=",
    "/events?origins=", "/events?order=", "/events?start=", "/events/", "/timeline?since=",
    "/timeline?until=", "/map?start=", "/actors?find=", "/actors?kind=", "/actors/",
    "/actors/{act}?side=", "/acting?which=", "/acting?since=", "/acting?until=", "/taking?among=",
    "/articles?outlet=", "/articles/", "/search?q=", "/search?within=text&q=", "/search?within=",
    "/judgements?start=", "/skips?stage=", "/rows/",
)  # fmt: skip
SQL = (
    "'; DROP TABLE events; --",
    "' OR 1=1 --",
    "x' UNION SELECT text FROM read_text('/etc/passwd') --",
    "\"; ATTACH '/tmp/x.db' AS y; --",
    "%_\\' \x00 $1 ? ::INT",
)
PATHS = (
    "/assets/../../../../etc/passwd", "/assets/%2e%2e/%2e%2e/case.toml", "/assets/..%2fcase.toml",
    "/assets//etc/passwd", "/../case.toml", "/originals/", "/case.duckdb", "/judgements.jsonl",
    "//etc/passwd", "/assets/reading.css%00.html", "/assets/..\\..\\case.toml", "/openapi.json",
    "/docs", "/rows/..%2f..%2fcase.toml",
)  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("attacks") / "demo")


@pytest.fixture(scope="module")
def room(case: rashomon.Case) -> Iterator[Served]:
    with served(case) as found:
        yield found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    folder = tmp_path_factory.mktemp("hostile")
    said = (
        f"The army of Kessaly said on Monday: “{SCRIPT} we killed nine people in Imreth {IMAGE}.”"
    )
    records = [
        {"id": f"{SCRIPT}{number}", "text": f"{said} Colonel {SCRIPT} Petkan denied the attack.",
         "title": f"{SCRIPT} {IMAGE} attack", "outlet": f"Wire{number} {IMAGE}",
         "byline": SCRIPT, "published": "2031-03-12"}
        for number in range(3)
    ]  # fmt: skip
    lines = folder / "r.jsonl"
    lines.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (folder / FILE).write_text(f"Title {SCRIPT}\n\n{said}\n", encoding="utf-8")
    return rashomon.read([lines, folder / FILE], folder / "case")


def journal(case: rashomon.Case) -> str:
    path = case.folder.journal
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def form(room: Served, case: rashomon.Case) -> list[tuple[str, str]]:
    actor = next(iter(case.actors()))["id"]
    page = room.ask(f"/actors/{actor}").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token is not None
    return [("form_token", token[1]), ("verb", "name"), ("target", actor), ("value", "Attacked"),
            ("author", "M"), ("reason", "r"), ("back", "//elsewhere.example/")]  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_a_change_from_another_site_is_refused(
    headers: dict[str, str], room: Served, case: rashomon.Case
) -> None:
    before = journal(case)
    assert room.send("/judge", form(room, case), **headers).status == 403
    assert journal(case) == before


def test_a_change_without_origin_or_with_a_foreign_form_is_refused(
    room: Served, case: rashomon.Case
) -> None:
    before, fields = journal(case), form(room, case)
    bare = room.ask("/judge", method="POST", body=b"verb=name&target=x")
    assert bare.status == 403
    assert room.send("/judge", [("form_token", "guessed"), *fields[1:]]).status == 403
    assert room.ask("/judge?verb=name&target=x").status == 405
    assert journal(case) == before


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::", "a" * 300],
)
def test_a_foreign_host_is_not_answered(host: str, room: Served) -> None:
    assert room.ask("/", headers={"Host": host}).status in (400, 421)


@pytest.mark.parametrize("address", ADDRESSES)
def test_script_in_title_quote_or_file_name_is_text(address: str, hostile_room: Served) -> None:
    answer = hostile_room.ask(address)
    assert answer.status == 200
    _is_harmless(answer.text)


@pytest.fixture(scope="module")
def hostile_room(hostile: rashomon.Case) -> Iterator[Served]:
    with served(hostile) as found:
        yield found


def test_script_is_text_on_the_page_of_every_row(
    hostile: rashomon.Case, hostile_room: Served
) -> None:
    ids = [row["id"] for table in ("articles", "actors", "events", "statements", "quotes")
           for row in hostile.show(table)]  # fmt: skip
    kinds = {"art": "articles", "act": "actors", "eve": "events"}
    for id_ in ids[:60]:
        answer = hostile_room.ask(f"/{kinds.get(id_[:3], 'rows')}/{id_}")
        assert answer.status == 200
        _is_harmless(answer.text)
    whole = hostile_room.ask(f"/articles/{ids[0]}").text
    assert html.escape(SCRIPT, quote=False) in whole


def test_script_is_text_in_a_report(hostile: rashomon.Case, tmp_path: Path) -> None:
    _is_harmless(hostile.report(tmp_path / "r.html").read_text(encoding="utf-8"))
    markdown = hostile.report(tmp_path / "r.md", to="md").read_text(encoding="utf-8")
    assert "<script" not in markdown.replace("\\<", "")
    assert "<img" not in markdown.replace("\\<", "")


class _Tags(HTMLParser):
    """What a browser would take for markup."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _is_harmless(page: str) -> None:
    parser = _Tags()
    parser.feed(page)
    assert parser.tags
    for tag, attributes in parser.tags:
        assert tag not in ("img", "iframe", "object", "embed", "base")
        assert tag != "script" or (attributes.get("src") or "").startswith("/assets/")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(path: str, room: Served) -> None:
    answer = room.ask(path)
    assert answer.status in (400, 404), answer.text[:200]
    assert "root:" not in answer.text
    assert "format = 1" not in answer.text


def test_a_giant_query_or_body_is_refused(room: Served, case: rashomon.Case) -> None:
    before = journal(case)
    assert room.ask("/search?q=" + "a" * 10_000).status == 414
    assert room.ask("/search?q=" + "a" * 1_000).status == 400
    assert room.send("/judge", [*form(room, case), ("more", "a" * 100_000)]).status == 413
    headers = {"Origin": room.origin, "Content-Type": "application/x-www-form-urlencoded"}
    chunks = iter([b"a" * 10_000] * 20)
    assert room.ask("/judge", method="POST", headers=headers, body=chunks).status == 413
    many = [*form(room, case), *((f"f{number}", "1") for number in range(200))]
    assert room.send("/judge", many).status == 400
    assert room.ask("/events?start=99999999999999999999").status == 400
    assert journal(case) == before


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_sql_in_a_parameter_is_only_words(
    parameter: str, room: Served, case: rashomon.Case
) -> None:
    before = hashlib.sha256(case.folder.database.read_bytes()).hexdigest()
    dispute, actor = (next(iter(rows))["id"] for rows in (case.disputes(), case.actors()))
    address = parameter.format(dis=dispute, act=actor)
    for sql in SQL:
        answer = room.ask(address + quote(sql, safe=""))
        assert answer.status in (200, 400, 404), (sql, answer.status)
        assert not re.search(r"(Parser|Binder|Catalog|Conversion) Error|in the query", answer.text)
        assert "root:" not in answer.text
    assert hashlib.sha256(case.folder.database.read_bytes()).hexdigest() == before
    assert f"of {len(case.events())}" in room.ask("/events").text


def test_twenty_slow_questions_at_once_are_sent_away_and_leave_it_well(
    case: rashomon.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(store: Store, words: str, **_: object) -> Found:
        store.query(SLOW)
        raise AssertionError("the slow query came to an end")

    monkeypatch.setattr(searches, "search", slowly)
    desk = Desk(case.folder, seconds=1.5, at_once=3, patience=1.0)
    with served(case, desk=desk) as room:
        assert room.ask("/").status == 200
        began = time.monotonic()
        with ThreadPoolExecutor(20) as pool:
            statuses = [a.status for a in pool.map(lambda _: room.ask("/search?q=slow"), range(20))]
        assert statuses == [503] * 20
        assert time.monotonic() - began < 30
        assert room.ask("/events").status == 200


def test_the_token_is_asked_for_once_and_then_a_cookie_does(case: rashomon.Case) -> None:
    with served(case, token="the-token") as room:
        assert room.ask("/").status == 401
        assert room.ask("/assets/reading.css").status == 401
        assert room.ask("/?token=wrong").status == 401
        admitted = room.ask("/events?act=AID&token=the-token")
        assert admitted.status == 303
        assert admitted.headers["location"] == "/events?act=AID"
        cookie = admitted.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "the-token" not in cookie
        mine = {"Cookie": cookie.partition(";")[0]}
        assert room.ask("/", headers=mine).status == 200
        forged = {"Cookie": mine["Cookie"].partition("=")[0] + "=" + "0" * 64}
        assert room.ask("/", headers=forged).status == 401
        away = room.ask("//elsewhere.example/?token=the-token")
        assert away.headers["location"] == "/elsewhere.example/"


def test_a_form_leads_back_into_the_room_only(tmp_path: Path) -> None:
    case = rashomon.demo(tmp_path / "demo")
    with served(case) as room:
        made = room.send("/judge", form(room, case))
        assert (made.status, made.headers["location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/", "/nothing", "/assets/reading.css", "/events?start=-1"])
def test_every_answer_says_what_may_be_loaded(path: str, room: Served) -> None:
    policy = room.ask(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')", "ATTACH '/tmp/other.duckdb'", "SET threads = 1",
        "COPY events TO '/tmp/out.csv'", "INSTALL httpfs", "LOAD httpfs", "DELETE FROM kept.events",
        "SET enable_external_access = true", "SELECT * FROM 'https://example.org/x.parquet'",
    ],
)  # fmt: skip
def test_sql_reaches_nothing_but_the_case(sql: str, case: rashomon.Case) -> None:
    with case.folder.locked(shelves.prepare) as tables, tables.asking(5) as one:
        with pytest.raises(QueryError):
            one.query(sql)
        assert one.query("SELECT count(*) FROM events")[0][0] == len(case.events())


def test_a_slow_query_is_cut_off_and_the_next_one_works(case: rashomon.Case) -> None:
    with case.folder.locked() as tables:
        with tables.asking(0.3) as one, pytest.raises(TooLongError):
            one.query(SLOW)
        with tables.asking(5) as one:
            assert one.query("SELECT 1") == [(1,)]
    assert threading.active_count() < 50
