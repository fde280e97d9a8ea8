"""Own cases, own data and passkeys in a real Chromium: accessible, no sideways scroll; a passkey opens the account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, expect

from tanggap.accounts.models import Person
from tanggap.cases.identity import Contact
from tanggap.cases.models import Erasure
from tanggap.common.clock import now
from tests.browser.test_portal_pages import look
from tests.cast import PASSWORD, Cast
from tests.journeys.test_own_cases import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAIL = "siti@contoh.id"
PATIENCE = 60_000


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.mark.parametrize(("width", "scheme", "language"), [(320, "light", "id"), (1280, "dark", "en")])
def test_own_pages_are_accessible_and_fit(
    browser: Browser, live_server: Any, submit: Callable[..., Any], case_in: Any, width: int, scheme: Any, language: str
) -> None:
    siti = Contact(name="Siti", email=MAIL)
    case_in("answered", title="Lampu jalan padam di depan SDN 2 Sumberarum", contact=siti)
    submit(title="Jalan " + "a" * 70, contact=siti)
    wish = Erasure.objects.create(case=submit(contact=siti).case, asked_at=now(), due_at=now())
    client = Client()
    enter(client, MAIL, MAIL)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    page = context.new_page()
    page.goto(f"/akun/?lang={language}")
    look(page, "saya-masuk", width)
    page.goto("/akun/buka/tidak-ada/")
    look(page, "saya-tautan", width)
    page.goto("/akun/")
    page.locator("#contact").fill("tidak-dikenal@contoh.id")
    page.locator("form[action='/akun/minta/'] button").click()
    expect(page.locator("#code")).to_be_visible(timeout=PATIENCE)
    look(page, "saya-kode", width)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    for name, path in (("saya", "/akun/"), ("saya-data", "/akun/data/")):
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, name
        look(page, name, width)
    assert wish.case is not None
    assert wish.case.tracking_id in page.content()
    context.close()


def test_a_passkey_made_on_this_device_opens_the_account(browser: Browser, live_server: Any, cast: Cast) -> None:
    citizen: Person = cast.person("citizen")
    citizen.set_password(PASSWORD)
    citizen.save()
    EmailAddress.objects.create(user=citizen, email=citizen.email or "", verified=True, primary=True)
    base = live_server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=base)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/akun/masuk/?next=/akun/kunci/")
    page.locator("input[name=login]").fill("warga@contoh.id")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=login]) button").click()
    page.wait_for_url(re.compile("/akun/kunci/$"), timeout=PATIENCE)
    look(page, "saya-kunci", 320)
    page.locator("input[name=name]").fill("Ponsel saya")
    page.locator("[data-passkey-add] button").click()
    expect(page.get_by_role("button", name="Lepas Ponsel saya")).to_be_visible(timeout=PATIENCE)
    page.goto("/akun/pengaturan/")
    page.locator("#keluar button").click()
    page.wait_for_url(re.compile(r"^(?!.*/akun/pengaturan/$).*"), timeout=PATIENCE)
    page.goto("/akun/masuk/")
    page.locator("[data-passkey-enter] button").click()
    page.wait_for_url(re.compile("/akun/$"), timeout=PATIENCE)
    expect(page.get_by_text("Masuk sebagai Warga")).to_be_visible(timeout=PATIENCE)
    assert citizen.authenticator_set.count() == 1
    context.close()
