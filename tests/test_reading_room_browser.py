"""The reading room in a real browser: click by click, by keyboard alone, without an error.

Needs Chromium and playwright (`pip install rashomon[browser]`, a system's chromium); axe-core where
`npm install axe-core` laid it. Skipped with a word where one is missing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rashomon
from served import Served, served

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
ROOT = Path(__file__).resolve().parents[1]
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules/axe-core/axe.min.js"))
ADDRESSES = (
    "/", "/disputes", "/events", "/timeline", "/map", "/actors", "/acting", "/taking", "/articles",
    "/judgements", "/skips", "/search?q=market", "/nothing",
)  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Case:
    return rashomon.demo(tmp_path_factory.mktemp("browser") / "demo")


@pytest.fixture(scope="module")
def room(case: rashomon.Case) -> Iterator[Served]:
    with served(case, token="t") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any, room: Served) -> Iterator[Any]:
    """A page that was let in; at the end nothing went wrong and nothing left this machine."""
    context = browser.new_context(base_url=room.origin, viewport={"width": 1280, "height": 900})
    found, wrong, left = context.new_page(), list[str](), list[str]()
    found.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on(
        "request",
        lambda asked: None if asked.url.startswith(room.origin) else left.append(asked.url),
    )
    found.goto("/?token=t")
    yield found
    context.close()
    assert [said for said in wrong if "404 (Not Found)" not in said] == []
    assert left == []


def test_from_a_dispute_to_its_words_click_by_click(page: Any, case: rashomon.Case) -> None:
    assert "token" not in page.url
    page.get_by_role("link", name="How many killed?").first.click()
    page.wait_for_load_state("networkidle")
    cell = page.locator("a.cell", has_text="34").first
    cell.click()
    page.locator("a.cell[aria-current]").wait_for()
    assert page.locator("#words mark").count() == 1
    shown = page.locator("#words mark").inner_text()
    name, _, span = page.locator("#words cite a").first.inner_text().rpartition(":")
    start, end = map(int, span.split("-"))
    text = (case.folder.path.parent / "reports" / name).read_bytes().decode("utf-8")
    assert " ".join(text[start:end].split()) == shown
    assert "account=" in page.url
    page.go_back()
    page.wait_for_load_state("networkidle")
    sync_api.expect(page.locator("#words mark")).to_have_count(3)


def test_the_same_path_without_scripts(browser: Any, room: Served) -> None:
    context = browser.new_context(base_url=room.origin, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?token=t")
    page.get_by_role("link", name="How many killed?").first.click()
    page.locator("a.cell", has_text="34").first.click()
    assert page.locator("#words mark").count() == 1
    page.goto("/events")
    page.get_by_label("Act", exact=True).select_option("AID")
    page.get_by_role("button", name="Show").click()
    assert "act=AID" in page.url
    context.close()


def test_filters_search_and_paging(page: Any, case: rashomon.Case) -> None:
    page.get_by_role("link", name="Events").first.click()
    page.get_by_role("link", name="Next page").first.click()
    page.wait_for_load_state("networkidle")
    count = len(case.events())
    assert f"51 to {min(count, 100)} of {count}" in page.locator("#found").inner_text()
    page.goto("/events")
    page.get_by_label("Told as").select_option("denied")
    page.wait_for_url("**polarity=denied**")
    assert f"of {count}\n" not in page.locator("#found").inner_text()
    page.locator("#q").fill("herons")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("link", name="Free Delta Brigades").count() > 0


def test_by_keyboard_alone(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("Imreth")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Imreth**")
    page.goto("/disputes")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/disputes/dis-" in (page.evaluate("document.activeElement.href") or ""):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/disputes/dis-**")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "cell":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**account=**")
    page.locator("#words :focus").wait_for()


def test_a_judgement_is_made_and_undone(page: Any) -> None:
    page.goto("/actors?find=harbour")
    page.get_by_role("link", name="Open Harbour").first.click()
    page.get_by_text("Is something else").click()
    form = page.locator("form", has=page.locator('input[value="type"]'))
    form.locator("select").select_option("organisation")
    form.get_by_label("Who decides").fill("A. Reader")
    form.get_by_label("Why").fill("it is a party")
    form.get_by_role("button").click()
    page.wait_for_load_state("networkidle")
    _until(page, "Decided by A. Reader")
    page.get_by_role("link", name="Judgements").first.click()
    page.locator("summary", has_text="Undo").first.click()
    assert page.get_by_label("Who decides").first.input_value() == "A. Reader"
    page.get_by_role("button", name="Undo").first.click()
    _until(page, "undone")


def _until(page: Any, words: str) -> None:
    for _ in range(120):
        if words in page.content():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(words)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_axe_finds_nothing_serious(
    browser: Any, room: Served, case: rashomon.Case, width: int, scheme: str
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install axe-core")
    context = browser.new_context(
        base_url=room.origin, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/?token=t")
    found = []
    for address in [*ADDRESSES, *_rows(case)]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found += _problems(page, address)
    context.close()
    assert found == []


def test_a_report_stands_alone(browser: Any, case: rashomon.Case, tmp_path: Path) -> None:
    path = case.report(tmp_path / "report.html")
    for width in (1280, 390):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        page, asked, wrong = context.new_page(), list[str](), list[str]()
        page.on("request", lambda one: asked.append(one.url))  # noqa: B023
        page.on("console", lambda said: wrong.append(said.text))  # noqa: B023
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert wrong == []
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert AXE.exists() is False or _problems(page, "report") == []
        context.close()


def _rows(case: rashomon.Case) -> list[str]:
    tables = {
        "disputes": "disputes",
        "events": "events",
        "actors": "actors",
        "articles": "articles",
    }
    found = [f"/{path}/{next(iter(case.show(table)))['id']}" for table, path in tables.items()]
    return [*found, f"/rows/{next(iter(case.statements()))['id']}"]


def _problems(page: Any, address: str) -> list[str]:
    """What axe-core finds serious or critical, and whether the page is wider than its window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{address}: {one['id']} {one['nodes'][0]['html'][:160]}"
        for one in results["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, f"{address}: wider than its window"] if wide else found
