"""The place is chosen while it is typed, by keyboard, in a real Chromium; the form goes on with it."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60_000


def test_a_place_is_typed_chosen_by_keyboard_and_kept(browser: Browser, live_server: Any, cast: Any) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{live_server.url}/lapor/")
    page.fill("#text", "Lubang di jalan depan sekolah makin lebar.")
    page.click("form#lapor button.wide[value=next]")
    field = page.get_by_role("combobox")
    field.press_sequentially("camplong samp")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Kecamatan Camplong", timeout=PATIENCE)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    field.press("Enter")
    expect(page.locator("input[name=region][value='35.27.04']")).to_be_checked()
    expect(field).to_have_value("Kecamatan Camplong, Kabupaten Sampang, Jawa Timur")
    expect(page.get_by_role("listbox")).to_have_count(0)
    field.press("Enter")
    expect(page.locator("input[type=hidden][name=region]")).to_have_value("35.27.04", timeout=PATIENCE)
