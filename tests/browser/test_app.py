"""The app in a real Chromium: without network, killed and opened again, and every report a case once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, expect

from tanggap.cases.models import Case
from tanggap.files.selectors import files_of
from tests.browser.test_portal_pages import look
from tests.house import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENT = 60_000
READY = """async () => {
    while (!navigator.serviceWorker.controller) await new Promise(done => setTimeout(done, 50));
}"""
ROWS = """store => new Promise(done => {
    const asked = indexedDB.open("tanggap");
    asked.onsuccess = () => {
        const rows = asked.result.transaction(store).objectStore(store).getAll();
        rows.onsuccess = () => { asked.result.close(); done(JSON.stringify(rows.result)); };
    };
})"""
AGE = """([store, hours]) => new Promise(done => {
    const asked = indexedDB.open("tanggap");
    asked.onsuccess = () => {
        const work = asked.result.transaction(store, "readwrite").objectStore(store);
        work.getAll().onsuccess = (event) => {
            for (const row of event.target.result) work.put({ ...row, at: row.at - hours * 3600000 });
        };
        work.transaction.oncomplete = () => { asked.result.close(); done(); };
    };
})"""
SHARE = """() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/lapor/bagikan/", enctype: "multipart/form-data", id: "berbagi" });
    form.innerHTML = '<input name=title value="Jalan rusak"><input type=file name=attachments>';
    document.body.append(form);
}"""
NOTES = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map((one) => [one.title, one.body, one.data])"""
STORIES = ("Lampu pasar mati sejak Senin.", "Air keruh di gang tiga.", "Jembatan bambu miring.")
Device = Callable[[], BrowserContext]


@pytest.fixture
def device(browser: Browser, live_server: Any, tmp_path: Path) -> Iterator[Device]:
    """A telephone: its folder outlives its browser, opened again it finds what it kept."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profil",
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            base_url=live_server.url,
            viewport={"width": 360, "height": 740},
        )
        context.set_default_timeout(PATIENT)
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "jembatan.jpg"
    Image.new("RGB", (320, 240), (20, 20, 40)).save(path, "JPEG")
    return path


def installed(context: BrowserContext, path: str = "/lapor/") -> Page:
    """A page with the worker in charge: the site will open without network."""
    page = context.new_page()
    page.goto(path)
    page.evaluate(READY)
    return page


def inspected(context: BrowserContext, page: Page) -> tuple[CDPSession, str]:
    """The browser's own hand on the worker, and the number it knows it by."""
    found: list[str] = []
    inspector = context.new_cdp_session(page)
    inspector.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    inspector.send("ServiceWorker.enable")
    wait_for(lambda: page.evaluate("1") and found)
    return inspector, found[-1]


def lines(page: Page, words: str, number: int) -> None:
    expect(page.locator("#antrean-isi li", has_text=words)).to_have_count(number, timeout=PATIENT)


def hand_in(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#lapor-luring button.big")


def test_three_reports_with_photos_written_without_network_survive_the_browser_and_arrive_once_each(
    device: Device, photo: Path
) -> None:
    context = device()
    page = installed(context)
    context.set_offline(True)
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Tanpa jaringan pun Anda dapat melapor")
    for number, story in enumerate(STORIES, start=1):
        page.set_input_files("#attachments", photo)
        hand_in(page, story)
        lines(page, "menunggu jaringan", number)
        expect(page.locator("#text")).to_have_value("")
    page.fill("#text", "Baru setengah diketik")
    wait_for(lambda: "Baru setengah diketik" in page.evaluate(ROWS, "drafts"))
    assert not Case.objects.exists()
    page.evaluate(AGE, ["queue", 14])
    context.close()

    context = device()
    page = context.new_page()
    page.goto("/")
    # Whatever may wake the sending does so at once: opening, the event, Background Sync.
    page.evaluate("dispatchEvent(new Event('online')); dispatchEvent(new Event('online'))")
    inspector, number = inspected(context, page)
    sync = {"origin": page.url.rstrip("/"), "registrationId": number, "tag": "kirim", "lastChance": False}
    inspector.send("ServiceWorker.dispatchSyncEvent", sync)
    lines(page, "terkirim", 3)
    page.goto("/lapor/")
    lines(page, "terkirim", 3)
    cases = list(Case.objects.order_by("id"))
    assert [case.narrative.agency_text for case in cases] == list(STORIES)
    assert [files_of(case.stream).count() for case in cases] == [1, 1, 1]
    kept = page.evaluate(ROWS, "queue") + page.evaluate(ROWS, "sent")
    assert not any(story in kept for story in STORIES), "what arrived is forgotten"
    page.click("#antrean-isi li:has-text('terkirim') >> nth=0 >> button")
    expect(page.locator(".receipt .number")).to_have_text(cases[0].tracking_id)
    page.goto("/lapor/")
    lines(page, "terkirim", 2)
    page.click("#antrean-isi li:has-text('belum selesai ditulis') button >> nth=0")
    expect(page.locator("#text")).to_have_value("Baru setengah diketik")


def test_a_walk_that_loses_the_network_goes_on_without_it_and_a_lost_answer_makes_no_second_case(
    device: Device, photo: Path
) -> None:
    context = device()
    page = installed(context)
    page.fill("#text", STORIES[0])
    page.set_input_files("#attachments", photo)
    page.click("form#lapor button.wide[value=next]")
    page.fill("#place", "Depan puskesmas")
    wait_for(lambda: "Depan puskesmas" in page.evaluate(ROWS, "drafts"))
    context.set_offline(True)
    page.click("form#lapor button.wide[value=next]")
    expect(page.locator("#text")).to_have_value(STORIES[0])
    expect(page.locator("#place")).to_have_value("Depan puskesmas")
    page.click("#lapor-luring button.big")
    lines(page, "menunggu jaringan", 1)
    context.set_offline(False)
    lines(page, "terkirim", 1)
    case = Case.objects.get()
    assert (case.place, files_of(case.stream).count()) == ("Depan puskesmas", 1)


def test_guarded_drafts_live_a_day_and_the_quick_exit_forgets(device: Device) -> None:
    context = device()
    page = installed(context, "/luring/")
    page.fill("#text", STORIES[0])
    page.check("#anonymous")
    wait_for(lambda: '"guarded":true' in page.evaluate(ROWS, "drafts"))
    page.evaluate(AGE, ["drafts", 23])
    page.goto("/lapor/")
    lines(page, "belum selesai ditulis", 1)
    page.evaluate(AGE, ["drafts", 2])
    page.reload()
    wait_for(lambda: page.evaluate(ROWS, "drafts") == "[]")
    page.fill("#text", STORIES[1])
    wait_for(lambda: STORIES[1] in page.evaluate(ROWS, "drafts"))
    context.set_offline(True)
    page.click("[data-quick-exit]")
    wait_for(lambda: page.url.endswith("/keluar-cepat/"))
    assert page.locator("body").inner_text() == ""
    context.set_offline(False)
    page.goto("/privasi/")
    wait_for(lambda: page.evaluate(ROWS, "drafts") == "[]")


def test_a_shared_phone_keeps_nothing(device: Device) -> None:
    context = device()
    page = installed(context)
    page.fill("#text", STORIES[0])
    wait_for(lambda: STORIES[0] in page.evaluate(ROWS, "drafts"))
    page.check("#shared")
    wait_for(lambda: page.evaluate(ROWS, "drafts") == "[]")
    context.set_offline(True)
    page.click("form#lapor button.wide[value=next]")
    expect(page.get_by_text("Tulisan Anda masih di sini")).to_be_visible()
    expect(page.locator("#text")).to_have_value(STORIES[0])
    context.set_offline(False)
    page.click("form#lapor button.wide[value=next]")
    expect(page.locator("#region_q")).to_be_visible()
    context.set_offline(True)
    page.goto("/luring/")
    page.check("#shared")
    hand_in(page, STORIES[1])
    expect(page.get_by_text("jangan tutup halaman ini")).to_be_visible()
    assert page.evaluate(ROWS, "queue") == page.evaluate(ROWS, "drafts") == "[]"
    context.set_offline(False)
    expect(page.locator(".receipt .number")).to_have_text(re.compile("-"))
    code = page.locator("#kode .keep").inner_text()
    page.go_back()
    expect(page.locator("#text")).to_have_value("")
    assert code not in page.content()
    assert page.evaluate(ROWS, "sent") == "[]"
    case = Case.objects.get()
    assert case.narrative.agency_text == STORIES[1]


def test_the_cache_holds_one_public_page_and_files(device: Device, submit: Any) -> None:
    receipt = submit()
    context = device()
    page = installed(context)
    for path in (f"/l/{receipt.case.tracking_id}", "/akun/masuk/", "/lacak/"):
        page.goto(path)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name))"
        ".keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    assert [path for path in kept if not path.startswith(("/static/", "/merek/"))] == ["/luring/"]
    context.set_offline(True)
    page.goto(f"/l/{receipt.case.tracking_id}")
    assert receipt.case.tracking_id not in page.content()
    for path in ("/kerja/", "/akun/masuk/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            page.goto(path)


def test_what_another_app_shares_opens_the_form_with_it_also_without_network(device: Device, photo: Path) -> None:
    context = device()
    page = installed(context, "/privasi/")
    context.set_offline(True)
    page.evaluate(SHARE)
    page.set_input_files("#berbagi input[type=file]", photo)
    page.evaluate("document.querySelector('#berbagi').submit()")
    expect(page.locator("#text")).to_have_value("Jalan rusak")
    page.click("#lapor-luring button.big")
    lines(page, "menunggu jaringan", 1)
    context.set_offline(False)
    lines(page, "terkirim", 1)
    assert files_of(Case.objects.get().stream).count() == 1


def test_a_push_shows_what_it_was_given_and_no_more(device: Device, live_server: Any) -> None:
    context = device()
    context.grant_permissions(["notifications"], origin=live_server.url)
    page = installed(context, "/privasi/")
    inspector, number = inspected(context, page)
    told = {
        "title": "Tanggap",
        "tag": "x",
        "tracking_id": "7KQ4-M2XD-T",
        "clock": "hari ke-2 dari 5",
        "link": "/l/7KQ4",
    }
    message = {"origin": live_server.url, "registrationId": number, "data": json.dumps(told)}

    def delivered() -> Any:
        # The browser drops what comes while the worker is still being activated; the same tag is shown once.
        inspector.send("ServiceWorker.deliverPushMessage", message)
        return page.evaluate(NOTES)

    shown = wait_for(delivered)
    assert shown == [["Tanggap", "7KQ4-M2XD-T · hari ke-2 dari 5", "/l/7KQ4"]]


def test_the_page_without_network_is_accessible_and_fits(device: Device, photo: Path) -> None:
    context = device()
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(color_scheme="dark")
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto("/lapor/?lang=en")
    page.evaluate(READY)
    context.set_offline(True)
    page.goto("/entah/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.set_input_files("#attachments", photo)
    hand_in(page, STORIES[0])
    expect(page.locator("#antrean-isi li")).to_have_count(1)
    look(page, "luring-antrean", 320)
    assert not refused
