"""A name is completed in a note by keyboard, in a real Chromium; the note is kept and tells that colleague."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tanggap.cases.models import Case
from tanggap.console.models import Mention
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.journeys.console import address, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60_000


def test_a_name_is_typed_chosen_by_keyboard_and_told(
    browser: Browser, live_server: Any, cast: Cast, case_in: Callable[..., Case]
) -> None:
    case = case_in("forwarded")
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
    session = sign_in(cast, "officer").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address(case, "catatan"))
    field = page.locator("textarea[name=note]")
    field.press_sequentially("Tolong @oth")
    option = page.get_by_role("option", name="Other Officer")
    expect(option).to_be_visible(timeout=PATIENCE)
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    look(page, "kerja-rekan", 320)
    field.press("Enter")
    expect(field).to_have_value("Tolong @Other Officer ")
    expect(page.get_by_role("listbox")).to_have_count(0)
    field.press_sequentially("periksa gudang.")
    with page.expect_navigation():
        field.press("Control+Enter")
    assert Mention.objects.get().person_id == cast.person("other_officer").pk
    context.close()
