"""Citizens' pages that forms and queries lead to, in a real Chromium: nothing for axe to find, no sideways scroll, no
script or style refused. What has an address alone is in `test_every_page`.

With TANGGAP_SCREENS=<folder> each page is also kept as a picture, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.models import Case, IntakeGuard
from tanggap.cases.services.endorse_case import endorse_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.return_case import return_case
from tanggap.common.clock import frozen
from tanggap.directory import cache
from tanggap.directory.selectors import agency_by_code
from tests.cast import DAY
from tests.paths import HOUR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = os.environ.get("TANGGAP_SCREENS", "")
STORY = (
    "Lubang di Jalan Randu, tepat di depan SDN 2 Sumberarum, makin lebar sejak hujan minggu lalu. "
    "Pagi hari anak-anak menyeberang di situ. Bisa hubungi saya di 0812-3456-7890."
)
LONG = "Jalan " + "a" * 70
TOO_WIDE = """[...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
Go = Callable[[Page, str], None]


@pytest.fixture
def world(case_in: Callable[..., Case], cast: Any) -> dict[str, str]:
    """Cases in the states a citizen meets: their numbers by name."""
    with frozen(DAY + 30 * HOUR):
        found = {state: case_in(state) for state in ("unverified", "on_hold", "answered", "closed", "archived")}
        found["late"] = case_in("in_progress", text=f"{LONG}. {STORY}", anonymous=True)
        found["secret"] = case_in("in_progress", secret=True)
        moved = found["moved"] = case_in("in_progress", title=LONG)
        return_case(
            tracking_id=moved.tracking_id,
            reason="Rambu urusan kami, permukaan jalan bukan.",
            actor=cast["officer"],
            now=DAY + 26 * HOUR,
        )
        forward_case(
            tracking_id=moved.tracking_id,
            agency=agency_by_code("35.27/dinkes"),
            actor=cast["verifier"],
            now=DAY + 27 * HOUR,
        )
        endorse_case(tracking_id=moved.tracking_id, voter="browser:x", actor=PUBLIC, now=DAY + 27 * HOUR)
    return {name: case.tracking_id for name, case in found.items()}


def opened(path: str) -> Go:
    return lambda page, base: page.goto(base + path)  # type: ignore[return-value]


def walk(page: Page, base: str, until: str, **answers: Any) -> None:
    """Through the report form up to a step, pressing its buttons."""
    page.goto(base + "/lapor/")
    for step in ("cerita", "tempat", "instansi", "siapa", "anda", "periksa"):
        if step == until:
            return
        if step == "cerita":
            page.fill("#text", answers.get("text", STORY))
        if step == "tempat":
            page.fill("#region_q", "sampang")
            page.click("button[value=search]")
            page.check("input[name=region] >> nth=0")
        if step == "siapa" and answers.get("about"):
            page.check("input[name=about][value=yes]")
            page.fill("#about_person", "Kepala Dinas")
        if step == "periksa":
            page.click("button[value=send]")
            return
        page.click("form#lapor button.wide[value=next]")


def walked(until: str, **answers: Any) -> Go:
    return lambda page, base: walk(page, base, until, **answers)


def faulty(page: Page, base: str) -> None:
    page.goto(base + "/lapor/")
    page.fill("#title", "Judul")
    page.click("form#lapor button.wide[value=next]")


PAGES: dict[str, Go] = {
    "lacak": opened("/lacak/?nomor=salah"),
    "telusuri-kosong": opened("/laporan/?q=tidakadasama"),
    "telusuri-kata": opened("/laporan/?q=lampu&tempat=sampang"),
    "ikuti": opened("/ikuti/?wilayah=35.27"),
    "ikuti-berhenti": opened("/ikuti/tidak-ada/berhenti/"),
    "cari-instansi": opened("/instansi/?q=sampang"),
    "tidak-ada": opened("/entah/apa"),
    "lapor-1-cerita": walked("cerita"),
    "lapor-1-salah": faulty,
    "lapor-2-tempat": walked("tempat"),
    "lapor-3-instansi": walked("instansi"),
    "lapor-4-siapa": walked("siapa"),
    "lapor-5-anda": walked("anda", text="Ada kebakaran di pasar."),
    "lapor-6-periksa": walked("periksa"),
    "lapor-6-rahasia": walked("periksa", about=True),
    "tanda-terima": walked("selesai"),
}


def press(button: Locator) -> None:
    """Press a button and wait for the page it leads to: what is asked of the page too early is asked of the old one."""
    with button.page.expect_navigation():
        button.click()


def look(page: Page, name: str, width: int) -> None:
    """Axe, width and refused content; and a picture if wanted."""
    page.wait_for_load_state()  # a click ends when the next page begins to arrive: until then it has no root element
    if SCREENS:
        page.screenshot(path=f"{SCREENS}/{name}-{width}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px at {width}: {page.evaluate(TOO_WIDE)}"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert not found.response["violations"], f"{name} at {width}: {found.generate_report()}"


@pytest.mark.parametrize(
    ("width", "scheme", "lang"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_what_forms_and_queries_lead_to_passes_axe_and_fits_the_screen(
    browser: Browser, live_server: Any, world: dict[str, str], width: int, scheme: Any, lang: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(f"{live_server.url}/?lang={lang}")
    with frozen(DAY + 30 * HOUR):
        for name, go in PAGES.items():
            go(page, live_server.url)
            assert page.locator("html").get_attribute("lang") == lang
            look(page, name, width)
    with frozen(DAY + 30 * 24 * HOUR):
        for name, number in world.items():
            page.goto(f"{live_server.url}/l/{number}")
            look(page, f"kasus-{name}", width)
    assert not refused
    context.close()


def test_a_reporter_opens_answers_and_closes_the_case_in_the_browser(
    browser: Browser, live_server: Any, cast: Any, submit: Any
) -> None:
    from tests.paths import DONE, answer_case, final, verify

    with frozen(DAY):
        receipt = submit()
    number = receipt.case.tracking_id
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    answer_case(tracking_id=number, draft=final(), actor=cast["officer"], now=DAY + 2 * HOUR)
    with frozen(DAY + 3 * HOUR):
        for width in (320, 1280):
            page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
            page.goto(f"{live_server.url}/l/{number}")
            page.fill("#code", receipt.secret_code.lower())
            page.click("text=Buka laporan >> nth=-1")
            look(page, "kasus-pelapor", width)
            page.click("text=Tarik laporan ini …")
            assert page.locator("dialog#tarik").is_visible()
            look(page, "kasus-pelapor-dialog", width)
            page.keyboard.press("Escape")
        assert DONE in page.content()
        page.check("input[name=result][value=yes]")
        page.check("input[name=rating][value='4']")
        press(page.locator("text=Kirim penilaian"))
        assert "Laporan ditutup sebagai selesai" in page.content()
    case = Case.objects.get(tracking_id=number)
    assert (case.state, case.rating) == ("closed", 4)


def test_the_browser_works_for_a_report_while_others_flood_in(browser: Browser, live_server: Any, cast: Any) -> None:
    IntakeGuard.objects.update_or_create(pk=1, defaults={"mode": "on", "bits": 12, "wait_seconds": 600})
    cache.clear()
    page = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    walk(page, live_server.url, "periksa")
    look(page, "lapor-6-penjagaan", 320)
    with page.expect_navigation(timeout=60_000):
        page.click("button[value=send]")
    assert Case.objects.filter(narrative__agency_text=STORY).count() == 1
