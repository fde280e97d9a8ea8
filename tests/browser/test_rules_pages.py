"""The pages of the rules in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tanggap.common.clock import now
from tests.browser.test_portal_pages import look, press
from tests.cast import Cast
from tests.journeys.console import sign_in
from tests.journeys.test_console_rules import day_off, limit_of, next_working_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "home": "/kerja/aturan/",
    "calendar": "/kerja/aturan/kalender/",
    "limits": "/kerja/aturan/batas/",
    "limit": "/kerja/aturan/batas/ubah/?jam=first_answer",
    "ladders": "/kerja/aturan/tangga/",
    "ladder": "/kerja/aturan/tangga/first_answer/",
    "changes": "/kerja/aturan/perubahan/",
}


@pytest.fixture
def open_page(browser: Browser, live_server: Any, cast: Cast) -> Callable[..., Page]:
    def opened(name: str, width: int, scheme: Any, language: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
        )
        session = sign_in(cast, name).client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/kerja/?lang={language}")
        return page

    return opened


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [pytest.param(320, "light", "id", marks=pytest.mark.long), (1280, "dark", "en")]
)
def test_the_rules_of_an_agency_are_read_checked_and_saved_on_any_screen(
    open_page: Callable[..., Page], submit: Callable[..., Any], cast: Cast, width: int, scheme: Any, language: str
) -> None:
    case = submit(now=now() - timedelta(hours=1)).case
    verifier = sign_in(cast, "verifier")
    verifier.post("/kerja/aturan/kalender/hari/", day_off(date=next_working_day(3).isoformat(), simpan="1"))
    verifier.post("/kerja/aturan/batas/ubah/", {"instansi": "35.27", "jam": "verification", **limit_of(2, simpan="1")})
    page = open_page("verifier", width, scheme, language)
    for name, path in PAGES.items():
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"aturan-{name}", width)
    page.goto(PAGES["calendar"])
    page.locator("#hari ~ * a, td a").first.focus()
    press(page.get_by_role("button").last)
    look(page, "aturan-calendar-wrong", width)
    page.fill("#id_date", next_working_day().isoformat())
    page.fill("#id_name", "Hari jadi kabupaten")
    press(page.get_by_role("button").last)
    look(page, "aturan-preview", width)
    press(page.locator("button[name=simpan]"))
    look(page, "aturan-saved", width)
    page.goto("/kerja/aturan/tangga/verification/")
    page.fill("#id_t-number", case.tracking_id)
    press(page.locator("button[name=coba]"))
    look(page, "aturan-tried", width)
    page.fill("#id_s-0-offset", "-5")
    press(page.locator("button[name=simpan]"))
    look(page, "aturan-ladder-wrong", width)
    page.context.close()


def test_the_rules_of_everybody_fit_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("national_admin", 320, "dark", "id")
    for name, path in PAGES.items():
        page.goto(path)
        look(page, f"aturan-national-{name}", 320)
    page.goto("/kerja/aturan/penjagaan/")
    look(page, "aturan-penjagaan", 320)
    page.goto("/kerja/aturan/kalender/?instansi=tidak-ada")
    look(page, "aturan-national-wrong", 320)
    page.context.close()
