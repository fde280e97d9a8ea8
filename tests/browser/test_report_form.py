"""The report form in a real browser: the keyboard alone is enough, and what JavaScript adds does what it says."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.files.models import StoredFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = os.environ.get("TANGGAP_SCREENS", "")
STORY = "Lubang besar di Jalan Melati, dekat SDN Karanglo. Telepon 0812-3456-7890."
SAMPANG = {"latitude": -7.10, "longitude": 113.25}
MOST_TABS = 90
PATIENCE = 60_000


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def at_step(page: Page, name: str) -> None:
    expect(page.locator(f"#lapor input[name=step][value={name}]")).to_be_attached(timeout=PATIENCE)


def checked(page: Page, name: str) -> None:
    """Nothing for axe to find, no sideways scroll; a picture where one is wanted."""
    if SCREENS:
        page.screenshot(path=f"{SCREENS}/{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: scrolls sideways"


def test_a_citizen_reports_and_comes_back_with_the_keyboard_alone(browser: Browser, live_server: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=live_server.url)
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    tab_to(page, "main a[href='/lapor/']")
    page.keyboard.press("Enter")
    at_step(page, "cerita")
    tab_to(page, "#text")
    page.keyboard.type(STORY)
    tab_to(page, "button.wide[value=next]")
    page.keyboard.press("Enter")
    at_step(page, "tempat")
    tab_to(page, "input[name=region]")
    page.keyboard.press("ArrowUp")
    tab_to(page, "button.wide[value=next]")
    page.keyboard.press("Enter")
    for name in ("instansi", "siapa", "anda"):
        at_step(page, name)
        tab_to(page, "button.wide[value=next]")
        page.keyboard.press("Enter")
    at_step(page, "periksa")
    tab_to(page, "input[name=hide][value=Melati]")
    page.keyboard.press("Space")
    tab_to(page, "button.wide[value=send]")
    page.keyboard.press("Enter")
    expect(page.locator(".code.number")).to_be_visible(timeout=PATIENCE)
    case = find_case(page.locator(".code.number").inner_text())
    assert "Melati" not in case.narrative.public_text
    tab_to(page, "a.btn[href^='/l/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/l/"), timeout=PATIENCE)
    tab_to(page, "textarea[name=reply]")
    page.keyboard.type("Sekarang ada dua lubang.")
    tab_to(page, f"form[action='/l/{case.tracking_id}/balas'] button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Balasan Anda terkirim", timeout=PATIENCE)
    assert case.messages.count() == 1
    page.close()


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Any:
    context = browser.new_context(
        viewport={"width": 320, "height": 700},
        base_url=live_server.url,
        geolocation=SAMPANG,
        permissions=["geolocation"],
        color_scheme="dark",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def test_photos_go_ahead_a_position_finds_the_place_and_parts_of_a_photo_are_covered(
    phone: Page, tmp_path: Path
) -> None:
    photo = tmp_path / "lubang.jpg"
    Image.effect_noise((600, 400), 60).convert("RGB").save(photo, "JPEG")
    phone.goto("/lapor/")
    phone.fill("#text", STORY)
    phone.set_input_files("#attachments", photo)
    expect(phone.locator("#unggahan")).to_contain_text("terkirim", timeout=PATIENCE)
    assert StoredFile.objects.count() == 1
    checked(phone, "cerita")
    phone.click("button.wide[value=next]")

    at_step(phone, "tempat")
    phone.click("[data-map]")
    phone.locator("#peta-isi path[aria-label='Jawa Timur']").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#peta-isi path[aria-label*=Sampang]")).to_be_visible(timeout=PATIENCE)
    checked(phone, "tempat")
    phone.click("[data-locate]")
    expect(phone.locator("input[name=region][value='35.27']")).to_be_checked(timeout=PATIENCE)
    phone.click("button.wide[value=next]")
    for name in ("instansi", "siapa", "anda"):
        at_step(phone, name)
        phone.click("button.wide[value=next]")

    at_step(phone, "periksa")
    canvas = phone.locator(".paint canvas")
    expect(canvas).to_be_visible(timeout=PATIENCE)
    canvas.click(position={"x": 5, "y": 5})
    canvas.focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Space")
    phone.locator(".letter .voice [data-word=Karanglo]").click()
    checked(phone, "periksa")
    phone.click("button.wide[value=send]")
    expect(phone.locator(".code.number")).to_be_visible(timeout=PATIENCE)
    case = Case.objects.get()
    stored = StoredFile.objects.get(deleted_at__isnull=True)
    assert (stored.owner, bool(stored.painted_sha256)) == (case.stream, True)
    assert stored.areas.startswith("0,0,167,")
    assert "Karanglo" not in case.narrative.public_text
    assert case.latitude == SAMPANG["latitude"]
