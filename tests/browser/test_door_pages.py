"""Pages of what comes in and of the doors of each brand in a real Chromium: accessible, and no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.channels.models import VoiceNote
from tanggap.common.clock import now
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.journeys.console import sign_in
from tests.journeys.test_console_incoming import chat_of, stuck

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(case_in: Callable[..., Any]) -> dict[str, str]:
    """Something of everything the pages can show."""
    brand = Brand.objects.create(slug="halo-uji", name="Halo Warga Kabupaten", agency=agency_by_code("35.27"))
    row, chat = stuck(brand, "Pasar becek dan bau, tolong segera diperbaiki sebelum hujan berikutnya."), chat_of(brand)
    row.chat = chat
    row.save()
    note = VoiceNote.objects.create(case=case_in("unverified"), file_token="0" * 32, received_at=now())
    ChannelConfig.objects.create(brand=brand.slug, channel="whatsapp", sealed=b"x", updated_at=now())
    ChannelHealth.objects.create(
        brand=brand.slug, channel="whatsapp", failures=3, failing_since=now(), last_error="401: token ditolak"
    )
    return {
        "macet": "/kerja/masuk/",
        "macet-satu": f"/kerja/masuk/{row.pk}/",
        "percakapan": "/kerja/masuk/percakapan/",
        "percakapan-satu": f"/kerja/masuk/percakapan/{chat.pk}/",
        "suara": "/kerja/masuk/suara/",
        "suara-satu": f"/kerja/masuk/suara/{note.pk}/",
        "saluran": "/kerja/saluran/",
        "atur": "/kerja/saluran/atur/halo-uji/whatsapp/",
        "merek": "/kerja/saluran/merek/",
        "merek-satu": "/kerja/saluran/merek/halo-uji/",
        "bahasa": "/kerja/saluran/bahasa/",
    }


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [pytest.param(320, "light", "id", marks=pytest.mark.long), (1280, "dark", "en")]
)
def test_every_page_of_what_comes_in_is_accessible_and_fits(
    browser: Browser, live_server: Any, cast: Cast, pages: dict[str, str], width: int, scheme: Any, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, "national_admin").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    for name, path in pages.items():
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"pintu-{name}", width)
    context.close()
