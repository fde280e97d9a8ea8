"""The pages of letters in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.accounts.models import Membership, Person
from tanggap.cases.models import Case
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import Letter, LetterPolicy
from tanggap.escalation.services.give_instruction import give_instruction
from tanggap.escalation.services.sweep_at import sweep_at
from tests.browser.test_portal_pages import look
from tests.cast import DAY, WIB, Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WEDNESDAY = datetime(2026, 11, 11, 8, 0, tzinfo=WIB)
PAGES = {
    "list": "/kerja/surat/",
    "issued": "/kerja/surat/{issued}/",
    "waiting": "/kerja/surat/{waiting}/",
    "daily": "/kerja/surat/harian/",
    "orders": "/kerja/surat/perintah/",
    "public": "/surat/{code}/",
}


def prepared(cast: Cast, case_in: Callable[..., Case]) -> dict[str, Any]:
    """A secretary, a letter with an order on it, and one that waits for a signature."""
    person = Person.objects.create(email="sekda@contoh.id", name="Sari Wulandari", password="!")
    government, since = agency_by_code("35.27"), DAY.date() - timedelta(days=9)
    Membership.objects.create(person=person, agency=government, role="sekda", starts_on=since)
    cast.people["sekda"] = person
    for _number in range(3):
        case_in("forwarded", unit="35.27/dinkes")
    sweep_at(at=WEDNESDAY)
    issued = Letter.objects.get()
    order = "Selesaikan minggu ini dan laporkan kepada saya."
    give_instruction(text=order, due_on=WEDNESDAY.date(), actor=cast["sekda"], now=WEDNESDAY, letter_id=issued.pk)
    LetterPolicy.objects.create(agency=government, signing=True)
    case_in("forwarded", unit="35.27/dpupr")
    sweep_at(at=WEDNESDAY + timedelta(hours=1))
    waiting = Letter.objects.get(state="waiting")
    return {"issued": issued.pk, "waiting": waiting.pk, "code": issued.verification_code}


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_every_page_of_letters_is_accessible_and_fits(
    browser: Browser, live_server: Any, cast: Cast, case_in: Callable[..., Case], width: int, scheme: Any, language: str
) -> None:
    numbers = prepared(cast, case_in)
    size = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=live_server.url)
    session = sign_in(cast, "sekda").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    for name, path in PAGES.items():
        answered = page.goto(path.format(**numbers))
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"surat-{name}", width)
    context.close()
