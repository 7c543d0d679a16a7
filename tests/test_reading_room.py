"""The reading room: every page leads to words, every link leads somewhere, decisions are marked."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import rashomon
from rashomon.base import store
from rashomon.show.drawings import ledgers, maps, passages, timelines
from rashomon.show.queries import events, shelves
from served import Served, served

_LINK = re.compile(r'(?:href|hx-get)="([^"]+)"')
_ROW = re.compile(r"\b([a-z]{3}-[0-9a-f]{16})\b")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("room") / "demo")


@pytest.fixture(scope="module")
def room(case: rashomon.Case) -> Iterator[Served]:
    with served(case) as found:
        yield found


def links(text: str) -> set[str]:
    found = {html.unescape(link).partition("#")[0] for link in _LINK.findall(text)}
    return {link for link in found if link.startswith("/")}


def crawl(room: Served, most: int = 200) -> dict[str, str]:
    """The pages that can be reached from the first, the nearest first, by their paths."""
    waiting, seen = ["/"], {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = room.ask(path)
        assert answer.status == 200, (path, answer.status)
        seen[path] = answer.text
        waiting += sorted(links(answer.text) - set(seen))
    return seen


def test_every_link_leads_to_a_page_and_nothing_comes_from_elsewhere(room: Served) -> None:
    pages = crawl(room)
    kinds = {path.split("?")[0].split("/")[1] for path in pages}
    assert {
        "disputes", "events", "actors", "articles", "timeline", "map", "acting", "taking",
        "judgements", "skips", "rows",
    } <= kinds  # fmt: skip
    for path, text in pages.items():
        if path.startswith("/assets"):
            continue
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), path
        assert not re.search(r"\son\w+=|<style|\sstyle=", text), path


def test_a_dispute_leads_to_the_words_of_each_answer(case: rashomon.Case, room: Served) -> None:
    for row in case.disputes(kind="dispute"):
        page = room.ask(f"/disputes/{row['id']}").text
        cells = re.findall(r'class="cell" href="([^"#]+)#words"', page)
        assert cells
        chosen = [room.ask(html.unescape(cell)) for cell in cells]
        assert all(one.status == 200 and 'aria-current="true"' in one.text for one in chosen)
        for words in case.evidence(row["id"]).words:
            assert any(f":{words.start}-{words.end}" in one.text for one in chosen)


def test_the_words_of_a_cell_stand_at_their_offsets(case: rashomon.Case, room: Served) -> None:
    row = next(iter(case.disputes(kind="dispute")))
    page = room.ask(f"/disputes/{row['id']}").text
    shown = re.findall(r"<mark>(.*?)</mark>.*?<cite>.*?>([\w.]+):(\d+)-(\d+)<", page, re.DOTALL)
    assert shown
    reports = case.folder.path.parent / "reports"
    for words, name, start, end in shown:
        text = (reports / name).read_bytes().decode("utf-8")
        assert " ".join(text[int(start) : int(end)].split()) == html.unescape(words)


def test_events_are_filtered_and_paged(case: rashomon.Case, room: Served) -> None:
    first = room.ask("/events").text
    count = len(case.events())
    assert f"1 to 50 of {count}" in first
    second = room.ask("/events?start=50").text
    assert not set(_events_of(first)) & set(_events_of(second))
    with case.folder.locked(shelves.prepare) as tables:
        for wanted in (
            events.Wanted(polarity="denied"), events.Wanted(origins=3),
            events.Wanted(act="ASSAULT"), events.Wanted(place="imreth"),
            events.Wanted(actor="herons"),
            events.Wanted(outlet="Vessen Wire"), events.Wanted(modality="planned"),
            events.Wanted(since="2031-03-12", until="2031-03-12"),
        ):  # fmt: skip
            found = events.events(tables, wanted, size=200)
            assert 0 < found.total < count, wanted
            for row in found:
                assert not wanted.polarity or wanted.polarity in row["polarities"]
                assert row["origins"] >= wanted.origins
                assert wanted.act in ("", row["act"])
                assert not wanted.outlet or wanted.outlet in row["outlets"]
                assert not wanted.since or (row["earliest"] <= "2031-03-12" <= row["latest"])


def _events_of(page: str) -> list[str]:
    return re.findall(r"/events/(eve-[0-9a-f]{16})", page)


def test_search_finds_text_actors_and_statements(room: Served) -> None:
    page = room.ask("/search?q=HERONS").text
    assert "Free Delta Brigades" in page
    assert "<h2>Text</h2>" in page
    assert room.ask("/search?q=x").status == 200
    assert "0 found" in room.ask("/search?q=nobody-says-this").text


def test_an_article_is_shown_whole_with_its_voices(case: rashomon.Case, room: Served) -> None:
    for row in case.articles():
        page = room.ask(f"/articles/{row['id']}").text
        text = re.search(r'<div class="text">(.*?)<aside>', page, re.DOTALL)
        assert text is not None
        bare = re.sub(r'<span class="(?:by|kind)[^>]*>.*?</span>', "", text[1])
        shown = html.unescape(re.sub(r"<[^>]+>", "", bare))
        name, _, span = row["where"].rpartition(":")
        start, end = map(int, span.split("-"))
        whole = Path(name).read_bytes().decode("utf-8")[start:end]
        assert " ".join(shown.split()) == " ".join(whole.split())


def test_an_actor_page_says_why_its_names_were_joined(case: rashomon.Case, room: Served) -> None:
    actor = next(iter(case.actors(actor="Free Delta Brigades")))
    page = room.ask(f"/actors/{actor['id']}").text
    assert "armed group known as the Herons" in html.unescape(page)
    for side in ("did", "done", "said", "told"):
        assert room.ask(f"/actors/{actor['id']}?side={side}").status == 200


def test_a_decision_is_made_marked_and_undone(tmp_path: Path) -> None:
    case = rashomon.demo(tmp_path / "demo")
    with served(case) as room:
        actor = next(row for row in case.actors() if row["label"] == "Open Harbour")
        path = f"/actors/{actor['id']}"
        fields = [
            ("form_token", _form_token(room, path)), ("back", path), ("verb", "name"),
            ("target", actor["id"]), ("value", "The Open Harbour party"), ("author", "A. Reader"),
            ("reason", "so it signs itself"),
        ]  # fmt: skip
        made = room.send("/judge", fields)
        assert (made.status, made.headers["location"]) == (303, path)
        page = settled(room, path)
        assert "The Open Harbour party</h1>" in page
        assert "Decided by A. Reader" in page
        assert "decided by a person" in room.ask("/actors").text
        judged = room.ask("/judgements").text
        row = re.search(r'value="(jud-[0-9a-f]{16})"', judged)
        assert row is not None
        undo = [*fields[:1], ("back", "/judgements"), ("verb", "undo"), ("target", row[1]),
                ("author", "A. Reader"), ("reason", "")]  # fmt: skip
        assert room.send("/judge", undo).status == 303
        assert "undone" in settled(room, "/judgements")
        assert "Open Harbour</h1>" in room.ask(path).text


def settled(room: Served, path: str) -> str:
    """A page when no decision is being applied any more."""
    for _ in range(600):
        text = room.ask(path).text
        if "being built anew" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("the decision was never applied")


def _form_token(room: Served, path: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', room.ask(path).text)
    assert found is not None
    return found[1]


def test_a_decision_without_author_or_reason_is_refused(room: Served, case: rashomon.Case) -> None:
    actor = next(iter(case.actors()))["id"]
    token = _form_token(room, f"/actors/{actor}")
    base = [("form_token", token), ("verb", "name"), ("target", actor), ("value", "X")]
    assert "who decides" in room.send("/judge", base).text
    assert "say why" in room.send("/judge", [*base, ("author", "A")]).text
    assert room.send("/judge", [("form_token", token), ("verb", "name")]).status == 400
    assert not case.folder.journal.exists()


def test_an_empty_case_has_all_its_pages(tmp_path: Path) -> None:
    with served(rashomon.read([], tmp_path / "c")) as room:
        pages = crawl(room)
        assert "Nothing has been read" in pages["/"]
        assert len(pages) > 10


def test_a_case_that_is_still_read_says_so_and_shows_itself_when_it_is_done(tmp_path: Path) -> None:
    folder = store.create(tmp_path / "c")
    with served(rashomon.Case(folder)) as room:
        answer = room.ask("/")
        assert answer.status == 503
        assert "holds no tables yet" in answer.text
        rashomon.read([], tmp_path / "c")
        assert room.ask("/").status == 200


def test_tables_of_another_version_are_refused_with_what_to_do(tmp_path: Path) -> None:
    case = rashomon.read([], tmp_path / "c")
    with store.Store(case.folder.database) as tables:
        tables.execute("ALTER TABLE events DROP COLUMN certainty")
    with served(case) as room:
        answer = room.ask("/")
        assert answer.status == 503
        assert "another version" in answer.text
        assert "rashomon read" in answer.text


def test_uncertain_dates_are_drawn_as_spans() -> None:
    on = timelines.Axis(timelines.ordinal("2031-03-01") or 0, timelines.ordinal("2031-03-31") or 0)
    day = timelines.bar({"earliest": "2031-03-12", "latest": "2031-03-12"}, on)
    span = timelines.bar({"earliest": "2031-03-10", "latest": "2031-03-20"}, on)
    ends = timelines.bar({"earliest": "2031-03-10", "latest": None}, on)
    off = timelines.bar({"earliest": "1979-01-01", "latest": "2031-03-05"}, on)
    assert day
    assert day.point
    assert span
    assert not span.point
    assert span.width > 5 * day.width
    assert ends
    assert (ends.open_left, ends.open_right) == (False, True)
    assert off
    assert off.open_left
    assert timelines.bar({"earliest": None, "latest": None}, on) is None


def test_one_far_date_does_not_squeeze_the_others() -> None:
    near = [f"2031-03-{day:02}" for day in range(1, 31)]
    on = timelines.axis([*near, "1979-01-01"])
    assert on is not None
    assert on.last - on.first < 120


def test_a_map_shows_each_place_inside_of_its_frame() -> None:
    rows = [
        {"name": n, "longitude": x, "latitude": y, "events": 1, "mentions": 1}
        for n, x, y in (("Baghdad", 44.4, 33.3), ("Suva", 178.4, -18.1), ("Nome", -165.4, 64.5))
    ]
    drawn = maps.draw(rows)
    assert drawn is not None
    assert all(0 <= d.x <= maps.WIDTH and 0 <= d.y <= maps.HEIGHT for d in drawn.dots)
    assert maps.draw([{**rows[0], "longitude": None}]) is None


def test_a_ledger_keeps_the_heaviest_ties() -> None:
    ties = [ledgers.Tie((f"s{i}", f"S{i}"), (f"t{i}", f"T{i}"), i, "") for i in range(1, 30)]
    drawn = ledgers.draw(ties, most=5)
    assert drawn is not None
    assert {name.id for name in drawn.left} == {"s25", "s26", "s27", "s28", "s29"}
    assert len(drawn.lines) == 5


def test_differences_hold_all_words_of_both_sides() -> None:
    here, there = "two bombs hit the market at dawn", "two shells hit the fish market at dawn"
    found = list(passages.differences(here, there))
    assert " ".join(words for what, words in found if what != "ins") == here
    assert " ".join(words for what, words in found if what != "del") == there
