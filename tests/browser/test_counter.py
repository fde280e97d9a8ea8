"""The counter in a real Chromium: without network, killed and opened again, and every entry a case once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from tanggap.cases.models import Case
from tanggap.channels.models import SourceTag
from tanggap.directory.selectors import agency_by_code, region_by_code
from tanggap.files.selectors import files_of
from tests.browser.test_portal_pages import look
from tests.cast import DAY, Cast
from tests.house import wait_for
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/kerja/loket/"
PATIENT = 60_000
READY = """async () => {
    while (!navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 50));
}"""
ROWS = """store => new Promise(done => {
    const asked = indexedDB.open("loket");
    asked.onsuccess = () => {
        const rows = asked.result.transaction(store).objectStore(store).getAll();
        rows.onsuccess = () => { asked.result.close(); done(JSON.stringify(rows.result)); };
    };
})"""
STORIES = ("Lampu pasar mati sejak Senin.", "Air keruh di gang tiga.", "Jembatan bambu miring.")


@pytest.fixture(scope="module")
def chromium(browser: Browser) -> BrowserType:
    """The program itself, to be started with a folder."""
    return browser.browser_type


@pytest.fixture
def device(chromium: BrowserType, live_server: Any, tmp_path: Path) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser whose folder outlives it: opened again it finds what it kept. `session` is who is signed in."""
    opened: list[BrowserContext] = []

    def start(session: str) -> BrowserContext:
        context = chromium.launch_persistent_context(
            tmp_path / "profil",
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            base_url=live_server.url,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(PATIENT)
        context.clear_cookies()
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


def session_of(cast: Cast, name: str) -> str:
    return sign_in(cast, name).client.cookies["sessionid"].value


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "jembatan.jpg"
    Image.new("RGB", (320, 240), (20, 20, 40)).save(path, "JPEG")
    return path


def at_the_counter(context: BrowserContext) -> Page:
    """The page with its worker in charge: it will open without network."""
    page = context.new_page()
    page.goto(DESK)
    page.evaluate(READY)
    return page


def type_in(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Control+Enter")


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#antrean-isi li", has_text="menunggu jaringan")).to_have_count(number, timeout=PATIENT)


def sent(page: Page, number: int) -> None:
    expect(page.locator("#antrean-isi li", has_text="terkirim")).to_have_count(number, timeout=PATIENT)


def test_what_was_entered_without_network_survives_the_browser_and_is_sent_once(
    device: Callable[[str], BrowserContext], cast: Cast, photo: Path
) -> None:
    session = session_of(cast, "officer")
    context = device(session)
    page = at_the_counter(context)
    page.select_option("#channel", "van")
    context.set_offline(True)
    page.goto(DESK)
    expect(page.get_by_text("Tanpa jaringan.")).to_be_visible()
    for number, story in enumerate(STORIES, start=1):
        if number == 3:
            page.set_input_files("#attachments", photo)
        type_in(page, story)
        waiting(page, number)
        expect(page.locator("#text")).to_have_value("")
    page.fill("#text", "Baru setengah diketik")
    wait_for(lambda: "Baru setengah diketik" in page.evaluate(ROWS, "meta"))
    assert not Case.objects.exists()
    context.close()

    context = device(session)
    page = context.new_page()
    page.goto(DESK)
    sent(page, 3)
    expect(page.locator("#text")).to_have_value("Baru setengah diketik")
    page.reload()
    sent(page, 3)
    cases = list(Case.objects.order_by("id"))
    assert [case.narrative.agency_text for case in cases] == list(STORIES)
    assert [files_of(case.stream).count() for case in cases] == [0, 0, 1]
    assert {case.entered_by_key for case in cases} == {cast.person("officer").key}
    numbers = page.locator("#antrean-isi .code").all_inner_texts()
    assert set(numbers) == {case.tracking_id for case in cases}
    kept = page.evaluate(ROWS, "sent") + page.evaluate(ROWS, "entries")
    assert not any(story in kept for story in STORIES), "what was acknowledged is forgotten"
    page.click("#antrean-isi li >> nth=0 >> button")
    expect(page.locator("#hasil")).to_have_attribute("data-number", numbers[0])


def test_at_the_desk_the_receipt_comes_and_the_next_citizen_can_begin(
    device: Callable[[str], BrowserContext], cast: Cast
) -> None:
    page = at_the_counter(device(session_of(cast, "officer")))
    type_in(page, STORIES[0])
    expect(page.locator("#hasil")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    first = page.locator("#hasil").get_attribute("data-number")
    page.fill("#region_text", "Kampung Entah Berantah")
    type_in(page, STORIES[1])
    expect(page.locator("#perbaiki")).to_be_visible()
    expect(page.locator("#text")).to_have_value(STORIES[1])
    page.fill("#region_text", "")
    page.press("#text", "Control+Enter")
    expect(page.locator("#hasil")).not_to_have_attribute("data-number", first or "")
    assert Case.objects.count() == 2
    sent(page, 2)


def test_an_answer_that_got_lost_makes_no_second_case(device: Callable[[str], BrowserContext], cast: Cast) -> None:
    page = at_the_counter(device(session_of(cast, "officer")))

    def lose(route: Any) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**" + DESK, lose)
    type_in(page, STORIES[0])
    waiting(page, 1)
    assert Case.objects.count() == 1
    page.unroute("**" + DESK)
    page.evaluate("dispatchEvent(new Event('online')); dispatchEvent(new Event('online'))")
    sent(page, 1)
    assert Case.objects.count() == 1


def test_entries_wait_for_their_officer_and_signing_out_says_so(
    device: Callable[[str], BrowserContext], cast: Cast
) -> None:
    session = session_of(cast, "officer")
    context = device(session)
    page = at_the_counter(context)
    context.set_offline(True)
    type_in(page, STORIES[0])
    waiting(page, 1)
    context.clear_cookies()
    context.set_offline(False)
    expect(page.get_by_text("Anda sudah keluar")).to_be_visible(timeout=PATIENT)
    colleague = session_of(cast, "other_officer")
    context.add_cookies([{"name": "sessionid", "value": colleague, "url": page.url.split(DESK)[0]}])
    page.goto(DESK)
    expect(page.get_by_text("Entri petugas lain juga menunggu")).to_be_visible()
    assert STORIES[0] not in page.content()
    assert not Case.objects.exists()
    page.goto("/akun/pengaturan/")
    page.click("#keluar button")
    expect(page.locator("[data-waiting-entries]")).to_be_visible()
    page.click("#keluar button")
    page.wait_for_url(re.compile(r"^(?!.*/akun/pengaturan/$).*"))
    context.add_cookies([{"name": "sessionid", "value": session, "url": page.url.split("/akun")[0].rstrip("/")}])
    page.goto(DESK)
    sent(page, 1)
    assert Case.objects.get().entered_by_key == cast.person("officer").key


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_the_pages_of_the_counter_are_accessible_and_fit(
    device: Callable[[str], BrowserContext], cast: Cast, width: int, scheme: Any, language: str
) -> None:
    context = device(session_of(cast, "officer"))
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(f"{DESK}?lang={language}")
    look(page, "loket", width)
    page.fill("#occurred_on", "2020-01-02")
    page.fill("#region_text", "Sampang")
    page.click("details summary >> nth=-1")
    type_in(page, STORIES[0])
    expect(page.locator("#perbaiki")).to_be_visible()
    look(page, "loket-salah", width)
    page.check("[name=region] >> nth=0")
    page.press("#text", "Control+Enter")
    expect(page.locator("#hasil")).to_be_visible()
    look(page, "loket-hasil", width)
    page.evaluate(READY)
    context.set_offline(True)
    page.goto(DESK)
    type_in(page, STORIES[1])
    expect(page.locator("#antrean-isi li")).to_have_count(2)
    look(page, "loket-luring", width)
    assert not refused


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_the_pages_of_tags_and_of_the_radio_are_accessible_and_fit(
    browser: Browser,
    live_server: Any,
    cast: Cast,
    case_in: Callable[..., Case],
    width: int,
    scheme: Any,
    language: str,
) -> None:
    SourceTag.objects.create(
        slug="balai-desa-1a2b3c",
        label="Balai desa Karanglo Kidul",
        kind="village",
        agency=agency_by_code("35.27"),
        region=region_by_code("35.27.03"),
        made_at=DAY,
    )
    case_in("answered", text="Lampu pasar mati, telepon saya 0812-3456-7890.", source_tag="balai-desa-1a2b3c")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = session_of(cast, "verifier")
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/loket/tanda/?lang={language}")
    look(page, "tanda", width)
    page.fill("#label", "Kantor")
    page.fill("#region", "Sampang")
    page.click("main form button >> nth=-1")
    look(page, "tanda-salah", width)
    page.goto("/kerja/radio/?tanggal=2026-11-09")
    look(page, "radio", width)
    page.goto("/kerja/radio/?instansi=entah")
    look(page, "radio-salah", width)
    context.close()
